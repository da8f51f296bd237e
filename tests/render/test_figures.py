"""Figures drawn in several processes are those that one process draws."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.render.test_execute import a_plan
from tests.rendering import PlainCanvas
from vizspec.draw.pages.state import chart_state
from vizspec.draw.palette import Style
from vizspec.draw.pictures.png import png_size
from vizspec.output.folder import Folder
from vizspec.plan.plan import Plan, Step
from vizspec.render.execute import execute
from vizspec.render.figures import FEWEST, DrawnFiles, ImageStyle, Job, draw_files, drawing, drawn_images
from vizspec.statistics.method import Method
from vizspec.views import KINDS
from vizspec.views._risk import RiskFigure, TaskPredictions
from vizspec.views.base import Chart
from vizspec.views.prediction_histogram import PredictionHistogram


def a_step(number: int = 0, *files: str, label: str = "model") -> Step:
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


def a_job(number: int = 0, *files: str, label: str = "model") -> Job:
    step = a_step(number, *files, label=label)
    return Job(step, step.files)


@pytest.mark.slow
def test_a_figure_has_all_its_files() -> None:
    drawn = draw_files(a_job(0, "a.png", "a.svg", "a.pdf"))
    assert [name for name, _ in drawn.files] == ["a.png", "a.svg", "a.pdf"]
    assert [content[:4] for _, content in drawn.files] == [b"\x89PNG", b"<?xm", b"%PDF"]


def test_matplotlib_draws_figures_and_of_charts_what_no_browser_takes() -> None:
    figure, chart = a_step(0, "a.png"), a_step(0, "a.html", "a.png", "a.svg", "a.pdf")
    chart = replace(chart, view="scores_by_task")
    assert drawn_images(figure, with_pictures=False) == ("a.png",)
    assert drawn_images(chart, with_pictures=False) == ("a.svg", "a.pdf")
    assert drawn_images(chart, with_pictures=True) == ("a.png", "a.svg", "a.pdf")
    numbers = replace(figure, view="compute_utilization", files=("compute_metrics.json",))
    assert drawn_images(numbers, with_pictures=True) == ()


@pytest.mark.slow
def test_a_chart_is_drawn_without_a_browser_as_large_as_its_scale_wants() -> None:
    chart = a_plan("one").steps[0]
    small, large = (
        draw_files(Job(chart, ("one.png",), ImageStyle(scale=scale))).files[0][1] for scale in (1, 2)
    )
    assert [png_size(png)[0] for png in (small, large)] == [700, 1400]
    paper = draw_files(Job(chart, ("one.png",), ImageStyle("paper", 1))).files[0][1]
    assert png_size(paper)[0] == 990  # 3.3 inches at 300 pixels each


@pytest.mark.slow
def test_the_chart_of_a_figure_is_made_with_its_images_and_shows_the_same_shapes() -> None:
    step = a_step(0, "a.html", "a.png")
    drawn = draw_files(Job(step, ("a.png",), with_chart=True))
    alone = draw_files(Job(step, (), with_chart=True))
    by_itself = KINDS[step.view].draw(step.content)
    assert isinstance(by_itself, Chart)
    assert drawn.chart == alone.chart == chart_state(by_itself.component, step.stem)
    assert (len(drawn.files), len(alone.files)) == (1, 0)


def test_few_figures_are_drawn_here() -> None:
    with drawing([a_job()]) as files_of:
        assert files_of is draw_files


@pytest.mark.slow
def test_the_browser_starts_at_once_but_not_beside_processes_that_draw(tmp_path: Path) -> None:
    chart = a_plan("one").steps[0]
    many, few = (Plan((chart, *map(a_step, range(number)))) for number in (FEWEST, 1))
    late, early = PlainCanvas(), PlainCanvas()
    execute(many, Folder(tmp_path / "many"), late, (), jobs=2)
    execute(few, Folder(tmp_path / "few"), early, (), jobs=2)
    assert (late.is_expecting, early.is_expecting) == (False, True)
    assert (tmp_path / "many" / "one.png").is_file()


@dataclass(frozen=True)
class Apart:
    """Figures that two processes drew: the third has a character that no font has, the fourth is broken."""

    jobs: Sequence[Job]
    drawn: Sequence[DrawnFiles]
    error: Exception
    messages: Sequence[str]


class Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@pytest.fixture(scope="module")
def apart() -> Apart:
    heard: list[str] = []
    listener = Listener(heard)
    jobs = [a_job(0), a_job(1), a_job(2, label="\U000f1234")]
    broken = a_job(3)._replace(step=replace(a_step(3), content="no figure"))
    logging.getLogger("vizspec").addHandler(listener)
    try:
        with drawing([*jobs, broken], 2, fewest=2) as files_of:
            with pytest.raises(AttributeError) as raised:
                files_of(broken)
            drawn = [files_of(job) for job in jobs]
    finally:
        logging.getLogger("vizspec").removeHandler(listener)
    return Apart(jobs, drawn, raised.value, heard)


@pytest.mark.slow
def test_figures_have_the_same_bytes_however_many_processes_draw_them(apart: Apart) -> None:
    assert list(apart.drawn) == [draw_files(job) for job in apart.jobs]


@pytest.mark.slow
def test_a_figure_that_fails_elsewhere_fails_alone(apart: Apart) -> None:
    assert isinstance(apart.error, AttributeError)
    assert apart.drawn[1].files[0][0] == "figure1.png"


@pytest.mark.slow
def test_what_is_warned_of_elsewhere_is_told_here(apart: Apart) -> None:
    assert any("missing from" in message or "glyph" in message.lower() for message in apart.messages)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a real scheduler with two workers, each a process."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dask's own
        quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
        with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **quiet) as started:
            yield started.scheduler_address


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_draws_the_same_bytes_and_what_fails_there_fails_alone(scheduler: str) -> None:
    jobs = [a_job(number) for number in range(3)]
    broken = a_job(3)._replace(step=replace(a_step(3), content="no figure"))
    with drawing([broken, *jobs], scheduler=scheduler, fewest=2) as files_of:
        with pytest.raises(AttributeError):
            files_of(broken)
        assert [files_of(job) for job in jobs] == [draw_files(job) for job in jobs]
