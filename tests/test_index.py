"""The page that shows everything: charts, pictures, tables, and what is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.make import a_log, some_facts
from tests.rendering import NO_ASSETS, PlainCanvas
from tests.report.make import a_step, failed, skipped
from vizspec.execute import NOT_ASKED_FOR, Executed, execute
from vizspec.folder import Folder
from vizspec.index import index_page
from vizspec.outcomes import FileOutcome, Outcome, Status
from vizspec.plan import plan
from vizspec.spec import Spec

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def page_of(*outcomes: Outcome) -> str:
    return index_page("ranks", Executed(outcomes, {}), None, NO_ASSETS)


def a_picture(**given: Any) -> Outcome:
    step = a_step("roc", view="roc_curves", files=("roc.png",), title="ROC curves", content=None, **given)
    return Outcome(step, (FileOutcome("roc.png", Status.MADE),))


def executed(folder: Path, **options: Any) -> Executed:
    views = [{"view": "scores_by_task", "name": "one"}, {"view": "scores_by_task", "name": "two"}]
    planned = plan(Spec.model_validate({"vizspec": 1, "views": views}), some_facts([a_log("a")]))
    return execute(planned, Folder(folder), PlainCanvas(), (), **options)


def test_a_skipped_output_says_why() -> None:
    assert "Not drawn: one &lt;model&gt;" in page_of(skipped("scores_heatmap", "one <model>"))


def test_a_failed_output_says_why() -> None:
    assert "Failed: ValueError: no" in page_of(failed(a_step(content=None), "ValueError: no"))


def test_a_picture_is_shown_with_a_link_to_its_file() -> None:
    page = page_of(a_picture())
    assert '<img src="roc.png"' in page
    assert 'href="roc.png"' in page


def test_an_experiment_without_a_report_gives_the_page_its_title() -> None:
    assert "<title>ranks</title>" in page_of()


def test_every_chart_is_drawn_once(tmp_path: Path) -> None:
    page = index_page("ranks", executed(tmp_path), None, NO_ASSETS)
    assert page.count("data-vizspec-chart") >= 2
    assert 'href="one.html"' in page
    assert 'href="two.png"' in page


def test_charts_that_were_left_as_they_are_are_drawn_too(tmp_path: Path) -> None:
    whole = executed(tmp_path)
    left = Executed(whole.outcomes, whole.fingerprints)
    assert index_page("ranks", left, None, NO_ASSETS) == index_page("ranks", whole, None, NO_ASSETS)


def test_charts_that_were_not_asked_for_are_not_drawn(tmp_path: Path) -> None:
    page = index_page("ranks", executed(tmp_path, only={1}), None, NO_ASSETS)
    assert f"Not drawn: {NOT_ASKED_FOR}" in page
    assert 'href="one.html"' not in page
    assert 'href="two.html"' in page
