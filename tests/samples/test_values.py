"""The scores of samples as columns."""

from __future__ import annotations

from vizspec.samples.values import SampleValues


def some_values(**columns: object) -> SampleValues:
    return SampleValues(("1", "1", "2"), (1, 2, 1), target=(None,) * 3, limit=(None,) * 3, **columns)


def test_the_score_of_a_sample_is_the_mean_of_its_repeats_that_have_one() -> None:
    values = some_values(values={"match": (1.0, 0.0, None)})
    assert values.means("match") == {"1": 0.5}
    assert values.means("includes") == {}


def test_a_key_of_a_score_is_found_by_its_own_name_where_no_other_has_it() -> None:
    one = some_values(values={"judge.tone": (1.0, 1.0, 0.5)})
    assert one.column("tone") == one.column("judge.tone") == "judge.tone"
    two = some_values(values={"judge.tone": (1.0,) * 3, "panel.tone": (0.0,) * 3})
    assert two.column("tone") is None


def test_groups_are_known_where_every_scored_sample_tells_its_own() -> None:
    scores = {"match": (1.0, 0.0, 1.0)}
    told = some_values(values=scores, metadata={"subject": ("law", "law", "art")})
    assert told.groups("subject", "match") == {"1": "law", "2": "art"}
    gap = some_values(values=scores, metadata={"subject": ("law", "law", None)})
    assert gap.groups("subject", "match") == {}
    assert gap.groups("author", "match") == {}


def test_a_sample_that_a_limit_ended_is_named_once() -> None:
    values = SampleValues(("1", "1", "2"), (1, 2, 1), target=(None,) * 3, limit=("token", "token", None))
    assert values.limited() == {"1": "token"}
