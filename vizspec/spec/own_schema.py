"""The JSON Schema of one experiment's spec: it suggests the names that the spec may speak of.

Names that a spec may define itself, columns and metrics, are suggested and others taken: `vizspec validate`
tells which are wrong. Runs are the design's alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import VERSION

from vizspec.cells.columns import STANDARD
from vizspec.errors import UserError
from vizspec.metrics.catalogue import GROUPS
from vizspec.metrics.known_metrics import ACCURACY
from vizspec.output.folder import Folder
from vizspec.spec.checks.known_names import KnownNames
from vizspec.spec.schema import SPEC_SCHEMA, spec_schema
from vizspec.text.registry_names import without_package
from vizspec.versions import own_version

if TYPE_CHECKING:
    from pathlib import Path

    from vizspec.experiment.model import Experiment
    from vizspec.spec.model import Spec

SCHEMA_FILE = f".vizspec/{SPEC_SCHEMA}"
"""Where `init` puts the schema, below the folder of the spec."""

FOUND = "x-vizspec-found"
"""The key under which a schema keeps what logs told: `validate` reads none."""

SEAL = "x-vizspec-made-of"
"""The key, the last of all, of a digest of all that a schema was made of, and of its own text."""

_SEALED = re.compile(rf'(?<="{SEAL}": ")([0-9a-f]{{64}})"\n}}\n\Z')

METRICS = ("metrics", "metric", "primary", "include")
"""The keys that mean metrics, wherever they stand."""

LEVELS = ("of", "than", "in", "versus", "to")
"""The keys that mean evaluations by the values of their columns."""

COLUMNS = {
    "DataSpec": ("identity",),
    "Column": ("from",),
    "Claim": ("over", "among", "for_each"),
    "ComparisonEntry": ("among", "for_each"),
    "ScoresByFactor": ("factor",),
    "ScoresByVariable": ("x", "series", "facet"),
    "ScoresHeatmap": ("rows", "columns"),
}
"""The keys that mean columns, by the part of the language."""

LoggedValues = Mapping[str, tuple[Any, ...]]
"""The values of columns, by the column's name."""


@dataclass(frozen=True)
class FoundNames:
    """What logs told: their metrics, as `scorer/metric`, and values of columns."""

    metrics: tuple[str, ...] = ()
    values: LoggedValues = field(default_factory=dict)


NOTHING_FOUND = FoundNames()


class _Names(NamedTuple):
    """All that the schema of an experiment's spec says beyond that of every spec."""

    metrics: list[str]
    columns: list[str]
    values: LoggedValues
    found: FoundNames

    @classmethod
    def of(cls, spec: Spec, experiment: Experiment | None, found: FoundNames) -> _Names:
        names = KnownNames.of(spec, experiment)
        return cls(_metrics(names, found), _columns(names), _values(experiment, found), found)

    def seal(self, unsealed: str) -> str:
        """A digest of the names, of the text that was made of them, and of what made it."""
        parts = (own_version(), VERSION, *self, unsealed)
        return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()

    def made(self, text: str) -> bool:
        """Whether a text is the schema that these names give, as it was made."""
        sealed = _SEALED.search(text)
        return sealed is not None and self.seal(text[: sealed.start(1)]) == sealed[1]


def schema_for(spec: Spec, experiment: Experiment | None, found: FoundNames = NOTHING_FOUND) -> str:
    """The schema of `analysis.yaml` with the names of this experiment, as the text of its file."""
    return _schema(_Names.of(spec, experiment, found))


def _schema(names: _Names) -> str:
    schema = json.loads(spec_schema())
    metrics, columns = _suggested(names.metrics), _suggested(names.columns)
    for part, described in schema["$defs"].items():
        for key, value in described.get("properties", {}).items():
            if key in METRICS:
                _put(value, metrics)
            elif key in COLUMNS.get(part, ()):
                _put(value, columns)
            elif key in LEVELS:
                _put_levels(value, names.values)
    data = schema["$defs"]["DataSpec"]["properties"]
    _put_labels(data["labels"], names.values)
    found = names.found
    schema[FOUND] = {"metrics": list(found.metrics), "values": {k: list(v) for k, v in found.values.items()}}
    schema[SEAL] = ""
    unsealed = json.dumps(schema, indent=2, ensure_ascii=False).removesuffix('"\n}')
    return f'{unsealed}{names.seal(unsealed)}"\n}}\n'


