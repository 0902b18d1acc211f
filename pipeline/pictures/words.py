"""What the page says, in Vietnamese and English; keys of marks in words."""

from __future__ import annotations

from functools import cache

from extractors.agencies.registry import read_provinces, read_table
from pipeline.register.words import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")


def source_words(key: str, language: Language) -> str:
    """A source of money.

    >>> source_words("loans", "en")
    'loans, ODA, grants'
    """
    return SOURCES[key][language]


def province_words(key: str, language: Language) -> str:
    """The province of that id, the central government, or none."""
    return _provinces().get(key) or NO_PROVINCE["central" if key == "central" else ""][language]


def type_words(key: str, language: Language) -> str:
    """The type of document of that abbreviation; types have only Vietnamese names."""
    if key in OTHER_TYPES:
        return OTHER_TYPES[key][language]
    return _types().get(key, key)


def diagnostic_words(code: str, language: Language) -> str:
    """What a diagnostic tells; an unknown code is given as it is."""
    return DIAGNOSTICS.get(code, {"vi": code, "en": code})[language]


@cache
def _provinces() -> dict[str, str]:
    return {province.id: province.name for province in read_provinces()}


@cache
def _types() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_table("document_types")}


SOURCES: dict[str, dict[Language, str]] = {
    "central": {"vi": "ngân sách trung ương", "en": "central budget"},
    "local": {"vi": "ngân sách địa phương", "en": "local budgets"},
    "state": {"vi": "ngân sách nhà nước (không nêu cấp)", "en": "state budget (level not said)"},
    "loans": {"vi": "vốn vay, ODA, viện trợ", "en": "loans, ODA, grants"},
    "private": {"vi": "xã hội hóa, doanh nghiệp", "en": "private and social sources"},
    "": {"vi": "không nêu nguồn", "en": "source not said"},
}
NO_PROVINCE: dict[str, dict[Language, str]] = {
    "central": {"vi": "Trung ương", "en": "Central"},
    "": {"vi": "không rõ", "en": "not known"},
}
OTHER_TYPES: dict[str, dict[Language, str]] = {
    "NEWS": {"vi": "Bài báo", "en": "Press article"},
    "": {"vi": "không rõ", "en": "not known"},
}
DIAGNOSTICS: dict[str, dict[Language, str]] = {
    "label-restored": {"vi": "nhãn mục được khôi phục", "en": "label restored"},
    "site-chrome": {"vi": "bỏ phần của trang web", "en": "parts of the web site left out"},
    "missing-number": {"vi": "không tìm thấy số, ký hiệu", "en": "no document number found"},
    "missing-date": {"vi": "không tìm thấy ngày ban hành", "en": "no date of issue found"},
    "blank-number": {"vi": "số văn bản để trống", "en": "document number left blank"},
    "blank-date": {"vi": "ngày ban hành để trống", "en": "date of issue left blank"},
    "unreadable-number": {"vi": "số văn bản không đọc được", "en": "document number not readable"},
    "unreadable-date": {"vi": "ngày ban hành không đọc được", "en": "date of issue not readable"},
    "number-mismatch": {"vi": "số văn bản không thống nhất", "en": "document numbers disagree"},
    "interval-without-year": {"vi": "khoảng thời gian thiếu năm", "en": "interval without a year"},
    "budget-sum": {"vi": "tổng kinh phí không khớp", "en": "sums of a budget do not come out"},
    "scanned-table": {"vi": "bảng quét được dựng lại", "en": "scanned table put together"},
    "undecodable-bytes": {"vi": "có ký tự không giải mã được", "en": "bytes that cannot be decoded"},
}
