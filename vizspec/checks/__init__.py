"""The spec against itself and against the experiment, before any log exists: every mistake at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vizspec.checks import data, report, views
from vizspec.checks.known import Known
from vizspec.errors import Problem

if TYPE_CHECKING:
    from vizspec.experiment import Experiment
    from vizspec.spec import Spec


def check(spec: Spec, experiment: Experiment | None, exists: Callable[[str], bool]) -> tuple[Problem, ...]:
    """Every problem of the spec, as far as the experiment tells; without one, the spec's own.

    `exists` tells of a path relative to the spec whether it is a file. What will certainly be skipped is a
    warning, everything that cannot be meant an error.
    """
    return tuple(_problems(spec, experiment, exists))


def _problems(spec: Spec, experiment: Experiment | None, exists: Callable[[str], bool]) -> Iterator[Problem]:
    known = Known.of(spec, experiment)
    yield from data.check(spec, known, experiment)
    yield from views.check(spec, known, experiment)
    yield from report.check(spec, exists)
