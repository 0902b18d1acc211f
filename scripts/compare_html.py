"""Compare the reader of web pages with trafilatura on the same pages: words kept, words added, lists, tables, speed.

    python -m pip install --require-hashes --no-deps -r requirements/bench.lock
    python scripts/compare_html.py pages/ --body "//*[contains(@class, 'toanvancontent')]|//body[not(.//form)]"

`--body` is the XPath of the element that holds the document, as a person has found it in the page source; its visible
words are what a reader should keep, and the words of no other element should come with them. Pages without such an
element are left out.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from lxml import html

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import paragraphs_of
from pipeline.read.html import read_html

Reader = Callable[[bytes], str]


def ours(data: bytes) -> str:
    """The text that kehoach keeps."""
    return "\n".join(paragraph.text for paragraph in paragraphs_of(read_html(data).blocks))


def theirs(data: bytes) -> str:
    """The text that trafilatura keeps when told to keep much."""
    import trafilatura

    return trafilatura.extract(data, favor_recall=True, include_tables=True, include_comments=False) or ""


def words_of(text: str) -> Counter[str]:
    """The words of a text, without the marks of lists and tables, which readers write in their own ways."""
    return Counter(re.findall(r"\w+", text))


def body_words(data: bytes, path: str) -> Counter[str] | None:
    """The visible words of the element at *path*, None when the page has none."""
    found = html.document_fromstring(data).xpath(path)
    if not found:
        return None
    for unseen in found[0].xpath(".//script|.//style|.//noscript|.//*[contains(@style, 'display:none')]"):
        unseen.drop_tree()
    return words_of(" ".join(found[0].itertext()))


def line_of(name: str, reader: Reader, data: bytes, wanted: Counter[str]) -> str:
    """One row of the table."""
    begun = time.perf_counter()
    try:
        found = words_of(reader(data))
    except UnreadableInputError as error:
        return f"| {name} | {reader.__name__} | {error.code} | | |"
    seconds = time.perf_counter() - begun
    kept = sum((wanted & found).values()) / sum(wanted.values())
    added = sum((found - wanted).values())
    return f"| {name} | {reader.__name__} | {kept:.1%} | {added:,} | {len(data) / 1e6 / seconds:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--body", required=True, help="XPath of the element that holds the document")
    options = parser.parse_args()
    print("| page | reader | words kept | words added | MB/s |\n|---|---|---:|---:|---:|")
    for file in sorted(options.pages.rglob("*.html")):
        data = file.read_bytes()
        wanted = body_words(data, options.body)
        if wanted:
            for reader in (ours, theirs):
                print(line_of(file.name, reader, data, wanted))


if __name__ == "__main__":
    main()
