"""How the files of outputs are called. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vizspec.cells.cell import Cell
from vizspec.gather.facts import Facts
from vizspec.metrics.catalogue import Metric
from vizspec.spec.model import Spec
from vizspec.text.slugs import slug
from vizspec.views import KINDS
from vizspec.views.base import DRAWN_ALONE, Draft
from vizspec.views.entry import Entry
from vizspec.views.selection import Selection


def fields_of(
    entry: Entry, identity: str, facts: Facts, draft: Draft[Any], selection: Selection
) -> Mapping[str, str]:
    """What the placeholders of a name stand for, by their names; those of a draft's own parts among them."""
    return {
        "view": entry.view,
        "id": identity,
        "experiment": facts.name,
        "type": (facts.experiment.type if facts.experiment is not None else None) or "",
        "metric": _metric_part(draft.metric, facts),
        "scorer": draft.metric.scorer if draft.metric else "",
        "epoch": _epoch_part(selection.cells),
        "task": "",
        "factor": entry.factor_name or "",
        "page": "",
        **dict(draft.parts),
    }


def file_names(spec: Spec, entry: Entry, draft: Draft[Any], fields: Mapping[str, str]) -> tuple[str, ...]:
    """The files of an output, one a format; none but the first of its kind's where the spec wants none."""
    if draft.files:
        return draft.files
    kind = KINDS[entry.view]
    stem = draft.stem or file_stem(entry.name or kind.name or _name_pattern(spec, entry), fields)
    if draft.suffix is not None:
        return (f"{stem}.{draft.suffix}",)
    without = DRAWN_ALONE if draft.browser_alone else ()
    wanted: list[str] = [f for f in kind.formats if f in spec.output.formats and f not in without]
    return tuple(f"{stem}.{suffix}" for suffix in wanted or kind.formats[:1])


def _name_pattern(spec: Spec, entry: Entry) -> str:
    """The pattern of names; with the factor, where views of several factors would have one name by it."""
    pattern = spec.output.name
    named_alike = [one for one in spec.views if one.view == entry.view and one.name is None]
    factors = {one.factor_name for one in named_alike}
    if len(factors) < 2 or not {"{factor}", "{id}"}.isdisjoint(re.findall(r"\{\w+\}", pattern)):
        return pattern
    return pattern.replace("{view}", "{view}_{factor}") if "{view}" in pattern else f"{pattern}_{{factor}}"


def file_stem(pattern: str, fields: Mapping[str, str]) -> str:
    """The file name (without its ending) that a naming pattern gives; empty parts leave no gap."""
    text = filled(pattern, {name: slug(value) if value else "" for name, value in fields.items()})
    return slug(re.sub(r"_{2,}", "_", text).strip("_"))


def filled(pattern: str, fields: Mapping[str, str]) -> str:
    """The pattern with its placeholders filled in; braces around anything else stay."""
    return re.sub(r"\{(\w+)\}", lambda found: fields.get(found[1], found[0]), pattern)


def _metric_part(metric: Metric | None, facts: Facts) -> str:
    """A metric in a file name: an accuracy by its scorer, another by its own name where that is enough."""
    if metric is None:
        return ""
    if metric.name == "accuracy":
        return metric.scorer
    shared = sum(other.name == metric.name for other in facts.catalogue.metrics) > 1
    return f"{metric.scorer}_{metric.name}" if shared else metric.name


def _epoch_part(cells: Iterable[Cell]) -> str:
    epochs = {cell.epoch for cell in cells if cell.epoch is not None}
    return f"epoch{epochs.pop()}" if len(epochs) == 1 else ""
