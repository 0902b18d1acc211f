"""Is there a document on a page, and what is the page when there is none?

    `Tìm thấy 10 văn bản` and ten links to numbers    "is a list of 10 documents: open one of them, …"
    `Hiệu lực | Còn hiệu lực`, `Số ký hiệu | …`       "is a page of properties: open the page of the full text, …"

Nothing is extracted from such pages: a list of plans would become a plan of many titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, paragraphs_of
from pipeline.read.html.looks import is_hidden
from pipeline.read.html.page import Element, Page


def is_document(blocks: Sequence[Block], *, known: bool) -> bool:
    """Whether *blocks* are a document; less is asked of the body of a *known* site than of a guess.

    A guess must bear a mark of a document (`Căn cứ`, `Điều 1`, `Nơi nhận`, …), or a title or sentences and be no list.
    """
    lines = [paragraph.text for paragraph in paragraphs_of(blocks)]
    words = sum(len(line.split()) for line in lines)
    if any(_MARK.match(line) for line in lines):
        return words >= LEAST_WORDS // 2
    if known:
        return words >= LEAST_WORDS
    sentences = sum(len(line) for line in lines if len(line) >= 80)
    numbers = len(_numbers("\n".join(line for line in lines if len(line) < 400)))
    titled = numbers < 3 and any(_TITLE.match(line) for line in lines)
    return titled or (sentences >= 400 and sentences > 150 * numbers)


def refusal(page: Page, *, empty_site: str | None, properties: int) -> UnreadableInputError:
    """The error for a *page* without a document, with the true cause.

    *empty_site* is the site whose body stands on the page without text in it, *properties* how many the page lists.
    """
    return UnreadableInputError("no-document-body", _what(page, empty_site, properties))


def _what(page: Page, empty_site: str | None, properties: int) -> str:
    text = visible_text(page.root)
    controls = [each for each in page.root.iter("input", "select", "textarea") if _is_control(each)]
    linked = {number for link in page.root.iter("a") for number in _numbers(" ".join(link.itertext())[:400])}
    if any(each.get("type", "").lower() == "password" for each in controls) and len(text) < 3000:
        return "is a log-in form: log in, and save the page of the document"
    if (count := _COUNT.search(text)) or len(linked) >= 3:
        number = f"documents ({count[0]})" if count else f"{len(linked)} documents"
        return f"is a list of {number}: open one of them, and save its page"
    if _ISSUES.search(text):
        return "is a gazette's list of issues: open an issue, and save the page of the document"
    if properties >= 3:
        return f"is a page of {properties} properties without the text: save the page of the full text (Toàn văn)"
    if files := _files(page.root):
        return f"has no document text, only files ({', '.join(files[:3])}): save those, and read them"
    if empty_site:
        return f"is a page of {empty_site} whose body is empty: is there a PDF of the document? Read that"
    return _bare(page, text, len(controls))


def _bare(page: Page, text: str, controls: int) -> str:
    words = len(text.split())
    if controls >= 3:
        return f"is a form of {controls} fields and {words} words: save the page that it leads to"
    if words < 30 and next(page.root.iter("script"), None) is not None:
        return "draws its text by script: let the browser show it, then save the page, or print it to PDF"
    if words < 30 and (images := sum(1 for _ in page.root.iter("img"))):
        return f"holds {images} images and {words} words: save the images, and read them as scans"
    return f"holds no document text among its {words} words: save the page of the document itself"


def visible_text(root: Element) -> str:
    """What a browser draws, roughly."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            pieces.append(element.tail or "")
        elif is_hidden(element):
            walk.skip_subtree()
        else:
            pieces.append(element.text or "")
    return " ".join(" ".join(pieces).split())


def _files(root: Element) -> list[str]:
    """The names of documents that the page links to."""
    found: dict[str, None] = {}
    for link in root.iter("a"):
        for text in (link.get("href") or "", " ".join(link.itertext())[:300]):
            if match := _FILE.search(text):
                found[match[0]] = None
                break
    return list(found)


def _is_control(element: Element) -> bool:
    return element.tag != "input" or element.get("type", "text").lower() not in _NO_FIELDS


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


LEAST_WORDS = 30  # of the shortest letter there is: letterhead, a sentence, recipients, signature
_MARK = re.compile(
    r"\s*(?:Căn cứ\s|Điều 1\b|Nơi nhận|Kính gửi|Xét đề nghị|[IVX]+\.\s|CỘNG H(?:ÒA|OÀ) X|Độc lập\s*[-–]\s*Tự do)"
)
_TITLE = re.compile(
    r"\s*(?:KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|CHƯƠNG TRÌNH|THÔNG BÁO|BÁO CÁO|CÔNG ĐIỆN|ĐỀ ÁN|TỜ TRÌNH|HƯỚNG DẪN)\b"
)
_NUMBER = re.compile(r"(?<![\w/])\d{1,5}(?:/\d{4})?/[A-ZĐ]{1,12}\d{0,2}(?:-[A-ZĐ]{1,12}\d{0,2})*(?![\w/])")
_COUNT = re.compile(r"(?i)(?:tìm thấy|có|tổng số)\s*:?\s*[\d.,]+\s+(?:văn bản|kết quả)")
_ISSUES = re.compile(r"(?i)các số công báo|danh mục văn bản đăng công báo|danh sách công báo|số công báo đã phát hành")
_FILE = re.compile(r"(?i)[^/\\'\"=?&]{1,120}\.(?:pdf|docx?|rtf|zip|rar)\b")
_NO_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset"})
