"""Labels of attribute forms: what `Cơ quan chủ trì:`, `Thành phần phối hợp:`, `Lộ trình thực hiện:` ask for.

A label is a head (`cơ quan`, `thời gian`, `sản phẩm`) with words that say which one; the head and the words of doing
decide. Cleaning and segmentation ask too, since a line that begins with a label is never the rest of the line above.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

AttributeKind = Literal["lead", "partner", "lead-and-partner", "time", "content", "product", "funding", "other"]
BINDING: frozenset[AttributeKind] = frozenset({"lead", "partner", "lead-and-partner", "time"})
LONGEST_LABEL = 90


@lru_cache(maxsize=512)
def attribute_kind(label: str) -> AttributeKind | None:
    """The kind of attribute that a label (or the heading of a section, or the head of a column) announces.

    >>> attribute_kind("Đơn vị chủ trì tham mưu thực hiện"), attribute_kind("Hoàn thiện thể chế")
    ('lead', None)
    """
    folded = _folded(label)
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(folded)), None)


@lru_cache(maxsize=512)
def field_kind(label: str) -> AttributeKind | None:
    """The kind of a label before a colon, where more words are labels than among headings (`Địa điểm: …`).

    >>> field_kind("Địa điểm tổ chức"), field_kind("Sở Y tế")
    ('other', None)
    """
    if (kind := attribute_kind(label)) is not None:
        return kind
    folded = _folded(label)
    if _CONTENT.fullmatch(folded):
        return "content"
    if folded.count(" ") >= LONGEST_OTHER or (_NAME_INSIDE.search(label) and not label.isupper()):
        return None
    return next((kind for kind, pattern in _OPEN_LABELS if pattern.match(folded)), None)


@lru_cache(maxsize=512)
def asks_for_doers(label: str) -> bool:
    """Whether *label* is made of words of duty alone: names behind its colon are of those who do the work.

    Anything else may stand there, too, so the caller looks at it: `Chỉ đạo: Sở Y tế`, but `Thực hiện: Quý II`.

    >>> asks_for_doers("Chỉ đạo, tổ chức thực hiện"), asks_for_doers("Chỉ đạo sản xuất"), asks_for_doers("Nhiệm vụ")
    (True, False, False)
    """
    folded = _folded(label)
    return _DUTIES.fullmatch(folded) is not None and _NAMES_WORK.match(folded) is None


def asks_for_helpers(label: str) -> bool:
    """Whether *label* asks beside whoever leads for those who take part: `Cùng thực hiện`, `Các đơn vị liên quan`.

    It says so only where another label has asked for the lead, and where names alone stand behind it.

    >>> asks_for_helpers("Tham gia thực hiện"), asks_for_helpers("Thành phần tham dự")
    (True, False)
    """
    return _HELPERS.fullmatch(_folded(label)) is not None


def is_other_label(label: str) -> bool:
    """Whether *label*, which no table knows, asks for something else than the label before it in the same line.

    >>> is_other_label("đơn vị đồng hành"), is_other_label("các sở")
    (True, False)
    """
    folded = _folded(label)
    return folded.count(" ") < LONGEST_OTHER and _ANNOUNCED.fullmatch(folded) is None


def label_at_start(text: str) -> str | None:
    """The label with which *text* begins, up to its colon; None when it begins with none.

    >>> label_at_start("Thời gian hoàn thành: Tháng 3")
    'Thời gian hoàn thành'
    """
    head, colon, _ = text[:LONGEST_LABEL].partition(":")
    return head if colon and head[:1].isupper() and field_kind(head) is not None else None


def _folded(label: str) -> str:
    return " ".join(label.lower().strip(" .*-+()–•").split())


LONGEST_OTHER = 7
_BODY = (
    r"(?:(?:các )?(?:cơ quan|đơn vị|cấp|bộ phận|cá nhân|tổ chức|địa phương|bộ, ngành|sở, ngành|tập thể|người|lực lượng)"
    r"(?:[,/ ]+(?:và |hoặc )?)?)"
)
_DOING = (
    r"(?:chủ trì|thực hiện|tổ chức|triển khai|tham mưu|chịu trách nhiệm(?: chính)?|đầu mối|được giao|giao|theo dõi"
    r"|đề xuất|đôn đốc|báo cáo|xây dựng|quản lý|vận hành|soạn thảo|trình|phụ trách|đảm nhiệm|đảm trách|đăng cai"
    r"|(?:được |nhận )?(?:phân công|nhiệm vụ)|thường trực)"
)
_HELPING = r"(?:cùng |tham gia |liên quan )*(?:phối hợp|phối, kết hợp|phối kết hợp)"
_ASKED = r"(?:[, ]*(?:và )?(?:thực hiện|tổ chức|triển khai|hỗ trợ|liên quan|chính|xây dựng|soạn thảo|với|cùng))*"
_RIPE = (
    r"(?:thực hiện|hoàn thành|hoàn tất|triển khai|tổ chức|trình|ban hành|báo cáo|kết thúc|xong|gửi|bắt đầu|tiến hành)"
)
_LABELS: tuple[tuple[AttributeKind, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            r"cấp(?: có thẩm quyền)? (?:trình|ban hành|phê duyệt|quyết định|thông qua|nhận)"
            r"|(?:cơ quan|đơn vị|thẩm quyền) (?:ban hành|phê duyệt|quyết định|thông qua)"
        ),
    ),
    ("partner", re.compile(rf"(?:{_BODY}|thành phần |phân công )*{_HELPING}{_ASKED}")),
    ("partner", re.compile(rf"{_BODY}+(?:cùng )?tham gia(?: phối hợp| thực hiện)?")),
    (
        "lead-and-partner",
        re.compile(rf"{_BODY}*{_DOING}(?:[, ]*(?:và )?{_DOING})*(?:[, /-]+(?:và |{_BODY})?)phối hợp(?: thực hiện)?"),
    ),
    (
        "lead",
        re.compile(
            rf"(?:{_BODY}+{_DOING}|chủ trì|phân công|đầu mối|phụ trách|chịu trách nhiệm|đảm nhiệm)"
            rf"(?:[, ]*(?:và )?{_DOING})*(?: chính| nhiệm vụ| chỉ tiêu)?"
        ),
    ),
    (
        "lead",
        re.compile(
            r"(?:phân công |trách nhiệm )(?:tổ chức )?(?:thực hiện|nhiệm vụ|chủ trì|trách nhiệm)(?: thực hiện)?"
            r"|cơ quan|đơn vị|đơn vị phụ trách"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?:dự kiến )?(?:thời gian|thời hạn|tiến độ|thời điểm|lộ trình|mốc thời gian|hạn)(?: dự kiến)?"
            rf"(?:[, ]*(?:và )?{_RIPE})*(?: dự kiến| nhiệm vụ)?"
        ),
    ),
    (
        "content",
        re.compile(r"nội dung(?: (?:thực hiện|chính|công việc|nhiệm vụ|chủ yếu))?|nhiệm vụ cụ thể|yêu cầu cụ thể"),
    ),
    (
        "product",
        re.compile(
            r"(?:dự kiến )?(?:sản phẩm|kết quả)(?:[, /]*(?:kết quả|sản phẩm|đầu ra"
            r"|dự kiến|hoàn thành|đạt được|cần đạt|thực hiện))*"
        ),
    ),
    ("funding", re.compile(r"(?:dự kiến )?(?:nguồn )?(?:kinh phí|vốn)(?: (?:thực hiện|dự kiến))?")),
)
# What stands before a colon in a form, but may head a part of the plan where none does.
_CONTENT = re.compile(
    r"(?:mục đích|mục tiêu|yêu cầu|nội dung|nhiệm vụ|công việc|ý nghĩa)(?:[, ]+(?:và )?(?:mục đích|yêu cầu|ý nghĩa"
    r"|hoạt động|thực hiện|cụ thể|chính|công việc|chủ yếu|triển khai|trọng tâm|chi tiết|tổng quát))*"
)
_NAME_INSIDE = re.compile(r" [^\W\da-zà-ỹđ]|\d|[(“\"]")
_PARTY = (
    r"(?:các |phân công |giao )?(?:cơ quan|đơn vị|cá nhân|tổ chức|bộ phận|địa phương|sở|bộ|ban|ngành|cấp|phòng|tập thể"
    r"|người|thành phần|thành viên|lực lượng|doanh nghiệp|chủ thể|bên|nhóm|lãnh đạo|cán bộ|đầu mối)\b"
)
_GIVEN = r"(?:giao |phân công |trách nhiệm |nhiệm vụ )+"
# What a label of duty is made of, in whatever order: `Trách nhiệm lãnh đạo, chỉ đạo`, `Chịu trách nhiệm thực hiện`.
_CHARGE = r"(?:(?:chịu )?trách nhiệm|phân công|phụ trách|đầu mối|chủ trì|đảm nhiệm)"
_DUTY = (
    rf"(?:{_CHARGE}|giao|tham mưu|lãnh đạo|chỉ đạo|điều hành|tổ chức|thực hiện|triển khai|nhiệm vụ|trực tiếp"
    r"|chính|chung|cụ thể|cho)"
)
_DUTIES = re.compile(rf"{_DUTY}(?:(?:,| và|, và)? {_DUTY})*")
_NAMES_WORK = re.compile(r"nhiệm vụ|(?:chính|chung|cụ thể|trực tiếp|cho)\b")
_HELPERS = re.compile(
    r"(?:(?:với |có |và )?sự tham gia của|p/h|(?:mời|huy động)(?: \w+)? tham gia"
    rf"|(?:{_BODY}|thành viên |lực lượng )*(?:(?:cùng|tham gia|đồng hành|cộng tác|giúp việc|có liên quan|liên quan)"
    r"(?:,? (?:và )?(?:cùng|tham gia|thực hiện|triển khai|tổ chức|phối hợp|hỗ trợ|khác))*))"
)
# A group before a colon announces its members: `các Sở: …`, `UBND các xã: …`.
_ANNOUNCED = re.compile(
    r"(?:(?:các|một số|gồm|và|ubnd|ủy ban nhân dân|phòng|vụ|cục|viện|trường|hội|huyện|xã|phường|tỉnh|thành phố|sở|bộ"
    r"|ban|ngành|đoàn thể|doanh nghiệp|cơ quan|đơn vị|tổ chức|địa phương|trực thuộc|thuộc)[, ]*)+"
)
# Before a colon the head of a label and one word that says for what are enough.
_OPEN_LABELS: tuple[tuple[AttributeKind, re.Pattern[str]], ...] = (
    ("lead-and-partner", re.compile(rf"(?:{_PARTY}.* |)(?:chủ trì|thực hiện)\b(?!.* với\b).*\bphối hợp\b")),
    ("partner", re.compile(rf"(?:{_PARTY}[^:]*\b|{_GIVEN}|tham gia |cùng )phối hợp\b(?!.* các\b)")),
    ("partner", re.compile(rf"{_PARTY}(?: [^:]*)? cùng (?:tham gia|thực hiện|triển khai|tổ chức)$")),
    ("lead", re.compile(r"(?:cơ quan |đơn vị )?đồng (?:chủ trì|thực hiện|tổ chức)$")),
    ("partner", re.compile(r"phối hợp (?:triển khai|thực hiện|tổ chức|tham mưu|xây dựng|cùng)\b(?!.* các\b)")),
    (
        "other",
        re.compile(
            rf"{_PARTY}.*\b(?:thẩm định|thẩm tra|giám sát|kiểm tra|theo dõi|hướng dẫn|tư vấn|thụ hưởng|hỗ trợ|tiếp nhận"
            r"|chỉ đạo|phê duyệt|ban hành|quyết định|cấp kinh phí|thẩm quyền|tham dự|dự)(?! .*chủ trì)\b"
        ),
    ),
    (
        "lead",
        re.compile(
            rf"(?:{_PARTY}[^:]*\b|{_GIVEN})"
            r"(?:(?:chủ trì|đầu mối|chịu trách nhiệm|phụ trách|được giao|thường trực)\b(?!.* các\b)"
            r"|(?:tham mưu|thực hiện|triển khai|tổ chức)(?: chính)?$)"
        ),
    ),
    ("lead", re.compile(rf"{_CHARGE}(?:(?:,| và|, và)? {_DUTY})*(?:,| và|, và)? (?!cụ thể|chung){_DUTY}$")),
    ("lead", re.compile(r"(?:chủ trì|đầu mối) (?:thực hiện|triển khai|tổ chức|tham mưu|xây dựng)(?: \w+){0,2}$")),
    (
        "time",
        re.compile(
            r"(?:dự kiến |kế hoạch |khung |mốc |các mốc |tổng )*"
            r"(?:thời gian|thời hạn|tiến độ|thời điểm|lộ trình|mốc|hạn|kỳ hạn)\b"
            r"(?!.*\b(?:qua|tới|làm việc|giải ngân)\b)"
        ),
    ),
    ("time", re.compile(rf"(?:dự kiến )?{_RIPE}(?: trước| vào)?$")),
    (
        "other",
        re.compile(
            r"(?:dự kiến |các |về |tổng )?(?:sản phẩm|kết quả|kinh phí|nguồn|vốn|dự toán|địa điểm|địa bàn|nơi|đối tượng"
            r"|hình thức|phương thức|phương pháp|cách thức|cách làm|giải pháp|biện pháp|số lượng|quy mô|phạm vi"
            r"|thành phần|chỉ tiêu|chỉ số|đầu ra|tài liệu|văn bản|căn cứ|cơ sở|điều kiện|ghi chú|tần suất"
            r"|chế độ|thể loại|tổ chức thực hiện|tổ chức triển khai)\b"
            r"|(?:phân công|trách nhiệm|thông tin)(?! của)(?: \w+){0,4}$"
        ),
    ),
)
