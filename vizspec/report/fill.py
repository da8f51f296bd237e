"""Fills in a template of the user's in a process of its own, with an end to its time and its memory."""

from __future__ import annotations

import json
import sys

from vizspec.limits.process import MEGABYTES, SECONDS, GivenUp, answer, asked
from vizspec.report.model import Report
from vizspec.report.template import FilledTemplate, fill_in


def filled(template: str, report: Report, seconds: int = SECONDS) -> FilledTemplate:
    """What the template makes of the report; nothing is raised for what the template does."""
    try:
        return FilledTemplate(**json.loads(answer("vizspec.report.fill", (template, report), seconds)))
    except GivenUp as given_up:
        return FilledTemplate(problem=str(given_up))
    except ValueError:  # the process was ended by one of its limits, and wrote a part
        return FilledTemplate(
            problem=f"it takes more than {seconds} s, or more than {MEGABYTES:,} MB of memory"
        )


def main() -> None:
    """What runs in the process of its own."""
    template, report = asked()
    json.dump(fill_in(template, report)._asdict(), sys.stdout)


if __name__ == "__main__":
    main()
