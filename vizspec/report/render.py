"""The report as Markdown, by templates that loop and print."""

from __future__ import annotations

from vizspec.errors import UserError
from vizspec.report.fill import filled
from vizspec.report.model import Report
from vizspec.report.template import built_in


def render(report: Report, template: str | None = None) -> str:
    """The Markdown of the report, by the built-in template or by the text of the user's own.

    A template of the user's sees `report`, the filters `cell`, `link` and `text`, and may extend or include
    the built-in ones (`report.md.j2`, `table.md.j2`, `sections/{name}.md.j2`). It is filled in by a process
    of its own, with an end to its time and its memory.

    Raises:
        UserError: the user's template cannot be read, asks for what is not there, or takes too much.
    """
    if template is None:
        return _tidy(built_in(report))
    found = filled(template, report)
    if found.text is None:
        place = f", line {found.line}" if found.line else ""
        raise UserError(
            f"the report's template cannot be filled in{place}: {found.problem}",
            "compare it with the built-in one, vizspec/report/templates/report.md.j2",
        )
    return _tidy(found.text)


def _tidy(markdown: str) -> str:
    """No blank lines at the ends, and text that can be encoded."""
    return markdown.strip().encode("utf-8", "replace").decode() + "\n"
