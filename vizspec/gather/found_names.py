"""What the logs told that the schema of an experiment's spec suggests."""

from __future__ import annotations

from vizspec.gather.facts import Facts
from vizspec.spec.own_schema import FoundNames

NAMED = ("run", "model", "task", "vis_label", "task_name", "epoch")
"""The columns whose values people write into specs."""


def found_of(facts: Facts) -> FoundNames:
    """The metrics that the logs hold, and the values of the columns that people name."""
    values = {}
    for name in NAMED:
        of_column = (cell.columns.get(name) for cell in facts.cells)
        listed = tuple(dict.fromkeys(value for value in of_column if isinstance(value, str | int)))
        if listed:
            values[name] = listed
    return FoundNames(tuple(metric.id for metric in facts.catalogue.metrics), values)
