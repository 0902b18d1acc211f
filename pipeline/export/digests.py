"""Checksums of files, for manifests and packages."""

from __future__ import annotations

import hashlib
from pathlib import Path


def digest(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
