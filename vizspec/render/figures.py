"""Figures drawn in several processes where there are many: the same bytes as in one, in less time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from vizspec.draw.figures.mpl import FIGURE_SCALE, ImageFormat
from vizspec.draw.pages.state import ChartState, chart_state
from vizspec.draw.shapes.figure_size import FigureStyle
from vizspec.draw.shapes.model import Shapes
from vizspec.plan.plan import Step
from vizspec.samples.cluster import Cluster
from vizspec.samples.parallel import executor, usable_cores
from vizspec.views import KINDS

FEWEST = 32
"""Fewer figures are drawn here: each process takes two seconds to import what it draws with."""

PRINT_SCALE = 3.0
"""The least scale of PNGs on paper: 300 pixels an inch."""
DRAWN_BESIDE = (".svg", ".pdf")
IMAGES = (".png", *DRAWN_BESIDE)

logger = logging.getLogger(__name__)


class DrawnFiles(NamedTuple):
    """The files of one figure, by name, what was logged while they were drawn, and the chart of its page, if
    that was asked for.
    """

    files: tuple[tuple[str, bytes], ...]
    warnings: tuple[str, ...] = ()
    chart: ChartState | None = None


@dataclass(frozen=True)
class ImageStyle:
    """How a render's images are drawn: `scale` is that of PNGs of charts."""

    style: FigureStyle = "screen"
    scale: float = FIGURE_SCALE


class Job(NamedTuple):
    """Images to be drawn of a step: these of its files; and its chart, where that shows the same shapes."""

    step: Step
    names: tuple[str, ...]
    look: ImageStyle = ImageStyle()
    with_chart: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.names or self.with_chart)


def is_chart(step: Step) -> bool:
    """Whether a view or plot of inspect-viz is the step: as a page, and as a picture of it."""
    return KINDS[step.view].function is not None


def drawn_images(step: Step, *, with_pictures: bool) -> tuple[str, ...]:
    """The files of a step that matplotlib draws: its images, those of charts `with_pictures` or without.

    A chart without shapes cannot be drawn so; a browser takes its picture, or none.
    """
    kind = KINDS[step.view]
    if kind.runs_program or step.is_browser_alone or (is_chart(step) and kind.shapes is None):
        return ()
    suffixes = DRAWN_BESIDE if is_chart(step) and not with_pictures else IMAGES
    return tuple(name for name in step.files if name.endswith(suffixes))


def draw_files(job: Job) -> DrawnFiles:
    """Draw a step's images, in whatever process this is."""
    from vizspec.draw.figures.mpl import figure_bytes

    kind, look = KINDS[job.step.view], job.look
    scale = look.scale if is_chart(job.step) else FIGURE_SCALE
    if look.style == "paper":
        scale = max(scale, PRINT_SCALE)
    with _heard() as warnings:
        shapes = kind.shapes(job.step.content) if kind.shapes is not None else None
        chart = _chart(job, shapes) if job.with_chart and shapes is not None else None
        figure: Any = _figure(job, shapes) if job.names else None
        files = tuple((name, figure_bytes(figure, _format(name), scale, look.style)) for name in job.names)
    return DrawnFiles(files, tuple(warnings), chart)


def _chart(job: Job, shapes: Shapes) -> ChartState:
    chart_of = KINDS[job.step.view].chart_of
    assert chart_of is not None
    return chart_state(chart_of(job.step.content, shapes), job.step.stem)


def _figure(job: Job, shapes: Shapes | None) -> Any:
    from vizspec.draw.figures.shapes import figure_of

    if shapes is None:
        raise TypeError(f"{job.step.view} has no shapes for {', '.join(job.names)}")
    return figure_of(shapes, job.look.style)


def are_drawn_apart(
    jobs: Sequence[Job], processes: int | None, scheduler: str | None, fewest: int = FEWEST
) -> bool:
    """Whether other processes draw these images: there are many, and more than one can be used."""
    is_alone = scheduler is None and (processes or usable_cores()) == 1
    return len(jobs) >= fewest and not is_alone


@contextmanager
def drawing(
    jobs: Sequence[Job],
    processes: int | None = None,
    scheduler: str | None = None,
    fewest: int = FEWEST,
) -> Iterator[Callable[[Job], DrawnFiles]]:
    """Draws these images, from `fewest` on in so many processes (None: as many as there are cores).

    With a `scheduler` they are drawn on the Dask cluster at that address.
    What is given tells the files of a job once they are there. What a figure raised, it raises; a figure
    whose process was killed, and what a cluster lost or failed at, is drawn here.
    """
    if not are_drawn_apart(jobs, processes, scheduler, fewest):
        yield draw_files
        return
    with executor(processes, scheduler) as pool:
        apart = _of_cluster(pool, jobs) if isinstance(pool, Cluster) else _of_processes(pool, jobs)

        def files_of(job: Job) -> DrawnFiles:
            drawn = apart(job)
            if drawn is None:
                return draw_files(job)
            for warning in drawn.warnings:
                logger.warning("%s", warning)
            return drawn

        yield files_of


Apart = Callable[[Job], DrawnFiles | None]
"""What was drawn elsewhere; None where it was not."""


def _of_processes(pool: Executor, jobs: Sequence[Job]) -> Apart:
    waiting: dict[str, Future[DrawnFiles]] = {job.step.id: pool.submit(draw_files, job) for job in jobs}

    def drawn(job: Job) -> DrawnFiles | None:
        if job.step.id not in waiting:
            return None
        try:
            return waiting.pop(job.step.id).result()
        except BrokenProcessPool:
            waiting.clear()
            return None

    return drawn


def _of_cluster(cluster: Cluster, jobs: Sequence[Job]) -> Apart:
    coming = cluster.outcomes(draw_files, jobs)
    there: dict[str, DrawnFiles | None] = {}
    asked = {job.step.id for job in jobs}

    def drawn(job: Job) -> DrawnFiles | None:
        while job.step.id in asked:
            place, done = next(coming)
            asked.discard(jobs[place].step.id)
            there[jobs[place].step.id] = done[0] if done is not None else None
        return there.pop(job.step.id, None)

    return drawn


class _Listener(logging.Handler):
    """Keeps what is warned of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What is warned of meanwhile, for the process that asked."""
    listener, package = _Listener(), logging.getLogger("vizspec")
    package.addHandler(listener)
    try:
        yield listener.warnings
    finally:
        package.removeHandler(listener)


def _format(name: str) -> ImageFormat:
    suffix = name.rpartition(".")[2]
    return next(known for known in get_args(ImageFormat) if known == suffix)
