"""The text of a suggested spec, with its comments. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vizspec.init.flow_style import flow
from vizspec.init.suggest import NOTHING_STATED, Stated, Suggestion


def starter(
    suggestions: Sequence[Suggestion],
    *,
    name: str,
    experiment: str | None,
    logs: Sequence[str] | None,
    schema: str,
    suggested_claims: Sequence[Mapping[str, Any]] = (),
    stated: Stated = NOTHING_STATED,
) -> str:
    """The text of the spec; `logs` are the patterns where they are not the default ones.

    `name` is what to call an analysis without a design. `suggested_claims` stand there as comments, where no
    claim is stated.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("vizspec.init"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["flow"] = flow
    template = environment.get_template("analysis.yaml.j2")
    return template.render(
        suggestions=suggestions,
        name=name,
        experiment=experiment,
        logs=logs,
        schema=schema,
        suggested_claims=suggested_claims,
        stated=stated,
    )
