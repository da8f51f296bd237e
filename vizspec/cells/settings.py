"""How an evaluation was set up, as columns; and which of them may change its score.

Two evaluations that differ in a setting that counts are two, however much else they have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vizspec.cells.columns import GENERATE, MODEL_CONFIG, text_of
from vizspec.logs.record import ENDING_LIMITS, SAMPLE_LIMITS, Log, Setup

SCORER = "scorer_args."
"""What stands before an argument of a scorer: `scorer_args.match.location`."""

NEVER_COUNTS: Mapping[str, frozenset[str]] = {
    GENERATE: frozenset(
        {
            *("max_retries", "timeout", "attempt_timeout", "stream_idle_timeout", "max_connections"),
            *("adaptive_connections", "cache", "cache_prompt", "batch", "extra_headers"),
        }
    ),
    "model_args.": frozenset(
        {
            *("api_key", "base_url", "host", "port", "timeout", "max_retries", "max_connections", "batch"),
            *("batch_size", "max_batch_size", "device", "device_map", "cache_dir", "memoize", "region"),
            *("tensor_parallel_size", "pipeline_parallel_size", "gpu_memory_utilization", "num_gpus"),
        }
    ),
    "task_args.": frozenset({"vis_label", "config_path", "eval_dir", "output_dir", "log_dir"}),
    "solver_args.": frozenset(),
    SCORER: frozenset(),
    "model_roles.": frozenset({"base_url", "api_key"}),
}
"""What no score depends on, by the section that it stands in: connections, retries, batches, caches, places.

Neither do times, ids, tags and metadata (`marks`), the folder of a log, its task's file, the versions of
packages and the level of logging, which are no settings at all. Paths count by their last part alone.
"""

SINGLE = ("task_package", "task_version", "dataset_name", "dataset_location", "solver", "epochs_reducer")
"""The settings outside a section that count."""

KNOWN_ONLY = frozenset({"task_package", "task_version", "dataset_name", "dataset_location"})
"""Settings whose absence tells nothing: older logs lack them."""

LONGEST = 80
"""A longer text of metadata is a note, and no level of anything."""

_OF_THE_JOB = re.compile(
    r"(?:^|_)(?:id|ids|uuid|time|timestamp|date|created|started|completed|path|dir|folder|file|url|host"
    r"|hostname|node|job|user|commit|hash|sha|git|version|log|seconds|duration)(?:_|$)",
    re.IGNORECASE,
)
"""Names of metadata that tell of a job's place and time."""

_ABSOLUTE = re.compile(r"(?:/|~|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*://).*[\\/].*", re.DOTALL)

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
"""Where an object lay in memory, in the text of a function or a class."""


def setting_columns(log: Log) -> dict[str, Any]:
    """The columns of a log's setup; what it does not tell is not among them."""
    setup = log.setup
    single = {
        "task_package": setup.package,
        "task_version": setup.task_version,
        "task_file": setup.task_file,
        "dataset": setup.dataset.name or _last_part(setup.dataset.location),
        "dataset_name": setup.dataset.name,
        "dataset_location": setup.dataset.location,
        "dataset_samples": setup.dataset.size,
        "sample_ids": setup.dataset.sample_ids[:8] if setup.dataset.sample_ids else None,
        "solver": setup.solver,
        "epochs_reducer": ", ".join(setup.reducers) or None,
        "tags": ", ".join(setup.tags) or None,
        "solver_args": dict(setup.solver_args) or None,
        "model_args": dict(setup.model_args) or None,
        "model_generate_config": dict(setup.generate) or None,
        "model_roles": dict(setup.model_roles) or None,
        **setup.limits,
    }
    return {
        **{name: value for name, value in single.items() if value is not None},
        **{f"{prefix}{name}": value for prefix, name, value in (*_sections(log), *_of_own(log))},
        **{f"{MODEL_CONFIG}{name}": value for name, value in setup.generate.items()},
    }


