"""Which exit code a render ends with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.report.make import a_step, failed, made, skipped
from vizspec.claims.record import ClaimOutcome, Verdict
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Skipped
from vizspec.render.execute import NOT_ASKED_FOR
from vizspec.render.result import Rendered

NO_PICTURE = made(a_step("b", id="b"), without={"b.png": "no browser"})
LEFT_OUT = Outcome(a_step("c", id="c"), (FileOutcome("c.html", OutputStatus.SKIPPED, NOT_ASKED_FOR),))


def code(*outcomes: Outcome, strict: bool = False, has_warnings: bool = False, **given: Any) -> int:
    return Rendered(outcomes, Path("analysis"), "report.md", **given).exit_code(strict, has_warnings)


def test_a_render_without_a_failure_is_well() -> None:
    assert code(made(), skipped("scores_heatmap", "a diagonal"), NO_PICTURE, warnings=("odd",)) == 0


def test_a_failed_output_is_found() -> None:
    assert code(made(), failed(a_step(), "ValueError: no")) == 1


def test_a_report_that_could_not_be_made_is_found() -> None:
    assert code(made(), errors=("the report is skipped: no",)) == 1


def test_a_strict_render_finds_what_was_skipped_or_warned_of() -> None:
    assert code(made(), strict=True) == 0
    assert code(skipped("scores_heatmap", "a diagonal"), strict=True) == 1
    assert code(NO_PICTURE, strict=True) == 1
    assert code(made(), strict=True, warnings=("odd",)) == 1
    assert code(made(), strict=True, has_warnings=True) == 1


def test_what_the_spec_itself_skips_is_not_found() -> None:
    chosen = Skipped("h", 0, "scores_heatmap", None, "skip_if: a diagonal", is_chosen=True)
    assert code(made(), Outcome(chosen), strict=True) == 0
    assert code(made(), strict=True, notes=("No interpretation was written.",)) == 0


def test_what_only_left_out_was_not_skipped() -> None:
    assert code(made(), LEFT_OUT, strict=True) == 0


def test_a_violated_claim_fails_where_that_is_wanted() -> None:
    verdict = Verdict("c", "", "", ClaimOutcome.VIOLATED)
    plain = Rendered((), Path("out"), None, verdicts=(verdict,))
    assert (plain.violated, plain.exit_code(False, False)) == (("c",), 0)
    assert replace(plain, fails_on_violation=True).exit_code(False, False) == 1
    inconclusive = replace(verdict, outcome=ClaimOutcome.INCONCLUSIVE)
    calm = replace(plain, fails_on_violation=True, verdicts=(inconclusive,))
    assert calm.exit_code(False, False) == 0
