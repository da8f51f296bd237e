"""Scores can be compared on one task and data set alone."""

from __future__ import annotations

import pytest

from tests.make import a_log
from vizspec.cells.benchmarks import Benchmark, benchmarks, sample_notices, trial_note
from vizspec.cells.cell import make_cells
from vizspec.logs.record import Dataset, Log


def names(*logs: Log) -> list[str]:
    cells = make_cells(logs)
    return [benchmarks(cells)[cell].name for cell in cells]


def test_conditions_of_one_task_share_their_benchmark() -> None:
    logs = [a_log(run, vis_label=label) for run, label in (("r1", "1B balanced"), ("r2", "1B skewed"))]
    assert names(*logs) == ["capitals", "capitals"]
    assert set(benchmarks(make_cells(logs)).values()) == {Benchmark("capitals")}


def test_two_packages_and_two_data_sets_are_several_benchmarks() -> None:
    assert names(
        a_log("r1", package="inspect_evals", dataset=Dataset("mmlu")),
        a_log("r2", package="my_evals", dataset=Dataset("mmlu_redux")),
    ) == ["inspect_evals/capitals (mmlu)", "my_evals/capitals (mmlu_redux)"]


def test_what_a_log_does_not_tell_counts_as_what_the_others_agree_on() -> None:
    logs = [a_log("r1", dataset=Dataset("acs"), package="evals"), a_log("r2")]
    assert names(*logs) == ["capitals", "capitals"]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (Dataset("words", "/a/words.json"), Dataset("words", "/b/words.json"), True),
        (Dataset("words", "a/words.json"), Dataset("words", "/b/words.json"), True),
        (Dataset("arc", "allenai/arc"), Dataset("arc", "other/arc"), False),
        (Dataset(None, "/a/words.json"), Dataset("words"), True),
        (Dataset("old"), Dataset("new"), False),
    ],
)
def test_a_file_counts_by_its_name_and_a_hubs_data_set_by_its_place(
    first: Dataset, second: Dataset, is_same: bool
) -> None:
    on = benchmarks(make_cells([a_log("r1", dataset=first), a_log("r2", dataset=second)]))
    assert (len(set(on.values())) == 1) is is_same


def test_different_numbers_of_samples_on_one_benchmark_are_told() -> None:
    cells = make_cells([a_log(run, samples=n) for run, n in (("one", 2), ("two", 27), ("three", 44))])
    assert list(sample_notices(cells)) == [
        "the evaluations on 'capitals' are not of the same samples: 2 of one, 27 of two, 44 of three"
    ]
    assert trial_note(cells[0], cells[1:]) == "2 of 44 samples"


def test_equal_numbers_of_other_samples_are_told_by_their_ids() -> None:
    cells = make_cells([a_log(run, dataset=Dataset("d", sample_ids=run)) for run in ("one", "two")])
    assert list(sample_notices(cells)) == [
        "the evaluations on 'capitals' are not of the same samples: their ids make 2 different sets"
    ]
    assert list(sample_notices(make_cells([a_log("one"), a_log("two", task="sums", samples=5)]))) == []
