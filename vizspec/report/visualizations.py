"""The figures of this run, and everything that was not drawn, with reasons and places."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Step
from vizspec.report.material import Material
from vizspec.report.model import File, NotDrawn, ReportFigure, Visualizations
from vizspec.report.table import TableColumn, TextTable, table_of
from vizspec.text.messages import capitalized, counted
from vizspec.views import KINDS
from vizspec.views.base import Grid

ACRONYMS = {"roc": "ROC"}
"""Words of the views' names that are written in capitals."""

_IMAGES = ("png", "svg")
_FIGURES = ("html", *_IMAGES, "pdf")
_LABELS = {
    "html": "Interactive figure",
    "png": "PNG",
    "svg": "SVG",
    "pdf": "PDF",
    "json": "Data (JSON)",
    "csv": "Data (CSV)",
}


def visualizations(material: Material) -> tuple[Visualizations, ...]:
    """The section, where the spec asks for any output."""
    if not material.outcomes:
        return ()
    made = [
        (is_data(outcome), _figure(outcome, outcome.step, material.report.path))
        for outcome in material.outcomes
        if isinstance(outcome.step, Step) and outcome.written
    ]
    figures = _by_view([figure for data, figure in made if not data])
    files = tuple(figure for data, figure in made if data)
    index = material.attachments.index
    page = File(seen_from(material.report.path, index), posixpath.basename(index)) if index else None
    return (Visualizations(figures, tuple(_not_drawn(material)), page, files),)


def seen_from(report: str, path: str) -> str:
    """A path inside the output folder as the report, which stands there too, has to write it."""
    return posixpath.relpath(path, posixpath.dirname(report) or ".")


def is_data(outcome: Outcome) -> bool:
    """Whether an output is numbers in a file, and no figure."""
    names = outcome.step.files if isinstance(outcome.step, Step) else ()
    return bool(names) and not any(name.rpartition(".")[2] in _FIGURES for name in names)


def _figure(outcome: Outcome, step: Step, report: str) -> ReportFigure:
    files = [File(seen_from(report, name), _label(name)) for name in outcome.written]
    image = next((f for suffix in _IMAGES for f in files if f.path.endswith(f".{suffix}")), None)
    linked = tuple(file for file in files if file != image)
    return ReportFigure(
        step.title,
        _alt(step),
        step.caption,
        image,
        linked,
        step.notes,
        _table(step.grid),
        view_words(step.view),
    )


def view_words(view: str) -> str:
    """What readers call a view: `Scores by task` for `scores_by_task`."""
    return capitalized(" ".join(ACRONYMS.get(word, word) for word in view.split("_")))


def _by_view(figures: Sequence[ReportFigure]) -> tuple[ReportFigure, ...]:
    """The figures, those of one view together where the first of them stood."""
    views = list(dict.fromkeys(figure.view for figure in figures))
    return tuple(sorted(figures, key=lambda figure: views.index(figure.view)))


def _table(grid: Grid | None) -> TextTable | None:
    """The table with its numbers to the right."""
    if grid is None:
        return None
    texts = zip(grid.headers, *grid.rows, strict=True)
    columns = [TableColumn(header, tuple(column), "right") for header, *column in texts]
    return table_of([replace(columns[0], align="left"), *columns[1:]])


def _alt(step: Step) -> str:
    """What the picture shows, in words: its kind's, since its title stands above it."""
    kind = KINDS.get(step.view)
    shown = kind.entry.__doc__ if kind is not None else None
    return (shown or step.title).partition(";")[0].rstrip(".")


def _label(name: str) -> str:
    suffix = name.rpartition(".")[2]
    return _LABELS.get(suffix, suffix.upper())


def _not_drawn(material: Material) -> Iterator[NotDrawn]:
    """Whole outputs one by one; files of outputs that are there, together where they share a reason."""
    for outcome in material.outcomes:
        if not outcome.written:
            yield NotDrawn(outcome.step.id, _reason(outcome), _place(material, outcome.step.entry))
    for reason, files in _missing_files(material.outcomes).items():
        entries = list(dict.fromkeys(entry for entry, _ in files))
        what = files[0][1] if len(files) == 1 else _several([name for _, name in files])
        places = ", ".join(_place(material, entry) for entry in entries)
        yield NotDrawn(what, reason, places)


def _reason(missing: Outcome | FileOutcome) -> str:
    """Why an output, or one of its files, is not there."""
    reason = missing.reason or "no reason is known"
    return f"failed: {reason}" if missing.status is OutputStatus.FAILED else reason


def _missing_files(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for outcome in outcomes:
        if outcome.written:
            for file in outcome.files:
                if file.status in (OutputStatus.SKIPPED, OutputStatus.FAILED):
                    found.setdefault(_reason(file), []).append((outcome.step.entry, file.name))
    return found


def _several(names: Sequence[str]) -> str:
    suffixes = {name.rpartition(".")[2] for name in names}
    kind = f"{suffixes.pop().upper()} file" if len(suffixes) == 1 else "file"
    return f"{counted(len(names), kind)}"


def _place(material: Material, entry: int) -> str:
    places = material.attachments.places
    return places[entry] if entry < len(places) else f"views[{entry}]"
