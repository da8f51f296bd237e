"""Facts are gathered again only where something that they come of has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.disk import write_log
from vizspec.gather.gather import gather
from vizspec.gather.options import Reading
from vizspec.preview.last_facts import LastFacts
from vizspec.spec.model import Spec

BARS = {"view": "scores_by_task"}
READING = Reading(use_cache=False)


def a_spec(*views: dict[str, Any], **sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, "views": list(views), "data": {"logs": ["logs"]}, **sections})


class Counted:
    """Counts how often facts are really gathered."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *asked: Any) -> Any:
        self.times += 1
        return gather(*asked)


def test_another_title_needs_no_other_facts(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "a.eval")
    counted = Counted()
    facts_of = LastFacts(counted)
    first = facts_of(a_spec({**BARS, "title": "One"}), None, tmp_path, "caps", READING)
    other = a_spec({**BARS, "title": "Two", "caption": "Said", "name": "{view}"})
    assert facts_of(other, None, tmp_path, "caps", READING) is first
    assert counted.times == 1


def test_another_level_filter_or_log_needs_other_facts(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "a.eval")
    counted = Counted()
    facts_of = LastFacts(counted)
    facts_of(a_spec(BARS), None, tmp_path, "caps", READING)
    assert facts_of(a_spec({**BARS, "ci": 0.8}), None, tmp_path, "caps", READING).estimates.keys() == {
        0.8,
        0.95,
    }
    narrowed = a_spec(BARS, data={"logs": ["logs"], "where": "n_samples > 1000"})
    assert facts_of(narrowed, None, tmp_path, "caps", READING).cells == ()
    write_log(tmp_path / "logs" / "b.eval", task="rivers")
    assert len(facts_of(a_spec(BARS), None, tmp_path, "caps", READING).cells) == 2
    assert counted.times == 4


def test_a_file_that_a_view_shows_is_looked_at_for_changes(tmp_path: Path) -> None:
    write_log(tmp_path / "logs" / "a.eval")
    table = tmp_path / "own.csv"
    table.write_text("a,b\n1,2\n")
    spec = a_spec({"view": "table", "data": "own.csv"})
    counted = Counted()
    facts_of = LastFacts(counted)
    facts_of(spec, None, tmp_path, "caps", READING)
    table.write_text("a,b\n1,2\n3,4\n")
    facts_of(spec, None, tmp_path, "caps", READING)
    assert counted.times == 2