def found_in(text: str) -> FoundNames:
    """What an earlier schema keeps of the logs; nothing where it is none of ours."""
    try:
        kept = json.loads(text).get(FOUND, {})
        values = {str(name): tuple(listed) for name, listed in kept.get("values", {}).items()}
        return FoundNames(tuple(map(str, kept.get("metrics", ()))), values)
    except (ValueError, AttributeError, TypeError):
        return NOTHING_FOUND


def refresh(folder: Path, spec: Spec, experiment: Experiment | None, found: FoundNames | None = None) -> bool:
    """Write the schema beside a spec anew, where one lies there; says whether it did.

    Without `found`, what the schema there keeps of the logs stays. Nothing is made where the one there tells
    that it is what would be made. A schema that cannot be read or written is left: nothing depends on it.
    """
    beside = Folder(folder)
    try:
        before = beside.read(SCHEMA_FILE)
        if before is None:
            return False
        text = before.decode("utf-8", "replace")
        names = _Names.of(spec, experiment, found_in(text) if found is None else found)
        if names.made(text):
            return False
        beside.write(SCHEMA_FILE, _schema(names).encode())
    except (OSError, UserError):
        return False
    return True


def _metrics(names: KnownNames, found: FoundNames) -> list[str]:
    """The groups, the metrics that logs hold, and each scorer with its accuracy."""
    of_scorers = (name for scorer in names.scorers or () for name in (scorer, f"{scorer}/{ACCURACY}"))
    scorers = (metric.partition("/")[0] for metric in found.metrics)
    return list(dict.fromkeys((*GROUPS, *found.metrics, *of_scorers, *scorers)))


def _columns(names: KnownNames) -> list[str]:
    return list(dict.fromkeys((*(names.columns or STANDARD), *(names.of_runs or ()))))


def _values(experiment: Experiment | None, found: FoundNames) -> LoggedValues:
    """The values that the design and the logs tell of the columns that people name."""
    values: dict[str, tuple[Any, ...]] = dict(found.values)
    if experiment is None:
        return values
    design: dict[str, Sequence[Any]] = {
        "run": [run.name for run in experiment.runs],
        "run.type": [run.type for run in experiment.runs if run.type is not None],
        "model": experiment.models,
        "task": [without_package(task) for task in experiment.tasks],
        "vis_label": experiment.vis_labels,
        "task_name": experiment.shown_tasks,
        "epoch": experiment.epochs,
        **{variable.name: variable.levels for variable in experiment.variables},
    }
    for name, listed in design.items():
        values[name] = tuple(dict.fromkeys((*listed, *(values.get(name, ()) if name != "run" else ()))))
    return {name: listed for name, listed in values.items() if listed}


def _suggested(names: Sequence[Any]) -> dict[str, Any]:
    """Any text, of which some are known."""
    return {"anyOf": [{"enum": list(names)}, {"type": "string"}]} if names else {"type": "string"}


def _put(described: dict[str, Any], text: dict[str, Any]) -> None:
    """Put what is known of a text in the place of each plain text that a key takes, alone or in a list."""
    if described.get("type") == "string":
        del described["type"]
        described |= text
        return
    for choice in described.get("anyOf", ()):
        if choice.get("type") == "string":
            choice.clear()
            choice |= text
        elif choice.get("type") == "array":
            _put(choice["items"], text)


def _put_levels(described: dict[str, Any], values: LoggedValues) -> None:
    """Name the columns, and of each its values; a run must be one of the design's."""
    levels = described if "additionalProperties" in described else _first_object(described)
    if levels is None:
        return
    levels["properties"] = {
        name: {"anyOf": [{"enum": list(listed)}, {"items": {"enum": list(listed)}, "type": "array"}]}
        if name == "run"
        else {"anyOf": [{"enum": list(listed)}, levels["additionalProperties"]]}
        for name, listed in values.items()
    }


def _first_object(described: dict[str, Any]) -> dict[str, Any] | None:
    return next((one for one in described.get("anyOf", ()) if one.get("type") == "object"), None)


def _put_labels(described: dict[str, Any], values: LoggedValues) -> None:
    """Name the columns whose values are renamed most, and their values."""
    described["properties"] = {
        name: {
            "type": "object",
            "properties": {str(value): {"type": "string"} for value in listed},
            "additionalProperties": {"type": "string"},
        }
        for name, listed in values.items()
    }
