"""A draft of the interpretation from what vizspec knows, with live numbers wherever a number stands. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vizspec.claims.record import ClaimOutcome, Verdict
from vizspec.prose.comments import as_draft
from vizspec.prose.functions import Functions
from vizspec.prose.numbers import Compared, Leaders, Numbers
from vizspec.report.compute import usage_of
from vizspec.report.coverage import not_shown
from vizspec.report.material import Material
from vizspec.text.markdown import text
from vizspec.text.messages import counted, listed

MOST_TASKS = 6
MOST_DIFFERENCES = 6
MOST_EFFECTS = 6
MOST_STEPS = 4
MOST_SAMPLES = 50_000
"""More samples than anyone would evaluate to decide a claim."""

NONE_NOTICED = "Nothing was noticed by vizspec's own audits."
NOTHING_OPEN = "Nothing is open that vizspec knows of."

ADDRESSES = (
    ("model", "task"),
    ("run", "task"),
    ("model", "task", "epoch"),
    ("run", "task", "epoch"),
    ("run", "task", "vis_label", "epoch"),
)
"""Columns by which one evaluation is meant, the plainest first."""

_NUMBER = re.compile(r"(?<![\w.-])\d\.\d{3,}(?![\w%])")


@dataclass(frozen=True)
class _Writer:
    """Writes sentences about some results."""

    material: Material
    numbers: Numbers

    def address(self, place: int) -> Mapping[str, Any] | None:
        """Levels that mean this evaluation and no other; None where no columns do."""
        one = self.numbers.evaluations[place]
        functions = Functions(self.numbers)
        for columns in ADDRESSES:
            task = {"task": one.vis_label or one.columns.get("task")}
            levels = {name: task.get(name, one.columns.get(name)) for name in columns}
            levels = {name: value for name, value in levels.items() if value is not None}
            if functions.places(levels) == {place}:
                return levels
        return None

    def findings(self) -> Iterator[str]:
        """What was claimed, who leads, and which differences are known."""
        experiment = self.material.facts.experiment
        if experiment is not None and experiment.hypothesis:
            yield f"The hypothesis was: {text(experiment.hypothesis)}"
        for name, claim in (self.numbers.verdicts or {}).items():
            yield f"**{text(name)}** ({text(claim.sentence)}): {_call('verdict', name)}."
        own = [one for one in self.numbers.leaders if one.metric == self.numbers.primary]
        yield from (sentence for one in own[:MOST_TASKS] if (sentence := self._leading(one)) is not None)
        for effect in self.material.facts.comparisons.effects[:MOST_EFFECTS]:
            against = f"{text(effect.high)} against {text(effect.low)}"
            metric = effect.metric.label
            yield f"By {text(effect.column)}, {against} gains in {metric}: {_call('effect', effect.column)}."
        decided = {(one.a, one.b): one for one in self.numbers.compared if self._is_told(one)}
        largest = sorted(decided.values(), key=lambda one: -abs(one.gain))
        yield from (s for one in largest[:MOST_DIFFERENCES] if (s := self._difference(one)) is not None)

    def _is_told(self, one: Compared) -> bool:
        return one.is_decided and one.metric == self.numbers.primary

    def _leading(self, one: Leaders) -> str | None:
        first = self.address(one.leaders[0])
        if first is None or len(one.evaluations) < 2:
            return None
        metric, task = self._label(one.metric), self._task(one)
        best = _call("best", one.metric, task=task)
        number = f"{_call('value', one.metric, **first)} ({_call('interval', one.metric, **first)})"
        if Functions(self.numbers).is_unknown("interval", one.metric, **first):
            number = _call("value", one.metric, **first)
        if Functions(self.numbers).is_unknown("best", one.metric, task=task):
            return None
        if len(one.leaders) == 1:
            return f"On {text(task)}, {best} is the best in {metric}: {number}."
        return (
            f"On {text(task)}, nobody is known to be the best in {metric}: {best} lead, with up to {number}."
        )

    def _task(self, one: Leaders) -> str:
        """The task of some evaluations: by its label, where they share one."""
        meant = [self.numbers.evaluations[place] for place in one.evaluations]
        labels = {each.vis_label for each in meant}
        label = labels.pop() if len(labels) == 1 else None
        return label or str(meant[0].columns.get("task"))

    def _difference(self, one: Compared) -> str | None:
        a, b = self.address(one.a), self.address(one.b)
        if a is None or b is None or Functions(self.numbers).is_unknown("difference", one.metric, a, b):
            return None
        first, second = (self.numbers.evaluations[place] for place in (one.a, one.b))
        on = "" if first.task == second.task else f" on {text(first.task)}"
        names = f"{text(first.model)}{on} against {text(second.model)} on {text(second.task)}"
        return f"{names}, in {self._label(one.metric)}: {_call('difference', one.metric, a, b)}."

    def surprises(self) -> Iterator[str]:
        """What the audits noticed."""
        yield from map(self._live, self.material.facts.comparisons.notable)

    def _live(self, sentence: str) -> str:
        """The sentence with live numbers for those that are estimates of evaluations that it names."""
        return _NUMBER.sub(lambda found: self._estimate(sentence, found[0]) or found[0], text(sentence))

    def _estimate(self, sentence: str, number: str) -> str | None:
        """The call that gives a number which is one estimate of one evaluation of the sentence."""
        evaluations = self.numbers.evaluations
        rows = [
            row
            for row in self.numbers.estimates
            if row.text == number
            and self._label(row.metric) in sentence
            and evaluations[row.evaluation].model in sentence
            and str(evaluations[row.evaluation].columns.get("task")) in sentence
        ]
        levels = self.address(rows[0].evaluation) if len(rows) == 1 else None
        return _call("value", rows[0].metric, **levels) if levels is not None else None

    def steps(self) -> Iterator[str]:
        """What is undecided, missing, or dear."""
        for verdict in self.material.facts.verdicts:
            yield from _undecided(verdict)
        missing, _ = not_shown(self.material)
        if missing:
            names = [f"{row.run} on {row.vis_label or row.task}" for row in missing]
            planned = counted(len(missing), "planned evaluation")
            yield f"Run what is missing, {planned} without a usable log: {text(listed(names))}."
        advice = [
            each for facts in self.material.facts.compute.values() for each in usage_of(facts).recommendations
        ]
        for each in advice[:MOST_STEPS]:
            yield f"{text(each.name)}: {text(' '.join(each.sentences))}"

    def _label(self, metric: str) -> str:
        return next(one.label for one in self.numbers.catalogue.metrics if one.id == metric)


def drafted(material: Material, numbers: Numbers) -> str:
    """The draft, with the mark that tells it from a text that somebody has reviewed."""
    writer = _Writer(material, numbers)
    parts = (
        ("Key findings", list(writer.findings()), "There are no results to tell of yet."),
        ("Surprises and anomalies", list(writer.surprises()), NONE_NOTICED),
        ("Next steps", list(writer.steps()), NOTHING_OPEN),
    )
    return as_draft("\n".join(_part(title, sentences, empty) for title, sentences, empty in parts))


def _part(title: str, sentences: Sequence[str], empty: str) -> str:
    body = "\n".join(f"- {sentence}" for sentence in sentences) if sentences else empty
    return f"### {title}\n\n{body}\n"


def _undecided(verdict: Verdict) -> Iterator[str]:
    """What would decide a claim."""
    if verdict.outcome is ClaimOutcome.NOT_TESTABLE:
        reason = verdict.reason or next((case.reason for case in verdict.cases if case.reason), None)
        yield f"**{text(verdict.id)}** could not be tested: {text(reason or 'nothing is known')}."
    if verdict.outcome is ClaimOutcome.INCONCLUSIVE:
        case = verdict.weakest
        what = "more samples would be needed to decide it"
        if case is not None and case.needed is not None and case.needed > MOST_SAMPLES:
            what = "were its weakest value the true one, no practical number of samples would decide it"
        elif case is not None and case.needed is not None:
            what = f"were its weakest value the true one, {case.needed:,} samples would decide it"
        yield f"**{text(verdict.id)}** is {_call('verdict', verdict.id)}: {what}."


def _call(name: str, *given: Any, **levels: Any) -> str:
    """`{{ value("match/accuracy", model="forest") }}`."""
    arguments = [*map(_literal, given), *(f"{column}={_literal(value)}" for column, value in levels.items())]
    return f"{{{{ {name}({', '.join(arguments)}) }}}}"


def _literal(value: Any) -> str:
    """A value as Jinja reads it; a person edits it, so that letters stand as they are written."""
    if isinstance(value, bool):
        return str(value).lower()
    written = json.dumps(dict(value) if isinstance(value, Mapping) else value, ensure_ascii=False)
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in written)
