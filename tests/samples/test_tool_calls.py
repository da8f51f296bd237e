"""The calls of tools in the samples of a log."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from vizspec.samples.scored import NoScores, ToolCalls
from vizspec.samples.tool_calls import read_calls


def talk(sample: str, *calls: list[str] | None, epoch: int = 1, limit: Any = None) -> dict[str, Any]:
    """A sample with a message for each list of tools; None is a message without calls."""
    messages = [
        {
            "role": "assistant",
            "content": "x",
            "tool_calls": None if tools is None else [{"function": t} for t in tools],
        }
        for tools in calls
    ]
    return {"id": sample, "epoch": epoch, "messages": messages, "limit": limit}


def log(path: Path, *samples: dict[str, Any], header: bool = True) -> str:
    with zipfile.ZipFile(path, "w") as archive:
        if header:
            archive.writestr("header.json", '{"status": "success"}')
        for place, sample in enumerate(samples):
            archive.writestr(f"samples/{place}.json", json.dumps(sample))
    return str(path)


def test_each_call_has_its_sample_message_tool_and_limit(tmp_path: Path) -> None:
    limit = {"type": "token", "limit": 100}
    place = log(
        tmp_path / "a.eval", talk("s1", None, ["bash", "submit"], limit=limit), talk("s1", ["bash"], epoch=2)
    )
    assert read_calls([place]) == [
        ToolCalls(
            ("s1", "s1", "s1 (repeat 2)"), (1, 1, 0), ("bash", "submit", "bash"), ("token", "token", None)
        )
    ]


def test_a_log_of_json_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"status": "success", "samples": [talk("1", ["bash"])]}))
    assert read_calls([str(path)]) == [ToolCalls(("1",), (0,), ("bash",), (None,))]


def test_samples_without_calls_give_none_and_damaged_logs_the_reason(tmp_path: Path) -> None:
    (tmp_path / "bad.eval").write_bytes(b"no zip")
    empty, bad, open_, gone = read_calls(
        [
            log(tmp_path / "a.eval", talk("s1", None)),
            str(tmp_path / "bad.eval"),
            log(tmp_path / "b.eval", header=False),
            str(tmp_path / "none.eval"),
        ]
    )
    assert empty == ToolCalls()
    assert isinstance(bad, NoScores)
    assert isinstance(open_, NoScores)
    assert isinstance(gone, NoScores)
