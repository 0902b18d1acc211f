"""The figures as tables of Markdown: `tables(results)` reads what `benchmarks/results.json` holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.peers import Answered


def entries(rows: list[Answered]) -> list[dict[str, Any]]:
    """The rows of a comparison as JSON has them; ratios are ours by theirs, above 1 when kehoach is better."""
    ours = rows[0]
    return [_entry(row, ours) for row in rows]


def _entry(row: Answered, ours: Answered) -> dict[str, Any]:
    if row.timing is None:
        return {"tool": row.tool, "missing": row.missing}
    entry = {
        "tool": row.tool,
        "note": row.note,
        "right": round(row.right, 2),
        "asked": round(row.asked, 2),
        "share_right": round(row.share, 4),
        **row.timing.entry(),
    }
    if row is not ours and ours.timing:
        entry["speed_ratio"] = round(ours.timing.rate / row.timing.rate, 3) if row.timing.rate else None
        entry["right_ratio"] = round(ours.share / row.share, 3) if row.share else None
    return entry


def tables(results: Mapping[str, Any]) -> str:
    """Everything, one table after another."""
    return "\n".join([*_machine(results), *_stages(results), *_runs(results), *_commands(results), *_peers(results)])


def _machine(results: Mapping[str, Any]) -> Iterator[str]:
    machine, texts = results["machine"], results["texts"]
    yield (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_mb']:,} MB, {machine['system']}, "
        f"Python {machine['python']}, {'compiled rules, ' if machine.get('compiled') else ''}"
        f"load before {machine['load_before']}; "
        f"{texts['documents']} texts of {texts['megabytes']:.2f} MB; {results['repetitions']} repetitions"
    )
    yield ""


def _stages(results: Mapping[str, Any]) -> Iterator[str]:
    yield "| stage | MB/s of processor time | spread of seconds |\n|---|---:|---:|"
    for name, found in results["stages"].items():
        yield f"| {name} | {found['mb_per_cpu_second']:,.2f} | ±{_spread(found)} |"
    yield ""


def _runs(results: Mapping[str, Any]) -> Iterator[str]:
    yield "| end to end, file to JSON | MB/s by the clock | spread | MB/s of processor time | memory of a worker, MB |"
    yield "|---|---:|---:|---:|---:|"
    for name, found in results["runs"].items():
        speeds = f"{found['mb_per_clock_second']:.2f} | {found['spread']:.2f} | {found['mb_per_cpu_second']:.2f}"
        yield f"| {name} | {speeds} | {found['worker_peak_mb']:,.0f} |"
    yield ""


def _commands(results: Mapping[str, Any]) -> Iterator[str]:
    yield "| command | seconds by the clock | processor seconds | spread |\n|---|---:|---:|---:|"
    for name, found in results["commands"].items():
        yield f"| `{name}` | {found['clock']:.2f} | {found['seconds']:.2f} | ±{_spread(found)} |"
    yield ""


def _peers(results: Mapping[str, Any]) -> Iterator[str]:
    for name, rows in results["peers"].items():
        yield f"| {name} | right | of | MB/s | kehoach is faster by | right more often by | |"
        yield "|---|---:|---:|---:|---:|---:|---|"
        for row in rows:
            if "missing" in row:
                yield f"| {row['tool']} | | | | | | not measured: {row['missing']} |"
                continue
            ratios = " | ".join(_times(row, key) for key in ("speed_ratio", "right_ratio"))
            shown = f"{row['share_right']:.1%} | {row['asked']:g} | {row['mb_per_cpu_second']:.3f}"
            yield f"| {row['tool']} | {shown} | {ratios} | {row['note']} |"
        yield ""


def _times(row: Mapping[str, Any], key: str) -> str:
    if key not in row:
        return ""
    return f"{row[key]:.2f}" if row[key] is not None else "∞"


def _spread(found: Mapping[str, Any]) -> str:
    return f"{found['spread'] / found['seconds'] / 2:.0%}" if found["seconds"] else "0%"
