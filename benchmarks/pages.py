"""Web pages: site chrome against trafilatura, resiliparse and jusText; budget tables against pandas.

    python -m benchmarks --pages DIRECTORY --body "//*[contains(@class, 'toanvancontent')]"

Pages are made of the texts: each text in a page with a menu, a box of properties, a list of other news and a footer, so
that the document's words are known. With `--pages`, real pages instead, whose document is the element at `--body`.
Right for chrome is F1 over the words: those of the document kept, and no others with them; for tables, the amounts.
"""

from __future__ import annotations

import html as markup
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from benchmarks.peers import Answered, Peer, compare
from pipeline.extract import extract_source
from pipeline.read.blocks import paragraphs_of
from pipeline.read.document import source_of
from pipeline.read.html import read_html


@dataclass(frozen=True, slots=True)
class Page:
    """A web page and the words of its document."""

    data: bytes
    words: Counter[str]


def made_pages(texts: Sequence[str]) -> list[Page]:
    """A page for each text."""
    return [Page(_page(_paragraphs(text)).encode(), words_of(text)) for text in texts]


def real_pages(directory: Path, body: str) -> list[Page]:
    """The pages below *directory* that have an element at the XPath *body*."""
    pages: list[Page] = []
    for file in sorted(directory.rglob("*.html")):
        data = file.read_bytes()
        found = html.document_fromstring(data).xpath(body)
        if found:
            for unseen in found[0].xpath(".//script|.//style|.//noscript|.//*[contains(@style, 'display:none')]"):
                unseen.drop_tree()
            pages.append(Page(data, words_of(" ".join(found[0].itertext()))))
    return pages


def words_of(text: str) -> Counter[str]:
    """The words of a text, without the marks of lists and tables, which readers write in their own ways."""
    return Counter(re.findall(r"\w+", text))


def compare_chrome(pages: Sequence[Page], repetitions: int) -> list[Answered]:
    """The rows of the comparison of chrome."""
    megabytes = sum(len(page.data) for page in pages) / 1e6
    return compare(
        CHROME, pages, right=_word_f1, asked=len(pages), megabytes=megabytes, repetitions=repetitions
    )  # fmt: skip


def _word_f1(page: object, answer: object) -> float:
    assert isinstance(page, Page)
    found = words_of(answer) if isinstance(answer, str) else Counter()
    both = sum((page.words & found).values())
    return 2 * both / (sum(page.words.values()) + sum(found.values()) or 1)


def _ours() -> Callable[[Page], str]:
    return lambda page: "\n".join(paragraph.text for paragraph in paragraphs_of(read_html(page.data).blocks))


def _trafilatura() -> Callable[[Page], str]:
    import trafilatura

    return lambda page: trafilatura.extract(page.data, favor_recall=True, include_comments=False) or ""


def _resiliparse() -> Callable[[Page], str]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: extract_plain_text(page.data.decode("utf-8", "replace"), main_content=True)


def _justext() -> Callable[[Page], str]:
    import justext

    stop_words = justext.get_stoplist("Vietnamese")
    return lambda page: "\n".join(p.text for p in justext.justext(page.data, stop_words) if not p.is_boilerplate)


CHROME = (
    Peer("kehoach", _ours),
    Peer("trafilatura", _trafilatura, "trafilatura"),
    Peer("resiliparse", _resiliparse, "resiliparse"),
    Peer("jusText", _justext, "justext"),
)


# --- budgets --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """A web page with a budget table, and the amounts in its cells in triệu đồng."""

    data: bytes
    amounts: Counter[float]


def budget_pages(count: int = 8) -> list[BudgetPage]:
    """Pages whose amounts are written as in Vietnam: `1.200`, `1.234,5`, `950`."""
    pages = []
    for page in range(count):
        values = [(n * 1237 + page * 311) % 9000 + 100 + (0.5 if n % 3 == 0 else 0) for n in range(1, 13)]
        rows = [f"<tr><td>{n}</td><td>Hồ chứa số {n}</td><td>{_written(v)}</td></tr>" for n, v in enumerate(values, 1)]
        head = "<tr><th>TT</th><th>Công trình</th><th>Kinh phí năm 2025 (triệu đồng)</th></tr>"
        body = f"<p>Kinh phí thực hiện như sau:</p><table border='1'>{head}{''.join(rows)}</table>"
        pages.append(BudgetPage(_page(_paragraphs(ABOVE) + body).encode(), Counter(map(float, values))))
    return pages


def _written(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0").translate(str.maketrans(",.", ".,"))


def compare_budgets(repetitions: int) -> list[Answered]:
    """The rows of the comparison of tables."""
    pages = budget_pages()
    asked = sum(sum(page.amounts.values()) for page in pages)
    megabytes = sum(len(page.data) for page in pages) / 1e6
    return compare(BUDGETS, pages, right=_amounts_right, asked=asked, megabytes=megabytes, repetitions=repetitions)


def _amounts_right(page: object, answer: object) -> float:
    assert isinstance(page, BudgetPage)
    return sum((page.amounts & answer).values()) if isinstance(answer, Counter) else 0.0


def _our_amounts() -> Callable[[BudgetPage], Counter[float]]:
    def answer(page: BudgetPage) -> Counter[float]:
        source = source_of(read_html(page.data), page.data, media_type="text/html")
        budgets = extract_source(source, path="a.html").budgets
        return Counter(line.amount_vnd / 1e6 for budget in budgets for line in budget.lines)

    return answer


def _pandas(**settings: str) -> Callable[[], Callable[[BudgetPage], Counter[float]]]:
    def make() -> Callable[[BudgetPage], Counter[float]]:
        import pandas

        def answer(page: BudgetPage) -> Counter[float]:
            tables = pandas.read_html(io.StringIO(page.data.decode()), **settings)
            found = (pandas.to_numeric(table.iloc[:, -1], errors="coerce").dropna() for table in tables)
            return Counter(float(value) for column in found for value in column)

        return answer

    return make


BUDGETS = (
    Peer("kehoach", _our_amounts, note="reads the whole document, not the table alone"),
    Peer("pandas read_html", _pandas(), "pandas", note="as it comes"),
    Peer("pandas read_html, told", _pandas(thousands=".", decimal=","), "pandas", note="told the marks of figures"),
)  # fmt: skip


# --- the site -------------------------------------------------------------------------------------------------------


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{markup.escape(line)}</p>" for line in text.splitlines() if line.strip())


def _page(body: str) -> str:
    menu = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(MENU))
    news = "".join(f"<li><a href='/tin/{n}'>{name}</a></li>" for n, name in enumerate(NEWS))
    return (
        "<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>Cổng thông tin</title></head>"
        "<body>"
        f"<div class='header'><ul class='menu'>{menu}</ul></div><div class='content'><div class='article'>{body}</div>"
        f"<div class='related'><h3>Tin khác</h3><ul>{news}</ul></div></div>"
        "<div class='footer'><p>Bản quyền thuộc Cổng thông tin điện tử. Lượt truy cập: 1.204.311</p></div>"
        "</body></html>"
    )


MENU = ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Thủ tục hành chính", "Liên hệ", "Sơ đồ trang")
NEWS = (
    "Khai mạc lễ hội mùa xuân tại quảng trường trung tâm",
    "Trao quà cho học sinh vùng cao nhân dịp năm học mới",
    "Hội thao ngành giáo dục thành công tốt đẹp",
)
ABOVE = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 12/KH-UBND
KẾ HOẠCH
Sửa chữa hồ chứa nước năm 2025
I. KINH PHÍ THỰC HIỆN
"""
