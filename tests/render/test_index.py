"""The page that shows everything: charts, pictures, tables, and what is not there."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.make import a_log, some_facts
from tests.rendering import NO_ASSETS, PlainCanvas
from tests.report.make import a_step, failed, skipped
from vizspec.draw.pages.assets import Engine, PageAssets, Widget
from vizspec.output.folder import Folder
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.plan.plan import Step, plan
from vizspec.render.canvas import BrowserCanvas
from vizspec.render.execute import NOT_ASKED_FOR, Executed, execute
from vizspec.render.index import drawn_index, outline
from vizspec.report.model import Interpretation, Report
from vizspec.slurm.output.usage_figure import Share, UsageFigure, UsagePanel
from vizspec.spec.model import OutputSpec, Spec
from vizspec.views.compute_utilization import Usage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def page(executed: Executed, folder: Path = Path("none")) -> str:
    return drawn_index(outline("ranks", executed, None, ()), executed, NO_ASSETS, Folder(folder)).text


def page_of(*outcomes: Outcome) -> str:
    return page(Executed(outcomes, {}))


def a_picture(**given: Any) -> Outcome:
    used = UsageFigure(("r4",), (UsagePanel("Time", "% of the time limit", (Share(10.0, "1 of 10 min"),)),))
    step = a_step(
        "jobs",
        view="compute_utilization",
        files=("jobs.png",),
        title="Jobs",
        content=Usage(used, "Jobs"),
        **given,
    )
    return Outcome(step, (FileOutcome("jobs.png", OutputStatus.MADE),))


def executed(folder: Path, **options: Any) -> Executed:
    views = [{"view": "scores_by_task", "name": "one"}, {"view": "scores_by_task", "name": "two"}]
    planned = plan(Spec.model_validate({"vizspec": 1, "views": views}), some_facts([a_log("a")]))
    return execute(planned, Folder(folder), PlainCanvas(), (), **options)


def test_a_skipped_output_says_why() -> None:
    assert "Not drawn: one &lt;model&gt;" in page_of(skipped("scores_heatmap", "one <model>"))


def test_a_failed_output_says_why() -> None:
    assert "Failed: ValueError: no" in page_of(failed(a_step(content=None), "ValueError: no"))


def test_a_picture_is_shown_with_a_link_to_its_file() -> None:
    text = page_of(a_picture())
    assert '<img src="jobs.png"' in text
    assert 'href="jobs.png"' in text


def test_the_numbers_of_a_picture_stand_beside_it() -> None:
    text = page_of(a_picture())
    assert '<div class="figure-data scripted-only">' in text
    assert "1 of 10 min" in text


def test_an_inline_index_holds_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "jobs.png").write_bytes(b"picture")
    executed = Executed((a_picture(),), {})
    assets = PageAssets(Engine("inline"), Widget())
    text = drawn_index(outline("ranks", executed, None, ()), executed, assets, Folder(tmp_path)).text
    assert f'<img src="data:image/png;base64,{base64.b64encode(b"picture").decode()}"' in text


def test_an_inline_index_holds_the_pictures_of_its_texts_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "roc.png").write_bytes(b"picture")
    (tmp_path.parent / "own.png").write_bytes(b"elsewhere")
    text = Interpretation("![ROC](roc.png) ![own](../own.png)", None)
    assets = PageAssets(Engine("inline"), Widget())
    executed = Executed((), {})
    planned = outline("ranks", executed, Report("ranks", (text,)), ())
    found = drawn_index(planned, executed, assets, Folder(tmp_path)).text
    assert '<img src="data:image/png;base64,cGljdHVyZQ==" alt="ROC">' in found
    assert '<img src="../own.png" alt="own">' in found


def test_an_experiment_without_a_report_gives_the_page_its_title() -> None:
    assert "<title>ranks</title>" in page_of()


def test_every_chart_is_drawn_once(tmp_path: Path) -> None:
    text = page(executed(tmp_path))
    assert text.count("data-vizspec-chart") >= 2
    assert 'href="one.html"' in text
    assert 'href="two.png"' in text


def test_charts_that_were_left_as_they_are_are_drawn_too(tmp_path: Path) -> None:
    whole = executed(tmp_path)
    left = Executed(whole.outcomes, whole.fingerprints)
    assert page(left) == page(whole)


def test_the_index_is_told_apart_by_everything_it_shows(tmp_path: Path) -> None:
    whole = executed(tmp_path)
    same = outline("ranks", whole, None, ("1",)).fingerprint
    assert outline("ranks", Executed(whole.outcomes, whole.fingerprints), None, ("1",)).fingerprint == same
    first = whole.outcomes[0]
    assert isinstance(first.step, Step)
    recaptioned = Outcome(replace(first.step, caption="another"), first.files)
    others = [
        outline("other", whole, None, ("1",)),
        outline("ranks", whole, None, ("2",)),
        outline("ranks", Executed((recaptioned, *whole.outcomes[1:]), whole.fingerprints), None, ("1",)),
        outline("ranks", Executed(whole.outcomes, dict.fromkeys(whole.fingerprints, "x")), None, ("1",)),
    ]
    assert same not in {other.fingerprint for other in others}


def test_charts_that_were_not_asked_for_are_not_drawn(tmp_path: Path) -> None:
    text = page(executed(tmp_path, only={1}))
    assert f"Not drawn: {NOT_ASKED_FOR}" in text
    assert 'href="one.html"' not in text
    assert 'href="two.html"' in text


def test_charts_that_have_a_page_are_taken_from_it(tmp_path: Path) -> None:
    entry = {"view": "scores_by_task", "title": '</script> ,"tables":[]}'}
    planned = plan(Spec.model_validate({"vizspec": 1, "views": [entry]}), some_facts([a_log("a")]))
    canvas = BrowserCanvas(OutputSpec(html="cdn"), {"VIZSPEC_BROWSER": "/no/such/browser"})
    whole = execute(planned, Folder(tmp_path), canvas, ())
    undrawable = replace(planned.steps[0], content="not to be drawn")
    left = Executed((Outcome(undrawable, whole.outcomes[0].files),), whole.fingerprints)
    assert page(left, tmp_path) == page(whole, tmp_path)
    assert "data-vizspec-chart" in page(left, tmp_path)
    assert "data-vizspec-chart role" not in page(left)


def test_an_output_that_is_no_picture_has_a_link() -> None:
    step = a_step("raw", view="compute_utilization", files=("raw.json",), title="Raw", content=None)
    text = page_of(Outcome(step, (FileOutcome("raw.json", OutputStatus.MADE),)))
    assert "Not drawn" not in text
    assert 'href="raw.json"' in text


def test_an_output_that_was_left_out_leads_to_what_an_earlier_render_made(tmp_path: Path) -> None:
    done = executed(tmp_path, only={1})
    stands = {"one.html"}.__contains__
    text = drawn_index(
        outline("ranks", done, None, (), stands=stands), done, NO_ASSETS, Folder(tmp_path)
    ).text
    assert f"Not drawn: {NOT_ASKED_FOR}; an earlier render made these files" in text
    assert 'href="one.html"' in text
    assert 'href="one.png"' not in text
