"""Review without a browser: what persons decide about the machine's reading, kept safe, replayed, and what comes of it.

    log = DecisionLog(Path("output"), "plans/kh-1242.json")
    log.append(decision, expected_version=log.read().version)   # on disk when this returns
    reviewed(machine_reading, log.read().decisions).document     # the corrected one

The log of decisions is the only thing that is kept; everything else (`reviewed/`, gold, agreement) follows from it and
the machine's reading, and can be made again.
"""

from pipeline.review.anchoring import anchor_at, find_anchor
from pipeline.review.decisions import Anchor, Change, Decision, NewTask, RecordRef
from pipeline.review.log import ConflictError, DecisionLog
from pipeline.review.replay import ReviewedDocument, reviewed
from pipeline.review.results import write_reviewed

__all__ = [
    "Anchor",
    "Change",
    "ConflictError",
    "Decision",
    "DecisionLog",
    "NewTask",
    "RecordRef",
    "ReviewedDocument",
    "anchor_at",
    "find_anchor",
    "reviewed",
    "write_reviewed",
]
