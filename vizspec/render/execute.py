"""Execute a plan: draw every step, write its files, and keep one failure from taking the rest.

Nothing is decided here. A step whose fingerprint and files are those of the last render is left as it is.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from vizspec.errors import UserError
from vizspec.output.folder import Files
from vizspec.plan.outcomes import Earlier, FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Plan, Skipped, Step
from vizspec.render.canvas import STAND_IN, Canvas, Failure
from vizspec.render.figures import (
    DrawnFiles,
    Job,
    are_drawn_apart,
    draw_files,
    drawing,
    drawn_images,
    is_chart,
)
from vizspec.text.digests import content_sha256
from vizspec.views import KINDS
from vizspec.views.base import Chart, Data, Picture
from vizspec.views.program import Program

if TYPE_CHECKING:
    from vizspec.draw.pages.parts import Page

T = TypeVar("T")


NOT_ASKED_FOR = "not asked for by --only"
NOT_ALLOWED = "it runs a program of yours, which --allow-scripts allows, but never with --untrusted"


RunPrograms = Callable[[Program], Mapping[str, bytes | Failure]]
"""Runs a program: what it made, by name, or why not."""


@dataclass(frozen=True)
class Executed:
    """The outcome of every planned output, what identifies each, and the pictures that were drawn.

    `loads` are the files that each page loads that was made, by the page's name.
    """

    outcomes: tuple[Outcome, ...]
    fingerprints: Mapping[str, str]
    components: Mapping[str, Any] = field(default_factory=dict)
    loads: Mapping[str, tuple[FileOutcome, ...]] = field(default_factory=dict)


def fingerprint(step: Step, context: Sequence[str]) -> str:
    """What identifies the output of a step: its whole content, and `context` (versions, output settings)."""
    content = repr((tuple(context), step.view, step.files, step.title, step.content))
    return hashlib.sha256(content.encode()).hexdigest()


def execute(
    plan: Plan,
    folder: Files,
    canvas: Canvas,
    context: Sequence[str],
    *,
    earlier: Mapping[str, Earlier] | None = None,
    only: Container[int] | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
    jobs: int | None = None,
    scheduler: str | None = None,
    run: RunPrograms | None = None,
) -> Executed:
    """Draw and write every step that is not as the last render left it.

    Many figures are drawn in `jobs` processes, or on the Dask cluster at the address `scheduler`.

    `only` are the entries to make; of the others, what is there and current stays, and nothing is made.
    `run` runs a program of the user's; None: that is not allowed, and its outputs are skipped.
    """
    prints = {step.id: fingerprint(step, context) for step in plan.steps}
    work = _Work(folder, canvas, prints, earlier or {}, cache(run) if run is not None else None)
    due = [step for step in plan.steps if work.is_due(step, is_asked_for=only is None or step.entry in only)]
    due_jobs = [job for step in due if not (job := work.job_of(step)).is_empty]
    # A browser beside processes that draw would have the render hold twice the memory.
    is_crowded = scheduler is None and are_drawn_apart(due_jobs, jobs, scheduler)
    if not is_crowded and any(work.picture_of(step) is not None for step in due):
        canvas.expect_pictures()
    with drawing(due_jobs, jobs, scheduler) as files_of:
        for place, step in enumerate(due):
            progress("drawing", place, len(due))
            work.make(step, files_of)
    for place, total in work.take_pictures():
        progress("taking pictures", place, total)
    outcomes = tuple(
        Outcome(output)
        if isinstance(output, Skipped)
        else Outcome(output, _in_order(output, work.files[output.id]))
        for output in plan.outputs
    )
    return Executed(outcomes, work.fingerprints, work.components, work.loads)


def _in_order(step: Step, files: Sequence[FileOutcome]) -> tuple[FileOutcome, ...]:
    """The files as the step names them, whichever was made first: a second render tells the same."""
    places = {name: place for place, name in enumerate(step.files)}
    return tuple(sorted(files, key=lambda file: places.get(file.name, len(places))))


class _Work:
    """One execution: what became of each step's files so far, and the charts that await their picture."""

    def __init__(
        self,
        folder: Files,
        canvas: Canvas,
        fingerprints: Mapping[str, str],
        earlier: Mapping[str, Earlier],
        run: RunPrograms | None,
    ) -> None:
        self._folder = folder
        self._canvas = canvas
        self._earlier = earlier
        self._run = run
        self._sha256 = cache(folder.sha256)
        self._loaded: dict[str, FileOutcome] = {}
        self._charts: list[tuple[Step, Any]] = []
        self.fingerprints = fingerprints
        self.files: dict[str, list[FileOutcome]] = {}
        self.components: dict[str, Any] = {}
        self.loads: dict[str, tuple[FileOutcome, ...]] = {}

    def is_due(self, step: Step, is_asked_for: bool) -> bool:
        """Whether the step is to be made: it is asked for, and not as it would be made now."""
        known = self._earlier.get(step.id)
        now = self.fingerprints[step.id]
        unchanged = None
        if known is not None and known.fingerprint == now:
            unchanged = self._unchanged(step, known)
        if unchanged is not None:
            self.files[step.id] = unchanged
        elif not is_asked_for:
            self.files[step.id] = [
                FileOutcome(name, OutputStatus.SKIPPED, NOT_ASKED_FOR) for name in step.files
            ]
        return unchanged is None and is_asked_for

    def job_of(self, step: Step) -> Job:
        """The images of the step that matplotlib draws, and its chart where that shows the same."""
        names = drawn_images(step, with_pictures=self._canvas.draws_pictures)
        with_chart = KINDS[step.view].chart_of is not None and any(
            name.endswith(".html") for name in step.files
        )
        return Job(step, names, self._canvas.look, with_chart)

    def picture_of(self, step: Step) -> str | None:
        """The file of the step that a browser takes, or would take; None where it takes none."""
        drawn = self.job_of(step).names
        return next((n for n in step.files if n.endswith(".png") and is_chart(step) and n not in drawn), None)

    def make(self, step: Step, files_of: Callable[[Job], DrawnFiles]) -> None:
        """Draw the step, and write all but what a browser takes; `files_of` gives the images of a job."""
        job = self.job_of(step)
        rest = [name for name in step.files if name not in job.names]
        first = next(iter(job.names), step.files[0])
        drawn = None if job.is_empty else _guarded(first, partial(files_of, job))
        parts: list[list[FileOutcome] | FileOutcome] = []
        if rest:
            parts.append(_guarded(rest[0], partial(self._drawn_and_written, step, rest, drawn)))
        if isinstance(drawn, DrawnFiles):
            parts.append(_guarded(first, partial(self._put_images, job, drawn)))
        elif drawn is not None and job.names:
            parts.append(drawn)
        written = [[part] if isinstance(part, FileOutcome) else part for part in parts]
        self.files[step.id] = [file for files in written for file in files]

    def take_pictures(self) -> Iterator[tuple[int, int]]:
        """Take the pictures of all charts; yields (taken, of how many)."""
        for place, (step, result) in enumerate(_pictures(self._canvas, self._charts), 1):
            name = self.picture_of(step) or step.files[0]
            self.files[step.id].append(self._picture_file(step, name, result))
            yield place, len(self._charts)

    def _picture_file(self, step: Step, name: str, result: bytes | Failure) -> FileOutcome:
        """The picture that a browser took; of a chart that fails there one is drawn, where that is wanted."""
        if not isinstance(result, Failure):
            return _put(name, result, self._folder)
        is_drawn = name in drawn_images(step, with_pictures=True)
        if result.is_skip or not is_drawn or not self._canvas.replaces_failed:
            return _failed(name, result)
        job = Job(step, (name,), self._canvas.look)
        drawn = _guarded(name, partial(draw_files, job))
        if isinstance(drawn, FileOutcome):
            return _failed(name, result)
        ((_, content),) = drawn.files
        note = f"{STAND_IN}, as the browser took no picture: {result.reason}"
        return replace(_put(name, content, self._folder), note=note, traceback=result.traceback)

    def _put_images(self, job: Job, drawn: DrawnFiles) -> list[FileOutcome]:
        note = self._canvas.stand_in if is_chart(job.step) else None
        put = [_put(name, content, self._folder) for name, content in drawn.files]
        return [replace(file, note=note if file.name.endswith(".png") else None) for file in put]

    def _drawn_and_written(
        self, step: Step, names: Sequence[str], drawn: DrawnFiles | FileOutcome | None
    ) -> list[FileOutcome]:
        picture = _picture_of(step, drawn)
        if isinstance(picture, Data):
            return [_put(name, picture.content, self._folder) for name in names]
        if isinstance(picture, Program):
            return self._made_by(picture, names)
        if not isinstance(picture, Chart):
            raise TypeError(f"{step.view} gave a figure for {', '.join(names)}")
        pages = [name for name in names if name.endswith(".html")]
        written = [self._put_page(name, self._canvas.page(step, picture.component)) for name in pages]
        self.components[step.id] = picture.component
        self._charts += [(step, picture.component)] if self.picture_of(step) is not None else []
        return written

    def _made_by(self, program: Program, names: Sequence[str]) -> list[FileOutcome]:
        """What a program made of these files; it runs once for all outputs of its entry."""
        if self._run is None:
            return [FileOutcome(name, OutputStatus.SKIPPED, NOT_ALLOWED) for name in names]
        made = self._run(program)
        results = {name: made[name] for name in names}
        return [
            _failed(name, result) if isinstance(result, Failure) else _put(name, result, self._folder)
            for name, result in results.items()
        ]

    def _unchanged(self, step: Step, known: Earlier) -> list[FileOutcome] | None:
        """The step's files where all of them, and what its page loads, are as the last render left them.

        A picture that was not made, and cannot be made now, is skipped again; one that stood in for another
        is not left where a browser can take it.
        """
        no_pictures, folder = self._canvas.no_pictures, self._folder
        missing = set(step.files) - set(known.files)
        if missing and not (no_pictures is not None and missing == {self.picture_of(step)}):
            return None
        if known.notes and not self._canvas.draws_pictures and no_pictures is None:
            return None
        if any(self._sha256(name) != digest for name, digest in {**known.files, **known.loads}.items()):
            return None
        reason = no_pictures.reason if no_pictures is not None else None
        return [
            FileOutcome(name, OutputStatus.SKIPPED, reason)
            if name in missing
            else replace(
                _file(name, OutputStatus.UNCHANGED, folder.read(name) or b""), note=known.notes.get(name)
            )
            for name in step.files
        ]

    def _put_page(self, name: str, page: Page) -> FileOutcome:
        loads = tuple(self._put_once(path, content) for path, content in page.loads.items())
        failed = next((file for file in loads if file.status is OutputStatus.FAILED), None)
        if failed is not None:
            return FileOutcome(name, OutputStatus.FAILED, failed.reason)
        done = _put(name, page.text.encode("utf-8", "replace"), self._folder)
        if done.status is OutputStatus.MADE:
            self.loads[name] = loads
        return done

    def _put_once(self, name: str, content: bytes) -> FileOutcome:
        """Write what many pages load where it is not there yet."""
        if name not in self._loaded:
            is_there = self._folder.read(name) == content
            done = (
                _file(name, OutputStatus.UNCHANGED, content)
                if is_there
                else _put(name, content, self._folder)
            )
            self._loaded[name] = done
        return self._loaded[name]


