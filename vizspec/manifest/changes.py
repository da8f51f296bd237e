"""What changed between the inputs of two renders: values first, and sentences of them at the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from vizspec.manifest.inputs import InputFile, Inputs

MOST_NAMED = 2
"""As many files are named one by one where they changed alike."""


class Subject(StrEnum):
    """What changed; the files by what a sentence calls them."""

    NAME = "name"
    """What the analysis is called, where nothing but its folder gives the name."""
    SECTION = "section"
    """A section of the spec other than `views`."""
    ENTRY = "entry"
    ORDER = "order"
    """The order of the entries of `views`."""
    EXPERIMENT = "the experiment"
    TEXT = "the text"
    LOG = "the log"
    VERSION = "version"


class Event(StrEnum):
    """What became of it."""

    NEW = "new"
    GONE = "gone"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Change:
    """One thing that changed. `name` is the section, the entry's id, the file or the package.

    `place` is the place in `views` of an entry that is there now; `was` and `now` are versions.
    """

    subject: Subject
    name: str
    event: Event = Event.REPLACED
    place: int | None = None
    was: str | None = None
    now: str | None = None

    @property
    def is_of_views(self) -> bool:
        """Whether the entries of `views` changed, or their order."""
        return self.subject in (Subject.ENTRY, Subject.ORDER)

    @property
    def is_of_display(self) -> bool:
        """Whether it alters only how results are shown, and none of them."""
        is_of_section = self.subject is Subject.SECTION and self.name in ("name", "report", "output")
        return self.is_of_views or is_of_section or self.subject in (Subject.NAME, Subject.TEXT)


def changes(before: Inputs, now: Inputs) -> tuple[Change, ...]:
    """What changed between two renders: the spec, the experiment, texts, logs and versions."""
    return tuple(_changes(before, now))


def worded(found: Iterable[Change], places: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each change; `places` are the lines of the entries of `views`. Files that changed alike
    share a sentence where there are many.
    """
    for (subject, event), alike in groupby(found, key=lambda change: (change.subject, change.event)):
        if subject in (Subject.EXPERIMENT, Subject.TEXT, Subject.LOG):
            yield from _of_files(subject, event, [change.name for change in alike])
        else:
            yield from (_sentence(change, places) for change in alike)


def place_text(entry: int, places: Sequence[str]) -> str:
    """Where an entry of `views` stands: its line where that is known."""
    return places[entry] if entry < len(places) else f"views[{entry}]"


def _changes(before: Inputs, now: Inputs) -> Iterator[Change]:
    if now.name != before.name and before.name is not None:
        of_folder = Change(Subject.NAME, now.name or "", was=before.name)
        yield of_folder if now.is_name_of_folder else Change(Subject.SECTION, "name")
    for section in sorted({*before.settings, *now.settings}):
        if before.settings.get(section) != now.settings.get(section):
            yield Change(Subject.SECTION, section)
    yield from _of_entries(before, now)
    single = (before.experiment,) if before.experiment else (), (now.experiment,) if now.experiment else ()
    yield from _between(Subject.EXPERIMENT, *single)
    yield from _between(Subject.TEXT, before.texts, now.texts)
    yield from _between(Subject.LOG, before.logs, now.logs)
    for name in sorted({*before.versions, *now.versions}):
        was, is_now = before.versions.get(name), now.versions.get(name)
        if was != is_now:
            yield Change(Subject.VERSION, name, was=was, now=is_now)


def _of_entries(before: Inputs, now: Inputs) -> Iterator[Change]:
    old = {entry.id: entry.sha256 for entry in before.entries}
    for entry in now.entries:
        if old.get(entry.id) != entry.sha256:
            event = Event.NEW if entry.id not in old else Event.REPLACED
            yield Change(Subject.ENTRY, entry.id, event, entry.place)
    for gone in sorted(old.keys() - {entry.id for entry in now.entries}):
        yield Change(Subject.ENTRY, gone, Event.GONE)
    ids = [entry.id for entry in now.entries if entry.id in old]
    if ids != [entry.id for entry in before.entries if entry.id in ids]:
        yield Change(Subject.ORDER, "views")


def _between(subject: Subject, before: Sequence[InputFile], now: Sequence[InputFile]) -> Iterator[Change]:
    old = {file.name: file.sha256 for file in before}
    new = {file.name: file.sha256 for file in now}
    yield from (Change(subject, name, Event.NEW) for name in sorted(new.keys() - old.keys()))
    yield from (Change(subject, name, Event.GONE) for name in sorted(old.keys() - new.keys()))
    replaced = sorted(name for name in new if name in old and new[name] != old[name])
    yield from (Change(subject, name, Event.REPLACED) for name in replaced)


def _of_files(subject: Subject, event: Event, names: Sequence[str]) -> Iterator[str]:
    is_so, are_so = ("was", "were") if event is Event.REPLACED else ("is", "are")
    if len(names) > MOST_NAMED:
        yield f"{subject}s {are_so} {event}: {len(names)}, such as '{names[0]}'"
    else:
        yield from (f"{subject} '{name}' {is_so} {event}" for name in names)


def _sentence(change: Change, places: Sequence[str]) -> str:
    if change.subject is Subject.NAME:
        return f"its name is its folder's, '{change.name}', and was '{change.was}': give `name: {change.was}`"
    if change.subject is Subject.SECTION:
        return f"'{change.name}' of the spec changed"
    if change.subject is Subject.ORDER:
        return "views: their order changed"
    if change.subject is Subject.VERSION:
        return f"{change.name} {change.was or 'not there'} became {change.now or 'not there'}"
    if change.place is None:
        return f"views: '{change.name}' is gone"
    what = "new" if change.event is Event.NEW else "changed"
    return f"views: '{change.name}' is {what} at {place_text(change.place, places)}"
