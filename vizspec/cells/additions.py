"""What is added to labels so that cells are told apart: the fewest columns, and short values. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from vizspec.cells.cell import Cell
from vizspec.cells.column_texts import Labels, column_text
from vizspec.cells.columns import text_of
from vizspec.cells.short_values import code_of, in_words, short_column, short_values

LAST_RESORT = "log"
"""The column that tells any cells apart, and nothing of how they differ."""

PLAIN = frozenset({"run", "task", "task_name", "vis_label", "model", "task_package"})
"""Columns whose values speak for themselves; others stand with their names, as in `epoch 1`."""

MOST_COMBINED = 3
"""Columns that are tried in all combinations; where more are needed, all that differ are told."""

_JOINTS = "_-. /:"
"""Between the name of a model and what a run's name adds to it."""


def least(cells: Sequence[Cell], columns: Sequence[str], labels: Labels) -> tuple[str, ...]:
    """The fewest columns whose texts tell all these cells apart; none where all together do not.

    A column that labels show as a code alone is one of them only where the others do not do, and so the log.
    """
    texts = {name: tuple(column_text(cell, name, labels) for cell in cells) for name in columns}
    varying = [name for name in columns if len(set(texts[name])) > 1]
    telling = [name for name in varying if name != LAST_RESORT]
    shown_in_words = [name for name in telling if not any(is_long(cell.columns.get(name)) for cell in cells)]
    chosen: tuple[str, ...]
    for names in (shown_in_words, telling, varying):
        for size in (*range(1, min(len(names), MOST_COMBINED) + 1), len(names)):
            for chosen in combinations(names, size):
                if len(set(zip(*(texts[name] for name in chosen), strict=True))) == len(cells):
                    return chosen
    return ()


@dataclass(frozen=True)
class Additions:
    """What is added to labels: the names of the columns, and the short forms of their values."""

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    labels: Labels

    @staticmethod
    def of(cells: Sequence[Cell], columns: Sequence[str], labels: Labels) -> Additions:
        texts = {
            name: [text for cell in cells if (text := column_text(cell, name, labels)) is not None]
            for name in columns
        }
        values = {name: short_values(of_column) for name, of_column in texts.items()}
        return Additions({name: short_column(name, columns) for name in columns}, values, labels)

    def to(self, text: str, cell: Cell, columns: Iterable[str]) -> str:
        """The label with what is added to it, in the order of all columns."""
        names = (text, column_text(cell, "model") or text)
        additions = [self._addition(name, value, names) for name, value in self._texts(cell, columns)]
        added = [addition for addition in additions if addition != text]
        return f"{text} ({', '.join(added)})" if added else text

    def codes(self, cell: Cell, columns: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The codes among the values, with what they stand for."""
        forms = ((self.values[name][text], text) for name, text in self._texts(cell, columns))
        return tuple((form, text) for form, text in forms if form == code_of(text))

    def _texts(self, cell: Cell, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
        wanted = set(columns)
        for name in self.columns:
            text = column_text(cell, name, self.labels) if name in wanted else None
            if text is not None:
                yield name, text

    def _addition(self, column: str, text: str, names: Iterable[str]) -> str:
        if column in PLAIN:
            return next((rest for name in names if (rest := _without_start(text, name)) != text), text)
        return f"{self.columns[column]} {self.values[column][text]}"


def _without_start(text: str, label: str) -> str:
    """The text without the label that it begins with: the run `1B_base` of the model `1B` is its `base`."""
    rest = text[len(label) :].lstrip(_JOINTS) if text.casefold().startswith(label.casefold()) else ""
    return rest if rest and text[len(label)] in _JOINTS else text


def is_long(value: object) -> bool:
    """Whether a label has no room for the value: others tell cells apart in words."""
    text = "" if value is None else text_of(value)
    return bool(text) and in_words(text) is None
