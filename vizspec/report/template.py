"""The templates of the report, strict and in Jinja's sandbox: the built-in one, and the user's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vizspec.limits.process import MEGABYTES
from vizspec.report.model import Report
from vizspec.report.narrow_tables import narrowed, rule
from vizspec.text.markdown import cell, link, text

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATE = "report.md.j2"

MOST_MB = 20
"""Of the text that comes out of it."""


class FilledTemplate(NamedTuple):
    """What a template gave: its text, or what is wrong with it, and in which line where that is known.

    `is_endless`: it takes more time or memory than it may, and may come to no end.
    """

    text: str | None = None
    problem: str | None = None
    line: int | None = None
    is_endless: bool = False


def built_in(report: Report) -> str:
    """What the built-in template makes of the report."""
    return environment().get_template(TEMPLATE).render(report=report)


def fill_in(template: str, report: Report) -> FilledTemplate:
    """What the user's template makes of the report, in this process and without an end to its time."""
    return attempted(lambda: environment().from_string(template).render(report=report))


def attempted(make: Callable[[], str]) -> FilledTemplate:
    """What a template of the user's makes, or what is wrong with it; nothing that it raises comes out."""
    from jinja2 import TemplateError

    wrong = (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        OSError,
        NameError,
    )
    try:
        made = make()
        made.encode()
    except MemoryError as error:
        return FilledTemplate(None, f"it takes more than {MEGABYTES:,} MB of memory", _line(error), True)
    except TimeoutError as error:
        return FilledTemplate(None, str(error), _line(error), True)
    except RecursionError as error:
        return FilledTemplate(problem="it calls itself without end", line=_line(error))
    except UnicodeEncodeError as error:
        half = ord(error.object[error.start])
        return FilledTemplate(problem=f"what it makes holds half of a character (U+{half:04X})")
    except wrong as error:
        return FilledTemplate(problem=str(error), line=getattr(error, "lineno", None) or _line(error))
    if len(made) > MOST_MB * 1_000_000:
        return FilledTemplate(problem=f"what it makes is larger than {MOST_MB} MB")
    return FilledTemplate(made)


def _line(error: BaseException) -> int | None:
    """The line of the user's template in which it came to this: the last one that was entered."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@cache
def environment() -> SandboxedEnvironment:
    """What templates know: the built-in templates and the filters of Markdown."""
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(
        loader=PackageLoader("vizspec.report"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    made.filters.update(cell=cell, link=link, narrowed=narrowed, rule=rule, text=text)
    return made
