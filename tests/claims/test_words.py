"""A claim reads as a sentence, and is identified by what it says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.claims.make import a_claim
from vizspec.claims.words import claim_sha256, sentence


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            {"of": {"run.type": "treatment"}, "than": {"run.type": "control"}, "for_each": ["model", "task"]},
            "on accuracy, treatment is better than control, on the same samples, for each model and task",
        ),
        (
            {"of": {"model": "forest"}, "than": {"model": "bayes"}, "by": 0.05},
            "on accuracy, forest is better than bayes by at least 0.05, on the same samples",
        ),
        (
            {"relation": "not_worse", "of": {"model": ["a", "b"]}, "than": {"epoch": 0}, "margin": 0.03},
            "on accuracy, a or b is not worse than epoch 0 by more than 0.03, on the same samples",
        ),
        ({"relation": "at_least", "value": 0.8}, "on accuracy, every evaluation is at least 0.8"),
        (
            {"relation": "best", "of": {"model": "forest"}, "among": ["model"]},
            "on accuracy, forest is the best among every model, on the same samples",
        ),
        (
            {
                "of": {"prompt": "cot"},
                "than": {"prompt": "direct"},
                "in": {"model": "s"},
                "versus": {"model": "l"},
            },
            "on accuracy, prompt cot is better than prompt direct, more so for s than for l, "
            "on the same samples",
        ),
        ({"claim": "Forests win."}, "Forests win."),
    ],
    ids=range(7),
)
def test_a_claim_as_a_sentence(named: dict[str, Any], expected: str) -> None:
    relation = named.pop("relation", "better")
    assert sentence(a_claim(relation, **named), "accuracy") == expected


def test_words_for_readers_do_not_change_what_is_claimed() -> None:
    plain = a_claim(of={"run": "a"}, than={"run": "b"})
    assert claim_sha256(
        a_claim(of={"run": "a"}, than={"run": "b"}, claim="A wins.", why="It is larger.")
    ) == (claim_sha256(plain))
    assert claim_sha256(a_claim(of={"run": "a"}, than={"run": "b"}, by=0.1)) != claim_sha256(plain)