def differing(logs: Sequence[Log], every: bool = False) -> tuple[str, ...]:
    """The columns of the settings that count in which some of the logs differ, in the order of their names.

    A task argument that a log lacks is no difference where the others have its default, nor is an argument of
    a scorer that it was not scored by. With `every`, those
    count too that may only follow from others, or from a trial: the limits that choose the samples, and the
    arguments of the task's own solvers and scorers.
    """
    settings_of_logs = [_counting(log, every) for log in logs]
    names = sorted({name for settings in settings_of_logs for name in settings})
    return tuple(name for name in names if _differs(name, logs, settings_of_logs))


def marks(log: Log) -> dict[str, str]:
    """What its user wrote down of an evaluation: its tags, and the metadata that is no place, time or id.

    It makes no evaluation of its own, but may be meant to.
    """
    found = {"tags": ", ".join(sorted(log.setup.tags))} if log.setup.tags else {}
    for name, value in log.metadata.items():
        is_short = isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= LONGEST)
        if is_short and not _OF_THE_JOB.search(name) and not _ABSOLUTE.fullmatch(str(value)):
            found[f"metadata.{name}"] = text_of(value)
    return found


def setting_text(value: object) -> str:
    """What of a setting is compared: of an absolute path its last part, of all else the text."""
    text = _ADDRESS.sub("", text_of(value))
    return _last_part(text) or text if isinstance(value, str) and _ABSOLUTE.fullmatch(text) else text


def _counting(log: Log, every: bool) -> dict[str, str]:
    """The settings of a log that count, as the texts that they are compared by."""
    columns = setting_columns(log)
    counting = [*SINGLE, *ENDING_LIMITS, *(SAMPLE_LIMITS if every else ())]
    found = {name: setting_text(columns[name]) for name in counting if name in columns}
    for prefix, name, value in (*_sections(log), *(_of_own(log) if every else ())):
        if name.rpartition(".")[2] not in NEVER_COUNTS[prefix]:
            found[f"{prefix}{name}"] = setting_text(value)
    return found


def _sections(log: Log) -> Iterator[tuple[str, str, Any]]:
    setup = log.setup
    sections: Mapping[str, Mapping[str, Any]] = {
        "task_args.": log.task_args,
        "solver_args.": setup.solver_args,
        "model_args.": setup.model_args,
        GENERATE: setup.generate,
        "model_roles.": dict(_roles(setup)),
    }
    for prefix, values in sections.items():
        for name, value in values.items():
            yield prefix, name, value


def _of_own(log: Log) -> Iterator[tuple[str, str, Any]]:
    """The arguments that the task itself gives its solvers and scorers, often by its own arguments."""
    for prefix, values in (("solver_args.", log.setup.step_args), (SCORER, log.setup.scorer_args)):
        for name, value in values.items():
            yield prefix, name, value


def _roles(setup: Setup) -> Iterator[tuple[str, Any]]:
    """The model of each role, and what was chosen for it: `grader`, `grader.temperature`."""
    for role, chosen in setup.model_roles.items():
        if not isinstance(chosen, Mapping):
            yield role, chosen
            continue
        if chosen.get("model") is not None:
            yield role, chosen["model"]
        for section in (chosen.get("config"), chosen.get("args")):
            for name, value in (section or {}).items() if isinstance(section, Mapping) else ():
                if value is not None and name not in NEVER_COUNTS[GENERATE] | NEVER_COUNTS["model_args."]:
                    yield f"{role}.{name}", value


def _differs(name: str, logs: Sequence[Log], settings_of_logs: Sequence[Mapping[str, str]]) -> bool:
    if len({settings[name] for settings in settings_of_logs if name in settings}) > 1:
        return True
    if name in KNOWN_ONLY or all(name in settings for settings in settings_of_logs):
        return False
    if name.startswith(SCORER):
        lacking = (log for log, settings in zip(logs, settings_of_logs, strict=True) if name not in settings)
        scorer = name.removeprefix(SCORER).rpartition(".")[0]
        return any(score.scorer == scorer for log in lacking for score in log.scores)
    argument = name.removeprefix("task_args.")
    if argument == name:
        return True
    having = (log for log, settings in zip(logs, settings_of_logs, strict=True) if name in settings)
    return any(log.setup.passed is None or argument in log.setup.passed for log in having)


def _last_part(path: str | None) -> str | None:
    return re.split(r"[\\/]", path.rstrip("\\/"))[-1] if path else None
