"""Verbs with which plans give orders: `Rà soát …`, `Tiếp tục, chủ động phối hợp …`.

The verbs, and the adverbs that may stand before them, are data files beside this module, for they are too many to read
in a pattern and grow with every kind of document.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def starts_with_directive_verb(text: str) -> bool:
    """Whether *text* begins with a verb that plans use to give orders.

    >>> starts_with_directive_verb("Đẩy mạnh tuyên truyền"), starts_with_directive_verb("Nông nghiệp công nghệ cao")
    (True, False)
    """
    return _directive_verb().match(text.lower()) is not None


def names_directive_verb(text: str) -> bool:
    """Whether a verb of orders stands anywhere in *text*."""
    return _any_directive_verb().search(text.lower()) is not None


@cache
def _directive_verb() -> re.Pattern[str]:
    """`tiếp tục, chủ động rà soát`: adverbs, then a verb; both lists are data files beside this module."""
    adverbs, verbs = (_words(name) for name in ("directive_adverbs.txt", "directive_verbs.txt"))
    return re.compile(rf"(?:(?:{adverbs}),? )*(?:{verbs})\b")


@cache
def _any_directive_verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('directive_verbs.txt')})\b")


def _words(name: str) -> str:
    lines = (files("pipeline.assemble") / name).read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
