"""What a call means: which evaluations, which metric, which estimate or comparison. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.claims.sides import TELLING
from vizspec.comparisons.questions import is_level, levels_text
from vizspec.expressions import ExpressionError, is_true_of
from vizspec.metrics.catalogue import Metric
from vizspec.prose.numbers import Compared, Evaluation, Number, Numbers
from vizspec.text.messages import listed, shown, suggestion
from vizspec.text.values import value_key


class Unknown(Exception):
    """What a text asks for and nobody knows; `hint` is the next step."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


@dataclass(frozen=True)
class Meant:
    """What texts mean, over some numbers. Evaluations are told by their places among those of the numbers.

    Raises:
        Unknown: what is asked for is not known, or means several where one is asked for.
    """

    numbers: Numbers

    def estimate(self, metric: str, levels: Mapping[str, Any]) -> Number:
        """The one estimate that is meant."""
        wanted = self.places(levels)
        ids = {one.id for one in self.metrics(metric)}
        rows = [row for row in self.numbers.estimates if row.evaluation in wanted and row.metric in ids]
        if not rows:
            where = levels_text(levels)
            raise Unknown(f"no evaluation{f' ({where})' if where else ''} has the metric {shown(metric)}")
        of = sorted({row.metric for row in rows})
        if len(of) > 1:
            raise Unknown(f"{shown(metric)} means {len(of)} metrics: {listed(of)}", "name one of them")
        if len(rows) > 1:
            raise self._several([self.numbers.evaluations[row.evaluation] for row in rows])
        return rows[0]

    def comparison(self, metric: str, of: Any, than: Any, levels: Mapping[str, Any]) -> Compared:
        """The one comparison that is meant, with `of` first."""
        chosen = self.metric(metric)
        first, second = self._side(of, levels), self._side(than, levels)
        found = self._between(first, second, chosen.id)
        if not found:
            raise self._not_compared(first, second, chosen, (of, than), levels)
        pairs = {(one.a, one.b) for one in found}
        if len(pairs) > 1:
            raise self._several([self.numbers.evaluations[one.a] for one in found])
        return found[0]

    def leaders(self, metric: str, levels: Mapping[str, Any]) -> tuple[str, ...]:
        """Who leads: one, or all that cannot be told apart from the highest."""
        chosen = self.metric(metric)
        wanted = self.places(levels)
        found = [
            one
            for one in self.numbers.leaders
            if one.metric == chosen.id and not wanted.isdisjoint(one.evaluations)
        ]
        if not found:
            raise Unknown(f"nothing is ranked by {chosen.label} there")
        if len(found) > 1:
            raise Unknown(f"there are {len(found)} tasks, each with a best of its own", "name one by task=…")
        if not wanted.issuperset(found[0].evaluations):
            raise Unknown("the best of a part of a task's evaluations is not known", "name the task alone")
        return found[0].names

    def metric(self, pattern: Any) -> Metric:
        """The one metric that is meant."""
        found = self.metrics(pattern)
        if len(found) > 1:
            of = listed([one.id for one in found])
            raise Unknown(f"{shown(pattern)} means {len(found)} metrics: {of}", "name one of them")
        return found[0]

    def metrics(self, pattern: Any) -> tuple[Metric, ...]:
        """The metrics that a name or a pattern means, at least one."""
        catalogue = self.numbers.catalogue
        found = catalogue.select([str(pattern)])
        if not found:
            names = dict.fromkeys(n for one in catalogue.metrics for n in (one.scorer, one.name, one.id))
            raise Unknown(f"no log has the metric {shown(pattern)}", suggestion(str(pattern), names))
        return found

    def places(self, levels: Mapping[str, Any], *, hidden: bool = False) -> set[int]:
        """The evaluations with these levels; those that are not shown only where no other has them."""
        everyone = self.numbers.evaluations
        for name, value in levels.items():
            self._check_level(name, value)
        found = {place for place, one in enumerate(everyone) if _is_meant(one, levels)}
        shown_ones = found & self.shown()
        if shown_ones or (hidden and found):
            return shown_ones or found
        raise Unknown(
            f"no evaluation that is shown is {levels_text(levels)}" if levels else "there are no evaluations"
        )

    def where(self, where: str | None) -> set[int]:
        """The evaluations of which an expression over their columns is true."""
        numbers = self.numbers
        if where is None:
            return set(range(len(numbers.evaluations)))
        try:
            found = [is_true_of(where, one.columns) for one in numbers.evaluations]
        except ExpressionError as error:
            raise Unknown(str(error), "compare columns, as in: where=\"task == 'Size'\"") from None
        return {place for place, is_true in enumerate(found) if is_true}

    def shown(self) -> set[int]:
        """The evaluations that the report shows."""
        return {place for place, one in enumerate(self.numbers.evaluations) if one.is_shown}

    def name_of(self, row: Number) -> str:
        """An estimate as messages call it."""
        return f"{row.metric} of {self.numbers.evaluations[row.evaluation].name}"

    def _between(self, first: set[int], second: set[int], metric: str) -> list[Compared]:
        """The comparisons of one of the first with one of the second, turned so that it stands first."""
        own = [one for one in self.numbers.compared if one.metric == metric]
        same = [one for one in own if one.a in first and one.b in second]
        turned = [one.turned() for one in own if one.b in first and one.a in second]
        return [*same, *turned]

    def _several(self, meant: Sequence[Evaluation]) -> Unknown:
        varying = [name for name in TELLING if len({value_key(one.columns.get(name)) for one in meant}) > 1]
        differ = listed(varying) or "what no column tells"
        hint = f"name one by {varying[0]}=…" if varying else None
        return Unknown(f"it means {len(meant)} evaluations, which differ in {differ}", hint)

    def _not_compared(
        self,
        first: set[int],
        second: set[int],
        metric: Metric,
        sides: tuple[Any, Any],
        levels: Mapping[str, Any],
    ) -> Unknown:
        where = f" for {levels_text(levels)}" if levels else ""
        names = " and ".join(map(_side_text, sides))
        for (a, b, of), reason in self.numbers.uncompared.items():
            if of == metric.id and a in first and b in second:
                return Unknown(f"{names} cannot be compared in {metric.label}{where}: {reason}")
        for side in (first, second):
            if len(side) > 1:
                return self._several([self.numbers.evaluations[place] for place in sorted(side)])
        hint = "each side has to mean one evaluation, both of one task"
        return Unknown(f"{names} are not compared in {metric.label}{where}", hint)

    def _side(self, side: Any, levels: Mapping[str, Any]) -> set[int]:
        if isinstance(side, Mapping):
            return self.places({**levels, **side}, hidden=True)
        everyone = self.numbers.evaluations
        names = sorted({name for one in everyone for name in one.names})
        if not any(_same_name(name, side) for name in names):
            raise Unknown(f"there is no model or run {shown(side)}", suggestion(str(side), names))
        named = {
            place for place, one in enumerate(everyone) if any(_same_name(name, side) for name in one.names)
        }
        return named & (self.places(levels, hidden=True) if levels else named)

    def _check_level(self, name: str, value: Any) -> None:
        everyone = self.numbers.evaluations
        columns = dict.fromkeys(column for one in everyone for column in one.columns)
        if name not in columns:
            raise Unknown(f"there is no column {shown(name)}", suggestion(name, columns))
        if not any(_is_meant(one, {name: value}) for one in everyone):
            known = dict.fromkeys(str(one.columns[name]) for one in everyone if one.columns[name] is not None)
            raise Unknown(f"no evaluation has {name} {shown(value)}", suggestion(str(value), known))


def _same_name(name: str, wanted: object) -> bool:
    """Whether a name is meant by a text, whatever its case."""
    return name.casefold() == str(wanted).casefold()


def _side_text(side: Any) -> str:
    """A side of a comparison as messages call it."""
    return levels_text(side) if isinstance(side, Mapping) else str(side)


def _is_meant(one: Evaluation, levels: Mapping[str, Any]) -> bool:
    return all(_has(one, name, value) for name, value in levels.items())


def _has(one: Evaluation, name: str, value: Any) -> bool:
    """Whether an evaluation has a level, by its value or by what the report calls it."""
    labels = {"model": one.model, "task": one.task, "task_name": one.task, "vis_label": one.task}
    if name in labels and _same_name(labels[name], value):
        return True
    return is_level(_Plain(one), {name: value})


@dataclass(frozen=True)
class _Plain:
    """An evaluation as comparisons know it."""

    of: Evaluation

    @property
    def columns(self) -> Mapping[str, Any]:
        return self.of.columns

    @property
    def task(self) -> str:
        return str(self.of.columns.get("task") or "")

    @property
    def vis_label(self) -> str | None:
        return self.of.vis_label
