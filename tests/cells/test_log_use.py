"""The records of what became of logs."""

from __future__ import annotations

from tests.make import a_log
from vizspec.cells.log_use import Fate, Fated, Sorting


def test_logs_are_found_by_their_fates_in_their_order() -> None:
    fates = [Fate.KEPT, Fate.FAILED, Fate.KEPT, Fate.FILTERED]
    fated = [Fated(a_log(location=str(place)), fate, "why") for place, fate in enumerate(fates)]
    sorting = Sorting((), tuple(fated))
    assert sorting.with_fate(Fate.KEPT, Fate.FILTERED) == (fated[0], fated[2], fated[3])
    assert sorting.with_fate() == ()
