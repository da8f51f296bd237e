"""Where the logs of cells are, and by how many processes they are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.make import a_cell
from vizspec.cells.cell import Cell
from vizspec.gather.log_readers import cache_of, contents_of, jobs_of, logs_of, readers
from vizspec.gather.options import Reading
from vizspec.logs.location import Location
from vizspec.samples.parallel import SerialExecutor


def of_log(location: Location, sha256: str | None = None) -> Cell:
    cell = a_cell("r4")
    return replace(cell, log=replace(cell.log, place=location, sha256=sha256))


def test_a_log_is_looked_for_below_the_experiment_and_a_url_where_it_says() -> None:
    here, far, row = (
        of_log(Location("a.eval")),
        of_log(Location("s3://b/a.eval")),
        of_log(Location("a.csv", 1)),
    )
    assert logs_of([here, far, row], Path("/exp")) == [(here, "/exp/a.eval"), (far, "s3://b/a.eval")]


def test_contents_that_are_known_are_named_by_path() -> None:
    known, unknown = of_log(Location("a.eval"), "f00d"), of_log(Location("b.eval"))
    assert contents_of([(known, "/exp/a.eval"), (unknown, "/exp/b.eval")]) == {"/exp/a.eval": "f00d"}


@pytest.mark.parametrize(
    ("asked", "is_large", "jobs"), [(None, False, 1), (None, True, None), (3, False, 3), (3, True, 3)]
)
def test_small_work_is_done_by_one_process_unless_more_are_asked_for(
    asked: int | None, is_large: bool, jobs: int | None
) -> None:
    assert jobs_of(Reading(jobs=asked), is_large) == jobs


def test_a_few_small_logs_are_read_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "a.eval").write_bytes(b"small")
    with readers([str(tmp_path / "a.eval"), str(tmp_path / "gone.eval")], Reading()) as running:
        assert isinstance(running, SerialExecutor)


def test_without_the_cache_there_is_none() -> None:
    assert cache_of("samples", Reading(use_cache=False)) is None
    kept = cache_of("samples", Reading())
    assert kept is not None
    assert kept.folder.name == "samples"
