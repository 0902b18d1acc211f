"""Read the closing of a document: who signed and in which post, and who receives it (`Nơi nhận`).

Signature blocks stand as lines, as one line, as a cell beside the recipients, or woven into their list by a two-column
scan; the name may be broken over lines (`Mai⏎Thanh Thắng`). A post without a name is no signature.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

import re2
import regex

from extractors.metadata.letterhead import Province, issuer_of
from extractors.metadata.title import is_stain
from schemas import Signer, Span

BLOCK_LENGTH = 700


class Signature(NamedTuple):
    """One signature and where its block stands."""

    signer: Signer
    span: Span


def find_signatures(text: str, province: Province | None) -> list[Signature]:
    """The signatures of the document itself: the first block of the text, not those of its annexes."""
    found: list[Signature] = []
    for candidate in _POST.finditer(text):
        if found and candidate.start() < found[-1].span.end:
            continue
        if found and candidate.start() > found[0].span.end + BLOCK_LENGTH:
            break
        match = _SIGNATURE.match(text, candidate.start(), candidate.start() + BLOCK_LENGTH)
        if match is None:
            continue
        start = _block_start(text, match.start())
        name = " ".join(match["name"].split())
        if not _NO_NAME.match(name):
            signer = Signer(name=name, position=_position(text[start : match.start("name")]),
                            on_behalf_of=_on_behalf(text[start : match.start("name")], province))  # fmt: skip
            found.append(Signature(signer, Span(match.start("name"), match.end("name"))))
    return found or _woven_signature(text, province)


def find_recipients(text: str, signatures: list[Signature]) -> tuple[list[str], Span | None]:
    """The strings of the first `Nơi nhận` list, without bullets."""
    label = _RECIPIENTS.search(text)
    if label is None:
        return [], None
    end = min([label.end() + 6000, len(text)])
    begin = first = _past_stamp(text, label.end())
    if _LEAD_BESIDE.match(text, begin):  # a two-column scan: the posts stand beside the recipients
        begin = text.find("\n", begin) if "\n" in text[begin : begin + 90] else begin
    stop = _LIST_END.search(text, begin, end)
    end = stop.start() if stop else end
    listed = text[first:end]
    if signatures and label.end() < signatures[0].span.start < end:
        name = signatures[0].span
        above, below = text[first : name.start], text[name.end : end]
        if "Lưu" not in above and "Lưu" in below and _ITEM_BELOW.match(below):  # the name stands beside the list
            listed = above + below
        else:
            listed, end = above, name.start
    recipients: list[str] = []
    items = _ITEM.split(listed)
    closed = ";" not in listed and sum(item.rstrip().endswith(",") for item in items) >= _FEWEST_CLOSED
    for item in _closed_by_commas(items) if closed else items:
        words = _without_posts(_WOVEN.sub(" ", " ".join(item.split())).strip(_EDGES))
        words = _without_specks(words)
        if len(words) > 900 or (recipients and recipients[-1].startswith(_KEPT_COPY)):
            break
        if sum(map(str.isalnum, words)) < _FEWEST_SIGNS or is_stain(words):
            continue
        if recipients and words[0].islower() and _OPEN_BRACKET.search(recipients[-1]):  # a wrapped line without a dash
            recipients[-1] += f" {words}"
            continue
        recipients.append(words)
    return recipients, Span(label.end(), end)


def _past_stamp(text: str, begin: int) -> int:
    """Behind what a scan read of the stamp beside the label, where the bullets of the list stand below it."""
    beside, _, below = text[begin : begin + 90].partition("\n")
    if beside.isupper() or beside.lstrip().startswith("-") or not below.startswith("- "):
        return begin
    read = any(len(word) > 1 and word.isalpha() and (word.istitle() or word.islower()) for word in beside.split())
    return begin if read else begin + len(beside)


def _closed_by_commas(items: list[str]) -> list[str]:
    """Items that all close with a comma, without what a scan read of the stamp behind it: `Văn phòng Tỉnh ủy, BẢ7`."""
    found = []
    for item in items:
        name, comma, behind = item.rpartition(",")
        named = sum(len(word) > 1 and word.isalpha() for word in behind.split()) >= _FEWEST_WORDS  # one more recipient
        stays = named or _PLAIN.fullmatch(behind.strip()) or item.strip(_EDGES).startswith(_KEPT_COPY)
        found.append(name if comma and not stays else item)
    return found


def _without_specks(words: str) -> str:
    """A recipient without what a scan read of the stamp beside it: `Sở Y tế; _— :`, `Sở Nội vụ; \\ x:= g7)`."""
    words = _SPECKS_BEHIND.sub("", words)
    name, _, behind = words.partition("; ")
    if name.startswith(_KEPT_COPY) or not behind or behind[0] == "(":
        return words
    if _NAMED.search(behind) is None:
        return name
    few = sum(len(word) > 1 and word.isalpha() for word in behind.split()) < _FEWEST_WORDS
    return name if few and _SPECK.search(behind) else words


def _without_posts(words: str) -> str:
    """A recipient without the words in capitals that stand beside it in the column of the signature.

    `TM. CHÍNH PHỦ` is none at all; `Ban Bí thư; THỦ TƯỚNG` is one, and a post.
    """
    if len(words) > _LONGEST_BESIDE or words.startswith("Lưu"):
        return words
    for place in _BREAK.finditer(words):
        beside = words[place.end() :].split()
        if not all(word.isupper() or len(word.strip(".,")) <= 2 for word in beside):
            continue
        # Words have tones (`THỦ`), abbreviations (`HĐND`, `TƯ`) have none.
        posts = [word for word in beside if len(word) > 1 and word.isupper()]
        toned = sum(_TONE.search(normalize("NFD", word)) is not None for word in posts)
        if toned >= (1 if place[0].startswith((";", "T", "K")) else 2):
            return words[: place.start()].strip(_EDGES)
    return words


def _block_start(text: str, start: int) -> int:
    """Where the block begins whose first post stands at *start*: at its `TM.` or `KT.`, if it has one."""
    lead = _LEAD.search(text, max(0, start - 160), start + _LONGEST_POST)
    return min(lead.start(), start) if lead else start


def _position(block: str) -> str | None:
    posts = [(m.start(), " ".join(m[0].split())) for m in _POST.finditer(block)]
    acting = _ACTING.search(block)
    if acting:
        deputies = [post for start, post in posts if start > acting.start() and post.startswith(_DEPUTIES)]
        posts = [(0, post) for post in deputies]
    elif by_order := _BY_ORDER.search(block):
        posts = [(start, post) for start, post in posts if start > by_order.end() + 3] or posts[-1:]
    return ", ".join(dict.fromkeys(_usual_post(post) for _, post in posts)) or None


def _usual_post(post: str) -> str:
    """`PHÓ CHỦ TỊCH` as it is written in a sentence: `Phó Chủ tịch`."""
    if post.startswith("PHÓ "):
        return "Phó " + _usual_post(post[4:])
    return post.capitalize().replace(" thường trực", " Thường trực")


def _on_behalf(block: str, province: Province | None) -> str | None:
    flat = " ".join(block.replace("|", " ").split())
    if body := _FOR_BODY.search(flat):
        agency = issuer_of(body["body"], province)
        return agency.name if agency else None
    head = _FOR_HEAD.search(flat)
    return ", ".join(map(_usual_post, head["posts"].split(", "))) if head else None


def _woven_signature(text: str, province: Province | None) -> list[Signature]:
    """The signature of a two-column scan: posts stand in the lines of the recipients, the name at one line's end."""
    label = _RECIPIENTS.search(text)
    if label is None:
        return []
    block = text[label.end() : label.end() + 1800]
    lead = _LEAD.search(block)
    posts = list(_POST.finditer(block))
    if lead or posts:
        begin = min(match.start() for match in [lead, *posts] if match)
        names = _FAMILY_NAME.finditer(block, begin)
    else:  # a stamp hides the posts: the name stands alone below the list
        begin = kept.end() if (kept := _KEPT.search(block)) else len(block)
        names = _NAME_ALONE.finditer(block[: begin + _STAMP_LENGTH], begin)
    for name in names:
        if not _NO_NAME.match(name["name"]):
            span = Span(label.end() + name.start("name"), label.end() + name.end("name"))
            spoken = block[begin : name.start()]
            words = name["name"].split()
            written = " ".join(word.capitalize() for word in words) if name["name"].isupper() else " ".join(words)
            return [Signature(Signer(name=written, position=_position(spoken),
                                     on_behalf_of=_on_behalf(spoken[:120], province)), span)]  # fmt: skip
    return []


