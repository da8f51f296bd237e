"""One command of vizspec with the seconds of each stage: `python -m benchmarks.stages FILE render FOLDER`.

FILE gets a JSON mapping of stage to seconds of processor time (of this process and of the children it waited
for), of wall time, and the spans of it by the clock, from and to, which other processes can tell, too.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

STAGES = {  # stage -> the functions that it is made of, as their users name them
    "find": ["vizspec.gather.gather:find"],
    "read": ["vizspec.gather.gather:read_found"],
    "samples": ["vizspec.gather.gather:_risk", "vizspec.gather.gather:_scores"],
    "estimate": [
        "vizspec.gather.gather:_risk_estimates",
        "vizspec.gather.gather:_estimates",
        "vizspec.gather.gather:_compared",
    ],
    "plan": ["vizspec.render.pipeline:plan"],
    "draw": ["vizspec.render.pipeline:execute"],
    "pages": ["vizspec.render.canvas:BrowserCanvas.page"],
    "pictures": ["vizspec.render.canvas:BrowserCanvas.pictures"],
    "documents": ["vizspec.render.pipeline:_documents"],
}
"""`draw` holds `pages` and `pictures`."""


class Spent(NamedTuple):
    """What a stage took: seconds of processor time and of wall time, and from when to when."""

    cpu: float = 0.0
    wall: float = 0.0
    spans: tuple[tuple[float, float], ...] = ()


class Watch:
    """Sums up what each stage took."""

    def __init__(self) -> None:
        self.costs = dict.fromkeys(STAGES, Spent())

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed; a generator until its end."""

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            begin = now()
            result = function(*args, **kwargs)
            self._add(stage, begin)
            return self._items(stage, result) if isinstance(result, Iterator) else result

        return call

    def _items(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            begin = now()
            item = next(items, self)
            self._add(stage, begin)
            if item is self:
                return
            yield item

    def _add(self, stage: str, begin: tuple[float, float]) -> None:
        cpu, wall = now()
        known = self.costs[stage]
        spans = (*known.spans, (begin[1], wall))
        self.costs[stage] = Spent(known.cpu + cpu - begin[0], known.wall + wall - begin[1], spans)


def now() -> tuple[float, float]:
    """Processor time with that of ended children, and the clock."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system, time.perf_counter()


def main() -> int:
    """Runs the command and writes the file."""
    watch = Watch()
    for stage, names in STAGES.items():
        for name in names:
            module, _, path = name.partition(":")
            holder: Any = importlib.import_module(module)
            *outer, last = path.split(".")
            for part in outer:
                holder = getattr(holder, part)
            setattr(holder, last, watch.timed(stage, getattr(holder, last)))
    from vizspec.cli.boundary import run

    code = run(sys.argv[2:])
    Path(sys.argv[1]).write_text(json.dumps(watch.costs), encoding="utf-8")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
