"""URLs of directories: `opened("s3://plans/inbox")` gives the file system and the path below it.

A URL bears no credentials: it would stand in the shell's history, in the list of processes, in `run.json` and in the
ledger. They come from the environment, where each file system looks for them by itself. `file://` is a path like any
other and is treated as one, with all that a local directory promises.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from pipeline.errors import KehoachError, UsageError
from pipeline.store import StoreError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def is_url(said: str) -> bool:
    """Whether *said* names something that is not a path of this machine.

    >>> is_url("s3://plans/inbox"), is_url("file:///srv/inbox"), is_url("inbox/a"), is_url("C:/inbox")
    (True, False, False, False)
    """
    return "://" in said and not said.startswith(LOCAL)


def local_path(said: str) -> Path:
    """The path that *said* names, itself or as `file://`.

    >>> local_path("file:///srv/k%E1%BA%BF").as_posix(), local_path("inbox").as_posix()
    ('/srv/kế', 'inbox')
    """
    for opening in LOCAL:
        if said.startswith(opening):
            return Path(unquote(said.removeprefix(opening)))
    return Path(said)


def checked(url: str) -> str:
    """The *url* without its last slashes; raises `UsageError` for one that bears credentials or is made of several.

    >>> checked("s3://plans/inbox/")
    's3://plans/inbox'
    """
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise UsageError(f"The {parts.scheme}:// address bears a user name: {_ELSEWHERE}")
    if "::" in url or parts.query or parts.fragment or not parts.netloc:
        raise UsageError(f"{url} does not name one directory. Give it as s3://bucket/directory.")
    if any(part in (".", "..") for part in parts.path.split("/")):
        raise UsageError(f"{url} goes up and down. Give it without . and .. parts.")
    return url.rstrip("/")


def opened(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system of *url*, and the path in it; the same in every process, which opens its own.

    Raises `UsageError` with what to install when nothing here can open it.
    """
    import fsspec

    scheme = urlsplit(url).scheme
    try:
        filesystem, path = fsspec.core.url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise UsageError(f"{scheme}:// addresses need another package. Install it: {_install(scheme)}") from error
    except ValueError as error:
        known = "s3://, gs://, abfs://, or a path"
        raise UsageError(f"There is no file system for {scheme}:// addresses. Give one of {known}.") from error
    return filesystem, str(path).rstrip("/")


@contextlib.contextmanager
def told(doing: str, url: str) -> Iterator[None]:
    """What a file system raises, of which each has its own ways, as one of our errors."""
    try:
        yield
    except (KehoachError, FileNotFoundError, FileExistsError):
        raise
    except Exception as error:
        raise StoreError(f"Cannot {doing} {url}: {reason(error)}. {_SEE}") from error


def reason(error: Exception) -> str:
    """What an error says, in one line, without anything that looks like a key.

    >>> reason(OSError("denied for https://me:secret@host/x?X-Amz-Signature=abc"))
    'OSError: denied for https://…@host/x'
    """
    said = _USER.sub("//…@", _QUERY.sub("", " ".join(str(error).split())))
    return f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__


def stamp_of_info(info: dict[str, Any]) -> str:
    """Size and version of an object in one word, from a listing or from asking for it alone: both say the same.

    An ETag is enough where there is one; the same content may bear another time in a listing.
    """
    version = info.get("ETag") or info.get("etag") or info.get("md5Hash") or info.get("content_hash")
    if not version:
        version = "/".join(
            str(info[key]) for key in ("mtime", "created", "LastModified", "last_modified") if key in info
        )
    return f"{info.get('size', '')}-{str(version).strip(chr(34))}" if version else ""


def _install(scheme: str) -> str:
    return 'pip install "kehoach[s3]"' if scheme in ("s3", "s3a") else f"pip install what fsspec wants for {scheme}"


LOCAL = ("file://", "local://")
_ELSEWHERE = "put credentials into the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for s3://)."
_SEE = "See whether the address, the network and the credentials are right, then run again."
_USER = re.compile(r"//[^/\s@]*@")
_QUERY = re.compile(r"\?\S*")
