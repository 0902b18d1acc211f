"""Write small PDFs for tests: one object after another, standard fonts, no compression.

pdf([b"BT /F1 12 Tf 72 700 Td (KE HOACH) Tj ET"])
"""

from __future__ import annotations

from collections.abc import Sequence


def pdf(contents: Sequence[bytes], *, page: bytes = b"", objects: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """A PDF with a page of 600 × 800 points for each of *contents*.

    *page* is added to the dictionary of each page; *objects* come first and so are numbered from 1.
    """
    bodies = [*objects]
    font = _add(bodies, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    tree = len(bodies) + 2 * len(contents) + 1
    kids = []
    for content in contents:
        stream = _add(bodies, stream_of(b"", content))
        kids.append(
            _add(
                bodies,
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> /XObject << /X1 1 0 R >> >> %s >>" % (tree, stream, font, page),
            )
        )
    _add(bodies, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    root = _add(bodies, b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    return _file(bodies, b"/Root %d 0 R %s" % (root, trailer))


def stream_of(dictionary: bytes, content: bytes) -> bytes:
    """The body of a stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def drawn(text: bytes, box: tuple[int, int, int, int], kind: bytes = b"Widget") -> tuple[bytes, bytes]:
    """An appearance stream and an annotation that draws it in *box*; the stream must be object 1."""
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    size = b"%d %d" % (box[2] - box[0], box[3] - box[1])
    form = stream_of(b"/Type /XObject /Subtype /Form /BBox [0 0 %s] /Resources %s" % (size, font), text)
    rect = b"%d %d %d %d" % box
    annotation = b"<< /Type /Annot /Subtype /%s /F 4 /FT /Sig /Rect [%s] /AP << /N 1 0 R >> >>" % (kind, rect)
    return form, b"/Annots [%s]" % annotation


def _add(bodies: list[bytes], body: bytes) -> int:
    bodies.append(body)
    return len(bodies)


def _file(bodies: Sequence[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF"
    return data + end % (len(bodies) + 1, table, len(bodies) + 1, trailer, len(data))
