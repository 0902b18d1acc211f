"""Find deadlines: "trước ngày 30/6/2025", "Quý III/2025", "hằng năm", "15 ngày sau khi nhận đủ hồ sơ".

A bare date is no deadline ("Nghị định … ngày 05/3/2020" dates a decree), nor is a year that names a plan: each rule
needs the word or the place that makes it one.
"""

from extractors.deadlines.finder import find_deadlines, read_deadline_cell, read_year_bracket, says_until_when

__all__ = ["find_deadlines", "read_deadline_cell", "read_year_bracket", "says_until_when"]
