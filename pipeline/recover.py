"""Spoiled section labels, once the outline has told what they should be, are restored in the text like other repairs.

`1. MỤC ĐÍCH, YÊU CẦU` before `II. PHẠM VI` becomes `I. MỤC ĐÍCH, YÊU CẦU`; the change is a repair that can be undone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.clean import CleanText
from pipeline.mapped_text import Edit
from schemas import Diagnostic, Repair, Span


def restore_labels(cleaned: CleanText, recovered: Sequence[tuple[Span, str]]) -> CleanText:
    """*cleaned* with each label at its span put right; repairs made before move along with their words."""
    edits, made, shift = [], [], 0
    for span, label in sorted(recovered):
        before = cleaned.text.text[span.start : span.end]
        mark = before[len(before.rstrip(".:)/ ")) :]
        after = label + mark
        edits.append(Edit(span.start, span.end, after))
        place = Span(span.start + shift, span.start + shift + len(label))
        made.append(Repair(span=place, rule="spoiled-label", before=before.removesuffix(mark), after=label))
        shift += len(after) - len(before)
    ends = [edit.end for edit in edits]
    shifts = [0, *accumulate(len(edit.replacement) - (edit.end - edit.start) for edit in edits)]
    moved = [repair.model_copy(update={"span": _moved(repair.span, ends, shifts)}) for repair in cleaned.repairs]
    remarks = tuple(
        Diagnostic(
            code="label-restored",
            severity="info",
            message=f"The label “{repair.before}” is read as “{repair.after}”, as its neighbours want it.",
            span=repair.span,
        )
        for repair in made
    )
    return replace(
        cleaned,
        text=cleaned.text.edited(edits),
        repairs=tuple(sorted([*moved, *made], key=lambda repair: repair.span)),
        diagnostics=(*cleaned.diagnostics, *remarks),
    )


def _moved(span: Span, ends: Sequence[int], shifts: Sequence[int]) -> Span:
    shift = shifts[bisect_right(ends, span.start)]
    return Span(span.start + shift, span.end + shift)
