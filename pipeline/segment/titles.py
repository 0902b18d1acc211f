"""Titles: which labelled lines are headings, and which are plain items or sentences that lead in what follows.

"2. Sở Nội vụ:" and "b) Cơ chế, chính sách" are headings; "1. Phạm vi đánh giá: Đánh giá …" runs into its text and has
the words before the colon as its title; "1. Đối với các sở, ban, ngành: Được đánh giá …" is a plain item, since its
head names no matter, and "đ) Phối hợp với các bộ chỉ đạo triển khai:" is a sentence among sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.segment.lines import CAPITAL, SMALL, is_capitals

Form = Literal["heading", "run-in", "lead-in", "sentence", "open"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a labelled line looks like by itself; `length` counts the characters of its possible title.

    `followed` says whether something stands below it before its next sibling; `offered` is the length of the words
    before a colon that would be its title if it stands among others that run into their text.
    """

    form: Form
    length: int
    followed: bool = False
    offered: int = 0


def shape_of(content: str, *, followed: bool = False) -> Shape:
    """The shape of the text after a label.

    >>> shape_of("Phạm vi: Toàn tỉnh.").form, shape_of("Sở Y tế:").form, shape_of("Rà soát các quy định.").form
    ('run-in', 'lead-in', 'sentence')
    """
    return Shape(*_form_of(content), followed)


def among_run_in(content: str, shape: Shape) -> Shape:
    """The shape beside one that runs into its text, where more may be a title.

    >>> content = "Nhóm quýt ngọt: vườn ươm Bến Đò."
    >>> among_run_in(content, shape_of(content)).offered
    14
    """
    return replace(shape, offered=_offered(content)) if shape.form in ("sentence", "lead-in") else shape


def heads_article(content: str, shape: Shape) -> bool:
    """Whether what stands before an article's colon is its heading, not what the article decides.

    >>> heads_article("Tổ chức thực hiện:", shape_of("Tổ chức thực hiện:"))
    True
    >>> heads_article("Phê duyệt các dự án:", shape_of("Phê duyệt các dự án:"))
    False
    """
    head = content[: shape.length]
    if shape.form == "run-in":
        return _MATTER.match(head) is not None
    if shape.form == "open":
        return _TO_BODY.match(head) is None
    if shape.form != "lead-in" or head.count(" ") >= _LONGEST_AIM or not head[0].isupper():
        return False
    return not (_ENACTS.match(head) or _ADVERBIAL.match(head) or _AGENCY.match(head) or _RULES.search(head))


def title_length(content: str, shape: Shape, siblings: Sequence[Shape], *, listed: bool) -> int | None:
    """How many characters of *content* are its title, None for a plain item.

    *listed*: what stands below it begins with a label or a bullet.
    """
    words = content.count(" ", 0, shape.length) + 1
    if (
        shape.form == "run-in" and listed and content[-1] not in ".;:/" and not _AMOUNT.match(content, shape.length)
    ):  # "Đề nghị: Hội Nông dân tỉnh" above its items
        return len(content.rstrip(_FINAL))
    if shape.form in ("heading", "run-in"):
        return shape.length
    if shape.offered and _run_in_family(siblings):
        return shape.offered
    if words <= _LONGEST_HEAD and _heads_all(siblings) and _can_head(content, shape):
        return shape.length
    if shape.form == "lead-in":
        plain = sum(one.form == "sentence" for one in siblings)
        if words > 45 or (plain > len(siblings) / 2 and _VERB.match(content) and not _ADDRESS.match(content)):
            return None
        return shape.length
    if shape.form == "open" and shape.followed and words <= 70:
        return shape.length
    if shape.form == "sentence" and shape.followed and content[-1:] == "." and _all_short(siblings):
        return shape.length
    if shape.form == "sentence" and shape.followed and _heads_family(content, words, siblings):
        return shape.length
    if shape.form == "sentence" and listed and words <= 30 and shape.length:
        others = len(siblings) - 1
        headings = sum(one.form in ("heading", "open", "lead-in") for one in siblings)
        if others and headings > 2 * others / 3 and content[-1] == ".":
            return shape.length
        above_lists = others and 2 * sum(one.followed for one in siblings) > len(siblings)
        if (above_lists and _is_short_head(content, words)) or (
            others and headings > others / 3 and _NAMELY.search(content)
        ):
            return shape.length
    return shape.length if shape.followed and _lists_bodies(content.rstrip(_FINAL)) else None


