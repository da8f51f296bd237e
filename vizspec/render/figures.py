"""Figures drawn in several processes where there are many: the same bytes as in one, in less time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Literal, NamedTuple

from vizspec.plan.plan import Step
from vizspec.samples.parallel import executor, usable_cores
from vizspec.views import KINDS
from vizspec.views.base import Figure

FEWEST = 16
"""Fewer figures are drawn here: each process takes two seconds to import what it draws with."""

logger = logging.getLogger(__name__)


class DrawnFiles(NamedTuple):
    """The files of one figure, by name, and what was logged while they were drawn."""

    files: tuple[tuple[str, bytes], ...]
    warnings: tuple[str, ...] = ()


def is_figure(step: Step) -> bool:
    """Whether matplotlib draws the step: it is no chart, and all its files are images."""
    images = all(name.endswith((".png", ".svg")) for name in step.files)
    return KINDS[step.view].function is None and images


def draw_files(step: Step) -> DrawnFiles:
    """Draw a figure, in whatever process this is."""
    from vizspec.draw.figures.mpl import figure_bytes

    with _heard() as warnings:
        picture = KINDS[step.view].draw(step.content)
        if not isinstance(picture, Figure):
            raise TypeError(f"{step.view} gave no figure for {', '.join(step.files)}")
        files = tuple((name, figure_bytes(picture.figure, _format(name))) for name in step.files)
    return DrawnFiles(files, tuple(warnings))


@contextmanager
def drawing(
    steps: Sequence[Step], jobs: int | None = None, fewest: int = FEWEST
) -> Iterator[Callable[[Step], DrawnFiles]]:
    """Draws these figures, from `fewest` on in `jobs` processes (as many as there are cores if it is None).

    What is given tells the files of a step once they are there. What a figure raised, it raises; a figure
    whose process was killed is drawn here.
    """
    if len(steps) < fewest or (jobs or usable_cores()) == 1:
        yield draw_files
        return
    with executor(jobs) as pool:
        waiting: dict[str, Future[DrawnFiles]] = {step.id: pool.submit(draw_files, step) for step in steps}

        def files_of(step: Step) -> DrawnFiles:
            if step.id not in waiting:
                return draw_files(step)
            try:
                drawn = waiting.pop(step.id).result()
            except BrokenProcessPool:
                waiting.clear()
                return draw_files(step)
            for warning in drawn.warnings:
                logger.warning("%s", warning)
            return drawn

        yield files_of


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


def _format(name: str) -> Literal["png", "svg"]:
    return "svg" if name.endswith(".svg") else "png"
