"""What a browser said, as people can use it: its own words first, and nothing that differs from run to run.

Pure text. Failures stand in the manifest and the report, which are the same bytes for the same inputs.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator

MAX_LINES = 3
MAX_CHARACTERS = 300
TEMPORARY_FOLDERS = ("/tmp", "/var/tmp", "/var/folders")
CLOSED = "Target page, context or browser has been closed"
PLAYWRIGHT_CALL = re.compile(r"^\w+\.\w+: ")
STDERR_LINE = re.compile(r"^\[pid=\d+\]\[err\] (?P<said>.*\S)", re.MULTILINE)
EXIT = re.compile(r"<process did exit: exitCode=(?:(?P<code>\d+)|null, signal=(?P<signal>\w+))")
# "[pid:thread:date/time:LEVEL:file.cc(line)] " is how Chromium begins a line.
CHROMIUM_PREFIX = re.compile(r"^\[[\d:/.]+:(?P<level>[A-Z]+\d*):[^\]]*\] ")
STACK_LINE = re.compile(r"^(#\d+ |Received signal |\s*r\d+:|\[end of stack trace\])")
PAGE_ADDRESS = re.compile(r"blob:[^\s'\")]+|https?://(?:127\.0\.0\.1|localhost|\[::1\]):\d+[^\s'\")]*")
PROCESS = re.compile(r"\[?\bpid[= ]\d+\]?:? ?")


def launch_message(text: str) -> str:
    """Why a browser did not start, from the text of Playwright's error.

    The lines that the browser wrote to its standard error, fatal ones before others; without any its exit
    code or the signal that ended it; else the first line of Playwright's own.
    """
    first = first_line(text)
    said = "; ".join(_own_lines(text))
    if CLOSED not in first:
        return f"{first} ({said})" if said else first
    return said or _exit(text) or first


def _exit(text: str) -> str | None:
    found = EXIT.search(text)
    if found is None:
        return None
    by = f"with exit code {found['code']}" if found["code"] else f"by the signal {found['signal']}"
    return f"its program ended {by}"


def first_line(text: str) -> str:
    """The first line that says something, without the name of Playwright's call."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "no message")
    return _short(PLAYWRIGHT_CALL.sub("", line))


def repeatable(message: str, temporary_folder: str | None = None) -> str:
    """The message without addresses of one run's page, process numbers and paths of temporary files."""
    folders = {*TEMPORARY_FOLDERS, temporary_folder or tempfile.gettempdir()}
    paths = "|".join(re.escape(folder) for folder in sorted(folders, key=len, reverse=True))
    message = PAGE_ADDRESS.sub("the page's own files", message)
    message = PROCESS.sub("", message)
    return re.sub(rf"(?<![\w/])(?:{paths})[/\\][^\s:;,'\")]+", "a temporary file", message)


def _own_lines(text: str) -> list[str]:
    """The browser's lines, each once; only the fatal ones where there are any, and never too many."""
    lines = list(dict.fromkeys(_stderr(text)))
    fatal = [said for level, said in lines if level == "FATAL"]
    return [_short(said) for said in (fatal or [said for _, said in lines])[:MAX_LINES]]


def _short(line: str) -> str:
    return line if len(line) <= MAX_CHARACTERS else f"{line[:MAX_CHARACTERS]}…"


def _stderr(text: str) -> Iterator[tuple[str, str]]:
    for found in STDERR_LINE.finditer(text):
        prefix = CHROMIUM_PREFIX.match(found["said"])
        if not STACK_LINE.match(found["said"]):
            yield (prefix["level"] if prefix else ""), CHROMIUM_PREFIX.sub("", found["said"])
