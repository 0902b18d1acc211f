"""Scans: `recognise_pages(data, numbers)` draws pages, cleans the pictures, and has tesseract read them."""

from pipeline.read.scan.cache import PageCache
from pipeline.read.scan.recognise import recognise_pages
from pipeline.read.scan.rendering import PagePicture, frames_of, render_page, render_picture
from pipeline.read.scan.tesseract import Limits as TesseractLimits

__all__ = [
    "PageCache",
    "PagePicture",
    "TesseractLimits",
    "frames_of",
    "recognise_pages",
    "render_page",
    "render_picture",
]
