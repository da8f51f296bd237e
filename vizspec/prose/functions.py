"""What a text may ask for: a value, an interval, a difference, a verdict, the best, an effect, … Pure.

Each gives a text; what it cannot give is noted with the number of the call, and a remark stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vizspec.prose.meant import Meant, Unknown
from vizspec.prose.numbers import Figure, Numbers
from vizspec.prose.tables import table_text
from vizspec.text.markdown import link
from vizspec.text.markdown import text as running
from vizspec.text.messages import joined, shown, suggestion


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

    @cached_property
    def meant(self) -> Meant:
        """What calls mean, over the numbers."""
        return Meant(self.numbers)

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
            return self.meant.places(levels, hidden=True)
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
        found = self.meant.estimate(metric, levels)
        if found.value is None:
            raise Unknown(f"{self.meant.name_of(found)} is not known: {found.note}")
        return found.text

    def _interval(self, metric: str, **levels: Any) -> str:
        found = self.meant.estimate(metric, levels)
        if found.interval is None:
            raise Unknown(f"no interval of {self.meant.name_of(found)} is known: {found.note}")
        return found.interval

    def _difference(self, metric: str, of: Any, than: Any, **levels: Any) -> str:
        return self.meant.comparison(metric, of, than, levels).text

    def _verdict(self, claim: str) -> str:
        known = self.numbers.verdicts or {}
        if claim not in known:
            raise Unknown(f"there is no claim {shown(claim)}", suggestion(str(claim), known))
        return known[claim].outcome

    def _best(self, metric: str, **levels: Any) -> str:
        names = self.meant.leaders(metric, levels)
        return joined([self._escaped(name) for name in names])

    def _effect(self, column: str) -> str:
        known = self.numbers.effects
        if column not in known:
            raise Unknown(f"no effect of {shown(column)} is known", suggestion(str(column), known))
        return known[column]

    def _table(self, name: str, where: str | None = None, metric: Any = None, **levels: Any) -> str:
        if not self.is_markdown:
            raise Unknown("a title or a caption can hold no table")
        return table_text(self.meant, name, where, metric, levels)

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
