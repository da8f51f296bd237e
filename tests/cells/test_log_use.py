"""The records of what became of logs."""

from __future__ import annotations

from tests.make import a_log
from vizspec.cells.log_use import Fate, LogUse, SelectedLogs


def test_logs_are_found_by_their_fates_in_their_order() -> None:
    uses = [Fate.KEPT, Fate.FAILED, Fate.KEPT, Fate.FILTERED]
    use = [LogUse(a_log(location=str(place)), fate, "why") for place, fate in enumerate(uses)]
    selected = SelectedLogs((), tuple(use))
    assert selected.with_fate(Fate.KEPT, Fate.FILTERED) == (use[0], use[2], use[3])
    assert selected.with_fate() == ()
