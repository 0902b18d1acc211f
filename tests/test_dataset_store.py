"""The dataset on disk: typed tables, written again only where documents changed, whole at any moment."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.dataset import manifest, store
from pipeline.dataset.connect import connect
from pipeline.dataset.layout import BUILDING, DATASET, FORMER
from pipeline.dataset.rows import TABLES
from pipeline.dataset.store import build_dataset
from pipeline.errors import UsageError
from tests.dataset_texts import HEALTH, a_plan, a_task, put


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for number in range(6):
        put(tmp_path, a_plan(f"tinh/ke-hoach-{number}"))
    return tmp_path


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "LARGEST_BUCKET", 2)


def contents(out: Path) -> dict[str, str]:
    """The hash of each Parquet file."""
    files = sorted((out / DATASET).rglob("*.parquet"))
    return {file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def numbers(out: Path) -> list[str]:
    return [row[0] for row in connect(out).execute("SELECT number FROM documents ORDER BY path").fetchall()]


def test_duckdb_reads_back_typed_columns(out: Path) -> None:
    build_dataset(out)
    described = duckdb.execute(f"DESCRIBE SELECT * FROM read_parquet('{out}/dataset/budget_lines/*.parquet')")
    types = {name: kind for name, kind, *_ in described.fetchall()}
    assert (types["amount_vnd"], types["year"], types["is_total"]) == ("BIGINT", "BIGINT", "BOOLEAN")
    tasks = f"read_parquet('{out}/dataset/tasks/*.parquet')"
    day = duckdb.execute(f"SELECT typeof(due_on), typeof(leads) FROM {tasks}").fetchone()
    assert day == ("DATE", "VARCHAR[]")


def test_two_builds_of_the_same_documents_give_the_same_bytes(
    out: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for number in reversed(range(6)):
        os.utime(put(other, a_plan(f"tinh/ke-hoach-{number}")), (number, number))
    build_dataset(out)
    build_dataset(other)
    assert contents(out) == contents(other)
    assert (out / "search.sqlite").read_bytes() == (other / "search.sqlite").read_bytes()


def test_a_second_build_writes_nothing(out: Path) -> None:
    build_dataset(out)
    before = {file: file.stat().st_mtime_ns for file in out.rglob("*") if file.is_file() and file.name[0] != "."}
    built = build_dataset(out)
    assert (built.documents, built.written, built.indexed) == (6, 0, 0)
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_a_touched_file_is_read_but_nothing_is_written(out: Path) -> None:
    build_dataset(out)
    before = contents(out)
    os.utime(out / "documents" / "tinh" / "ke-hoach-1.json", (1, 1))
    assert build_dataset(out).written == 0
    assert contents(out) == before
    assert manifest.read_manifest(out / DATASET).sources[1].mtime_ns == 1_000_000_000


@pytest.mark.usefixtures("small_buckets")
def test_only_buckets_with_changed_documents_are_written_and_the_result_is_that_of_a_new_build(
    out: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    built = build_dataset(out)
    assert (built.buckets, built.written) == (4, 4)
    before = {file: file.stat().st_ino for file in (out / DATASET / "tasks").iterdir()}
    changed = a_plan("tinh/ke-hoach-2", tasks=())
    put(out, changed)
    assert build_dataset(out).written == 1
    bucket = f"{manifest.bucket_of(changed.id, 4):04}.parquet"
    assert {file.name for file, inode in before.items() if file.stat().st_ino != inode} == {bucket}

    fresh = tmp_path_factory.mktemp("fresh")
    for number in range(6):
        put(fresh, changed if number == 2 else a_plan(f"tinh/ke-hoach-{number}"))
    build_dataset(fresh)
    assert contents(out) == contents(fresh)


@pytest.mark.usefixtures("small_buckets")
def test_buckets_over_processes_give_the_same_bytes(out: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    for number in range(6):
        put(other, a_plan(f"tinh/ke-hoach-{number}"))
    build_dataset(out, workers=1)
    build_dataset(other, workers=2)
    assert contents(out) == contents(other)


@pytest.mark.usefixtures("small_buckets")
def test_vanished_documents_and_their_buckets_go(out: Path) -> None:
    build_dataset(out)
    for number in range(1, 6):
        (out / "documents" / "tinh" / f"ke-hoach-{number}.json").unlink()
    built = build_dataset(out)
    assert (built.documents, built.buckets) == (1, 1)
    assert [file.name for file in (out / DATASET / "tasks").iterdir()] == ["0000.parquet"]
    assert connect(out).execute("SELECT path FROM documents").fetchall() == [("tinh/ke-hoach-0.txt",)]


def test_inputs_with_the_same_bytes_are_one_document(tmp_path: Path) -> None:
    document = a_plan("b/ke-hoach")
    put(tmp_path, document)
    for path in ("a/ban-sao.txt", "c/ban-sao.txt"):
        put(tmp_path, document.model_copy(update={"source": document.source.model_copy(update={"path": path})}))
    assert build_dataset(tmp_path).documents == 1
    found = connect(tmp_path).execute("SELECT path, other_paths FROM documents").fetchall()
    assert found == [("a/ban-sao.txt", ["b/ke-hoach.txt", "c/ban-sao.txt"])]


def test_a_reviewed_document_wins(out: Path) -> None:
    build_dataset(out)
    corrected = a_plan("tinh/ke-hoach-3", tasks=(a_task("Đã được người đọc sửa"),))
    put(out, corrected, reviewed=True)
    built = build_dataset(out)
    assert (built.documents, built.reviewed) == (6, 1)
    found = (
        connect(out)
        .execute("SELECT path, text FROM documents JOIN tasks USING (document_id) WHERE reviewed")
        .fetchall()
    )
    assert found == [("tinh/ke-hoach-3.txt", "Đã được người đọc sửa")]


def test_files_that_are_no_documents_are_named_and_left_out(out: Path) -> None:
    (out / "documents" / "hong.json").write_text("{", encoding="utf-8")
    (out / "documents" / "cut.json").write_bytes((out / "documents/tinh/ke-hoach-1.json").read_bytes()[:500])
    built = build_dataset(out)
    assert built.unreadable == ["documents/cut.json", "documents/hong.json"]
    assert built.documents == 6  # what is cut has the id of another file, which is read in its place
    again = build_dataset(out)
    assert (again.documents, again.written, again.unreadable) == (6, 0, built.unreadable)
    assert connect(out).execute("SELECT count(*) FROM documents").fetchone() == (6,)


@pytest.mark.parametrize("step", ["make_links", "write_agencies", "take_place", "write_views", "update_index"])
def test_a_build_that_dies_leaves_the_old_dataset_and_the_next_completes_it(
    out: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    build_dataset(out)
    metadata = a_plan().metadata.model_copy(update={"number": "99/KH-UBND"})
    put(out, a_plan("tinh/ke-hoach-0", metadata=metadata))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store, step, die)
        with pytest.raises(KeyboardInterrupt):
            build_dataset(out)
    replaced = step in ("write_views", "update_index")
    assert numbers(out)[0] == ("99/KH-UBND" if replaced else "12/KH-UBND")
    assert build_dataset(out).documents == 6
    assert numbers(out)[0] == "99/KH-UBND"
    assert not (out / BUILDING).exists()


def test_a_build_killed_between_the_two_renames_loses_nothing(out: Path) -> None:
    build_dataset(out)
    before = contents(out)
    (out / DATASET).rename(out / FORMER)
    assert build_dataset(out).written == 0
    assert contents(out) == before


def test_a_lost_file_is_written_again(out: Path) -> None:
    build_dataset(out)
    before = contents(out)
    (out / DATASET / "targets" / "0000.parquet").unlink()
    assert build_dataset(out).written == 1
    assert contents(out) == before


def test_a_second_build_at_the_same_time_is_refused(out: Path) -> None:
    with store._alone(out), pytest.raises(UsageError, match="under way"):
        build_dataset(out)


def test_the_whole_directory_can_be_moved(
    out: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_dataset(out)
    moved = tmp_path_factory.mktemp("a") / "kết quả [1] *"
    out.rename(moved)
    assert len(numbers(moved)) == 6
    monkeypatch.chdir(moved)
    connection = duckdb.connect("kehoach.duckdb", read_only=True)
    assert connection.execute("SELECT count(*) FROM tasks").fetchone() == (6,)


def test_there_must_be_documents_and_a_dataset(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kehoach run"):
        build_dataset(tmp_path)
    with pytest.raises(UsageError, match="kehoach dataset"):
        connect(tmp_path)


def test_an_empty_directory_of_documents_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    assert build_dataset(tmp_path).documents == 0
    assert all(connect(tmp_path).execute(f"SELECT count(*) FROM {table}").fetchone() == (0,) for table in TABLES)


def test_agencies_are_counted_over_all_documents(out: Path) -> None:
    build_dataset(out)
    agencies = pl.read_parquet(out / DATASET / "agencies" / "0000.parquet")
    assert agencies["agency_id"].is_sorted()
    by_id = {row["agency_id"]: row for row in agencies.iter_rows(named=True)}
    assert by_id[HEALTH.id]["agency_now_id"] == "vn.da-nang.so-y-te"
    assert by_id["vn.chinh-phu"]["level"] == "central"


def test_progress_is_told_to_the_end(out: Path) -> None:
    told: list[tuple[int, int]] = []
    note: Callable[[int, int], None] = lambda done, total: told.append((done, total))  # noqa: E731
    build_dataset(out, advanced=note)
    assert told[0] == (0, 6)
    assert told[-1] == (6, 6)
