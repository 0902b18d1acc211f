"""Automatic list labels: what Word shows before each paragraph, for small lists of every kind."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import paragraphs_of
from pipeline.read.word import read_docx
from pipeline.read.word.number_formats import format_number
from tests.word_files import abstract, cell, level, num, override, paragraph, row, run, table, word_file

THREE = (level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"))
NESTED = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3."))
LINK = '<w:numStyleLink w:val="DanhSach"/>'
STYLED_LIST = (
    '<w:style w:type="numbering" w:styleId="DanhSach"><w:name w:val="DanhSach"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)


def labels(numbering: str, places: str) -> list[str]:
    """The labels of paragraphs at *places*, each `list:level`, or `-` for a paragraph without a list."""
    body = "".join(
        paragraph("x", num=None if place == "-" else (int(place.split(":")[0]), int(place.split(":")[1])))
        for place in places.split()
    )
    return read_labels(word_file(body, numbering=numbering))


def read_labels(data: bytes) -> list[str]:
    found = read_docx(data).blocks
    return [each.text.removesuffix("x").removesuffix(" ") for each in paragraphs_of(found)]


CASES = {
    "levels count and restart": (
        abstract(0, *THREE) + num(1, 0),
        "1:0 1:1 1:2 1:2 1:1 1:2 1:0 1:1",
        "I. 1. a) b) 2. a) II. 1.",
    ),
    "upper numbers in a label": (
        abstract(0, *NESTED) + num(1, 0),
        "1:0 1:1 1:1 1:2 1:0 1:2",
        "1. 1.1. 1.2. 1.2.1. 2. 2.1.1.",
    ),
    "a level passed over counts as used": (abstract(0, *NESTED) + num(1, 0), "1:1 1:1 1:0 1:1", "1.1. 1.2. 2. 2.1."),
    "plain text does not interrupt": (abstract(0, *THREE) + num(1, 0), "1:1 - 1:1", "1.  2."),
    "lists of one abstract list count on": (
        abstract(0, *THREE) + num(1, 0) + num(2, 0),
        "1:1 1:1 2:1 1:1",
        "1. 2. 3. 4.",
    ),
    "lists of their own": (
        abstract(0, *THREE) + abstract(1, *THREE) + num(1, 0) + num(2, 1),
        "1:1 2:1 1:1 2:1",
        "1. 1. 2. 2.",
    ),
    "an overridden start, once": (
        abstract(0, *THREE) + num(1, 0) + num(2, 0, override(1, 1)),
        "1:1 1:1 2:1 2:1 1:1",
        "1. 2. 1. 2. 3.",
    ),
    "an overridden start other than 1": (abstract(0, *THREE) + num(1, 0, override(0, 5)), "1:0 1:0 1:1", "V. VI. 1."),
    "an override counts at the level of the first paragraph": (
        abstract(0, *NESTED) + num(1, 0) + num(2, 0, override(0, 1) + override(1, 1)),
        "1:0 1:0 1:1 1:1 2:1 1:0",
        "1. 2. 2.1. 2.2. 2.1. 3.",
    ),
    "and not at another level later": (
        abstract(0, *NESTED) + num(1, 0) + num(2, 0, override(0, 1) + override(1, 1)),
        "1:0 1:0 2:0 1:1 2:1 2:0",
        "1. 2. 1. 1.1. 1.2. 2.",
    ),
    "an override holds for later restarts": (
        abstract(0, *NESTED) + num(1, 0, override(1, 4)),
        "1:0 1:1 1:0 1:1",
        "1. 1.4. 2. 2.4.",
    ),
    "a level replaced in one list": (
        abstract(0, *THREE)
        + num(1, 0)
        + num(2, 0, f'<w:lvlOverride w:ilvl="1">{level(1, "upperLetter", "%2)")}</w:lvlOverride>'),
        "1:1 2:1 1:1",
        "1. B) 3.",
    ),
    "a level that never restarts": (
        abstract(0, THREE[0], level(1, "decimal", "Điều %2.", before_text='<w:lvlRestart w:val="0"/>')) + num(1, 0),
        "1:0 1:1 1:1 1:0 1:1",
        "I. Điều 1.|Điều 2.|II. Điều 3.",
    ),
    "a level that restarts only after the first": (
        abstract(0, *THREE[:2], level(2, "lowerLetter", "%3)", before_text='<w:lvlRestart w:val="1"/>')) + num(1, 0),
        "1:0 1:1 1:2 1:1 1:2 1:0 1:2",
        "I. 1. a) 2. b) II. a)",
    ),
    "legal numbers": (
        abstract(0, THREE[0], level(1, "decimal", "%1.%2", before_text="<w:isLgl/>")) + num(1, 0),
        "1:0 1:0 1:1 1:1",
        "I. II. 2.1 2.2",
    ),
    "Roman above, kept": (
        abstract(0, THREE[0], level(1, "decimal", "%1.%2")) + num(1, 0),
        "1:0 1:0 1:1",
        "I. II. II.1",
    ),
    "start at zero and at any number": (
        abstract(0, level(0, "decimal", "%1.", start=0))
        + abstract(1, level(0, "decimal", "%1/", start=12))
        + num(1, 0)
        + num(2, 1),
        "1:0 1:0 2:0",
        "0. 1. 12/",
    ),
    "two digits": (abstract(0, level(0, "decimalZero", "%1.")) + num(1, 0), "1:0 1:0", "01. 02."),
    "a format of one's own": (
        abstract(
            0,
            '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
            '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>',
        )
        + num(1, 0),
        "1:0",
        "007.",
    ),
    "no number at all": (abstract(0, level(0, "none", "")) + num(1, 0), "1:0 1:0", " "),
    "only words": (abstract(0, level(0, "none", "Bước:")) + num(1, 0), "1:0 1:0", "Bước: Bước:"),
    "a lower level in a label shows nothing": (abstract(0, level(0, "decimal", "%1.%2")) + num(1, 0), "1:0", "1."),
    "no such list, no such level": (abstract(0, THREE[0]) + num(1, 0), "7:0 1:5 0:0 1:0", "   I."),
    "bullets": (
        abstract(
            0, level(0, "bullet", "-"), level(1, "bullet", "+"), level(2, "bullet", "\uf0b7"), level(3, "bullet", "–")
        )
        + num(1, 0),
        "1:0 1:1 1:2 1:3",
        "- + • -",
    ),
    "bullets in symbol fonts": (
        abstract(
            0,
            level(0, "bullet", "\uf02d", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'),
            level(1, "bullet", "v", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'),
            level(2, "bullet", "o", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>'),
            level(3, "bullet", "*"),
        )
        + num(1, 0),
        "1:0 1:1 1:2 1:3",
        "- • • *",
    ),
    "numbers start anew below a bullet": (
        abstract(0, level(0, "bullet", "-"), level(1, "decimal", "%2.")) + num(1, 0),
        "1:0 1:1 1:1 1:0 1:1",
        "- 1. 2. - 1.",
    ),
}


@pytest.mark.parametrize(("numbering", "places", "expected"), CASES.values(), ids=CASES)
def test_labels(numbering: str, places: str, expected: str) -> None:
    """A label with a space in it: the labels stand apart by bars or, where no bar is, by spaces."""
    wanted = expected.replace("Điều ", "Điều\xa0").replace("|", " ").split(" ")
    assert labels(numbering, places) == [label.replace("\xa0", " ") for label in wanted]


FORMATS = {
    "upperRoman": {1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 99: "XCIX"},
    "lowerRoman": {3: "iii", 8: "viii"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 28: "BB", 53: "AAA"},
    "lowerLetter": {2: "b", 27: "aa", 52: "zz"},
    "decimalZero": {9: "09", 10: "10", 100: "100"},
    "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"},
    "numberInDash": {5: "- 5 -"},
    "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
    "decimalEnclosedParen": {3: "(3)"},
    "cardinalText": {3: "3"},
    "chicago": {2: "2"},
    "none": {4: ""},
}


@pytest.mark.parametrize(
    ("form", "number", "text"), [(form, n, t) for form, row in FORMATS.items() for n, t in row.items()]
)
def test_formats(form: str, number: int, text: str) -> None:
    assert format_number(number, form) == text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", [-5, 0, 781, 2**31])
def test_odd_numbers_stay_short(form: str, number: int) -> None:
    assert len(format_number(number, form)) < 20


@pytest.mark.parametrize(("suffix", "shown"), [("tab", "1. x"), ("space", "1. x"), ("nothing", "1.x")])
def test_suffix(suffix: str, shown: str) -> None:
    numbering = abstract(0, level(0, "decimal", "%1.", f'<w:suff w:val="{suffix}"/>')) + num(1, 0)
    assert paragraphs_of(read_docx(word_file(paragraph("x", num=(1, 0)), numbering=numbering)).blocks)[0].text == shown


def style(name: str, inner: str, based: str = "") -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    head = f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
    return f"{head}{parent}<w:pPr>{inner}</w:pPr></w:style>"


def numbered(list_id: int | None = None, place: int | None = None) -> str:
    inner = f'<w:ilvl w:val="{place}"/>' if place is not None else ""
    return f"<w:numPr>{inner}" + (f'<w:numId w:val="{list_id}"/>' if list_id is not None else "") + "</w:numPr>"


TIED = abstract(
    0,
    level(0, "upperRoman", "%1.", before_text='<w:pStyle w:val="Muc"/>'),
    level(1, "decimal", "%2.", before_text='<w:pStyle w:val="MucCon"/>'),
    level(2, "lowerLetter", "%3)"),
) + num(1, 0)
STYLES = (
    style("Muc", numbered(1))
    + style("MucCon", numbered(1, 0), "Muc")
    + style("Con", "", "MucCon")
    + style("Sau", numbered(place=2), "Muc")
    + style("Khong", numbered(0), "Muc")
    + style("Vong", "", "Vong2")
    + style("Vong2", "", "Vong")
)
STYLE_CASES = {
    "by the style": ([("Muc", ""), ("Muc", "")], ["I.", "II."]),
    "the tied level goes before the named one": ([("Muc", ""), ("MucCon", ""), ("MucCon", "")], ["I.", "1.", "2."]),
    "inherited": ([("Con", "")], ["1."]),
    "inherited list, level of its own": ([("Sau", "")], ["a)"]),
    "0 ends the inheritance": ([("Khong", ""), ("Muc", "")], ["", "I."]),
    "0 in the paragraph": ([("Muc", numbered(0)), ("Muc", "")], ["", "I."]),
    "the paragraph's own level": ([("Muc", numbered(place=2))], ["a)"]),
    "the paragraph's own list, level 0": ([("", numbered(1))], ["I."]),
    "styles in a circle": ([("Vong", "")], [""]),
    "no such style": ([("Mat", "")], [""]),
}


@pytest.mark.parametrize(("paragraphs", "expected"), STYLE_CASES.values(), ids=STYLE_CASES)
def test_numbering_of_styles(paragraphs: list[tuple[str, str]], expected: list[str]) -> None:
    body = "".join(paragraph("x", style=name, properties=properties) for name, properties in paragraphs)
    assert read_labels(word_file(body, numbering=TIED, styles=STYLES)) == expected


def test_the_default_style_is_numbered() -> None:
    styles = style("Thuong", numbered(1)).replace("<w:style ", '<w:style w:default="1" ')
    assert read_labels(word_file(paragraph("x"), numbering=TIED, styles=styles)) == ["I."]


def test_a_list_that_names_a_style() -> None:
    numbering = abstract(0, *THREE) + abstract(1, head=LINK) + num(1, 0) + num(2, 1)
    body = paragraph("x", num=(2, 0)) + paragraph("x", num=(2, 1))
    assert read_labels(word_file(body, numbering=numbering, styles=STYLED_LIST)) == ["I.", "1."]


def test_lists_that_name_each_other() -> None:
    numbering = abstract(0, head=LINK) + num(1, 0)
    body = paragraph("x", num=(1, 0))
    assert read_labels(word_file(body, numbering=numbering, styles=STYLED_LIST)) == [""]


ONE = abstract(0, level(0, "decimal", "%1."), level(1, "bullet", "-")) + num(1, 0)


def test_labels_alone() -> None:
    """An empty numbered paragraph counts and shows its number, as the first column of many tables; no bullet."""
    body = table(row(cell(paragraph(num=(1, 0))), "Trồng chè"), row(cell(paragraph(num=(1, 0))), "Nuôi cá"))
    body += paragraph(num=(1, 1)) + paragraph("x", num=(1, 0))
    assert read_labels(word_file(body, numbering=ONE)) == ["1.", "Trồng chè", "2.", "Nuôi cá", "3."]


def test_deleted_paragraphs_do_not_count() -> None:
    gone = paragraph(
        f"<w:del>{run('bỏ').replace('w:t', 'w:delText')}</w:del>", num=(1, 0), properties="<w:rPr><w:del/></w:rPr>"
    )
    body = paragraph("x", num=(1, 0)) + gone + paragraph("x", num=(1, 0))
    assert read_labels(word_file(body, numbering=ONE)) == ["1.", "2."]


def test_former_numbering_is_not_read() -> None:
    properties = f"<w:pPrChange><w:pPr>{numbered(1)}</w:pPr></w:pPrChange>"
    assert read_labels(word_file(paragraph("x", properties=properties), numbering=ONE)) == [""]


def test_labels_in_capitals() -> None:
    numbering = abstract(0, level(0, "decimal", "Điều %1.")) + num(1, 0)
    styles = style("Dieu", numbered(1)).replace("</w:pPr>", "</w:pPr><w:rPr><w:caps/></w:rPr>")
    found = read_docx(word_file(paragraph("Phạm vi", style="Dieu"), numbering=numbering, styles=styles)).blocks
    assert [each.text for each in paragraphs_of(found)] == ["ĐIỀU 1. PHẠM VI"]


def test_hostile_numbering_is_quick() -> None:
    """Huge starts, levels beyond nine, and labels that repeat themselves."""
    numbering = abstract(0, level(0, "lowerRoman", "%1" * 50, start=2**31), level(99, "decimal", "%9")) + num(1, 0)
    body = paragraph("x", num=(1, 0)) * 50 + paragraph("x", num=(1, 99)) + paragraph("x", num=(1, -3))
    assert len(read_labels(word_file(body, numbering=numbering))) == 52
