"""What the user wrote: the interpretation and sections of their own; what is missing is said."""

from __future__ import annotations

import posixpath

from vizspec.report.material import Material
from vizspec.report.model import Interpretation, Own
from vizspec.spec.model import OwnSection
from vizspec.spec.texts import interpretation_file
from vizspec.text.headings import lowered

NO_INTERPRETATION = (
    "No interpretation was written. Draft one with 'vizspec interpret', give a file or a text as "
    "report.interpretation in the spec, or false to leave it out on purpose."
)

NOT_REVIEWED = "This interpretation is drafted, not yet reviewed: vizspec wrote it from the results."


def interpretation(material: Material) -> tuple[Interpretation, ...]:
    """The section; absent only where the spec says `false`."""
    wanted = material.report.interpretation
    if wanted is False:
        return ()
    text, missing = _interpretation(material)
    is_draft = text is not None and material.attachments.is_draft
    shown = None if text is None else lowered(text)
    return (Interpretation(shown, missing, NOT_REVIEWED if is_draft else None, _folder(material)),)


def interpretation_warning(material: Material) -> str | None:
    """What to tell the user where the report lacks its interpretation."""
    if material.report.interpretation is False or "interpretation" not in material.report.sections:
        return None
    text, missing = _interpretation(material)
    if text is None:
        return missing
    return "the interpretation is drafted, not yet reviewed" if material.attachments.is_draft else None


def own(material: Material, section: OwnSection) -> Own:
    """A section of the user's own, with its text or the reason why there is none."""
    if section.file is None:
        text = lowered((section.text or "").strip()) or None
        return Own(section.title, text, None if text else "It is empty.", _folder(material))
    text = material.attachments.texts.read.get(section.file)
    if text is not None:
        return Own(section.title, lowered(text.strip()), folder=_folder(material))
    return Own(
        section.title, None, material.attachments.texts.missing.get(section.file) or _not_read(section.file)
    )


def _folder(material: Material) -> str:
    """The report's own, inside the output folder."""
    return posixpath.dirname(material.report.path)


def _interpretation(material: Material) -> tuple[str | None, str | None]:
    """The text, or the sentence that stands in its place."""
    wanted = material.report.interpretation
    if not isinstance(wanted, str) or not wanted.strip():
        return None, material.attachments.no_interpretation or NO_INTERPRETATION
    file = interpretation_file(material.report)
    if file is None:
        return wanted.strip(), None
    text = material.attachments.texts.read.get(file)
    if text is not None and text.strip():
        return text.strip(), None
    if text is not None:
        return None, f"'{file}' is empty: no interpretation was written."
    return None, material.attachments.texts.missing.get(file) or _not_read(file)


def _not_read(file: str) -> str:
    return f"'{file}' was not read."
