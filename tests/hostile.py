"""Inputs that somebody made, or a disk broke, to stop a batch: bombs, loops, lies, halves."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable

PASSWORD_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
DOCX_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: Iterable[bytes]) -> bytes:
    """A Word file whose document.xml is made of the pieces of *body*."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", DOCX_TYPES)
        archive.writestr("_rels/.rels", DOCX_RELATIONS)
        with archive.open("word/document.xml", "w") as part:
            for piece in body:
                part.write(piece)
    return target.getvalue()


def docx_of(text: str) -> bytes:
    """A Word file of one paragraph."""
    body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return docx([f'<?xml version="1.0"?><w:document {WORD}><w:body>{body}</w:body></w:document>'.encode()])


def zip_bomb() -> bytes:
    """A Word file of half a megabyte that unpacks to half a gigabyte."""
    head = f'<?xml version="1.0"?><w:document {WORD}><w:body><w:p><w:r><w:t>'.encode()
    return docx([head, *[b" " * (1 << 20)] * 512, b"</w:t></w:r></w:p></w:body></w:document>"])


def entity_bomb() -> bytes:
    """A Word file whose entities stand for each other, ten times ten times …"""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "trồng chè ">{levels}]>'
    return docx(
        [f"{head}<w:document {WORD}><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>".encode()]
    )


def pdf(objects: Iterable[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of numbered *objects*, the first of which is its catalogue."""
    target = io.BytesIO()
    target.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(target.tell())
        target.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    table = target.tell()
    target.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    target.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    target.write(b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(places) + 1, trailer))
    target.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return target.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(packed), entries, packed)


def page_pdf(content: bytes, *others: bytes) -> bytes:
    """A PDF of one page with *content* in a font that every reader has."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            b" /Resources << /Font << /F1 4 0 R >> >> >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            stream(content),
            *others,
        ]
    )


def text_pdf(text: str) -> bytes:
    """A PDF of one line of ASCII text."""
    return page_pdf(b"BT /F1 12 Tf 72 720 Td (%b) Tj ET" % text.encode("ascii"))


def million_objects() -> bytes:
    """A PDF with a million objects that nothing needs."""
    return page_pdf(b"", *([b"<< /A [1 2 3] >>"] * 1_000_000))


def stream_bomb() -> bytes:
    """A PDF whose page unpacks to a gigabyte of operators: each draws a letter."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"BT /F1 1 Tf 72 720 Td\n")
    packed += b"".join(packer.compress(b"(a) Tj\n" * 150_000) for _ in range(1024)) + packer.flush()
    return page_pdf(b"").replace(stream(b""), _packed_stream(packed))


def _packed_stream(packed: bytes) -> bytes:
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password only (RC4, 40 bits; ISO 32000-1, 7.6.3)."""
    identity = b"0123456789abcdef"
    owner_key = hashlib.md5(_padded(b"chu")).digest()[:5]
    owner = _rc4(owner_key, _padded(b"khach"))
    key = hashlib.md5(_padded(b"khach") + owner + struct.pack("<i", -4) + identity).digest()[:5]
    user = _rc4(key, PASSWORD_PADDING)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >>" % (owner.hex().encode(), user.hex().encode()),
    ]
    name = identity.hex().encode()
    return pdf(objects, trailer=b"/Encrypt 4 0 R /ID [<%b> <%b>]" % (name, name))


def _padded(password: bytes) -> bytes:
    return (password + PASSWORD_PADDING)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def endless_pages() -> bytes:
    """A PDF that claims two billion pages, in a tree that leads back to itself."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>"])


def deep_html() -> bytes:
    """A page nested 100,000 deep."""
    return b"<html><body>" + b"<div>" * 100_000 + "Kế hoạch".encode() + b"</div>" * 100_000 + b"</body></html>"


def long_line() -> bytes:
    """One line of 300 MB."""
    return "Sở Y tế chủ trì ".encode() * (300_000_000 // 21)


def picture_bomb() -> bytes:
    """A PNG of some kilobytes that is 60,000 by 60,000 points large."""
    side = 60_000

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    rows = b"".join(packer.compress(row * 1000) for _ in range(side // 1000)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def broken_container() -> bytes:
    """An old Word file whose directory leads into itself."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 68 + b"\1\0\0\0" * 2000


# name of the input, what makes it, the causes that are true of it
HOSTILE: tuple[tuple[str, Callable[[], bytes], frozenset[str]], ...] = (
    ("bomb.docx", zip_bomb, frozenset({"too-large"})),
    ("entities.docx", entity_bomb, frozenset({"damaged", "too-complex"})),
    ("million.pdf", million_objects, frozenset({"no-text", "empty", "too-slow", "too-much-memory", "needs_ocr"})),
    ("stream.pdf", stream_bomb, frozenset({"too-slow", "too-much-memory", "too-complex", "too-large"})),
    ("endless.pdf", endless_pages, frozenset({"damaged", "too-large", "too-slow", "empty"})),
    ("encrypted.pdf", encrypted_pdf, frozenset({"encrypted"})),
    ("truncated.pdf", lambda: text_pdf("Ke hoach")[:300], frozenset({"damaged"})),
    ("truncated.docx", lambda: docx_of("Kế hoạch")[:-200], frozenset({"damaged"})),
    ("deep.html", deep_html, frozenset({"too-complex", "no-document-body"})),
    ("line.txt", long_line, frozenset({"too-large"})),
    ("picture.png", picture_bomb, frozenset({"too-large"})),
    ("container.doc", broken_container, frozenset({"damaged", "binary"})),
    ("disguised.docx", lambda: text_pdf("Ke hoach trong che"), frozenset({"wrong-extension"})),
    ("page.pdf", lambda: b"<html><body>404</body></html>", frozenset({"wrong-extension"})),
)
