"""Makes example experiments: real Inspect evaluations of real classifiers, offline and fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vizspec.demo.make import make_experiment as make_experiment

__all__ = ["make_experiment"]


def __getattr__(name: str) -> Any:
    if name != "make_experiment":
        raise AttributeError(f"module 'vizspec.demo' has no attribute {name!r}")
    from vizspec.demo.make import make_experiment

    return make_experiment
