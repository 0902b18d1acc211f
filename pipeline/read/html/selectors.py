"""The part of CSS selectors that site profiles need: `div#main .content[id$=_body] > table`.

Tag, `#id`, `.class`, `[attribute]` with `=`, `^=`, `$=`, `*=`, and the two ways to go down. Written here because lxml's
own translator needs one more package, and the one inside of BeautifulSoup works on its own trees only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from lxml import etree

from pipeline.read.html.page import Element


def select(root: Element, selector: str) -> Sequence[Element]:
    """The elements under *root* that *selector* means, in order."""
    found: Sequence[Element] = _compiled(selector)(root)
    return found


@functools.cache
def words(selector: str) -> frozenset[str]:
    """The ids, classes and values that stand in the source of each page in which *selector* finds something.

    >>> sorted(words("#main > .content"))
    ['content', 'main']
    """
    return frozenset(
        (identity or name or (value or attribute).strip("\"'"))
        for identity, name, attribute, _, value in _TEST.findall(selector)
    )


def to_xpath(selector: str) -> str:
    """The XPath of *selector*; `ValueError` for what is no selector here.

    >>> to_xpath("div#main > p")
    "descendant::div[@id='main']/p"
    """
    path, at = "", 0
    while at < len(selector):
        step = _STEP.match(selector, at)
        if step is None or step.end() == at:
            raise ValueError(f"no selector from {selector[at:]!r} on: {selector!r}")
        axis = "" if step["child"] and path else "descendant::"
        tests = "".join(_test(*test.groups()) for test in _TEST.finditer(step["tests"]))
        path += ("/" if path else "") + axis + (step["tag"] or "*") + tests
        at = step.end()
    return path


def _test(identity: str | None, name: str | None, attribute: str | None, way: str | None, value: str | None) -> str:
    if identity:
        return f"[@id='{identity}']"
    if name:
        return f"[contains(concat(' ',normalize-space(@class),' '),' {name} ')]"
    if not way:
        return f"[@{attribute}]"
    value = (value or "").strip("\"'")
    if way == "$=":
        return f"[substring(@{attribute},string-length(@{attribute})-{len(value) - 1})='{value}']"
    return {
        "=": f"[@{attribute}='{value}']",
        "^=": f"[starts-with(@{attribute},'{value}')]",
        "*=": f"[contains(@{attribute},'{value}')]",
    }[way]


@functools.cache
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(to_xpath(selector))


_TESTS = r"#[\w-]+|\.[\w-]+|\[[\w-]+(?:[$^*]?=(?:[\w-]+|\"[^\"'\]]*\"))?\]"
_STEP = re.compile(rf"\s*(?P<child>>)?\s*(?P<tag>[a-z][a-z0-9]*|\*)?(?P<tests>(?:{_TESTS})*)(?=\s|>|$)")
_TEST = re.compile(r"#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:([$^*]?=)([\w-]+|\"[^\"'\]]*\"))?\]")
