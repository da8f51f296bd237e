"""The spec against itself and against the experiment, before any log exists: every mistake at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vizspec.errors import Problem
from vizspec.spec.checks import claims, comparisons, data, live, output, report, views
from vizspec.spec.checks.known_names import KnownNames, Surroundings

if TYPE_CHECKING:
    from collections.abc import Set

    from vizspec.errors import Loc
    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec


def check(
    spec: Spec, experiment: Experiment | None, around: Surroundings, left_out: Set[Loc] = frozenset()
) -> tuple[Problem, ...]:
    """Every problem of the spec, as far as the experiment tells; without one, the spec's own.

    What will certainly be skipped is a warning, everything that cannot be meant an error. `left_out` are the
    places of the document that are wrong in themselves and therefore not in `spec`.
    """
    return tuple(_problems(spec, experiment, around, left_out))


def _problems(
    spec: Spec, experiment: Experiment | None, around: Surroundings, left_out: Set[Loc]
) -> Iterator[Problem]:
    known = KnownNames.of(spec, experiment, left_out)
    yield from data.check(spec, known, experiment)
    yield from output.check(spec, around)
    yield from views.check(spec, known, experiment, around)
    yield from comparisons.check(spec, known, experiment)
    yield from claims.check(spec, known, experiment)
    yield from report.check(spec, around)
    yield from live.check(spec, known, experiment, around)