def _form_of(content: str) -> tuple[Form, int]:
    """Form of the text after a label, and the length of its possible title."""
    if not content:
        return "sentence", 0
    bare = content.rstrip(_FINAL)
    if is_capitals(content) and len(content) < 600:
        return "heading", len(bare)
    if _SHARE.match(content):
        return "sentence", len(bare)
    colon = _first_colon(content)
    if 0 < colon < len(content) - (41 if content[-1] == ":" else 1):
        head, rest = content[:colon], content[colon + 1 :].lstrip()
        named = bool(_MEMBERS.search(head)) and (_NAMES.match(rest) or not _VERB.match(rest)) and rest[:1].isupper()
        if (
            not named
            and _names_matter(head)
            and (re.match(f"[{CAPITAL}\\d“(]", rest) or _orders(head, rest) or _MATTER.match(head))
        ):
            return "run-in", len(head.rstrip())
        if _says_how(head, rest):
            return "run-in", len(head.rstrip())
        if _SUM.fullmatch(rest) and len(head.split()) <= _LONGEST_AIM and not (_VERB.match(head) or ". " in head):
            return "run-in", len(head.rstrip())
        if content[-1] in ".;/" or len(content) > 250:
            return "sentence", 0
    if ". " in bare and (second := _SECOND_SENTENCE.search(bare)):  # `Vốn ngân sách. Trong đó:` above its parts
        return ("lead-in", second.start() + 1) if _OF_THEM.fullmatch(bare, second.end() - 1) else ("sentence", 0)
    if content[-1] == ":":
        return ("sentence" if _is_sentence(bare) else "lead-in"), len(bare)
    if content[-1] in ".;/,…" or bare.endswith(_ANNOUNCES) or content.endswith((".”", "./", ";”")):
        return "sentence", len(bare)
    return "open", len(bare)


def _first_colon(content: str) -> int:
    """Where the first colon stands that is none of a scale or of a time of day (`tỷ lệ 1:2.000`), -1 without one."""
    colon = content.find(":")
    while 0 < colon < len(content) - 1 and content[colon - 1].isdigit() and content[colon + 1].isdigit():
        colon = content.find(":", colon + 1)
    return colon


def _offered(content: str) -> int:
    """The length of the words before an inner colon that may be a title, whatever stands behind them; 0 for none."""
    colon = _first_colon(content)
    if not 0 < colon < len(content) - 1 or content[colon + 1] != " ":
        return 0
    head = content[:colon].rstrip()
    if not head[0].isupper() or head.count(" ") >= _LONGEST_AIM or _MEMBERS.search(head) or _SHARE.match(content):
        return 0
    told = _VERB.match(head) or _ADVERBIAL.match(head) or _RULES.search(head) or _PREDICATE.search(head)
    return 0 if told or ". " in head or _is_sentence(head) else len(head)


def _is_short_head(content: str, words: int) -> bool:
    """Whether one short sentence above a list names what the list is about: `c) Đổi mới việc cấp nước nông thôn.`"""
    bare = content[:-1]
    return content[-1] == "." and words <= 20 and not (_NO_HEAD.search(bare) or _PREDICATE.search(bare))


def _lists_bodies(head: str) -> bool:
    """Whether *head* names several bodies and nothing else: `Đài Truyền hình Việt Nam, Thông tấn xã Việt Nam`."""
    names = _BODY_BREAK.split(head)
    return (
        len(names) > 1 and head.count(" ") < 40 and all(_BODY.match(name) for name in names) and not _DOES.search(head)
    )


