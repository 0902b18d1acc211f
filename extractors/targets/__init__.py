"""Find what a plan promises in figures: "tối thiểu 30% hộ dân đến hết năm 2026", a table of targets by year.

A number alone is no measure: `mức độ 4`, `trẻ 5 tuổi`, `năm 2026` and `ba nhóm chỉ số` count nothing that is promised.
"""

from extractors.targets.horizons import heading_horizon
from extractors.targets.indicator import find_indicator
from extractors.targets.measures import find_measures
from extractors.targets.promise import is_allotment, is_forecast, is_measured_promise, is_pledge
from extractors.targets.tables import TargetRow, read_target_table

__all__ = [
    "TargetRow",
    "find_indicator",
    "find_measures",
    "heading_horizon",
    "is_allotment",
    "is_forecast",
    "is_measured_promise",
    "is_pledge",
    "read_target_table",
]
