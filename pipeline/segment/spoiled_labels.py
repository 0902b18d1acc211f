"""Labels that their neighbours show to be spoiled: `1. MỤC ĐÍCH` before `II. PHẠM VI` is `I`, `e)` before `d)` is `c)`.

Roman numbers are recovered before the tree is built, since they divide the whole document; letters while it is, for
they must fit the list that is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.segment.candidates import Candidate, Level, distance
from pipeline.segment.labels import ARABIC, LETTER, LETTERS, NAMED, ROMAN, UPPER, Reading, roman


def recovered(candidates: Sequence[Candidate]) -> dict[int, Reading]:
    """The Roman numbers, and ones for them, that must be read otherwise than printed, by the places of *candidates*."""
    forced: dict[int, Reading] = {}
    last, since = 0, 0  # the last Roman number, and the candidate after it
    capitals = False  # whether its heading is in capitals
    for position, candidate in enumerate(candidates):
        if candidate.root or candidate.mark.readings[0].style in _OPENS_PARTS:
            last, since = 0, position
        reading = next((one for one in candidate.mark.readings if one.style == ROMAN and not one.spoiled), None)
        if reading is None:
            continue
        value = int(reading.value)
        if value == last + 2 and (value > 2 or candidate.capitals):
            spoiled = _spoiled_roman(candidates, since, position, last + 1)
            if spoiled is not None:
                forced[spoiled] = Reading(ROMAN, last + 1, roman(last + 1), spoiled=True)
        elif value == last and candidate.capitals and _is_next(value, _next_romans(candidates, position), capitals):
            value = last + 1
            forced[position] = Reading(ROMAN, value, roman(value), spoiled=True)
        elif value == 1 and not candidate.capitals and _stands_for_one(candidates, position, last):
            forced[position] = Reading(ARABIC, 1, "1", spoiled=True)
            continue
        last, since, capitals = value, position + 1, candidate.capitals
    return forced


def straightened(
    candidates: Sequence[Candidate], position: int, levels: Sequence[Level], *, adds_bars: bool
) -> tuple[Reading, ...]:
    """The label that a scan misread below the open *levels*, empty when it misread none.

    `đ)` stands for `d)` between `c)` and another `đ)`, and at the end of lists where a scan *adds bars*, `e)` for
    `c)` between `b)` and `d)`, `3.` for `5.` between `4.` and `6.`.
    """
    printed = candidates[position].mark.readings[0]
    letters = [level for level in levels if level.style == LETTER]
    if letters and _is_misread_l(candidates, position, letters[-1].value):
        return (Reading(LETTER, LETTERS.index("l") + 1, "l", spoiled=True),)
    if printed.style == ARABIC and (number := _misread_number(candidates, position, printed, levels)):
        return (number,)
    if printed.style == ARABIC:
        return _as_letter(candidates, position, letters[-1].value if letters else 0, levels)
    if printed.style != LETTER or not letters:
        return ()
    meant = _MISREAD.get(printed.label)
    if meant is None or int(letters[-1].value) != LETTERS.index(meant):
        return ()
    for candidate in candidates[position + 1 : position + 12]:
        reading = candidate.mark.readings[0]
        if reading.style == LETTER:
            letter = _MISREAD.get(
                reading.label, reading.label
            )  # the next one may be misread, too: `e)`, `đ)` for `c)`, `d)`
            due = LETTERS.index(meant) + 1
            evident = LETTERS.index(letter) == due or reading.value in (
                printed.value if printed.label == "đ" else -1,
                due + 1,
            )
            evident = evident or (reading.value == 1 and printed.label == "đ" and adds_bars)
            return (Reading(LETTER, LETTERS.index(meant) + 1, meant, spoiled=True),) if evident else ()
    if printed.label != "đ" or not adds_bars:
        return ()
    return (Reading(LETTER, LETTERS.index("d") + 1, "d", spoiled=True),)


def adds_bars_to_d(candidates: Sequence[Candidate]) -> bool:
    """Whether a scan is known to read `d)` as `đ)`: elsewhere `c)`, `đ)`, `đ)` follow one another."""
    letters = [one.label for one in (candidate.mark.readings[0] for candidate in candidates) if one.style == LETTER]
    return any(run == ("c", "đ", "đ") for run in zip(letters, letters[1:], letters[2:], strict=False))


def _misread_number(
    candidates: Sequence[Candidate], position: int, printed: Reading, levels: Sequence[Level]
) -> Reading | None:
    """The number between that of an open list and the one after the next, where another is printed."""
    last = next((level for level in reversed(levels) if level.style == ARABIC and not level.depth), None)
    if last is None or printed.prefix or last.value < _FEWEST_BEFORE or last.value != int(last.value):
        return None
    if printed.value in (1, last.value + 1):
        return None
    stops = (",", ".") if last.stop in {",", "."} else (last.stop,)  # a scan reads the one for the other
    if not candidates[position].mark.printed.endswith(stops):
        return None
    for candidate in candidates[position + 1 : position + 40]:
        following = candidate.mark.readings[0]
        if candidate.root or following.style == ROMAN:
            return None
        if following.style == ARABIC and not following.prefix and candidate.mark.printed.endswith(stops):
            number = int(last.value) + 1
            return Reading(ARABIC, number, str(number), spoiled=True) if following.value == number + 1 else None
    return None


def _is_next(value: int, following: Sequence[int], alike: bool) -> bool:
    """Whether a Roman number that repeats its elder's is the next one: the one after it says so, or, where none comes,
    it only lacks its last stroke (`II` for `III`), as the one after it may do, too, where its elder is a heading
    *alike* (`I`, `I`, `II`).
    """
    short = roman(value + 1) == roman(value) + "I"
    if not following:
        return short
    both = alike and short and roman(value + 2) == roman(value) + "II" and following[0] == value + 1
    return following[0] == value + 2 or (both and following[1:2] in ([], [value + 3]))


def _next_romans(candidates: Sequence[Candidate], position: int) -> list[int]:
    """The next two Roman numbers."""
    found: list[int] = []
    for candidate in candidates[position + 1 : position + 80]:
        if candidate.root or len(found) == 2:
            break
        reading = candidate.mark.readings[0]
        if reading.style == ROMAN:
            found.append(int(reading.value))
    return found


def _spoiled_roman(candidates: Sequence[Candidate], start: int, end: int, value: int) -> int | None:
    fallback = None
    for position in range(start, min(end, start + 60)):
        candidate = candidates[position]
        for reading in candidate.mark.readings:
            if int(reading.value) == value and not reading.prefix and reading.style in (ARABIC, ROMAN, LETTER):
                if candidate.capitals or (reading.style == ROMAN and value > 1):
                    return position
                if (
                    position == start
                    and value == 1
                    and reading.style == ARABIC
                    and _begins_again(candidates, position, end)
                ):
                    fallback = position
    return fallback


def _begins_again(candidates: Sequence[Candidate], position: int, end: int) -> bool:
    following = candidates[position + 1].mark.readings[0] if position + 1 < end else None
    return following is not None and following.style == ARABIC and following.value == 1


def _stands_for_one(candidates: Sequence[Candidate], position: int, last: int) -> bool:
    """Whether `I.` between the Roman *last* and its successor, or where none stands before or behind it, is the `1.`
    before a `2.`.
    """
    two = False
    for candidate in candidates[position + 1 : position + 40]:
        if candidate.root:
            break
        for reading in candidate.mark.readings:
            if reading.spoiled:
                continue
            if reading.style == ARABIC and reading.value == 1 and not two:
                return False
            if reading.style == ARABIC and reading.value == 2:
                two = True
            if reading.style == ROMAN:
                return two and last > 0 and reading.value == last + 1
    return two and not last


def _is_misread_l(candidates: Sequence[Candidate], position: int, last: float) -> bool:
    """Whether `1)` or `I)` stands for `l)`: behind `k)`, and no `2)` follows before the next letter."""
    if candidates[position].mark.printed not in {"1)", "I)", "1.", "I."} or last != LETTERS.index("k") + 1:
        return False
    for candidate in candidates[position + 1 : position + 12]:
        following = candidate.mark.readings[0]
        if following.style == LETTER:
            return following.label == "m" or following.value == 1
        if following.style in (ARABIC, ROMAN):
            return int(following.value) != 2
    return True


def _as_letter(
    candidates: Sequence[Candidate], position: int, last: float, levels: Sequence[Level]
) -> tuple[Reading, ...]:
    """The letter that a scan read as a figure: `1)` between `h)` and `k)`, `8)` before `b)` or behind `e)` of `5.`."""
    printed, *others = candidates[position].mark.readings
    letters = [one for one in others if one.style == LETTER]
    if not letters or any(level.style == ARABIC and distance(level.value, printed) == 1 for level in levels):
        return ()
    stop = candidates[position].mark.printed[-1:]
    alone = printed.value > 1 and not any(level.style == ARABIC and level.stop == stop for level in levels)
    if alone and any(level.style == LETTER and level.stop == stop for level in levels):
        return next(((meant,) for meant in letters if distance(last, meant) == 1), ())
    following = _next_item(candidates, position, printed)
    for meant in letters:
        if following and (meant.value == 1 or distance(last, meant) == 1) and distance(meant.value, following) == 1:
            return (meant,)
    return ()


def _next_item(candidates: Sequence[Candidate], position: int, printed: Reading) -> Reading | None:
    """The next letter among the labels, None when a figure goes on from *printed* before it."""
    for candidate in candidates[position + 1 : position + 12]:
        reading = candidate.mark.readings[0]
        if reading.style == ARABIC and reading.value == printed.value + 1:
            return None
        if reading.style == LETTER:
            return reading
    return None


_OPENS_PARTS = frozenset({UPPER, *NAMED})  # styles of labels
_FEWEST_BEFORE = 2  # of a list that tells what must come next
_MISREAD = {"đ": "d", "e": "c", "o": "c"}