def _all_short(siblings: Sequence[Shape]) -> bool:
    """Whether all of a family are short and have something below them: headings, though each ends in a full stop."""
    return len(siblings) > 1 and all(one.followed and one.length <= 90 for one in siblings)


def _heads_all(siblings: Sequence[Shape]) -> bool:
    """Whether a family are headings, though some end in a full stop: each has something below it, and one that is no
    sentence shows what they are.
    """
    return (
        len(siblings) > 1
        and all(one.followed for one in siblings)
        and any(one.form in ("heading", "open") for one in siblings)
    )


def _heads_family(content: str, words: int, siblings: Sequence[Shape]) -> bool:
    """Whether a short sentence is a heading by its first word, or beside headings and what runs into its text."""
    if not content or not _is_short_head(content, words):
        return False
    return content.startswith("Về ") or (_heads_or_runs_in(siblings) and not _VERB.match(content))


def _heads_or_runs_in(siblings: Sequence[Shape]) -> bool:
    """Whether each of a family has something below it or runs into its text, and most do so behind a heading."""
    headed = sum(one.offered > 0 or one.form != "sentence" for one in siblings)
    return headed > 0.6 * len(siblings) and all(one.followed or one.form == "run-in" or one.offered for one in siblings)


def _run_in_family(siblings: Sequence[Shape]) -> bool:
    """Whether the others of a family have headings, one at least with its text behind a colon."""
    headed = sum(one.form != "sentence" for one in siblings)
    return headed >= _MOST * (len(siblings) - 1) and any(one.form == "run-in" for one in siblings)


def _can_head(content: str, shape: Shape) -> bool:
    """Whether a sentence may be a heading: one alone, that neither tells anybody to act nor fixes an amount."""
    if shape.form not in ("lead-in", "sentence") or not shape.length:
        return False
    bare = content.rstrip(_FINAL)
    if _ADVERBIAL.match(content) or _AGENCY.match(content):
        return False
    return not (". " in bare or _is_sentence(bare) or _FIXES.search(bare))


def _names_matter(head: str) -> bool:
    """Whether the words before a colon name a matter or an addressee, as a heading does."""
    words = head.split()
    if _lists_bodies(head):
        return True
    if _TOPIC.match(head):
        return len(words) <= _LONGEST_AIM
    if _ADDRESS.match(head):
        return len(words) <= 30 and not _PREDICATE.search(head)
    if (
        not words
        or head in _FUNCTION_WORDS
        or len(words) > 14
        or ("," in head and len(words) > 9 and not _AGENCY.match(head))
    ):
        return False
    return not (_VERB.match(head) or _ADVERBIAL.match(head) or head[0].islower() or head[0].isdigit() or "." in head)


def _orders(head: str, rest: str) -> bool:
    """Whether the head is an addressee and the rest, in small letters, what it has to do: `Phòng Y tế: chủ trì …`."""
    return (
        bool(_AGENCY.match(head))
        and not _PREDICATE.search(head)
        and bool(_VERB.match(rest[:1].upper() + rest[1:]) or _DUTY.match(rest))
    )


def _says_how(head: str, rest: str) -> bool:
    """Whether an aim runs into the orders that serve it: `Đổi mới nội dung tuyên truyền: Tập trung phổ biến …`."""
    return (
        _VERB.match(head) is not None
        and _VERB.match(rest) is not None
        and head.count(" ") < _LONGEST_AIM
        and not (_NO_HEAD.search(head) or _ADDRESS.match(head) or _is_sentence(head) or rest.startswith("Hoàn thành"))
    )


def _is_sentence(text: str) -> bool:
    """Whether a text before a final colon is a sentence: `… thực hiện các nhiệm vụ sau`, `Sở Y tế có trách nhiệm`."""
    told = _TELLS.match(text) is not None
    return told or bool(_LEADING.search(text)) or bool(_AGENCY.match(text) and _PREDICATE.search(text))


