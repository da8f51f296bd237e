"""What a text may ask for: a value, an interval, a difference, a verdict, the best, an effect, … Pure.

Each gives a text; what it cannot give is noted with the number of the call, and a remark stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vizspec.comparisons.questions import is_level, levels_text
from vizspec.expressions import ExpressionError, is_true_of
from vizspec.metrics.catalogue import Metric
from vizspec.prose.numbers import Compared, Evaluation, Figure, Number, Numbers
from vizspec.text.markdown import cell as table_cell
from vizspec.text.markdown import link
from vizspec.text.markdown import text as running
from vizspec.text.messages import listed, shown, suggestion
from vizspec.text.values import value_key

TELLING = ("task", "vis_label", "run", "model", "epoch")
"""The columns that a hint proposes where several evaluations are meant."""

TABLES = ("estimates", "comparisons", "claims")

Row = tuple[str, ...]


class Unknown(Exception):
    """What a text asks for and nobody knows; `hint` is the next step."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


@dataclass(frozen=True)
class Noted:
    """What a call could not give, by its number in the text; None where nobody numbered it."""

    call: int | None
    message: str
    hint: str | None = None


@dataclass
class Functions:
    """The functions over some numbers; `noted` grows as calls cannot be answered.

    `is_markdown`: names are escaped, and tables and figures can be had. `folder`: the way from the text to
    the files of the render.
    """

    numbers: Numbers
    is_markdown: bool = True
    folder: str = ""
    noted: list[Noted] = field(default_factory=list)

    def by_name(self) -> dict[str, Callable[..., str]]:
        """The functions as templates know them."""
        known: dict[str, Callable[..., str]] = {
            "value": self._value,
            "interval": self._interval,
            "difference": self._difference,
            "verdict": self._verdict,
            "best": self._best,
            "effect": self._effect,
            "table": self._table,
            "figure": self._figure,
        }
        return {name: self._noting(name, function) for name, function in known.items()}

    def is_unknown(self, name: str, *given: Any, **named: Any) -> bool:
        """Whether a call cannot be answered."""
        before = len(self.noted)
        self.by_name()[name](*given, **named)
        return len(self.noted) > before

    def places(self, levels: Mapping[str, Any]) -> set[int]:
        """The evaluations that levels mean, none where they mean nothing; those shown before the others."""
        try:
            return self._places(levels, hidden=True)
        except Unknown:
            return set()

    def _noting(self, name: str, function: Callable[..., str]) -> Callable[..., str]:
        def called(*given: Any, place_: int | None = None, **named: Any) -> str:
            try:
                return function(*given, **named)
            except Unknown as unknown:
                self.noted.append(Noted(place_, unknown.message, unknown.hint))
                return self._remark(unknown.message)
            except TypeError as error:
                message = str(error).replace(f"{type(self).__name__}._", "").replace("_" + name, name)
                self.noted.append(Noted(place_, message, f"as in: {EXAMPLES[name]}"))
                return self._remark(message)

        return called

    def _remark(self, message: str) -> str:
        return f"*(unknown: {running(message)})*" if self.is_markdown else "(unknown)"

    def _value(self, metric: str, **levels: Any) -> str:
        found = self._estimate(metric, levels)
        if found.value is None:
            raise Unknown(f"{self._called(found)} is not known: {found.note}")
        return found.text

    def _interval(self, metric: str, **levels: Any) -> str:
        found = self._estimate(metric, levels)
        if found.interval is None:
            raise Unknown(f"no interval of {self._called(found)} is known: {found.note}")
        return found.interval

    def _difference(self, metric: str, of: Any, than: Any, **levels: Any) -> str:
        return self._comparison(metric, of, than, levels).text

    def _verdict(self, claim: str) -> str:
        known = self.numbers.verdicts or {}
        if claim not in known:
            raise Unknown(f"there is no claim {shown(claim)}", suggestion(str(claim), known))
        return known[claim].outcome

    def _best(self, metric: str, **levels: Any) -> str:
        names = self.leaders(metric, levels)
        texts = [self._escaped(name) for name in names]
        return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"

    def leaders(self, metric: str, levels: Mapping[str, Any]) -> tuple[str, ...]:
        """Who leads: one, or all that cannot be told apart from the highest."""
        chosen = self._metric(metric)
        wanted = self._places(levels)
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

    def _effect(self, column: str) -> str:
        known = self.numbers.effects
        if column not in known:
            raise Unknown(f"no effect of {shown(column)} is known", suggestion(str(column), known))
        return known[column]

    def _table(self, name: str, where: str | None = None, metric: Any = None, **levels: Any) -> str:
        if not self.is_markdown:
            raise Unknown("a title or a caption can hold no table")
        if name not in TABLES:
            raise Unknown(f"there is no table {shown(name)}", suggestion(str(name), TABLES))
        if name == "claims":
            if where is not None or metric is not None or levels:
                raise Unknown("the table of claims is given whole", 'as in: table("claims")')
            return _printed(("Claim", "Verdict", "Numbers"), self._claims())
        wanted = self._where(where) & (self._places(levels) if levels else self._shown())
        patterns = [metric] if isinstance(metric, str) else list(metric or [])
        metrics = {one.id for pattern in patterns for one in self._metrics(pattern)}
        if name == "comparisons":
            headers: Row = ("A", "B", "Metric", "A − B", self.numbers.level, "p", "n")
            rows = self._comparisons(wanted, metrics)
        else:
            headers = ("Model", "Task", "Metric", "Value", self.numbers.level, "n")
            rows = self._estimates(wanted, metrics)
        if not rows:
            raise Unknown(f"no row of the table of {name} is meant", "loosen `where`, or leave it out")
        return _printed(headers, rows)

    def _figure(self, name: str) -> str:
        known = self.numbers.figures
        if known is None:
            raise Unknown("a title or a caption can hold no figure")
        found = [one for one in known if name in (one.entry, one.id)]
        if not found:
            names = tuple(dict.fromkeys(one.entry for one in known))
            raise Unknown(f"there is no entry {shown(name)} in views", suggestion(str(name), names))
        drawn = [one for one in found if one.image or one.page]
        if not drawn:
            raise Unknown(f"the figure {shown(name)} is not drawn: {found[0].reason}")
        return "\n\n".join(self._drawn(one) for one in drawn)

    def _drawn(self, one: Figure) -> str:
        title, file = running(one.title), one.image or one.page or ""
        return f"{'!' if one.image else ''}[{title}]({link(self.folder + file)})"

    def _claims(self) -> list[Row]:
        known = self.numbers.verdicts or {}
        if not known:
            raise Unknown("there are no claims", "state some under `claims:`")
        return [(name, one.outcome, one.detail) for name, one in known.items()]

    def _estimates(self, wanted: set[int], metrics: set[str]) -> list[Row]:
        numbers = self.numbers
        labels = {metric.id: metric.label for metric in numbers.catalogue.metrics}
        return [
            (of.model, of.task, labels[row.metric], row.text, row.interval or "-", row.n)
            for row in numbers.estimates
            if row.evaluation in wanted and (not metrics or row.metric in metrics)
            for of in (numbers.evaluations[row.evaluation],)
        ]

    def _comparisons(self, wanted: set[int], metrics: set[str]) -> list[Row]:
        numbers = self.numbers
        labels = {metric.id: metric.label for metric in numbers.catalogue.metrics}
        rows = [
            (
                numbers.evaluations[row.a].name,
                numbers.evaluations[row.b].name,
                labels[row.metric],
                row.text.partition(" (")[0],
                row.interval,
                row.p,
                f"{row.n:,}",
            )
            for row in numbers.compared
            if row.a in wanted and row.b in wanted and (not metrics or row.metric in metrics)
        ]
        return list(dict.fromkeys(rows))

    def _where(self, where: str | None) -> set[int]:
        numbers = self.numbers
        if where is None:
            return set(range(len(numbers.evaluations)))
        try:
            found = [is_true_of(where, one.columns) for one in numbers.evaluations]
        except ExpressionError as error:
            raise Unknown(str(error), "compare columns, as in: where=\"task == 'Size'\"") from None
        return {place for place, is_true in enumerate(found) if is_true}

    def _estimate(self, metric: str, levels: Mapping[str, Any]) -> Number:
        """The one estimate that is meant."""
        wanted = self._places(levels)
        metrics = self._metrics(metric)
        rows = [
            row
            for row in self.numbers.estimates
            if row.evaluation in wanted and row.metric in metrics_ids(metrics)
        ]
        if not rows:
            where = levels_text(levels)
            raise Unknown(f"no evaluation{f' ({where})' if where else ''} has the metric {shown(metric)}")
        of = sorted({row.metric for row in rows})
        if len(of) > 1:
            raise Unknown(f"{shown(metric)} means {len(of)} metrics: {listed(of)}", "name one of them")
        if len(rows) > 1:
            raise self._several([self.numbers.evaluations[row.evaluation] for row in rows])
        return rows[0]

    def _several(self, meant: Sequence[Evaluation]) -> Unknown:
        varying = [name for name in TELLING if len({value_key(one.columns.get(name)) for one in meant}) > 1]
        differ = listed(varying) or "what no column tells"
        hint = f"name one by {varying[0]}=…" if varying else None
        return Unknown(f"it means {len(meant)} evaluations, which differ in {differ}", hint)

    def _comparison(self, metric: str, of: Any, than: Any, levels: Mapping[str, Any]) -> Compared:
        chosen = self._metric(metric)
        first, second = self._side(of, levels), self._side(than, levels)
        found = self.between(first, second, chosen.id)
        if not found:
            raise self._not_compared(first, second, chosen, (of, than), levels)
        pairs = {(one.a, one.b) for one in found}
        if len(pairs) > 1:
            raise self._several([self.numbers.evaluations[one.a] for one in found])
        return found[0]

    def _not_compared(
        self,
        first: set[int],
        second: set[int],
        metric: Metric,
        sides: tuple[Any, Any],
        levels: Mapping[str, Any],
    ) -> Unknown:
        where = f" for {levels_text(levels)}" if levels else ""
        names = " and ".join(map(side_text, sides))
        for (a, b, of), reason in self.numbers.uncompared.items():
            if of == metric.id and a in first and b in second:
                return Unknown(f"{names} cannot be compared in {metric.label}{where}: {reason}")
        for side in (first, second):
            if len(side) > 1:
                return self._several([self.numbers.evaluations[place] for place in sorted(side)])
        hint = "each side has to mean one evaluation, both of one task"
        return Unknown(f"{names} are not compared in {metric.label}{where}", hint)

    def between(self, first: set[int], second: set[int], metric: str) -> list[Compared]:
        """The comparisons of one of the first with one of the second, turned so that it stands first."""
        own = [one for one in self.numbers.compared if one.metric == metric]
        same = [one for one in own if one.a in first and one.b in second]
        turned = [one.turned() for one in own if one.b in first and one.a in second]
        return [*same, *turned]

    def _side(self, side: Any, levels: Mapping[str, Any]) -> set[int]:
        if isinstance(side, Mapping):
            return self._places({**levels, **side}, hidden=True)
        everyone = self.numbers.evaluations
        names = sorted({name for one in everyone for name in one.names})
        if not any(same_name(name, side) for name in names):
            raise Unknown(f"there is no model or run {shown(side)}", suggestion(str(side), names))
        named = {
            place for place, one in enumerate(everyone) if any(same_name(name, side) for name in one.names)
        }
        return named & (self._places(levels, hidden=True) if levels else named)

    def _metrics(self, pattern: Any) -> tuple[Metric, ...]:
        catalogue = self.numbers.catalogue
        found = catalogue.select([str(pattern)])
        if not found:
            names = dict.fromkeys(n for one in catalogue.metrics for n in (one.scorer, one.name, one.id))
            raise Unknown(f"no log has the metric {shown(pattern)}", suggestion(str(pattern), names))
        return found

    def _metric(self, pattern: Any) -> Metric:
        found = self._metrics(pattern)
        if len(found) > 1:
            of = listed([one.id for one in found])
            raise Unknown(f"{shown(pattern)} means {len(found)} metrics: {of}", "name one of them")
        return found[0]

    def _shown(self) -> set[int]:
        return {place for place, one in enumerate(self.numbers.evaluations) if one.is_shown}

    def _places(self, levels: Mapping[str, Any], *, hidden: bool = False) -> set[int]:
        """The evaluations with these levels; those that are not shown only where no other has them."""
        everyone = self.numbers.evaluations
        for name, value in levels.items():
            self._check_level(name, value)
        found = {place for place, one in enumerate(everyone) if _is_meant(one, levels)}
        shown_ones = found & self._shown()
        if shown_ones or (hidden and found):
            return shown_ones or found
        raise Unknown(
            f"no evaluation that is shown is {levels_text(levels)}" if levels else "there are no evaluations"
        )

    def _check_level(self, name: str, value: Any) -> None:
        everyone = self.numbers.evaluations
        columns = dict.fromkeys(column for one in everyone for column in one.columns)
        if name not in columns:
            raise Unknown(f"there is no column {shown(name)}", suggestion(name, columns))
        if not any(_is_meant(one, {name: value}) for one in everyone):
            known = dict.fromkeys(str(one.columns[name]) for one in everyone if one.columns[name] is not None)
            raise Unknown(f"no evaluation has {name} {shown(value)}", suggestion(str(value), known))

    def _called(self, row: Number) -> str:
        return f"{row.metric} of {self.numbers.evaluations[row.evaluation].name}"

    def _escaped(self, name: str) -> str:
        return running(name) if self.is_markdown else name


