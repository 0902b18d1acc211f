"""Make pictures of pages: of a PDF's page `render_page(data, 3)`, of a picture file's frame `render_picture(data, 1)`.

Both are pure functions of the bytes, so that a worker process can run them, and give a grey PNG: small to hand over.
A page is drawn at 300 dots an inch, for which recognition is made; a huge sheet at fewer, a picture as it is. Round red
seals go before the colours do (`pipeline.read.scan.seals`).
"""

from __future__ import annotations

import io
import math
import threading
import warnings
from contextlib import closing
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw
from PIL import Image, ImageSequence

from pipeline.errors import UnreadableInputError
from pipeline.read.scan.seals import without_seals

POINTS = 72.0  # an inch


class PagePicture(NamedTuple):
    """A page as a grey PNG, and its size in points."""

    png: bytes
    width: float
    height: float


def render_page(data: bytes, number: int) -> PagePicture:
    """Draw page *number*, counted from 1, of the PDF *data* as a viewer shows it.

    Raises `UnreadableInputError` when pdfium cannot open it.
    """
    with _PDFIUM:  # which knows nothing of threads
        try:
            with closing(pdfium.PdfDocument(data)) as document, closing(document[number - 1]) as page:
                width, height = page.get_size()
                bitmap = page.render(scale=_scale(width, height), rev_byteorder=True, prefer_bgrx=False)
                picture = bitmap.to_pil().copy()
                bitmap.close()
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadableInputError(
                "damaged", f"has a page {number} that cannot be drawn: open it and save it anew"
            ) from error
    return PagePicture(_png(picture), width, height)


def render_picture(data: bytes, number: int) -> PagePicture:
    """Read frame *number*, counted from 1, of a PNG, JPEG or TIFF file as a page.

    Raises `UnreadableInputError` for no picture and for one of more than `MOST_DOTS`.
    """
    with _opened(data) as opened:
        try:
            opened.seek(number - 1)
            _refuse_huge(opened)
            picture = _upright(opened)
        except (EOFError, OSError, SyntaxError, ValueError) as error:
            raise _broken() from error
    dots = _dots_an_inch(opened, picture)
    return PagePicture(_png(picture), picture.width * POINTS / dots, picture.height * POINTS / dots)


def frames_of(data: bytes) -> int:
    """How many pages the picture file *data* has: 1, or the frames of a TIFF."""
    with _opened(data) as opened:
        try:
            return sum(1 for _ in ImageSequence.Iterator(opened)) if opened.format == "TIFF" else 1
        except (EOFError, OSError, SyntaxError, ValueError) as error:
            raise _broken() from error


def pictured_share(page: pdfium.PdfPage) -> float:
    """How much of *page*, in [0, 1], its largest picture covers: about 1 for a scan."""
    width, height = page.get_size()
    shares = [
        max(min(right, width) - max(left, 0), 0) * max(min(top, height) - max(bottom, 0), 0) / max(width * height, 1)
        for left, bottom, right, top in (
            picture.get_bounds() for picture in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        )
    ]
    return float(max(shares, default=0.0))


def _scale(width: float, height: float) -> float:
    """Dots for a point: those of `DOTS_AN_INCH`, or as many as the sheet allows."""
    area = max(width * height, 1.0)
    return min(DOTS_AN_INCH / POINTS, math.sqrt(MOST_DOTS / area))


def _png(picture: Image.Image) -> bytes:
    grey = without_seals(picture)
    target = io.BytesIO()
    grey.save(target, "PNG", compress_level=1)
    return target.getvalue()


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _huge() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _broken() from error
    return opened


def _refuse_huge(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_DOTS:
        raise _huge()


def _huge() -> UnreadableInputError:
    return UnreadableInputError(
        "too-large", f"is a picture of more than {MOST_DOTS:,} dots: scan it at {DOTS_AN_INCH} dots an inch"
    )


def _broken() -> UnreadableInputError:
    return UnreadableInputError("damaged", "is no whole picture: scan it or save it anew")


def _upright(opened: Image.Image) -> Image.Image:
    """The picture turned as its camera says, what is transparent on white."""
    orientation = opened.getexif().get(_ORIENTATION, 1)
    if opened.mode in {"1", "L"}:
        picture = opened.convert("L")
    else:
        rgba = opened.convert("RGBA")
        picture = Image.new("RGB", rgba.size, "white")
        picture.paste(rgba, mask=rgba.getchannel("A"))
    turn = _TURNS.get(orientation)
    return picture.transpose(turn) if turn is not None else picture


def _dots_an_inch(opened: Image.Image, picture: Image.Image) -> float:
    """What the file says, when a sheet of that size is likely; else as if the picture were as wide as a sheet of A4."""
    told = opened.info.get("dpi")
    try:
        dots = float(told[0]) if told else 0.0
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        dots = 0.0
    if LEAST_DOTS_AN_INCH <= dots <= MOST_DOTS_AN_INCH:
        return dots
    return min(picture.width, picture.height) / A4_INCHES


DOTS_AN_INCH = 300
MOST_DOTS = 40_000_000
LEAST_DOTS_AN_INCH = 120  # cameras and screens say 72 or 96 of anything
MOST_DOTS_AN_INCH = 1200
A4_INCHES = 8.27
FORMATS = ("PNG", "JPEG", "TIFF")
_PDFIUM = threading.Lock()
_ORIENTATION = 0x0112
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_270,
    8: Image.Transpose.ROTATE_90,
}
