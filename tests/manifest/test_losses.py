"""What keeps a render from replacing results that could not be made again."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from vizspec.errors import UserError
from vizspec.manifest.inputs import InputFile, Inputs, LogInput
from vizspec.manifest.losses import gone_logs, refuse_gone, refuse_losses
from vizspec.manifest.manifest import Manifest


def manifest(logs: Mapping[str, str], evaluations: int | None) -> Manifest:
    files = tuple(LogInput(name=name, sha256=digest) for name, digest in logs.items())
    return Manifest(experiment="caps", inputs=Inputs(logs=files), evaluations=evaluations)


def test_no_evaluation_after_some_is_refused_and_names_the_logs_that_are_gone() -> None:
    before = manifest({"r4/a.eval": "1", "r8/a.eval": "2"}, evaluations=2)
    with pytest.raises(
        UserError, match=r"2 logs of the last render are gone: 'r4/a.eval', 'r8/a.eval'"
    ) as raised:
        refuse_losses(before, 0, {}, {})
    assert "vizspec render --force" in (raised.value.hint or "")


def test_a_render_that_counted_no_evaluations_is_taken_to_have_shown_those_of_its_logs() -> None:
    with pytest.raises(UserError, match="no evaluation to show now"):
        refuse_losses(manifest({"a.eval": "1"}, evaluations=None), 0, {}, {})


@pytest.mark.parametrize("before", [None, manifest({}, None), manifest({"a.eval": "1"}, 0)])
def test_where_nothing_was_shown_nothing_is_lost(before: Manifest | None) -> None:
    refuse_losses(before, 0, {}, {})


def test_a_log_that_was_read_and_cannot_be_had_now_is_refused_with_its_reason() -> None:
    before = manifest({"a.eval": "1", "b.eval": "2"}, evaluations=2)
    with pytest.raises(UserError, match=r"1 log of the last render cannot be read now: 'b.eval': no network"):
        refuse_losses(before, 1, {"a.eval": "1", "b.eval": "of the failure"}, {"b.eval": "no network"})


def test_a_log_that_could_not_be_had_before_either_loses_nothing() -> None:
    refuse_losses(
        manifest({"a.eval": "1", "b.eval": "2"}, 1), 1, {"a.eval": "1", "b.eval": "2"}, {"b.eval": "x"}
    )


def test_where_no_log_can_be_had_nothing_is_made_of_nothing() -> None:
    with pytest.raises(UserError, match=r"^there is no evaluation to show: 'a.eval': a pointer$"):
        refuse_losses(None, 0, {"a.eval": "1"}, {"a.eval": "a pointer"})
    refuse_losses(None, 1, {"a.eval": "1"}, {"a.eval": "a pointer"})


def test_some_logs_less_are_told_in_a_sentence() -> None:
    before = manifest({f"{name}.eval": name for name in "abcde"}, 5)
    assert gone_logs(before, {"e.eval": "e"}) == (
        "4 logs of the last render are gone: 'a.eval', 'b.eval', 'c.eval' and 1 more"
    )
    assert gone_logs(before, {f"{name}.eval": name for name in "abcde"}) is None


def inputs(*logs: tuple[str, str], data: str = "d", design: str = "1") -> Inputs:
    """Logs by name and the evaluation that each is shown as; its content is `content of NAME`'s last part."""
    return Inputs(
        logs=tuple(
            LogInput(name=name, sha256=f"content of {name[-6:]}", evaluations=(shown,) if shown else ())
            for name, shown in logs
        ),
        settings={"data": data},
        experiment=InputFile(name="experiment_summary.yaml", sha256=design),
    )


def shown_before(*logs: tuple[str, str]) -> Manifest:
    return Manifest(experiment="caps", inputs=inputs(*logs), evaluations=len(logs))


def test_the_logs_of_one_run_that_are_gone_are_a_loss_though_others_are_there() -> None:
    before = shown_before(("r4/a.eval", "r4"), ("r4/b.eval", "r4 of b"), ("r8/c.eval", "r8"))
    with pytest.raises(UserError) as raised:
        refuse_gone(before, inputs(("r8/c.eval", "r8")))
    assert raised.value.message == (
        "2 logs of evaluations that the last render showed are gone: 'r4/a.eval', 'r4/b.eval'; "
        "its outputs are left as they are"
    )
    assert "vizspec render --force" in (raised.value.hint or "")


@pytest.mark.parametrize(
    "now",
    [
        inputs(("r4/new_one.eval", "r4")),
        inputs(("moved/a.eval", "moved")),
        inputs(data="other patterns"),
        inputs(design="without r4"),
    ],
    ids=["evaluated anew", "renamed", "not asked for by the spec", "not asked for by the design"],
)
def test_a_log_that_is_gone_is_no_loss_where_its_evaluation_is_there_or_no_longer_asked_for(
    now: Inputs,
) -> None:
    refuse_gone(shown_before(("r4/a.eval", "r4")), now)


def test_a_log_that_was_not_shown_is_no_loss() -> None:
    refuse_gone(shown_before(("r4/old.eval", ""), ("r4/a.eval", "r4")), inputs(("r4/a.eval", "r4")))
    refuse_gone(None, inputs())
