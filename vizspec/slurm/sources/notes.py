"""The notes at the end of what `jobstats -n` printed, as whole sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vizspec.slurm.sources.programs import Asker

_TERMINAL = re.compile(
    r"\x1bP.*?(?:\x1b\\|\x07|$)"  # device control strings: queries that the colour library sends
    r"|\x1b\].*?(?:\x1b\\|\x07|$)"  # operating system commands
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor
    r"|\x1b[ -/]+[0-~]"  # character sets
    r"|\x1b[0-~]?"
    r"|[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*Notes(?:\s*$|:[ \t]*(.*))", re.IGNORECASE)
_NEXT_REPORT = re.compile(r"\s*Slurm Job Statistics\s*")
_RULE = re.compile(r"\s*[=-]{4,}\s*")
_BULLET = re.compile(r"\s*[*•-]\s+")
_LINK_LINE = re.compile(r"\s*(?:[*•-]\s+)?<?https?://\S+.*")
_LINK = re.compile(r"\s*<?https?://\S+(?:\s*\(VPN[^)]*\))?")
_TAIL = re.compile(r"\s*For more\s+(?:info|information|details)\s*:?\s*$", re.IGNORECASE)
_IDLE = re.compile(
    r"(?:See the (?:URL|link)s? below\b|Have a nice day\b|For more info\w*\s*:?$)", re.IGNORECASE
)
_QOS = re.compile(r"\bran in the .{1,80}? QOS\b", re.IGNORECASE)


def ask_notes(asker: Asker, job_id: str) -> str:
    """jobstats' report without colours, for `parse_notes`."""
    return asker.ask("jobstats", ["-n", job_id], [job_id])


def parse_notes(text: str) -> tuple[str, ...]:
    """The notes that ask for something: no colours, links, rules, farewells, nor what only tells the QOS.

    A note is a bullet over any number of lines, or a paragraph; both end where they point elsewhere. In a
    text without the heading "Notes" it is what points to more information. Never raises.
    """
    lines = plain(text).split("\n")
    has_heading = any(_HEADING.fullmatch(line) for line in lines)
    paragraphs = _paragraphs(lines if has_heading else ["Notes", *lines])
    if not has_heading:
        paragraphs = [each for each in paragraphs if _TAIL.search(_LINK.sub("", " ".join(each)))]
    sentences = (_sentence(paragraph) for paragraph in paragraphs)
    kept = (each for each in sentences if each and not _IDLE.match(each) and not _QOS.search(each))
    return tuple(dict.fromkeys(kept))


def plain(text: str) -> str:
    """The text without terminal codes, and with plain line ends."""
    return _TERMINAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _paragraphs(lines: Iterable[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = []
    inside = False
    is_new = True
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            inside, is_new = True, not heading[1]
            paragraphs += [[heading[1]]] if heading[1] else []
        elif _NEXT_REPORT.fullmatch(line):
            inside = False
        elif not line.strip() or _RULE.fullmatch(line):
            is_new = True
        elif inside and not _LINK_LINE.fullmatch(line):
            if is_new or _BULLET.match(line):
                paragraphs.append([])
            paragraphs[-1].append(_BULLET.sub("", line, count=1))
            is_new = _TAIL.search(_LINK.sub("", " ".join(paragraphs[-1][-2:]))) is not None
    return paragraphs


def _sentence(lines: list[str]) -> str:
    text = " ".join(" ".join(lines).split())
    text = _TAIL.sub("", _LINK.sub("", text)).strip()
    return f"{text[:-1].rstrip()}." if text.endswith(":") else text
