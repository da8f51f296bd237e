"""Figures drawn in several processes are those that one process draws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vizspec.draw.palette import Style
from vizspec.plan.plan import Step
from vizspec.render.figures import FEWEST, draw_files, drawing, is_figure
from vizspec.statistics.method import Method
from vizspec.views._risk import RiskFigure, TaskPredictions
from vizspec.views.prediction_histogram import PredictionHistogram


def a_figure(number: int = 0, *files: str, label: str = "model") -> Step:
    model = TaskPredictions(
        f"{label} {number}",
        Style("#0072B2"),
        (0, 1, 1),
        (0.2, 0.7, 0.9),
        "yes",
        "no",
        None,
        None,
        None,
        Method.NONE,
    )
    entry = PredictionHistogram(view="prediction_histogram")
    content = RiskFigure(entry, (model,), "Risk", 0.95, in_panels=True)
    names = files or (f"figure{number}.png",)
    return Step(f"figure{number}", 0, "prediction_histogram", None, names, "Risk", "A figure.", content, ())


def test_a_figure_has_all_its_files() -> None:
    step = a_figure(0, "a.png", "a.svg")
    drawn = draw_files(step)
    assert [name for name, _ in drawn.files] == ["a.png", "a.svg"]
    assert drawn.files[0][1].startswith(b"\x89PNG")
    assert b"<svg" in drawn.files[1][1]


def test_what_inspect_viz_draws_and_what_is_no_image_is_no_figure() -> None:
    assert is_figure(a_figure())
    assert not is_figure(replace(a_figure(), view="scores_by_task", files=("a.html", "a.png")))
    assert not is_figure(replace(a_figure(), view="compute_utilization", files=("compute_metrics.json",)))


def test_few_figures_are_drawn_here() -> None:
    with drawing([a_figure()]) as files_of:
        assert files_of is draw_files


@pytest.mark.slow
def test_many_figures_have_the_same_bytes_however_many_processes_draw_them() -> None:
    steps = [a_figure(number) for number in range(FEWEST)]
    with drawing(steps, jobs=2) as files_of:
        together = [files_of(step) for step in steps]
    assert together == [draw_files(step) for step in steps]


@pytest.mark.slow
def test_a_figure_that_fails_elsewhere_fails_alone(caplog: pytest.LogCaptureFixture) -> None:
    steps = [a_figure(number, label="\U000f1234" if number == 1 else "model") for number in range(FEWEST)]
    steps[0] = replace(steps[0], content="no figure")
    with drawing(steps, jobs=2) as files_of:
        with pytest.raises(AttributeError):
            files_of(steps[0])
        assert files_of(steps[1]).files[0][0] == "figure1.png"
    assert any("missing from" in message or "glyph" in message.lower() for message in caplog.messages)
