"""Fit the weights of `pipeline/confidence` to records that people have judged, and show how well they hold.

    scripts/fit_confidence.py --gold tests/gold/plans/tune texts/ --judged tests/gold/judged.tsv texts/
    scripts/fit_confidence.py --check tests/gold/plans/check texts/ --diagram

A record of a document with gold is right when the gold has the same (a task: with the same section, leads, partners,
deadlines and condition); a judged record is right when a reader said so and it still says what it said then. The
weights are those of a logistic regression with a quadratic penalty, found by Newton's method, the documents in order
and all figures rounded, so that the same data give the same file.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.confidence import Features
from pipeline.confidence.model import BIAS, SURE, probability
from pipeline.diff.records import KINDS
from pipeline.extract import extract_document
from pipeline.read.text import read_text
from pipeline.score import comparable
from pipeline.score.gold import read_gold
from pipeline.score.tally import pair_up
from pipeline.store import encode
from schemas import PlanDocument

Matrix = npt.NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "pipeline" / "confidence" / "data" / "weights.json"
PENALTY = 8.0
FOLDS = 10
WANTED = 0.98  # of the tasks that are given 0.9 and more so many must be right where they were held out
LEAST_SLOPE, FLAT = 0.1, 1e9  # a penalty that leaves no slope
FEWEST = 60  # judged records that a scale can be told from
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)
# Weights of what no judged record has: rows of rebuilt scans, of which 20 of 31 that were read were right in all fields
# where rows of other tables nearly always are.
GIVEN = {"tasks": {"table:scanned": -2.0}}
KINDS_FITTED = (
    "tasks",
    "leads",
    "partners",
    "deadlines",
    "targets",
    "sections",
    "citations",
    "budgets",
    "tables",
    "repairs",
)


@dataclass(frozen=True, slots=True)
class Example:
    """A judged record: its kind, the document it stands in, its features, whether it is right, how much it counts."""

    kind: str
    document: str
    features: tuple[str, ...]
    right: bool
    weight: float = 1.0


def main() -> int:
    """Fit, or check what was fitted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    pair: dict[str, Any] = {"nargs": 2, "type": Path, "action": "append", "default": [], "metavar": ("GOLD", "TEXTS")}
    parser.add_argument("--gold", **pair, help="gold files and the texts that they are about")
    parser.add_argument(
        "--seen", **pair, help="the same, of texts in sight while rules were made; they count a quarter"
    )
    parser.add_argument("--judged", **pair, help="a table of judged records and the texts")
    parser.add_argument("--check", **pair, help="gold to check the weights by, not to fit them to")
    parser.add_argument("--diagram", action="store_true", help="print the reliability of tasks as a Mermaid chart")
    chosen = parser.parse_args()
    examples = [e for gold, texts in chosen.gold for e in from_gold(gold, texts)]
    examples += [e for gold, texts in chosen.seen for e in from_gold(gold, texts, weight=0.25)]
    examples += [e for table, texts in chosen.judged for e in from_judged(table, texts)]
    if examples:
        held_out = {kind: _held_out([e for e in examples if e.kind == kind]) for kind in KINDS_FITTED}
        scales = {kind: scale(held_out[kind]) for kind in KINDS_FITTED}
        fitted = {kind: scaled(fit([e for e in examples if e.kind == kind]), scales[kind]) for kind in KINDS_FITTED}
        fitted = {kind: GIVEN.get(kind, {}) | weights for kind, weights in fitted.items()}
        fitted["tasks"][SURE] = least_sure(held_out["tasks"], scales["tasks"])
        WEIGHTS.write_text(json.dumps(fitted, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"Wrote {WEIGHTS.relative_to(ROOT)}")
        print("\nCross-validated over documents")
        unseen = [
            (e, probability({BIAS: a + b * s, SURE: fitted[kind].get(SURE, -math.inf)}, ()))
            for kind, (a, b) in scales.items()
            for e, s in held_out[kind]
        ]
        report(unseen)
        if chosen.diagram:
            print(diagram(unseen))
    if chosen.check:
        fitted = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        checked = [e for gold, texts in chosen.check for e in from_gold(gold, texts)]
        scored = [(e, probability(fitted.get(e.kind, {}), e.features)) for e in checked]
        print("\nOn documents that nothing was fitted to")
        report(scored)
        if chosen.diagram:
            print(diagram(scored))
    return 0


# --- examples --------------------------------------------------------------------------------------------------------


def from_gold(gold_directory: Path, texts: Path, *, weight: float = 1.0) -> Iterator[Example]:
    """An example for each exported record that the gold of its document speaks of."""
    for file in sorted(gold_directory.glob("*.json")):
        source = texts / f"{file.stem}.txt"
        if not source.is_file():
            source = next(p for p in sorted(texts.rglob(f"{file.stem}.*")) if p.suffix in {".txt", ".md"})
        gold = read_gold(file, read_text(source.read_bytes()).text.text)
        document = extract_document(source.read_bytes(), path=source.name)
        yield from _judge(file.stem, gold, document, weight)


def _judge(stem: str, gold: Any, document: PlanDocument, weight: float) -> Iterator[Example]:
    export = json.loads(encode(document))
    features = Features(document)
    issuer = (gold.get("metadata") or {}).get("issuer") or ""
    named = re.search(r"(?:tỉnh|thành phố)\s+(.+)$", issuer)
    place = named[1] if named else (gold.get("metadata") or {}).get("place") or ""

    def example(kind: str, names: Iterable[str], right: bool) -> Example:
        return Example(kind, stem, tuple(names), right, weight)

    wanted, optional = _pairs(gold.get("tasks") or [], export["tasks"], 0.75)
    by_id = {d["id"]: d for d in export["deadlines"]}
    paths = {s["id"]: tuple(s["path"]) for s in export["sections"]}
    for record, row in zip(document.tasks, export["tasks"], strict=True):
        if row["id"] in optional:
            continue
        want = wanted.get(row["id"])
        right = want is not None and _same_task(want, row, by_id, paths, place)
        yield example("tasks", features.of_task(record), right)
        for role in ("lead", "partner"):
            known = {comparable.agency(a, place) for a in want[f"{role}s"]} if want else set()
            for agency, said in zip(getattr(record, f"{role}s"), row[f"{role}s"], strict=True):
                yield example(
                    f"{role}s", features.of_role(agency, record, role), comparable.agency(said, place) in known
                )
    left = Counter(comparable.deadline(d) for d in gold.get("deadlines") or [])
    for deadline, row in zip(document.deadlines, export["deadlines"], strict=True):
        key = comparable.deadline(row)
        yield example("deadlines", features.of_deadline(deadline), left[key] > 0)
        left[key] -= 1
    wanted, optional = _pairs(gold.get("targets") or [], export["targets"], 0.7)
    for target, row in zip(document.targets, export["targets"], strict=True):
        if row["id"] not in optional:
            want = wanted.get(row["id"])
            same = want is not None and _measures(want) == _measures(row)
            yield example("targets", features.of_target(target), same)
    titles = {tuple(s["path"]): s.get("title") for s in gold.get("sections") or []}
    for section in document.sections:
        title = titles.get(section.path, "")
        same = section.path in titles and (
            not title or comparable.likeness(comparable.words(title), comparable.words(section.title)) >= 0.85
        )
        yield example("sections", features.of_section(section), same)
    cited = {comparable.citation(row) for row in gold.get("citations") or ()}
    for citation, row in zip(document.citations, export["citations"], strict=True):
        yield example("citations", features.of_citation(citation), comparable.citation(row) in cited)


def _pairs(gold: Sequence[Any], found: Sequence[Any], least: float) -> tuple[dict[str, Any], set[str]]:
    """The gold row of each found one by its id, and the ids of those that are optional."""
    pairing = pair_up(gold, found, least=least)
    optional = {got["id"] for want, got in pairing.pairs if want.get("optional")}
    return {got["id"]: want for want, got in pairing.pairs}, optional


def _same_task(want: Any, got: Any, deadlines: Any, paths: Any, place: str) -> bool:
    bound = Counter(comparable.deadline(deadlines[i]) for i in got["deadline_ids"] if i in deadlines)
    alike = comparable.likeness(comparable.words(want.get("condition")), comparable.words(got.get("condition")))
    return (
        all(
            {comparable.agency(a, place) for a in want[role]} == {comparable.agency(a, place) for a in got[role]}
            for role in ("leads", "partners")
        )
        and Counter(comparable.deadline(d) for d in want["deadlines"]) == bound
        and bool(want.get("condition")) == bool(got.get("condition"))
        and alike >= 0.65
        and (want.get("path") is None or tuple(want["path"]) == paths.get(got["section_id"], ()))
    )


def _measures(row: Any) -> Counter[Any]:
    return Counter(comparable.measure(m) for m in row.get("measures", ()))


def from_judged(table: Path, texts: Path) -> Iterator[Example]:
    """An example for each judged record that still says what it said when it was judged."""
    rows: defaultdict[str, dict[tuple[str, str], bool]] = defaultdict(dict)
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, kind, digest, verdict, *_ = line.split("\t")
            if verdict in {"right", "wrong"}:
                rows[name][kind, digest] = verdict == "right"
    for name in sorted(rows):
        document = extract_document((texts / name).read_bytes(), path=name)
        features = Features(document)
        of: dict[str, Callable[[Any], Iterable[str]]] = {
            "tasks": features.of_task,
            "targets": features.of_target,
            "deadlines": features.of_deadline,
            "citations": features.of_citation,
            "sections": features.of_section,
        }
        for kind, digest, record in digests(document):
            if (kind, digest) in rows[name]:
                yield Example(kind, name, tuple(of.get(kind, features.of_record)(record)), rows[name][kind, digest])


def digests(document: PlanDocument) -> Iterator[tuple[str, str, Any]]:
    """Each record with its kind and a digest of what it says and where."""
    export = json.loads(encode(document))
    for kind in ("tasks", "targets", "deadlines", "citations", "sections", "tables", "repairs"):
        for record, row in zip(getattr(document, kind), KINDS[kind](export), strict=True):
            said = json.dumps([record.span.start, row.key, row.says], ensure_ascii=False, sort_keys=True)
            yield kind, sha256(said.encode()).hexdigest()[:12], record


# --- the fit ---------------------------------------------------------------------------------------------------------


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """The weights that make these examples most likely, less the penalty; features of fewer than three are left out."""
    if not examples:
        return {}
    counts = Counter(name for e in examples for name in set(e.features))
    names = sorted(name for name, count in counts.items() if count >= 3)
    column = {name: i + 1 for i, name in enumerate(names)}
    x = np.zeros((len(examples), len(names) + 1))
    x[:, 0] = 1
    for row, example in enumerate(examples):
        for name in example.features:
            if name in column:
                x[row, column[name]] = 1
    y = np.array([e.right for e in examples], dtype=float)
    weight = np.array([e.weight for e in examples])
    penalty = np.full(len(names) + 1, PENALTY)
    penalty[0] = 0.01
    w = _most_likely(x, y, weight, penalty)
    return {BIAS: round(float(w[0]), 3), **{n: v for n in names if (v := round(float(w[column[n]]), 3))}}


def _held_out(examples: Sequence[Example]) -> list[tuple[Example, float]]:
    """Each example with the sum of weights that were fitted without its document."""
    scored = []
    documents = sorted({Path(e.document).stem for e in examples})
    for fold in range(FOLDS):
        held = set(documents[fold::FOLDS])
        weights = fit([e for e in examples if Path(e.document).stem not in held])
        own = [e for e in examples if Path(e.document).stem in held and e.weight == 1.0]
        scored += [(e, weights.get(BIAS, 0.0) + sum(weights.get(f, 0.0) for f in sorted(set(e.features)))) for e in own]
    return scored


def scale(scored: Sequence[tuple[Example, float]]) -> tuple[float, float]:
    """The line `a + b * sum` that makes the held-out sums true probabilities.

    Sums of weights are too extreme for documents that they were not fitted to; a logistic regression on the sums
    alone says by how much.
    """
    if len(scored) < FEWEST:
        return 0.0, 1.0
    a, b = _line(scored, 1e-6)
    if b < LEAST_SLOPE:  # the sums tell nothing
        a, b = _line(scored, FLAT)
    return round(a, 3), round(b, 3)


def least_sure(scored: Sequence[tuple[Example, float]], line: tuple[float, float]) -> float:
    """The least scaled sum from which on so many of the held-out records are right as are WANTED."""
    a, b = line
    least, right = math.inf, 0
    for count, (total, held) in enumerate(sorted(((a + b * t, e.right) for e, t in scored), reverse=True), start=1):
        right += held
        if right >= WANTED * count:
            least = total
    return math.floor(1000 * least) / 1000 if least < math.inf else 30.0


def _line(scored: Sequence[tuple[Example, float]], slope_penalty: float) -> tuple[float, float]:
    """The most likely line."""
    x = np.array([[1.0, total] for _, total in scored])
    right = np.array([example.right for example, _ in scored], dtype=float)
    a, b = _most_likely(x, right, np.ones(len(scored)), np.array([1e-6, slope_penalty]))
    return float(a), float(b)


def _most_likely(x: Matrix, y: Matrix, weight: Matrix, penalty: Matrix) -> Matrix:
    """The coefficients of a logistic regression with a quadratic penalty, by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + penalty * w
        step = np.linalg.solve((x.T * (weight * p * (1 - p))) @ x + np.diag(penalty), gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def scaled(weights: dict[str, float], line: tuple[float, float]) -> dict[str, float]:
    """The weights whose sum lies on *line*."""
    a, b = line
    moved = {name: round(b * weight, 3) for name, weight in weights.items()}
    return {**moved, BIAS: round(a + moved.get(BIAS, 0.0), 3)} if weights else {}


def report(scored: Sequence[tuple[Example, float]]) -> None:
    """Print, for each kind and band of confidence, how many records it holds and how many of them are right."""
    for kind in KINDS_FITTED:
        own = [(p, e.right) for e, p in scored if e.kind == kind]
        if not own:
            continue
        share = sum(right for _, right in own) / len(own)
        print(f"{kind}: {len(own)} records, {share:.3f} right, mean confidence {sum(p for p, _ in own) / len(own):.3f}")
        for low, high in pairwise(BINS):
            band = [right for p, right in own if low <= p < high]
            if band:
                print(f"   {low:.1f}-{min(high, 1.0):.1f}  {len(band):5d}  {sum(band) / len(band):.3f}")


def diagram(scored: Sequence[tuple[Example, float]]) -> str:
    """A chart of tasks: bars for the share that is right in each band of confidence, a line for what it promises."""
    names, promised, held = [], [], []
    for low, high in pairwise(BINS):
        band = [(p, e.right) for e, p in scored if e.kind == "tasks" and low <= p < high]
        if band:
            names.append(f'"{low:.1f}-{min(high, 1.0):.1f} ({len(band)})"')
            promised.append(f"{sum(p for p, _ in band) / len(band):.2f}")
            held.append(f"{sum(right for _, right in band) / len(band):.2f}")
    lines = (
        "xychart-beta",
        f"    x-axis [{', '.join(names)}]",
        '    y-axis "right in all fields" 0 --> 1',
        f"    bar [{', '.join(held)}]",
        f"    line [{', '.join(promised)}]",
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
