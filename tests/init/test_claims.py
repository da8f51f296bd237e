"""The claims that `init` suggests: what the design can test, with one evaluation on each side."""

from __future__ import annotations

from tests.make import a_run, an_experiment
from vizspec.init.claims import suggested_claims
from vizspec.init.shape import Shape
from vizspec.init.starter import starter
from vizspec.init.suggest import suggest
from vizspec.parsing.yaml_source import parse
from vizspec.spec.model import Spec


def test_runs_are_held_against_the_control_and_checkpoints_against_the_first() -> None:
    design = an_experiment([a_run("tuned"), a_run("base", kind="control")], epochs=(0, 1))
    assert suggested_claims(design) == (
        {
            "id": "beats_base",
            "of": {"run.type": "fine-tuned"},
            "is": "better",
            "than": {"run.type": "control"},
            "for_each": ["task"],
        },
        {
            "id": "later_is_better",
            "of": {"epoch": 1},
            "is": "better",
            "than": {"epoch": 0},
            "for_each": ["task", "run"],
        },
    )


def test_each_variable_has_a_claim_of_its_kind() -> None:
    pairs = [(rank, flag) for rank in (4, 8, 16) for flag in (True, False)]
    runs = [a_run(f"r{rank}_{flag}", lora_rank=rank, balanced=flag) for rank, flag in pairs]
    design = an_experiment(runs, variables={"lora_rank": [4, 8, 16], "balanced": [True, False]})
    first, second = suggested_claims(design)
    assert first == {
        "id": "lora_rank_scales",
        "is": "rising",
        "over": "lora_rank",
        "margin": 0.02,
        "for_each": ["task", "balanced"],
    }
    assert (second["of"], second["than"], second["for_each"]) == (
        {"balanced": True},
        {"balanced": False},
        ["task", "lora_rank"],
    )


def test_a_category_asks_for_the_best() -> None:
    runs = [a_run("a", prompt="x"), a_run("b", prompt="y"), a_run("c", prompt="z")]
    (claim,) = suggested_claims(an_experiment(runs, variables={"prompt": ["x", "y", "z"]}))
    assert (claim["is"], claim["of"], claim["among"]) == ("best", {"prompt": "x"}, ["prompt"])


def test_they_stand_in_the_spec_as_comments_that_are_claims_without_their_signs() -> None:
    design = an_experiment([a_run("tuned"), a_run("base", kind="control")], epochs=(0, 1))
    text = starter(
        suggest(Shape(2, 1)),
        name="caps",
        experiment=None,
        logs=None,
        schema="s.json",
        suggested_claims=suggested_claims(design),
    )
    assert Spec.model_validate(parse(text, one_dialect=True).data).stated_claims == ()
    lines = text.splitlines()
    start = lines.index("# claims:")
    lines[start : start + 3] = [line.removeprefix("# ") for line in lines[start : start + 3]]
    active = Spec.model_validate(parse("\n".join(lines), one_dialect=True).data)
    assert [claim.id for claim in active.stated_claims] == ["beats_base", "later_is_better"]
