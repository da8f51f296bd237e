"""Comparisons and verdicts as bytes, and back: cells by their place, metrics by their names. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from sys import intern
from typing import Any, NamedTuple

import msgspec

from vizspec.cells.cell import Cell
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.comparisons.questions import Asked
from vizspec.comparisons.record import (
    NO_COMPARISONS,
    Comparison,
    Comparisons,
    ComparisonTable,
    Effect,
    NoEffect,
    Ranked,
    SamplePairing,
)
from vizspec.metrics.catalogue import Metric
from vizspec.statistics.intervals import Interval

Kept = Mapping[str, Any]

_OF_ROWS = tuple(field.name for field in fields(Comparison) if field.name not in ("a", "b", "metric"))
_OF_EFFECTS = tuple(field.name for field in fields(Effect) if field.name != "metric")
_OF_CASES = tuple(field.name for field in fields(CaseVerdict) if field.name != "cells")
_OF_VERDICTS = tuple(field.name for field in fields(Verdict) if field.name != "cases")


class Answers(NamedTuple):
    """What the comparisons and the claims of a spec came to."""

    comparisons: Comparisons = NO_COMPARISONS
    verdicts: tuple[Verdict, ...] = ()


def packed(answers: Answers, cells: Sequence[Cell]) -> bytes:
    """The answers as bytes, their questions left out; `cells` has every cell that they speak of."""
    place = {cell: number for number, cell in enumerate(cells)}

    def row(found: Comparison) -> Kept:
        own = {name: getattr(found, name) for name in _OF_ROWS}
        return {**own, "a": place[found.a], "b": place[found.b], "metric": found.metric.id}

    def ranked(found: Ranked) -> Kept:
        cells, best = ([place[cell] for cell in listed] for listed in (found.cells, found.best))
        own = {"group": found.group, "names": found.names, "ranks": found.ranks}
        return {**own, "metric": found.metric.id, "cells": cells, "best": best}

    def table(found: ComparisonTable) -> Kept:
        rows, ranks = list(map(row, found.rows)), list(map(ranked, found.ranked))
        return {"rows": rows, "ranked": ranks, "left_out": found.left_out}

    def effect(found: Effect) -> Kept:
        return {**{name: getattr(found, name) for name in _OF_EFFECTS}, "metric": found.metric.id}

    def case(found: CaseVerdict) -> Kept:
        own = {name: getattr(found, name) for name in _OF_CASES}
        return {**own, "cells": [place[cell] for cell in found.cells]}

    def verdict(found: Verdict) -> Kept:
        own = {name: getattr(found, name) for name in _OF_VERDICTS}
        return {**own, "cases": list(map(case, found.cases))}

    comparisons = answers.comparisons
    kept = {
        "tables": list(map(table, comparisons.tables)),
        "leads": list(map(row, comparisons.leads)),
        "effects": list(map(effect, comparisons.effects)),
        "no_effects": comparisons.no_effects,
        "notable": comparisons.notable,
        "in_texts": list(map(row, comparisons.in_texts)),
        "verdicts": list(map(verdict, answers.verdicts)),
    }
    return msgspec.msgpack.encode(kept, enc_hook=_number)


def unpacked(
    data: bytes, questions: Sequence[tuple[Asked, Metric]], cells: Sequence[Cell], metrics: Sequence[Metric]
) -> Answers:
    """The answers that were packed, to the same questions, over the same cells and metrics.

    Raises:
        msgspec.MsgspecError: the bytes are nothing that was packed.
    """
    kept = msgspec.msgpack.decode(data)
    by_id = {metric.id: metric for metric in metrics}

    def row(found: Kept) -> Comparison:
        meant = {"a": cells[found["a"]], "b": cells[found["b"]], "metric": by_id[found["metric"]]}
        together = None if found["together"] is None else Interval(*found["together"])
        extremes = tuple(Interval(*ends) for ends in found["extremes"])
        samples = SamplePairing(**{name: _frozen(value) for name, value in found["samples"].items()})
        return Comparison(
            **{**found, **meant, "together": together, "extremes": extremes, "samples": samples}
        )

    def ranked(found: Kept) -> Ranked:
        own, best = (tuple(cells[number] for number in found[name]) for name in ("cells", "best"))
        ranks = tuple((first, last) for first, last in found["ranks"])
        return Ranked(found["group"], by_id[found["metric"]], own, tuple(found["names"]), ranks, best)

    tables = tuple(
        ComparisonTable(
            *asked, tuple(map(row, one["rows"])), tuple(map(ranked, one["ranked"])), tuple(one["left_out"])
        )
        for asked, one in zip(questions, kept["tables"], strict=True)
    )
    effects = tuple(Effect(**{**one, "metric": by_id[one["metric"]]}) for one in kept["effects"])
    leads, in_texts = tuple(map(row, kept["leads"])), tuple(map(row, kept["in_texts"]))
    found = Comparisons(
        tables=tables,
        leads=leads,
        effects=effects,
        no_effects=tuple(NoEffect(**one) for one in kept["no_effects"]),
        notable=tuple(kept["notable"]),
        in_texts=in_texts,
    )
    return Answers(found, tuple(_verdict(one, cells) for one in kept["verdicts"]))


def _verdict(kept: Kept, cells: Sequence[Cell]) -> Verdict:
    def case(found: Kept) -> CaseVerdict:
        own = tuple(cells[number] for number in found["cells"])
        return CaseVerdict(**{**found, "outcome": ClaimOutcome(found["outcome"]), "cells": own})

    outcome, cases = ClaimOutcome(kept["outcome"]), tuple(map(case, kept["cases"]))
    return Verdict(**{**kept, "outcome": outcome, "cases": cases})


def _frozen(value: Any) -> Any:
    """A list as the tuple that it was, its texts in memory once: many comparisons name the same samples."""
    return tuple(map(intern, value)) if isinstance(value, list) else value


def _number(value: Any) -> Any:
    """A number of numpy as one of Python."""
    return value.item()
