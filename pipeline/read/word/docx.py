"""Read a Word file (.docx): `read_docx(data)` gives its paragraphs and tables with automatic labels, and its notes.

The body is walked on its own elements: the object models of libraries see neither tracked changes nor text boxes,
content controls or list labels. Headers and footers are furniture of pages and left out, unless the first page's
header holds the letterhead that the body lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, BlockDocument, Paragraph, Piece, paragraphs_of
from pipeline.read.word.body import read_blocks
from pipeline.read.word.markup import R, W, attribute, is_on
from pipeline.read.word.numbering import LabelCounter, read_lists
from pipeline.read.word.package import DEFAULT_LIMITS, Limits, Package
from pipeline.read.word.story import FontDecoder, Story, as_stored
from pipeline.read.word.styles import read_styles, style_lists


def read_docx(data: bytes, *, decode: FontDecoder = as_stored, limits: Limits = DEFAULT_LIMITS) -> BlockDocument:
    """The blocks of a Word file; raise `UnreadableInputError` when it cannot be opened or holds no text.

    *decode* gets the text of each run and the name of its font, and gives what the font shows.
    """
    package = Package.open(data, limits=limits)
    root = package.tree(package.main)
    body = root.find(W + "body") if root is not None else None
    if root is None or body is None:
        raise UnreadableInputError("damaged", "is a Word file without a body: get it again, or save it anew in Word")
    story = _begin(package, decode)
    try:
        blocks = read_blocks(body, "/w:body", story)
        notes = _read_notes(package, story)
        head = _letterhead(package, body, blocks, story)
    except RecursionError as error:
        raise UnreadableInputError("too-large", "nests tables or text boxes too deep: save it anew in Word") from error
    found = (*head, *blocks, *notes)
    _refuse_no_text(found, story)
    return BlockDocument(blocks=found, diagnostics=tuple(story.diagnostics()))


def _begin(package: Package, decode: FontDecoder) -> Story:
    styles, theme, numbering = (_related_tree(package, kind) for kind in ("styles", "theme", "numbering"))
    lists = read_lists(numbering, style_lists(styles))
    return Story(read_styles(styles, theme), lists, decode, LabelCounter(lists))


def _related_tree(package: Package, kind: str) -> etree._Element | None:
    return next(
        (tree for name in package.related(package.main, kind) if (tree := package.tree(name)) is not None), None
    )


def _read_notes(package: Package, story: Story) -> list[Block]:
    """The notes that are referred to, in the order of their marks; a note may refer to another."""
    parts = {kind: _related_tree(package, f"{kind}s") for kind in ("footnote", "endnote")}
    elements = {
        (kind, attribute(note, "id")): (note, f"/w:{kind}s/w:{kind}[{place}]")
        for kind, part in parts.items()
        if part is not None
        for place, note in enumerate(part.iterchildren(W + kind), 1)
    }
    story.labels = LabelCounter(story.lists)
    found: list[Block] = []
    done = 0
    while done < len(story.notes):
        key = story.notes[done]
        done += 1
        if key in elements:
            found += _marked(read_blocks(*elements[key], story), story.note_mark(*key))
    return found


def _marked(blocks: list[Block], mark: str) -> Iterator[Block]:
    """The blocks of a note, the first of them behind its mark."""
    for place, block in enumerate(blocks):
        if place == 0 and isinstance(block, Paragraph):
            first, *others = block.pieces
            yield Paragraph((Piece(f"{mark} {first.text}", first.place), *others))
        else:
            yield block


def _letterhead(package: Package, body: etree._Element, blocks: list[Block], story: Story) -> list[Block]:
    """The header of the first page, when it holds the letterhead and the beginning of the body does not."""
    section = next(body.iterdescendants(W + "sectPr"), None)
    if section is None or any(
        _LETTERHEAD.search(each.text) for each in paragraphs_of(blocks[:_BEGINNING])[:_BEGINNING]
    ):
        return []
    wanted = "first" if is_on(section.find(W + "titlePg")) else "default"
    parts = package.related_by_id(package.main, "header")
    for reference in section.iterchildren(W + "headerReference"):
        name = parts.get(reference.get(R + "id", ""))
        if attribute(reference, "type") == wanted and name and (header := package.tree(name)) is not None:
            story.labels = LabelCounter(story.lists)
            found = read_blocks(header, "/w:hdr", story)
            if any(_LETTERHEAD.search(each.text) for each in paragraphs_of(found)):
                return found
    return []


def _refuse_no_text(blocks: tuple[Block, ...], story: Story) -> None:
    if any(paragraph.text.strip() for paragraph in paragraphs_of(blocks)):
        return
    if story.seen["pictures"]:
        raise UnreadableInputError(
            "no-text", "holds pictures and no text: save it as .pdf, so that its text can be recognised"
        )
    if story.seen["foreign-parts"]:
        raise UnreadableInputError("no-text", "only wraps a file of another format: open it in Word and save it anew")
    raise UnreadableInputError("empty", "is a Word file without text: nothing to read")


_BEGINNING = 40
_LETTERHEAD = re.compile(
    r"(?i)CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|^\s*Số ?:", re.MULTILINE
)
