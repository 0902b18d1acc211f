"""Read older Word files (.doc) and RTF and ODT texts by way of an installed program: `read_older(data)`.

LibreOffice goes first: of six .docx files that it made into .doc, every word and all of 8,644 cells came back. antiword
is fifty times as fast, but loses list labels, spans, and of some files a twentieth to a third of the words without a
word of warning, so that it only stands in where LibreOffice is missing or fails.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UnreadableInputError
from pipeline.read.blocks import Block, BlockDocument, Paragraph, TableBlock, TableCell
from pipeline.read.container import what_office_file
from pipeline.read.programs import ProgramError, ProgramMissingError, run_program
from pipeline.read.word.docbook import read_docbook
from pipeline.read.word.docx import read_docx
from pipeline.read.word.package import refusal
from schemas import Diagnostic


class ConverterLimits(NamedTuple):
    """Bounds of a converting program: seconds of the clock, and bytes of address space."""

    seconds: float = 60
    memory_bytes: int = 3 << 30


DEFAULT_CONVERTER_LIMITS = ConverterLimits()


class Parsers(NamedTuple):
    """What reads the files that the programs make; a caller may run them in a process of their own."""

    docx: Callable[[bytes], BlockDocument] = read_docx
    docbook: Callable[[bytes], tuple[Block, ...]] = read_docbook


IN_PLACE = Parsers()


def read_older(
    data: bytes, *, parsers: Parsers = IN_PLACE, converter: ConverterLimits = DEFAULT_CONVERTER_LIMITS
) -> BlockDocument:
    """The blocks of a .doc, .rtf or .odt file; raise `UnreadableInputError` when no program here reads it.

    Places are those in the .docx that LibreOffice makes of it; antiword gives none.
    """
    kind = what_office_file(data)
    if kind == "docx":
        return parsers.docx(data)
    if data.startswith(b"{\\rtf"):
        return _convert(data, "rtf", parsers, converter)
    if kind not in ("doc", "odt"):
        raise refusal(kind)
    return _convert(data, kind, parsers, converter)


def _convert(data: bytes, kind: str, parsers: Parsers, converter: ConverterLimits) -> BlockDocument:
    try:
        converted = _to_docx(data, kind, converter)
    except ProgramError as error:
        if kind == "doc":
            return _by_antiword(data, parsers, converter, error)
        raise _unconverted(error, "LibreOffice (libreoffice-writer)") from error
    document = parsers.docx(converted)
    remark = Diagnostic(
        code="converted", severity="info", message=f"read from what LibreOffice makes of this .{kind} file"
    )
    blocks = tuple(_without_copies(block) for block in document.blocks) if kind == "doc" else document.blocks
    return replace(document, blocks=blocks, diagnostics=(remark, *document.diagnostics))


def _without_copies(block: Block) -> Block:
    """Take out the copies in merged cells of a .doc: `Trung cấpTrung cấp` over two columns.

    Some programs fill each cell that a merged one hides with its text, and LibreOffice puts all of them together.
    """
    if isinstance(block, TableBlock):
        return replace(block, cells=tuple(map(_cell_without_copies, block.cells)))
    return block


def _cell_without_copies(cell: TableCell) -> TableCell:
    if len(cell.blocks) == 1 and isinstance(only := cell.blocks[0], Paragraph) and cell.column_span > 1:
        if (copies := _COPIES.fullmatch(only.text)) and any(map(str.isalpha, copies[1])):
            return replace(cell, blocks=(Paragraph.of(copies[1], only.pieces[0].place),))
        return cell
    return replace(cell, blocks=tuple(map(_without_copies, cell.blocks)))


def _to_docx(data: bytes, kind: str, limits: ConverterLimits) -> bytes:
    """The .docx that LibreOffice makes, with a profile of its own that opens no links and runs no macros."""
    with tempfile.TemporaryDirectory(prefix="kehoach-") as name:
        folder = Path(name)
        (folder / f"in.{kind}").write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), f"in.{kind}"]
        run_program(command, seconds=limits.seconds, memory_bytes=limits.memory_bytes, cwd=folder)
        made = folder / "out" / "in.docx"
        if not made.is_file():
            raise ProgramError("soffice made no document of it")
        return made.read_bytes()


def _by_antiword(data: bytes, parsers: Parsers, limits: ConverterLimits, before: ProgramError) -> BlockDocument:
    try:
        book = run_program(
            ["antiword", "-x", "db", "-"], stdin=data, seconds=limits.seconds, memory_bytes=limits.memory_bytes
        )
    except ProgramError as error:
        missing = isinstance(error, ProgramMissingError)
        raise _unconverted(before if missing else error, "LibreOffice (libreoffice-writer) or antiword") from error
    remark = Diagnostic(
        code="lossy-conversion",
        severity="warning",
        message=f"read with antiword, which loses list labels, merged cells and at times text, since {before}:"
        " install LibreOffice, or save it as .docx in Word",
    )
    return BlockDocument(blocks=parsers.docbook(book), diagnostics=(remark,))


def _unconverted(error: ProgramError, programs: str) -> UnreadableInputError:
    if isinstance(error, ProgramMissingError):
        return UnreadableInputError(
            "needs-converter", f"needs a converter: install {programs}, or save it as .docx in Word"
        )
    return UnreadableInputError("unconvertible", f"cannot be converted ({error}): save it as .docx in Word")


_COPIES = re.compile(r"(.{3,200}?)\1+", re.DOTALL)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
</oor:items>
"""
