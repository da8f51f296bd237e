"""Where there are many models: which of them a figure shows, in which order, and on how many pages. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil, fsum
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from vizspec.cells.labelled import Labelled
from vizspec.metrics.catalogue import Metric
from vizspec.text.messages import listed
from vizspec.text.natural_order import natural_key
from vizspec.views._notes import with_notes
from vizspec.views._scores import S, by_task
from vizspec.views.base import Content, Draft, Skip
from vizspec.views.entry import ChartEntry, Whole
from vizspec.views.selection import Selection

T = TypeVar("T")

MOST_NAMED = 10
"""So many of the models that a figure leaves out are named in its caption; of the others their number."""


class TopEntry(ChartEntry):
    """What entries may have that can show a part of the models."""

    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many models, the best by the metric; the caption names what is left out. null: all."""


Order = Literal["descending", "ascending", "name"]
"""By their values, the highest or the lowest first, or by their names."""


class SortedEntry(TopEntry):
    """What entries may have that can show a part of the models, and all in another order."""

    sort: Order | None = None
    """The order of the models: by their mean score, the highest or the lowest first, or by their names; null:
    that of the experiment."""


class ManyEntry(SortedEntry):
    """What entries may have besides that can show the models on several pages."""

    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many models one picture shows; the others are on further pages. null: as many as can be read."""


def best_first(values: Iterable[tuple[str, float | None]], metric: Metric) -> tuple[str, ...]:
    """The models of these (model, value), the best first: by the mean of each one's values.

    Where neither direction is better the highest comes first.
    """
    return by_mean(values, is_lowest_first=metric.better == "lower")


def by_mean(values: Iterable[tuple[str, float | None]], *, is_lowest_first: bool = False) -> tuple[str, ...]:
    """The names of these (name, value), the highest or the lowest mean of their values first.

    Equal ones stand in the order of their names.
    """
    found: dict[str, list[float]] = {}
    for name, value in values:
        if value is not None:
            found.setdefault(name, []).append(value)
    sign = 1 if is_lowest_first else -1
    means = {name: sign * fsum(known) / len(known) for name, known in found.items()}
    return tuple(sorted(means, key=lambda name: (means[name], natural_key(name))))


def in_order(
    names: Sequence[str], order: Order | None, best: Sequence[str], *, is_lower_better: bool = False
) -> tuple[str, ...]:
    """The names in the order that is asked for, of which these are the `best` first; None: as they are.

    Names that are not among the best come last.
    """
    if order is None:
        return tuple(names)
    if order == "name":
        return tuple(sorted(names, key=natural_key))
    is_best_first = (order == "descending") != is_lower_better
    places = {name: place for place, name in enumerate(best if is_best_first else best[::-1])}
    return tuple(sorted(names, key=lambda name: places.get(name, len(places))))


def models_in_order(
    entry: SortedEntry, models: Iterable[str], best: Sequence[str], metric: Metric
) -> tuple[str, ...]:
    """The models as the entry sorts them, each once; `best` are they by the metric, the best first."""
    there = tuple(dict.fromkeys(models))
    return in_order(there, entry.sort, best, is_lower_better=metric.better == "lower")


def ranked(selection: Selection, metric: Metric) -> tuple[str, ...]:
    """The labels of the models that have a value, the best first."""
    return best_first(((one.model, row.value) for one, row in selection.rows(metric)), metric)


def chosen(entry: TopEntry, selection: Selection, metric: Metric) -> Selection:
    """What the entry shows of the selection in this metric: all, or its best models."""
    if entry.top is None:
        return selection
    best = set(ranked(selection, metric)[: entry.top])
    return selection.part([one for one in selection.labelled if one.model in best])


def with_choice(
    caption: str, entry: TopEntry, models: Sequence[str], metric: Metric, what: str = "models"
) -> str:
    """The caption, a user's own too, with what `top` has left out of the models, the best of them first."""
    best = "best" if metric.better is not None else "highest"
    return with_left_out(caption, entry.top, models, best, what, f"mean {metric.label}")


def with_left_out(caption: str, top: int | None, models: Sequence[str], best: str, what: str, by: str) -> str:
    """The caption, a user's own too, with the models beyond the `top`, of these in their order."""
    if top is None or len(models) <= top:
        return caption
    rest = listed(models[top:], MOST_NAMED)
    choice = f"the {top} {best} of {len(models)} {what} by their {by}; left out: {rest}"
    return with_notes(caption, choice)


def even(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """The items in their order, in as few parts of at most so many as can be, as even as can be."""
    count = max(1, ceil(len(items) / most))
    sizes = [len(items) // count + (part < len(items) % count) for part in range(count)]
    starts = [sum(sizes[:part]) for part in range(count)]
    return [items[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def part_of(scores: S, models: Iterable[str], tasks: Iterable[str] | None = None) -> S:
    """The scores of these models, and of these tasks alone where they are named."""
    shown, of_tasks = set(models), set(scores.tasks if tasks is None else tasks)
    colour_of = dict(zip(scores.models, scores.colours, strict=True)) if scores.colours else {}
    rows = tuple(row for row in scores.rows if row.model in shown and row.task in of_tasks)
    part = replace(scores, rows=rows, colours=())
    return replace(part, colours=tuple(colour_of[model] for model in part.models if colour_of))


def on_pages(
    draft: Draft[Content], contents: Sequence[Content], what: str = "models"
) -> Iterator[Draft[Content]]:
    """The draft with each of the contents on a page of its own; what it leaves out is told on the first."""
    if len(contents) == 1:
        yield replace(draft, content=contents[0])
        return
    note = f"more {what} than one picture has room for: {len(contents)} pages"
    for number, content in enumerate(contents, 1):
        yield replace(
            draft,
            content=content,
            notes=(note, *draft.notes) if number == 1 else (),
            parts=(*draft.parts, ("page", str(number))),
            page=(number, len(contents)),
        )


def drafts_by_task(
    entry: TopEntry,
    selection: Selection,
    metric: Metric,
    of_task: Callable[[Selection, Sequence[Labelled], str], Draft[Content] | Skip],
    in_pages: Callable[[Content], Sequence[Content]],
    what: str = "models",
) -> Iterator[Draft[Content] | Skip]:
    """A draft for each task of what the entry shows, on the pages it needs, with what `top` has left out."""
    shown = chosen(entry, selection, metric)
    best = ranked(selection, metric)
    for task, members in by_task(shown.labelled):
        whole = of_task(shown, members, task)
        if isinstance(whole, Skip):
            yield whole
        else:
            caption = with_choice(whole.caption, entry, best, metric)
            yield from on_pages(replace(whole, caption=caption), in_pages(whole.content), what)
