"""File names made of names that a document gives: whatever an agency is called, its file stays in its directory.

    FileNames().of("Sở Y tế / ../../etc", key="vn.so-y-te")  →  "Sở Y tế .. .. etc"

Names keep their diacritics (NFC), since people look for them; two names that a file system without case would take for
one get a short digest of their keys.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 150  # bytes: leaves room for a suffix, and for what archives and synchronisation put before a name


class FileNames:
    """Gives each key one file name, without suffix, and no two keys the same."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def of(self, name: str, *, key: str) -> str:
        """The file name for *key*, which is called *name*; the same for every call with this key."""
        safe = safe_name(name)
        if self._taken.setdefault(safe.casefold(), key) == key:
            return safe
        return f"{safe} {hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:8]}"


def safe_name(name: str) -> str:
    r"""*name* without what a file system refuses or takes for a path.

    >>> safe_name("../Sở TT&TT: \x07 <tỉnh>"), safe_name("CON"), safe_name("…/")
    ('Sở TT&TT tỉnh', '_CON', '…')
    """
    text = _REFUSED.sub(" ", unicodedata.normalize("NFC", name))
    text = " ".join(text.split()).strip(". ")
    text = text.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore").strip(". ")
    if not text:
        return "_"
    return f"_{text}" if _DEVICE.match(text) else text


_REFUSED = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff/\\:*?"<>|]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