EXAMPLES = {
    "value": 'value("match", model="forest", task="Size")',
    "interval": 'interval("match", model="forest", task="Size")',
    "difference": 'difference("match", of="forest", than="logistic", task="Size")',
    "verdict": 'verdict("beats_base")',
    "best": 'best("match", task="Size")',
    "effect": 'effect("epoch")',
    "table": 'table("estimates", where="task == \'Size\'")',
    "figure": 'figure("scores_by_task")',
}
"""A call of each function."""


def metrics_ids(metrics: Iterable[Metric]) -> set[str]:
    """The ids of metrics."""
    return {metric.id for metric in metrics}


def same_name(name: str, wanted: object) -> bool:
    """Whether a name is meant by a text, whatever its case."""
    return name.casefold() == str(wanted).casefold()


def side_text(side: Any) -> str:
    """A side of a comparison as messages call it."""
    return levels_text(side) if isinstance(side, Mapping) else str(side)


def _is_meant(one: Evaluation, levels: Mapping[str, Any]) -> bool:
    return all(_has(one, name, value) for name, value in levels.items())


def _has(one: Evaluation, name: str, value: Any) -> bool:
    """Whether an evaluation has a level, by its value or by what the report calls it."""
    labels = {"model": one.model, "task": one.task, "task_name": one.task, "vis_label": one.task}
    if name in labels and same_name(labels[name], value):
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


def _printed(headers: Row, rows: Sequence[Row]) -> str:
    lines = [headers, tuple("---" for _ in headers), *(tuple(map(table_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
