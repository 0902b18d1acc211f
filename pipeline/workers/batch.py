"""One input of a run from file to file: read it whole, make its document, write it, and say what became of it.

    process(item, Path("output")) -> Outcome

Only a small `Outcome` leaves the process, so that memory does not grow with the number of documents. What it says of
the input is said of the bytes that were read, whatever stands in the file by now.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.file_names import printable
from pipeline.readers import Readers, too_large
from pipeline.runs.inputs import Content, Input, read_whole
from pipeline.runs.outputs import Output, output_at
from pipeline.work import COUNTED, Made, make, why
from pipeline.workers.isolation import forget_peak, peak_megabytes

__all__ = ["COUNTED", "Outcome", "process"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `counts` of its records by kind, or the `cause` and `message` of its quarantine.

    `stamp` and `sha256` are those of the bytes that were read, `result_stamp` and `result_sha256` of the document that
    was written; `attempts` is how often it was tried in this run, `seconds` how long the last one took, `peak_mb` the
    most memory that its worker and reader held meanwhile, 0 where that cannot be told.
    """

    name: str
    size: int
    counts: dict[str, int] = field(default_factory=dict)
    cause: str | None = None
    message: str | None = None
    stamp: str = ""
    sha256: str = ""
    result_stamp: str = ""
    result_sha256: str = ""
    attempts: int = 1
    seconds: float = 0.0
    peak_mb: float = 0.0


def process(item: Input, out: Path | Output, *, words: bool = False, readers: Readers | None = None) -> Outcome:
    """Read one input and write its document, with *words* also their `search_text`; what fails is quarantined.

    A `StoreError` is let through: when the results cannot be written, going on makes no sense.
    """
    if readers is None:
        with Readers() as own:
            return process(item, out, words=words, readers=own)
    begun = time.perf_counter()
    forget_peak()
    readers.forget_peak()
    output = output_at(out)
    read, made = _made(item, output, readers, words=words)
    result_stamp = ""
    if made.cause is None:
        result_stamp = output.write(item.result, made.content)
    else:
        output.remove(item.result)
    return Outcome(
        printable(item.name),
        read.size,
        made.counts,
        made.cause,
        made.message,
        read.stamp,
        made.sha256,
        result_stamp,
        hashlib.sha256(made.content).hexdigest() if made.cause is None else "",
        seconds=round(time.perf_counter() - begun, 4),
        peak_mb=round(peak_megabytes() + readers.peak_megabytes(), 1),
    )


def _made(item: Input, output: Output, readers: Readers, *, words: bool) -> tuple[Content, Made]:
    """What was read of the input, and what was made of it; one above the limit is not even loaded."""
    read = Content(b"", item.size, item.stamp)
    if not output.fits(item.result):
        return read, Made("", cause="name-too-long", message="its name leaves no room for .json: shorten it")
    limit = readers.limits.file_mb << 20
    try:
        if item.size > limit:
            raise too_large(item.size, readers.limits)
        read = read_whole(item.file, limit=limit)
        if read.size > limit:
            raise too_large(read.size, readers.limits)
    except Exception as error:
        return read, Made("", b"", {}, *why(error))
    return read, make(read.data, name=item.name, readers=readers, words=words)
