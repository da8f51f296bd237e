"""THE MAIN PATH: what `plan` and `render` do, stage by stage."""

from __future__ import annotations

from collections.abc import Sequence

from vizspec.errors import Problems
from vizspec.facts import Facts
from vizspec.gather import Reading, gather
from vizspec.opening import Opened
from vizspec.plan import Plan, plan


def make_plan(opened: Opened, reading: Reading, only: Sequence[str] = ()) -> tuple[Facts, Plan]:
    """The facts of the experiment, and what is to be made of them.

    Raises:
        Problems: the plan cannot be made; every reason at its line of the spec.
        UserError: there are no logs.
    """
    facts = gather(opened.spec, opened.experiment, opened.base, opened.name, reading, opened.path.parent)
    try:
        return facts, plan(opened.spec, facts, only)
    except Problems as found:
        raise Problems(opened.located(found.problems)) from None
