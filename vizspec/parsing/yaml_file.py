"""Reads a YAML file from disk, and gives problems that were found later their line in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from vizspec.errors import Mark, Problem, Problems, UserError
from vizspec.limits.files import open_file
from vizspec.parsing.yaml_errors import split_lines
from vizspec.parsing.yaml_source import YamlDocument, parse, with_excerpts
from vizspec.text.messages import shown

LARGEST_BYTES = 2 * 1024 * 1024
"""No file written by hand is larger; a larger one (a log, a device) is refused before it takes minutes."""

_LONGEST_PATH = 500
_CHECK_PATH = "check the path, or the folder you are in"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_yaml(
    path: Path, *, one_dialect: bool, if_missing: str = _CHECK_PATH, keep_problems: bool = False
) -> YamlDocument:
    """The YAML mapping in the file at `path` (UTF-8, with or without a byte order mark).

    `keep_problems` is that of `yaml_source.parse`. Raises `UserError` where there is no such file (its hint
    is `if_missing`) or it cannot be read, and `Problems` (see `yaml_source.parse`) that name the file where
    what it holds is no YAML mapping.
    """
    try:
        text = _text(_bytes(path, if_missing))
        return parse(text, one_dialect=one_dialect, keep_problems=keep_problems)
    except Problems as found:
        named = [dataclasses.replace(problem, file=str(path)) for problem in found.problems]
        raise Problems(named) from None


def locate(problems: Iterable[Problem], yaml: YamlDocument, file: str) -> tuple[Problem, ...]:
    """The problems with file, mark and excerpt filled in, in the order of their places in the document."""
    marked = [
        dataclasses.replace(problem, file=problem.file or file, mark=problem.mark or yaml.mark(problem.loc))
        for problem in problems
    ]
    return with_excerpts(marked, yaml.lines)


def _bytes(path: Path, if_missing: str) -> bytes:
    name = shown(path, _LONGEST_PATH)
    try:
        with open_file(path) as file:
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"no file {name}", if_missing) from None
    except IsADirectoryError:
        raise UserError(f"{name} is a folder, not a file", "name the YAML file in it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UserError(f"cannot read {name}: {reason}", "check the path and its permissions") from None
    if len(content) > LARGEST_BYTES:
        limit = f"{LARGEST_BYTES // 1024**2} MiB"
        raise UserError(f"{name} is larger than {limit}", "name a YAML file, not a log or a data set")
    return content


def _text(content: bytes) -> str:
    if content.startswith(_WIDE_MARKS):
        raise Problems([Problem((), "the file is UTF-16 text", "save it as UTF-8", mark=Mark(1, 1))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problems([_undecodable(content, error)]) from None
    if "\0" in text:
        raise Problems([_binary()])
    return text


def _undecodable(content: bytes, error: UnicodeDecodeError) -> Problem:
    if b"\0" in content:
        return _binary()
    before = split_lines(content[: error.start].decode("utf-8-sig", "replace"))
    message = f"the byte 0x{content[error.start]:02X} is not UTF-8 text"
    mark = Mark(len(before), len(before[-1]) + 1)
    return Problem((), message, "save the file as UTF-8", mark=mark)


def _binary() -> Problem:
    return Problem((), "the file is binary, not YAML text", "name the YAML file", mark=Mark(1, 1))
