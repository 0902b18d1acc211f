"""One look at a text for several rules: whether any of them has something to do there.

Most texts have none of the faults that a scan or a dump leaves. One automaton of all patterns tells so in one pass,
where each of them would take its own.
"""

from __future__ import annotations

import re
from typing import Any

import re2


def lookout(*patterns: Any) -> Any:
    """The RE2 pattern that finds the first place where any of the RE2 *patterns* matches.

    >>> either = lookout(re2.compile(r"(?m)^\\d+,"), re2.compile("(?P<stain>~)"))
    >>> [either.search(text) is not None for text in ("a 1,", "a\\n1,", "~")]
    [False, True, True]
    """
    options = re2.Options()
    options.max_mem, options.log_errors = AUTOMATON_BYTES, False
    return re2.compile("|".join(f"(?:{_NAME.sub('(', pattern.pattern)})" for pattern in patterns), options)


AUTOMATON_BYTES = 64 << 20  # of memory at most, for the states that texts really lead to
_NAME = re.compile(r"\(\?P<\w+>")  # two patterns may name their groups alike
