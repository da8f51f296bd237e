"""The texts of the table's cells."""

import pytest

from vizspec.slurm.model.usage import JobUsage
from vizspec.slurm.output.cells import COLUMNS, used_of_total_text, utilization_text


@pytest.mark.parametrize(
    ("average", "least", "greatest", "unavailable", "text"),
    [
        (64.7, 20.0, 100.0, False, "64.7% (20.0–100.0%)"),
        (64.7, None, 100.0, False, "64.7%"),
        (64.7, None, None, True, "64.7%"),
        (None, None, None, True, "N/A*"),
        (None, 20.0, 100.0, False, "-"),
        (0.0, 0.0, 0.0, False, "0.0% (0.0–0.0%)"),
    ],
)
def test_utilization_is_the_average_and_the_range_where_both_are_known(
    average: float | None, least: float | None, greatest: float | None, unavailable: bool, text: str
) -> None:
    assert utilization_text(average, least, greatest, unavailable) == text


@pytest.mark.parametrize(
    ("used", "total", "text"),
    [(6.4, 80.0, "6.4/80.0"), (6.4, None, "6.4"), (None, 80.0, "-"), (0.0, 1.0, "0.0/1.0")],
)
def test_what_was_used_stands_before_the_total(used: float | None, total: float | None, text: str) -> None:
    assert used_of_total_text(used, total) == text


def test_a_column_has_a_dash_and_no_source_for_what_is_not_known() -> None:
    job = JobUsage("r8", "finetune", "r8")
    assert [column.show(job).text for column in COLUMNS] == ["r8", "finetune", *["-"] * 7]
    assert all(column.show(job).sources == () for column in COLUMNS)
