"""Encodings from before Unicode: found by the words of a line (`evidence`) or the name of a font, read by their tables.

`codes` holds the tables of TCVN3, VNI and VISCII (`data/`), `tcvn3` what that encoding loses, `double_utf8` mends UTF-8
that was read as Windows-1252.
"""

from pipeline.read.legacy.convert import as_font_shows, convert, detect, legacy_of_font, to_unicode

__all__ = ["as_font_shows", "convert", "detect", "legacy_of_font", "to_unicode"]
