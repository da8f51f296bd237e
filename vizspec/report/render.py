"""The report as Markdown: strict, sandboxed templates that loop and print."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vizspec.errors import UserError
from vizspec.report.model import Report
from vizspec.text.markdown import cell, link, text

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATE = "report.md.j2"


def render(report: Report, template: str | None = None) -> str:
    """The Markdown of the report, by the built-in template or by the text of the user's own.

    A template of the user's sees `report`, the filters `cell`, `link` and `text`, and may extend or include
    the built-in ones (`report.md.j2`, `table.md.j2`, `sections/{name}.md.j2`).

    Raises:
        UserError: the user's template cannot be read, or asks for what is not there.
    """
    from jinja2 import TemplateError

    environment = _environment()
    if template is None:
        return _tidy(environment.get_template(TEMPLATE).render(report=report))
    try:
        return _tidy(environment.from_string(template).render(report=report))
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        line = getattr(error, "lineno", None)
        place = f", line {line}" if line else ""
        raise UserError(
            f"the report's template cannot be filled in{place}: {error}",
            "compare it with the built-in one, vizspec/report/templates/report.md.j2",
        ) from error


def _tidy(markdown: str) -> str:
    """No blank lines at the ends, and text that can be encoded."""
    return markdown.strip().encode("utf-8", "replace").decode() + "\n"


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=PackageLoader("vizspec.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters.update(cell=cell, link=link, text=text)
    return environment