def _words(posts: str) -> str:
    return "|".join(post.strip().replace(" ", r"\s+") for post in posts.split(","))


_DEPUTIES = ("PHÓ", "THỨ")
_POSTS = _words(
    "PHÓ BÍ THƯ THƯỜNG TRỰC,PHÓ BÍ THƯ,BÍ THƯ THƯỜNG TRỰC,BÍ THƯ,PHÓ CHỦ TỊCH THƯỜNG TRỰC,PHÓ CHỦ TỊCH,CHỦ TỊCH"
    ",PHÓ THỦ TƯỚNG THƯỜNG TRỰC,PHÓ THỦ TƯỚNG,THỦ TƯỚNG,BỘ TRƯỞNG,THỨ TRƯỞNG THƯỜNG TRỰC,THỨ TRƯỞNG"
    ",PHÓ TỔNG GIÁM ĐỐC,TỔNG GIÁM ĐỐC,PHÓ GIÁM ĐỐC,GIÁM ĐỐC,PHÓ CHỦ NHIỆM,CHỦ NHIỆM,PHÓ TRƯỞNG BAN THƯỜNG TRỰC"
    ",PHÓ TRƯỞNG BAN,TRƯỞNG BAN,PHÓ TỔNG CỤC TRƯỞNG,TỔNG CỤC TRƯỞNG,PHÓ CỤC TRƯỞNG,CỤC TRƯỞNG,PHÓ CHI CỤC TRƯỞNG"
    ",CHI CỤC TRƯỞNG,PHÓ VỤ TRƯỞNG,VỤ TRƯỞNG,PHÓ CHÁNH VĂN PHÒNG,CHÁNH VĂN PHÒNG,PHÓ THỐNG ĐỐC,THỐNG ĐỐC"
    ",PHÓ TỔNG THANH TRA,TỔNG THANH TRA,CHÁNH THANH TRA,PHÓ TỔNG KIỂM TOÁN,TỔNG KIỂM TOÁN,PHÓ VIỆN TRƯỞNG,VIỆN TRƯỞNG"
    ",PHÓ CHÁNH ÁN,CHÁNH ÁN,PHÓ TRƯỞNG ĐOÀN,TRƯỞNG ĐOÀN,PHÓ HIỆU TRƯỞNG,HIỆU TRƯỞNG,PHÓ TRƯỞNG PHÒNG,TRƯỞNG PHÒNG"
    ",PHÓ TỔNG BIÊN TẬP,TỔNG BIÊN TẬP,TỔNG BÍ THƯ,CHỦ TỊCH NƯỚC,CHỦ TỊCH QUỐC HỘI"
)
_POST = re2.compile(_POSTS)
_PREFIX = r"(?:KT|K/T|TM|T/M|TL|T/L|TUQ|Q)\s?[.,:]?\s*"
_LETTER = r"(?<!\p{L})(?:\p{Lu}\p{Ll}+(?:['’]\p{L}+)?|\p{Lu}['’]\p{L}+|Y)(?!\p{L})"
_SIGNATURE = regex.compile(
    rf"(?:{_POSTS})(?:[\s,.–|-]*(?:{_PREFIX})?(?:{_POSTS}))*+(?:[ ,–-]+\p{{Lu}}[\p{{Lu}}, –-]{{2,60}})?\W*"
    r"(?:[\[(]?(?:[Đđ]ã|ĐÃ) (?:ký|KÝ)[\])]?\W*)?"
    rf"(?P<name>(?:{_LETTER}\n)?{_LETTER}(?: {_LETTER}){{1,5}}|{_LETTER} {_LETTER}\n{_LETTER} {_LETTER}(?=\s*\|))"
    r"(?=\s*(?:[|\n`.\[(]|$|\p{Lu}{2}))"
)
# A scan loses the stop (`KT CHỦ TỊCH`), and `KT` alone is a department: a title in capitals must follow.
_STOP = rf"(?:\s?\.|\s?[,:]?\s(?=(?:{_POSTS}|ỦY BAN|UỶ BAN|BAN |HỘI ĐỒNG|CHÍNH PHỦ|BỘ |ĐOÀN |TẬP THỂ)))"
_LEAD = re.compile(rf"(?:\b(?:KT|TM|TL|TUQ){_STOP}|\b[KT]/[TML]\b\.?|\bQ\.)(?:(?!\n\n\n).)*", re.DOTALL)
_ACTING = re.compile(rf"\bKT{_STOP}|\bK/T\b")
_BY_ORDER = re.compile(rf"\b(?:TL|TUQ){_STOP}\s*(?:[^\W\d_]+\s+){{2}}")
_FOR_BODY = re.compile(
    r"(?:TM\s?[.,:]?|T/M\.?) ?(?P<body>[^\W\d_]+(?: [^\W\d_]+){1,9}?)(?= [-~+•]| (?:KT|K/T|TL|TUQ|Q)\b| (?:PHÓ|CHỦ TỊCH"
    r"|BÍ THƯ|THỦ TƯỚNG|BỘ TRƯỞNG"
    r"|TRƯỞNG|GIÁM|CHÁNH|TỔNG)\b|$)"
)
_FOR_HEAD = re.compile(
    rf"(?:\b(?:KT|TL|TUQ)\b ?[.,:]?|\bK/T\b\.?) ?(?P<posts>(?:{_POSTS})(?:, (?!PHÓ|THỨ)(?:{_POSTS}))*)"
)
_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s?:?|N[oơ]i nh[aâậ]n(?:\s?:|\s*\n\s*-)")
# A signature's first line ends the list, unless items follow it: a two-column scan weaves the two together.
_LIST_END = re.compile(
    r"\n\|\n|\s\||(?<!\s\w)\|\s|\n\s*\n\s*\n|\n(?=(?:PHỤ LỤC|Phụ lục|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|DANH MỤC)\b)"
    r"|\n(?=(?:TM|KT|T/M)\b(?![^\n]*\n(?:[^\n-]{0,60}\n)?\s*[-~] ))"
)
_LEAD_BESIDE = re.compile(r" *(?:TM|KT|T/M|TL)\b")
_ITEM = re.compile(r"\n\s*(?:[-–+*~•]\s*)?|(?:^|(?<=[;.,:)]))\s*[-–]\s+(?=[^\W\d_])|;\s+(?=[-–])")
_WOVEN = re.compile(rf"(?:(?:TM|KT|TL|T/M)\.? ?)?(?:ỦY BAN NHÂN DÂN|ĐOÀN KIỂM TRA|BAN THƯỜNG VỤ|{_POSTS})")
_EDGES = " -–—_+*~•;.,|\\"
_SPECKS_BEHIND = re.compile(r" ?[;,](?:[^\w()]|_)+$")  # `Sở Y tế; _— :`
_SPECK = re.compile(r"[¬\[\]{}<>\\^~«»€£¥§°#=%„“”_—|…¿ÿ]|\.\.\.")
_FEWEST_WORDS = 3
_OPEN_BRACKET = re.compile(r"\([^()]*$")
_KEPT_COPY = ("Lưu", "Luu", "LƯU")
_FEWEST_SIGNS = 2
_NAMED = re.compile(r"[^\W\d_]{2}|[A-ZĐ]\d")  # `V1` is a department
_ITEM_BELOW = re.compile(r"[ .]*\n\s*[-–+*~•]\s*[^\W\d_]")
_FEWEST_CLOSED = 2
_PLAIN = regex.compile(r"\p{Ll}{2,}(?: \p{Ll}{2,})*|")  # `Các sở, ban, ngành` that lost its comma
_LONGEST_BESIDE = 160
_BREAK = re.compile(r"^(?:TM\.?|T/M|KT\.|TL\.) |^|[;,] +")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_NO_NAME = re.compile(
    r"(?:Căn|Thực|Theo|Nơi|Phụ|Điều|Ủy|Hội|Văn|Sở|Ban|Bộ|Như|Lưu|Độc|Kính|Số|Các|Thủ|Chủ|Phó|Tỉnh|Thành|Quyết"
    r"|Nghị|Kế|Cộng|Xét)\b"
)
_FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Mai|Lâm|Trịnh|Đào|Lương"
    "|Tạ|Hà|Cao|Lò|Giàng|Nông|Triệu|Vương|Tô|Thái|Lưu|Châu|Quách|Tống|Phùng|Chu|Kiều|Thạch|La|Hứa|Từ"
)
_NAME = rf"(?P<name>(?:{_FAMILIES})(?: \p{{Lu}}\p{{Ll}}+){{1,4}}"
_FAMILY_NAME = regex.compile(
    rf"(?:^|[;,.)\s“”/])\s*{_NAME}|(?<=^\W{{0,3}})(?:{_FAMILIES.upper()})(?: \p{{Lu}}{{2,}}){{1,4}})[ ._'’`|~—-]*$",
    regex.MULTILINE,
)
_NAME_ALONE = regex.compile(rf"^[^\w\n]{{0,3}}{_NAME})[ ._'’`|~—-]*$", regex.MULTILINE)
_KEPT = re.compile(r"\n\W{0,3}L[ưu]u\b[^\n]*")
_STAMP_LENGTH = 160
_LONGEST_POST = 30
