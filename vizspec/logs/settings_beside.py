"""The settings that a toolkit writes beside the logs of an evaluation: which task it was to run."""

from __future__ import annotations

import re
from pathlib import Path

from vizspec.limits.files import open_file

SETTINGS_FILES = ("eval.yaml", "eval_config.yaml")
"""What the settings of one evaluation are called, in `{run}/eval/{task}_epoch{N}/`."""

MOST_BYTES = 100_000

_TASK_NAME = re.compile(r"""^task_name:[ \t]+(['"]?)(.+?)\1[ \t]*(?:#.*)?$""", re.MULTILINE)


def task_named_beside(log: Path) -> str | None:
    """`task_name` of the settings in the cell's folder, for a log in `eval/{cell}/logs/`; None elsewhere.

    Settings that cannot be read tell nothing: they are an aid to find the planned evaluation, no input.
    """
    logs, cell = log.parent, log.parent.parent
    if logs.name != "logs" or cell.parent.name != "eval":
        return None
    for name in SETTINGS_FILES:
        try:
            with open_file(cell / name) as file:
                text = file.read(MOST_BYTES).decode("utf-8", "replace")
        except OSError:
            continue
        found = _TASK_NAME.search(text)
        if found is not None:
            return found[2]
    return None
