"""From a log's header to its `Setup`: what ran on what, in forms that two logs can be compared by.

Other versions and other writers give some of it other shapes: what has no known one counts as not told.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from vizspec.logs.header import Config, EvalSpec, Header
from vizspec.logs.header import EvalDataset as DatasetHeader
from vizspec.logs.record import ENDING_LIMITS, SAMPLE_LIMITS, Dataset, Setup
from vizspec.text.registry_names import without_package


def setup_of(header: Header) -> Setup:
    """How the evaluation of this header was set up."""
    spec = header.eval
    named = text(spec.task_registry_name)
    package, _, registered = (named or spec.task).rpartition("/")
    return Setup(
        registered=registered if named else None,
        package=package or None,
        task_name=spec.task,
        task_file=text(spec.task_file),
        task_version=text(spec.task_version),
        passed=frozenset(spec.task_args_passed) if isinstance(spec.task_args_passed, dict) else None,
        dataset=_dataset(spec.dataset),
        solver=text(spec.solver) or _chain(header),
        solver_args=chosen(spec.solver_args),
        step_args=_of_steps(header),
        scorer_args=_of_scorers(header),
        model_args=chosen(spec.model_args),
        generate=_generate(header, spec),
        model_roles=chosen(spec.model_roles),
        limits=chosen({name: getattr(spec.config, name) for name in (*SAMPLE_LIMITS, *ENDING_LIMITS)}),
        reducers=_reducers(spec.config),
        tags=texts(spec.tags),
    )


def chosen(settings: object) -> Mapping[str, Any]:
    """The settings that have a value; none where these are no settings."""
    if not isinstance(settings, Mapping):
        return {}
    return {str(name): value for name, value in settings.items() if value is not None}


def text(value: object) -> str | None:
    """A name or a version as text; None for nothing, and for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return None
    return str(value)


def texts(values: object) -> tuple[str, ...]:
    """A list of names, or one name, as texts."""
    several = values if isinstance(values, list | tuple) else [values]
    return tuple(found for value in several if (found := text(value)) is not None)


def hash_of_ids(ids: Iterable[object] | None) -> str | None:
    """A hash of the ids of samples that does not depend on their order; None for no ids."""
    if ids is None:
        return None
    known = sorted(map(str, ids))
    return hashlib.sha256("\n".join(known).encode("utf-8", "replace")).hexdigest() if known else None


def _dataset(dataset: DatasetHeader) -> Dataset:
    size = dataset.samples
    is_count = isinstance(size, int) and not isinstance(size, bool) and size >= 0
    return Dataset(
        text(dataset.name),
        text(dataset.location),
        size if is_count else None,
        hash_of_ids(dataset.sample_ids),
    )


def _chain(header: Header) -> str | None:
    """The task's own solvers, where none was chosen: `system_message, generate`."""
    steps = header.plan.steps if header.plan else []
    names = (text(step.solver) for step in steps)
    return ", ".join(without_package(name) for name in names if name) or None


def _of_steps(header: Header) -> Mapping[str, Any]:
    """What the task's own solvers were given; of several of one name the later ones have their number."""
    if text(header.eval.solver) is not None or header.plan is None:
        return {}
    found: dict[str, Any] = {}
    times: Counter[str] = Counter()
    for step in header.plan.steps:
        name = without_package(text(step.solver) or "")
        times[name] += 1
        place = name if times[name] == 1 else f"{name}{times[name]}"
        given = step.params if step.params_passed is None else step.params_passed
        found |= {f"{place}.{argument}": value for argument, value in chosen(given).items()}
    return found


def _of_scorers(header: Header) -> Mapping[str, Any]:
    """What the scorers were given; older logs tell it beside their results only."""
    declared = header.eval.scorers if isinstance(header.eval.scorers, list) else []
    options = [(one.get("name"), one.get("options")) for one in declared if isinstance(one, Mapping)]
    entries = header.results.scores if header.results else []
    found: dict[str, Any] = {}
    for name, given in options or [(entry.scorer or entry.name, entry.params) for entry in entries]:
        place = without_package(text(name) or "")
        found |= {f"{place}.{argument}": value for argument, value in chosen(given).items()}
    return found


def _generate(header: Header, spec: EvalSpec) -> Mapping[str, Any]:
    """What the task and the caller chose; logs of older versions tell it in the plan only."""
    planned = header.plan.config if header.plan else None
    return {**chosen(planned), **chosen(spec.model_generate_config)}


def _reducers(config: Config) -> tuple[str, ...]:
    if (config.epochs or 1) <= 1:
        return ()
    return texts(config.epochs_reducer) or ("mean",)
