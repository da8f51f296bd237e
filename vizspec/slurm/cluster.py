"""Which cluster this is: job ids are unique within one only."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

CONFIGURATIONS = ("/run/slurm/conf/slurm.conf", "/etc/slurm/slurm.conf")
"""Where Slurm's programs find their configuration: first where there is no file of the node's own."""

_NAME = re.compile(r"^[ \t]*ClusterName[ \t]*=[ \t]*([^\s#]+)", re.IGNORECASE | re.MULTILINE)


def cluster_name(env: Mapping[str, str] = os.environ, places: tuple[str, ...] = CONFIGURATIONS) -> str | None:
    """`ClusterName` of slurm.conf (`SLURM_CONF`, or one of `places`), else `SLURM_CLUSTER_NAME` of a job.

    None where neither tells.
    """
    for place in (env.get("SLURM_CONF"), *places):
        try:
            text = Path(place).read_text(encoding="utf-8", errors="replace") if place else ""
        except OSError:
            continue
        if found := _NAME.search(text):
            return found[1].lower()
    return env.get("SLURM_CLUSTER_NAME", "").lower() or None
