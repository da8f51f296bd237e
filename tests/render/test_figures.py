"""Figures drawn in several processes are those that one process draws."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from vizspec.draw.palette import Style
from vizspec.plan.plan import Step
from vizspec.render.figures import DrawnFiles, draw_files, drawing, is_figure
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


@dataclass(frozen=True)
class Apart:
    """Figures that two processes drew: the third has a character that no font has, the fourth is broken."""

    steps: Sequence[Step]
    drawn: Sequence[DrawnFiles]
    error: Exception
    messages: Sequence[str]


@pytest.fixture(scope="module")
def apart() -> Apart:
    heard: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    steps = [a_figure(0), a_figure(1), a_figure(2, label="\U000f1234")]
    broken = replace(a_figure(3), content="no figure")
    logging.getLogger("vizspec").addHandler(listener)
    try:
        with drawing([*steps, broken], jobs=2, fewest=2) as files_of:
            with pytest.raises(AttributeError) as raised:
                files_of(broken)
            drawn = [files_of(step) for step in steps]
    finally:
        logging.getLogger("vizspec").removeHandler(listener)
    return Apart(steps, drawn, raised.value, heard)


@pytest.mark.slow
def test_figures_have_the_same_bytes_however_many_processes_draw_them(apart: Apart) -> None:
    assert list(apart.drawn) == [draw_files(step) for step in apart.steps]


@pytest.mark.slow
def test_a_figure_that_fails_elsewhere_fails_alone(apart: Apart) -> None:
    assert isinstance(apart.error, AttributeError)
    assert apart.drawn[1].files[0][0] == "figure1.png"


@pytest.mark.slow
def test_what_is_warned_of_elsewhere_is_told_here(apart: Apart) -> None:
    assert any("missing from" in message or "glyph" in message.lower() for message in apart.messages)
