"""Make Word files for tests: `word_file("<w:p>…</w:p>", numbering="…")`, each part given as its inner XML."""

from __future__ import annotations

import io
import zipfile

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOTS = {
    "document": "document",
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "hdr",
    "theme": "theme",
}


def word_file(body: str, *, extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A .docx with this body; *parts* are the inner XML of other parts, *extra* whole files of the archive."""
    files = {f"word/{name}.xml": _part(name, inner) for name, inner in parts.items()}
    files["word/document.xml"] = _part("document", f"<w:body>{body}</w:body>")
    files["[Content_Types].xml"] = _content_types(parts)
    files["_rels/.rels"] = _relationships([("officeDocument", "word/document.xml")])
    files["word/_rels/document.xml.rels"] = _relationships(
        [("header" if name.startswith("header") else name, f"{name}.xml") for name in parts]
    )
    return zip_file({**files, **(extra or {})})


def zip_file(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(*runs: str, style: str = "", num: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph of runs, each text or ready XML; *num* is its list and level."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        inner += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{inner}{properties}</w:pPr>{''.join(map(run, runs))}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text; what is XML already stays."""
    if text.startswith("<"):
        return text
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str, properties: str = "") -> str:
    """A table of rows made by `row`."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, each text or made by `cell`."""
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def cell(content: str = "", properties: str = "") -> str:
    """A cell that holds a paragraph of text, or ready XML."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def level(place: int, form: str, text: str, inner: str = "", *, start: int = 1, before_text: str = "") -> str:
    """A level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{before_text}'
        f'<w:lvlText w:val="{text}"/>{inner}</w:lvl>'
    )


def abstract(number: int, *levels: str, head: str = "", tail: str = "") -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{head}{"".join(levels)}{tail}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    """A list that uses the abstract list *of*."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def override(place: int, start: int) -> str:
    """A level of a list that starts anew."""
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def _part(name: str, inner: str) -> bytes:
    root = ROOTS[name]
    prefix = "a" if name == "theme" else "w"
    return f'<?xml version="1.0" encoding="UTF-8"?><{prefix}:{root} {NAMESPACES}>{inner}</{prefix}:{root}>'.encode()


def _relationships(targets: list[tuple[str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{inner}</Relationships>'.encode()


def _content_types(parts: dict[str, str]) -> bytes:
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"document": "document.main", **{name: name.rstrip("0123456789") for name in parts}}
    inner = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{base}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    name = "http://schemas.openxmlformats.org/package/2006/content-types"
    default += '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{name}">{default}{inner}</Types>'.encode()
