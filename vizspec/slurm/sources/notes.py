"""The notes at the end of what `jobstats -n` printed, as whole sentences."""

from __future__ import annotations

import re

_TERMINAL = re.compile(
    r"\x1bP.*?(?:\x1b\\|\x07|$)"  # device control strings: queries that the colour library sends
    r"|\x1b\].*?(?:\x1b\\|\x07|$)"  # operating system commands
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor
    r"|\x1b[ -/]+[0-~]"  # character sets
    r"|\x1b[0-~]?"
    r"|[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*Notes:?\s*", re.IGNORECASE)
_NEXT_REPORT = re.compile(r"\s*Slurm Job Statistics\s*")
_RULE = re.compile(r"\s*[=-]{4,}\s*")
_BULLET = re.compile(r"\s*[*•-]\s+")
_LINK_LINE = re.compile(r"\s*(?:[*•-]\s+)?<?https?://\S+.*")
_LINK = re.compile(r"\s*<?https?://\S+(?:\s*\(VPN[^)]*\))?")
_TAIL = re.compile(r"\s*For more (?:info|information|details)\s*:?\s*$", re.IGNORECASE)
_IDLE = re.compile(
    r"(?:See the (?:URL|link)s? below\b|Have a nice day\b|For more info\w*\s*:?$)", re.IGNORECASE
)
_QOS = re.compile(r"\bran in the .{1,80}? QOS\b", re.IGNORECASE)


def parse_notes(text: str) -> tuple[str, ...]:
    """The notes that ask for something: no colours, links, rules, farewells, nor what only tells the QOS.

    A note is a bullet over any number of lines, or a paragraph. Never raises.
    """
    sentences = (_sentence(paragraph) for paragraph in _paragraphs(plain(text)))
    kept = (each for each in sentences if each and not _IDLE.match(each) and not _QOS.search(each))
    return tuple(dict.fromkeys(kept))


def plain(text: str) -> str:
    """The text without terminal codes, and with plain line ends."""
    return _TERMINAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _paragraphs(text: str) -> list[list[str]]:
    paragraphs: list[list[str]] = []
    inside = False
    is_new = True
    for line in text.split("\n"):
        if _HEADING.fullmatch(line):
            inside, is_new = True, True
        elif _NEXT_REPORT.fullmatch(line):
            inside = False
        elif not line.strip() or _RULE.fullmatch(line):
            is_new = True
        elif inside and not _LINK_LINE.fullmatch(line):
            if is_new or _BULLET.match(line):
                paragraphs.append([])
            paragraphs[-1].append(_BULLET.sub("", line, count=1))
            is_new = False
    return paragraphs


def _sentence(lines: list[str]) -> str:
    text = " ".join(" ".join(lines).split())
    text = _TAIL.sub("", _LINK.sub("", text)).strip()
    return f"{text[:-1].rstrip()}." if text.endswith(":") else text