# Who asks whom: `Quốc hội yêu cầu Chính phủ … trong đó tập trung`.
_TELLS = re.compile(
    r"(?:Quốc hội|Chính phủ|Thủ tướng|Phó Thủ tướng|Chủ tịch|Phó Chủ tịch|Bộ trưởng|Hội đồng|HĐND|Ủy ban|UBND"
    r"|Thường trực|Ban|Bộ|Tỉnh ủy|Thành ủy)(?: [^\s.;:,]+){0,8} (?:yêu cầu|đề nghị|giao|chỉ đạo)(?: cho)?"
    rf" (?:các |những )?[{CAPITAL}][^\s]* .* "
)
_FUNCTION_WORDS = frozenset({"Các", "Những", "Một", "Mỗi", "Mọi", "Trong", "Tại", "Từ", "Và", "Của", "Cho", "Là"})
_LONGEST_AIM = 30  # words
_LONGEST_HEAD = 70
_MOST = 2 / 3
_MATTER = re.compile(
    r"(?:Phạm vi|Thời gian|Địa điểm|Đối tượng|Kinh phí|Nguồn (?:vốn|kinh phí|lực)|Mục (?:tiêu|đích)|Yêu cầu|Nội dung"
    r"|Thành phần|Quy mô|Tên|Hình thức|Phương thức|Sản phẩm|Tiến độ|Nguyên tắc|Số lượng|Thời hạn)\b"
)
_DUTY = re.compile(r"(?:theo|căn cứ|trên cơ sở|trong phạm vi|có trách nhiệm|chịu trách nhiệm)\b")
# `Về việc cấp nước cho các bản ở vùng cao biên giới: Giao Sở Y tế …`
_TOPIC = re.compile(r"Về (?!cơ bản|phía)(?!.*(?:\. |\b(?:đã|phải|là)\b))")
_AMOUNT = re.compile(r":? ?\(?\d")
_SECOND_SENTENCE = re.compile(rf"[{SMALL})]\. [{CAPITAL}]")
_OF_THEM = re.compile(r"(?:Trong đó|Cụ thể|Bao gồm|Gồm)(?: là| có)?")
# What a heading gives and nothing else: `Vốn đầu tư của các doanh nghiệp …: 2.663 tỷ đồng.`
_SUM = re.compile(r"(?:khoảng |trên |hơn )?\d[\d.,]* ?(?:(?:nghìn |ngàn )?(?:tỷ|tỉ)|triệu|nghìn|ngàn)? ?đồng[.;]?")
_FINAL = " \t\n.:;,/"
# `100% hồ sơ được ký số`, `Tỷ lệ hộ nghèo còn dưới 3%`: a goal that a scan or its author left without a full stop.
_SHARE = re.compile(
    r"(?:(?:Tối thiểu|Ít nhất|Trên|Khoảng|Phấn đấu|Có|Đạt) )*\d[\d.,]* ?%|T[ỷỉ] lệ [^.;:]{5,250} \d[\d.,]* ?%"
)
_LEADING = re.compile(
    r"(?:\bsau|sau đây|dưới đây|như sau|(?<=, )gồm|bao gồm|(?<=, )cụ thể(?: là)?|trọng tâm(?: là)?|để"
    r"|\b(?:có|chịu) trách nhiệm|\bthì|(?<=, )(?:đề nghị|yêu cầu|giao)|\blà (?:khoảng )?\d[^:]{0,80}, trong đó)$"
)
_ANNOUNCES = (" như sau", " sau đây", " dưới đây")
_BODIES = (
    "Sở|Bộ|UBND|Ủy ban|HĐND|Hội đồng|Ban|Công an|Văn phòng|Thanh tra|Tổng cục|Cục|Chi cục|Vụ|Hội|Liên hiệp|Liên đoàn"
    "|Liên minh|Đoàn|Tòa án|Viện|Kho bạc|Ngân hàng|Bảo hiểm|Trường|Bưu điện|Công ty|Tập đoàn|Tổng công ty|Bộ đội|Đài"
    "|Báo|Thông tấn xã|Trung tâm|Phòng|Mặt trận|Học viện|Trạm|Hạt|Tổ chức|tổ chức|doanh nghiệp|Doanh nghiệp|cộng đồng"
    "|hiệp hội|Hiệp hội|sở|bộ|ban|ngành|đoàn thể|cơ quan|đơn vị|hội|địa phương"
)
_AGENCY = re.compile(
    r"(?:Giao |Đề nghị |Yêu cầu )?(?:Các |các )?(?:Sở|Bộ|UBND|Ủy ban|Ban|Công an|Văn phòng|Thanh tra|Cục|Chi cục"
    r"|Hội|Liên đoàn|Đoàn|Tòa án|Viện|Kho bạc|Ngân hàng|Bảo hiểm|Trường|Bưu điện|Công ty|Tập đoàn|Tổng công ty"
    r"|Trạm|Hạt|Hợp tác xã|Tổ|Bộ đội|Trưởng|Chánh"
    r"|Đài|Báo|Trung tâm|Phòng|Chủ tịch|Giám đốc|Thủ trưởng|sở|bộ|ngành|cơ quan|đơn vị|Đơn vị|Cơ quan|Mặt trận)\b"
    r"(?! (?:hợp|chức|kết|nghị|trợ|hành|thảo|nhập)\b)"
)
_PREDICATE = re.compile(
    r"\b(?:chủ trì|phối hợp với|chịu trách nhiệm|có trách nhiệm|căn cứ|tập trung|tiếp tục|tổ chức thực hiện"
    r"|thực hiện các|lãnh đạo|chỉ đạo|tăng cường|khẩn trương|đẩy mạnh|quán triệt|rà soát"
    r"|chủ động|triển khai (?:thực hiện|các|công tác))\b"
)
# "Bộ trưởng các Bộ: Tài chính, Nội vụ chỉ đạo …": names follow the colon, and the sentence goes on.
_MEMBERS = re.compile(
    r"\b[Cc]ác (?:[Bb]ộ|[Ss]ở|tỉnh|thành phố|huyện|quận|xã|phường|địa phương)"
    r"(?:, (?:tỉnh|thành phố|phường|xã|ban|ngành))*$"
)
# A ministry that bears the name of a verb: `các Bộ: Xây dựng, Công Thương tổ chức …`.
_NAMES = re.compile(rf"Xây dựng(?:, | và )[{CAPITAL}]")
_ADDRESS = re.compile(rf"(?:Giao|Đề nghị|Yêu cầu) (?:các )?(?:{_BODIES})\b")
# Whom an article tells what stands below it: `Điều 2. Giao Giám đốc Sở Y tế`.
_TO_BODY = re.compile(rf"Giao (?:cho )?(?:các )?(?:Giám đốc|Chủ tịch|Thủ trưởng|Chánh|Trưởng|{_BODIES})\b")
# What an article decides rather than treats of: `Phê duyệt …:`, `Công bố kèm theo …:`.
_ENACTS = re.compile(
    r"(?:Phê duyệt|Ban hành|Giao|Công bố|Bổ nhiệm|Miễn nhiệm|Thành lập|Sửa đổi|Bổ sung|Thay thế|Bãi bỏ|Hủy bỏ|Thông qua"
    r"|Điều chỉnh|Quy định|Cho phép|Đề nghị|Yêu cầu|Chỉ định|Phân công|Phân bổ|Thống nhất|Nhất trí|Tán thành|Quyết định"
    r"|Quyết nghị|Tặng|Ủy quyền|Nay|Chấp thuận|Công nhận|Thu hồi|Duyệt|Tổ chức, cá nhân|Các ông|Ông|Bà)\b"
)
_RULES = re.compile(
    r"\b(?:được|là|phải|thì|này|gồm|nhằm|(?:có|chịu) (?:nhiệm vụ|quyền|trách nhiệm|nghĩa vụ)|sau đây|dưới đây)\b"
)
# What a sentence has and no heading: another sentence, figures, blanks of a form, a reference.
_NO_HEAD = re.compile(r"[.:;…\d]|\b(?:này|trên|dưới đây|kèm theo|được giao|nêu tại|quy định tại|theo|phải|sau khi)\b")
# What rules rather than names a matter: an amount, a condition, a reference, the document itself.
_FIXES = re.compile(
    r"\blà \d|\d đồng\b|^(?:\S+ ){3,6}số \d+/|\b(?:này|phải|thì|quy định tại|nêu tại|thay bằng|chỉ được)\b"
    r"|^(?:Không|Trường hợp)\b"
)
_NAMELY = re.compile(r", cụ thể(?: như sau)?:$")
_BODY_BREAK = re.compile(r", (?:và )?| và | & ")
_BODY = re.compile(
    rf"(?:Các |các )?(?:{_BODIES})\b"
    r"(?! (?:hợp|chức (?:thực|các|tốt|hội|lễ|đào|tập|tuyên|kiểm)|kết|nghị|trợ|hành|thảo|nhập|vệ)\b)"
)
_DOES = re.compile(
    r"\b(?:phải|được|chỉ|không|khi|sau đây|như sau|sau$|trường hợp|(?:có|chịu) (?:trách nhiệm|quyền)|chủ trì"
    r"|căn cứ|thực hiện|tổ chức (?!chính|xã|tín|đoàn|đảng|phi|nghề|hội))\b"
)
_ADVERBIAL = re.compile(
    r"(?:Đối với|Trong|Tại|Từ|Đến|Trước|Sau|Vào|Khi|Nếu|Với|Theo|Hằng|Hàng|Định kỳ|Trường hợp|Trên|Ngoài"
    r"|Bằng (?!khen|cấp|chứng)\w+"
    r"|Là|Do|Có|Được"
    r"|Năm \d|Giai đoạn \d|Quý|Tháng \d|Ngày \d|Không|Mỗi|Riêng|Căn cứ|Ví dụ|Ghi chú)\b"
)
_VERB = re.compile(
    r"(?:Xây dựng|Tổ chức (?!thực hiện)|Triển khai|Thực hiện|Tăng cường|Đẩy mạnh|Nâng cao|Phối hợp|Chủ trì"
    r"|Tham mưu|Hướng dẫn|Rà soát"
    r"|Kiểm tra|Gửi|Phê duyệt|Hoàn thành|Hoàn thiện|Bảo đảm|Đảm bảo|Tiếp tục|Ban hành|Chỉ đạo|Đề xuất|Lập"
    r"|Cập nhật|Thu thập"
    r"|Tổng hợp|Báo cáo|Theo dõi|Đôn đốc|Giám sát|Nghiên cứu|Khảo sát|Đánh giá|Thành lập|Kiện toàn|Bố trí"
    r"|Cung cấp|Phát triển"
    r"|Mở rộng|Tuyên truyền|Phổ biến|Quán triệt|Đào tạo|Bồi dưỡng|Tập huấn|Hỗ trợ|Khuyến khích|Huy động|Duy trì"
    r"|Thúc đẩy|Phấn đấu"
    r"|Chủ động|Tập trung|Thường xuyên|Phát động|Xác định|Quản lý|Sửa đổi|Bổ sung|Thẩm định|Trình|Công bố"
    r"|Công khai|Tạo|Đầu tư"
    r"|Cử|Chuẩn bị|Đưa|Áp dụng|Giao|Đề nghị|Yêu cầu|Giải quyết|Xử lý|Đổi mới|Phát huy|Ứng dụng|Sử dụng|Khai thác"
    r"|Tạo điều kiện"
    r"|Vận động|Làm|Đảm nhận|Tham gia|Tiếp nhận|Bãi bỏ|Thay thế|Giảm|Tăng|Đạt|Giữ)\b"
)
