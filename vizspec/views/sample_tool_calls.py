"""Which tools were called, message by message, in each sample of an evaluation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from vizspec.cells.column_texts import Labels
from vizspec.cells.facets import facets_of
from vizspec.cells.labelled import Labelled
from vizspec.draw.charts import tool_calls as ch
from vizspec.draw.charts.label_texts import chart_texts, shortened
from vizspec.draw.palette import categorical, distinct
from vizspec.draw.shapes.model import Axis, Cells, Panel, Shapes, TextMarks
from vizspec.samples.scored import ToolCalls
from vizspec.text.messages import counted
from vizspec.text.natural_order import natural_key
from vizspec.text.slugs import slug
from vizspec.views import _room, _shapes
from vizspec.views._many import Order, even, in_order, on_pages, with_left_out
from vizspec.views.base import (
    DRAWN_FORMATS,
    Chart,
    Draft,
    Kind,
    Skip,
)
from vizspec.views.entry import (
    ChartEntry,
    Need,
    Whole,
    as_options,
)
from vizspec.views.selection import Selection

MOST_SAMPLES = 200
"""Rows of one chart; more go on further pages."""
MOST_EVALUATIONS = 100
"""Nobody looks at more charts than these."""
ROW_PIXELS = 14
FRAME_PIXELS = 110
FEWEST_ROWS = 6
TITLE_BESIDE = 100
"""Pixels beside the frame, over whose middle the title stands."""
MOST_TICKS = 10
LIMIT_SIZE = 0.85
"""Of the limit at the end of a row, against the labels of axes."""


class SampleToolCalls(ChartEntry):
    """Which tools were called, message by message, in each sample, one chart an evaluation."""

    instead_of: ClassVar[Mapping[str, str]] = as_options("x_label", "y_label")
    view: Literal["sample_tool_calls"]
    tools: tuple[str, ...] | None = None
    """The tools to show, in this order; null: all that were called."""
    top: Annotated[Whole, Field(ge=1)] | None = None
    """Only so many samples, those with the most calls; the caption names what is left out. null: all."""
    sort: Order | None = None
    """The order of the samples: by their calls, the most or the fewest first, or by their names; null: by
    their names."""
    limit: Annotated[Whole, Field(ge=1)] | None = None
    """How many samples one picture shows; the others are on further pages. null: as many as can be read."""


@dataclass(frozen=True)
class Calls:
    """The calls of one evaluation, an entry each, samples in order."""

    entry: SampleToolCalls
    sample: tuple[str, ...]
    message: tuple[int, ...]
    tool: tuple[str, ...]
    limit: tuple[str | None, ...]
    samples: tuple[str, ...]
    tools: tuple[str, ...]
    title: str


def plan(entry: SampleToolCalls, selection: Selection) -> Iterator[Draft[Calls] | Skip]:
    found = {one: selection.calls.get(one.cell) for one in selection.labelled}
    called = {one: calls for one, calls in found.items() if isinstance(calls, ToolCalls) and calls.tool}
    if not called:
        yield Skip("no tool was called in any sample")
    if len(called) > MOST_EVALUATIONS:
        yield Skip(f"it makes a chart each of {len(called):,} evaluations: choose some by `where`")
        return
    for one, calls in called.items():
        yield from _of_evaluation(entry, one, calls, selection.labels)


def _of_evaluation(
    entry: SampleToolCalls, one: Labelled, calls: ToolCalls, labels: Labels
) -> Iterator[Draft[Calls] | Skip]:
    tools = entry.tools or tuple(dict.fromkeys(calls.tool))
    rows = [
        row
        for row in zip(calls.sample, calls.message, calls.tool, calls.limit, strict=True)
        if row[2] in tools
    ]
    name = f"{one.model} · {one.task}"
    if not rows:
        yield Skip(f"none of {', '.join(tools)} was called by {name}")
        return
    calls_of = Counter(sample for sample, *_ in rows)
    every = sorted(calls_of, key=natural_key)
    most = sorted(every, key=lambda sample: -calls_of[sample])
    there = set(most[: entry.top])
    samples = [sample for sample in in_order(every, entry.sort, most) if sample in there]
    rows = [row for row in rows if row[0] in there]
    title = f"Tool calls: {name}"
    caption = f"{title}, {counted(len(rows), 'call')} in {counted(len(samples), 'sample')}."
    caption = entry.caption_or(caption)
    caption = with_left_out(caption, entry.top, most, "highest", "samples", "number of calls")
    hidden = len(rows) - len({row[:2] for row in rows})
    notes = (f"{counted(hidden, 'call')} hidden behind others of one message",) if hidden else ()
    contents = []
    for some in even(samples, entry.limit or MOST_SAMPLES):
        shown = set(some)
        sample, message, tool, limit = zip(*(row for row in rows if row[0] in shown), strict=True)
        contents.append(Calls(entry, sample, message, tool, limit, tuple(some), tools, title))
    whole = Draft(
        contents[0],
        title,
        caption,
        notes=notes,
        parts=(("task", one.task), ("model", slug(one.model))),
        facets=facets_of(one.cell, labels),
    )
    yield from on_pages(whole, contents, "samples")


def draw(content: Calls) -> Chart:
    entry = content.entry
    tools, samples = chart_texts(content.tools), chart_texts(content.samples)
    columns: dict[str, Sequence[Any]] = {
        ch.SAMPLE: [samples[name] for name in content.sample],
        ch.MESSAGE: list(content.message),
        ch.TOOL: [tools[name] for name in content.tool],
        ch.LIMIT: list(content.limit),
    }
    width = entry.width or _room.DEFAULT_WIDTH
    names = list(tools.values())
    arguments = {
        "tools": names,
        "title": shortened(content.title, _room.title_limit(width - TITLE_BESIDE)),
        "width": width,
        "height": entry.height or _height(content),
        "x_ticks": [message for _, message in _message_ticks(content)],
        "y_domain": list(samples.values()),
        "color_range": list(_colours(names)),
        **entry.options,
    }
    return Chart(ch.tool_calls(columns, arguments, _room.legend_columns(names, width)))


def _height(content: Calls) -> float:
    return FRAME_PIXELS + ROW_PIXELS * max(len(content.samples), FEWEST_ROWS)


def _colours(tools: Sequence[str]) -> tuple[str, ...]:
    return distinct([style.colour for style in categorical(tools).values()])


def shapes(content: Calls) -> Shapes:
    """A cell for each call, in the colour of its tool, and the limit at the end of a row."""
    entry = content.entry
    tools, samples = chart_texts(content.tools), chart_texts(content.samples)
    colours = dict(zip(content.tools, _colours(list(tools.values())), strict=True))
    messages = sorted(set(content.message))
    cells = Cells(
        tuple(map(str, content.message)),
        tuple(samples[name] for name in content.sample),
        tuple(colours[name] for name in content.tool),
        ("",) * len(content.tool),
    )
    ended: dict[str, str] = {}
    for name, limit in zip(content.sample, content.limit, strict=True):
        if limit is not None:
            ended.setdefault(samples[name], limit)
    beyond = (len(messages) - 0.4,) * len(ended)
    texts = TextMarks(
        beyond, tuple(ended), tuple(map(shortened, ended.values())), size=LIMIT_SIZE, anchor="left"
    )
    ticks = tuple((float(rank), str(message)) for rank, message in _message_ticks(content))
    x = Axis("Message", tuple(map(str, messages)), ticks=ticks)
    y = Axis("Sample", tuple(samples.values()), ticks=())
    return Shapes(
        (Panel((cells, texts) if ended else (cells,), x, y),),
        content.title,
        width=entry.width or _room.DEFAULT_WIDTH,
        height=entry.height or _height(content),
        legend=_shapes.legend(list(tools.values()), tuple(colours.values())),
    )


def _message_ticks(content: Calls) -> tuple[tuple[int, int], ...]:
    """The messages that have a tick, with their ranks: some ten of those in which a tool was called."""
    messages = sorted(set(content.message))
    every = -(-len(messages) // MOST_TICKS)
    return tuple(enumerate(messages))[::every]


KIND = Kind(
    entry=SampleToolCalls,
    plan=plan,
    draw=draw,
    shapes=shapes,
    formats=DRAWN_FORMATS,
    skips="no tool was called in any sample",
    many=f"{MOST_SAMPLES} samples; of more than {MOST_EVALUATIONS} evaluations none, with the reason",
    needs=frozenset({Need.TOOL_CALLS}),
    function="sample_tool_calls",
    reserved=("data", "x", "y", "tool", "limit", "marks"),
    name="{view}_{experiment}_{task}_{model}_{page}",
)
