"""The entry of a plot: its marks, axes, colours, panels, inputs and interactors, as the language has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from vizspec.errors import Loc
from vizspec.views._frame_entry import PlacedName, RowsEntry
from vizspec.views._plot_language import COLOURS, TransformedColumn, columns_of, part_of
from vizspec.views.entry import Model, Truth
from vizspec.views.sample_matching import Scalar

Scale = Literal["linear", "log", "symlog", "sqrt", "pow", "time", "utc", "band", "point"]


class AxisKeys(Model):
    """How an axis is drawn."""

    label: str | None = None
    """Its name; null: those of the columns on it."""
    scale: Scale | None = None
    """Its scale; null: as its values need."""
    domain: Annotated[tuple[Scalar, ...], Field(min_length=2)] | None = None
    """Its ends, or its categories in their order; null: those of the rows."""
    format: str | None = None
    """How its numbers are written, such as `.0%` or `~s`."""
    grid: Truth = False
    """Whether lines stand behind the marks at its ticks."""


class ColourKeys(Model):
    """How colours are given to values."""

    label: str | None = None
    """What the legend calls them; null: the column."""
    scale: Literal["categorical", "ordinal", "linear", "log", "sqrt", "symlog", "diverging"] | None = None
    """Their scale; null: as the values need."""
    domain: Annotated[tuple[Scalar, ...], Field(min_length=1)] | None = None
    """The values in their order, or the ends of numbers; null: those of the rows."""
    range: tuple[str, ...] | None = None
    """The colours, in the domain's order; null: one a model as in every figure, or the palette's."""
    scheme: str | None = None
    """A colour scheme of inspect-viz instead, such as `blues`."""
    format: str | None = None
    """How the legend writes numbers."""


class FacetKeys(Model):
    """What has panels of its own."""

    x: str | None = None
    """The column of which each value has a panel, side by side."""
    y: str | None = None
    """The same, below each other."""


class Plot(RowsEntry):
    """A plot of one's own: any marks over estimates, comparisons, samples, jobs or a file beside the spec."""

    view: Literal["plot"]
    marks: tuple[dict[str, Any], ...] = Field(min_length=1)
    """The marks, the first below: `{mark: line, x: epoch, y: value, stroke: model}`."""
    x: AxisKeys | None = None
    """The axis across."""
    y: AxisKeys | None = None
    """The axis up."""
    color: ColourKeys | None = None
    """The colours."""
    facet: FacetKeys | None = None
    """Panels."""
    legend: Literal["color", "opacity", "symbol", False] | None = None
    """The scale that has a legend; null: colours, where a column gives them; false: none."""
    inputs: tuple[dict[str, Any], ...] = ()
    """What stands above to choose rows with: `{input: select, column: model}`."""
    interactors: tuple[dict[str, Any], ...] = ()
    """What the mouse does: `{interactor: pan_zoom}`, `{interactor: toggle_color}`."""

    @property
    def parts(self) -> Iterator[tuple[str, str, int, Mapping[str, Any]]]:
        """Every mark, input and interactor: its key, the list that it is in, its place in that, and it."""
        for key, name, parts in (
            ("mark", "marks", self.marks),
            ("input", "inputs", self.inputs),
            ("interactor", "interactors", self.interactors),
        ):
            for place, part in enumerate(parts):
                yield key, name, place, part

    def named(self, loc: Loc) -> Iterator[PlacedName]:
        yield from self.sorted_by(loc)
        for key, name, place, part in self.parts:
            if isinstance(part.get(key), str):
                for argument, column in columns_of(part_of(key, part)):
                    yield (*loc, name, place, argument), column
        facet = self.facet or FacetKeys()
        for side, panels in (("x", facet.x), ("y", facet.y)):
            if panels is not None:
                yield (*loc, "facet", side), panels

    @property
    def used(self) -> tuple[tuple[str, str], ...]:
        """The columns that are shown, each with the channel that shows it; panels first."""
        facet = self.facet or FacetKeys()
        panels = [("fx", facet.x), ("fy", facet.y)]
        named = [pair for key, _, _, part in self.parts for pair in columns_of(part_of(key, part))]
        return tuple((channel, name) for channel, name in (*panels, *named) if name is not None)

    @property
    def is_clicked(self) -> bool:
        """Whether a click on a mark chooses it: a tip would take the click for itself."""
        return any(one["interactor"].startswith("toggle") for one in self.interactors)

    @property
    def has_colours(self) -> bool:
        """Whether a column or a transform tells the colours of some mark."""
        parts = (part_of("mark", mark) for mark in self.marks)
        return any(
            isinstance(value, str | TransformedColumn)
            for part in parts
            for name, value in part.arguments.items()
            if name in COLOURS
        )
