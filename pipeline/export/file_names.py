"""File names made of names that a document gives: whatever an agency is called, its file stays in its directory.

    file_names({"vn.phu-tho.cac-so": "Các sở", "vn.lao-cai.cac-so": "Các sở"})
    →  "Các sở (vn.phu-tho)", "Các sở (vn.lao-cai)"

Names keep their diacritics (NFC), since people look for them. Of several agencies with one name each gets its place,
the first too: a feed that somebody subscribed to must not become another agency's because a document was added.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

LONGEST = 120  # bytes: leaves room for a place, a suffix, and for what synchronisation puts before a name


def file_names(names: Mapping[str, str]) -> dict[str, str]:
    """For each key of *names* a file name without suffix, no two of which a file system without case would confuse.

    A key is an agency's id, whose parts but the last say where it is (`vn.phu-tho.so-y-te`).
    """
    safe = {key: safe_name(name) for key, name in names.items()}
    for tell_apart in (_place, _digest):
        often = Counter(name.casefold() for name in safe.values())
        safe = {
            key: f"{name} ({safe_name(tell_apart(key))})" if often[name.casefold()] > 1 else name
            for key, name in safe.items()
        }
    return safe


def safe_name(name: str) -> str:
    r"""*name* without what a file system refuses or takes for a path.

    >>> safe_name("../Sở TT&TT: \x07 <tỉnh>"), safe_name("CON"), safe_name("/")
    ('Sở TT&TT tỉnh', '_CON', '_')
    """
    text = _REFUSED.sub(" ", unicodedata.normalize("NFC", name))
    text = " ".join(text.split()).strip(". ")
    text = text.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore").strip(". ")
    if not text:
        return "_"
    return f"_{text}" if _DEVICE.match(text) else text


def _place(key: str) -> str:
    return key.rpartition(".")[0] or key


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8]


_REFUSED = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff/\\:*?"<>|]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