def components(steps: Iterable[Step]) -> dict[str, Any]:
    """The inspect-viz component of every chart among the steps that can be drawn, by step id."""
    drawn = ((step, _guarded(step.files[0], partial(_drawn, step))) for step in steps)
    return {step.id: picture.component for step, picture in drawn if isinstance(picture, Chart)}


def _picture_of(step: Step, drawn: DrawnFiles | FileOutcome | None) -> Picture:
    """What was drawn with the images, and else here; where an image failed, too: the page may be well."""
    if isinstance(drawn, DrawnFiles) and drawn.chart is not None:
        return Chart(drawn.chart)
    return _drawn(step)


def _drawn(step: Step) -> Picture:
    return KINDS[step.view].draw(step.content)


def _guarded(name: str, make: Callable[[], T]) -> T | FileOutcome:
    """What `make` makes, or the failure of the file that it ends in, with its traceback."""
    try:
        return make()
    except Exception as error:  # whatever a view meets must not take the other views with it
        reason = f"{type(error).__name__}: {error}"
        return FileOutcome(name, OutputStatus.FAILED, reason, traceback=traceback.format_exc())


def _pictures(canvas: Canvas, charts: Sequence[tuple[Step, Any]]) -> Iterator[tuple[Step, bytes | Failure]]:
    """A picture of each chart; where no more can be taken, the reason for each that is missing."""
    waiting = {step.id: step for step, _ in charts}
    try:
        for step, result in canvas.pictures(charts) if charts else ():
            del waiting[step.id]
            yield step, result
    except UserError as error:
        yield from ((step, Failure(str(error))) for step in waiting.values())
    except Exception as error:  # whatever pictures meet must not take the report with them
        failure = Failure(f"{type(error).__name__}: {error}", traceback=traceback.format_exc())
        yield from ((step, failure) for step in waiting.values())


def _failed(name: str, failure: Failure) -> FileOutcome:
    status = OutputStatus.SKIPPED if failure.is_skip else OutputStatus.FAILED
    return FileOutcome(name, status, failure.reason, traceback=failure.traceback)


def _put(name: str, content: bytes, folder: Files) -> FileOutcome:
    try:
        folder.write(name, content)
    except OSError as error:
        return FileOutcome(
            name, OutputStatus.FAILED, f"'{name}' cannot be written: {error.strerror or error}"
        )
    return _file(name, OutputStatus.MADE, content)


def _file(name: str, status: OutputStatus, content: bytes) -> FileOutcome:
    return FileOutcome(name, status, sha256=content_sha256(content), size=len(content))
