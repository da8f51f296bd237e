"""How samples of two evaluations are matched, as keys of the language that several entries have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from vizspec.text.messages import shown
from vizspec.views.entry import Model

Scalar = str | int | float | bool
Levels = dict[str, Scalar | tuple[Scalar, ...]]
"""Values of columns, of which evaluations are meant that have them all; a list means any of its values."""

METADATA = "metadata."
"""What stands before a key of metadata. Of samples it is the samples' own, where they have it."""


def _of_metadata(name: str) -> str:
    if not name.startswith(METADATA) or name == METADATA:
        message, hint = "{name} names no key of the samples' metadata", f"as in: {METADATA}patient"
        raise PydanticCustomError("cluster", message, {"name": shown(name), "hint": hint})
    return name


ClusterKey = Annotated[str, AfterValidator(_of_metadata)]


class Matching(Model):
    """How the samples of two evaluations are matched."""

    pair: Literal["id_and_input", "id", "input"] = "id_and_input"
    """Samples are the same by `id_and_input`, by `id` alone (formats of one question), or by `input`."""
    cluster: ClusterKey | None = None
    """`metadata.KEY` of the samples: those with one value are no independent samples."""


def cluster_key(cluster: str | None) -> str | None:
    """The key of the samples' metadata that `metadata.KEY` names."""
    return cluster.removeprefix(METADATA) if cluster is not None else None
