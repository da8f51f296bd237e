"""When models were released and by whom, as the tables tell that come with the installed Inspect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TABLES = ("model", "_model_data")


@dataclass(frozen=True)
class Release:
    """Who released a model, and when."""

    organization: str
    on: date


def releases(models: Iterable[str]) -> Mapping[str, Release]:
    """The release of each model that the tables have, by its name as a log has it (`openai/gpt-4o`)."""
    known = _known(_folder())
    found = {model: _find(model.casefold(), known) for model in models}
    return {model: release for model, release in found.items() if release is not None}


def _find(model: str, known: Mapping[str, Release]) -> Release | None:
    """A name is tried whole, then without what stands before each `/`, such as its provider."""
    parts = model.split("/")
    names = ("/".join(parts[at:]) for at in range(len(parts)))
    return next((known[name] for name in names if name in known), None)


def _folder() -> Path | None:
    spec = find_spec("inspect_ai")
    locations = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(locations))).joinpath(*TABLES) if locations else None


@cache
def _known(folder: Path | None) -> Mapping[str, Release]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Release] = {}
    for path in sorted(folder.glob("*.yml")) if folder is not None else ():
        tables = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        for name, release in _of_tables(tables):
            found.setdefault(name.casefold(), release)
    return found


def _of_tables(tables: Any) -> Iterator[tuple[str, Release]]:
    """Every name of every model whose date is known; a version without a date has its model's."""
    for key, organization in _mapping(tables).items():
        about = _mapping(organization)
        title = str(about.get("display_name") or key)
        for name, model in _mapping(about.get("models")).items():
            yield from _names(str(name), _mapping(model), title, None)


def _names(
    name: str, model: Mapping[str, Any], title: str, before: date | None
) -> Iterator[tuple[str, Release]]:
    on = model.get("release_date") or before
    if isinstance(on, date):
        yield from ((str(one), Release(title, on)) for one in (name, *(model.get("aliases") or ())))
    for version, about in _mapping(model.get("versions")).items():
        yield from _names(str(version), _mapping(about), title, on if isinstance(on, date) else None)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
