"""The whole report: its text, its links, labels that try to break it, and templates of the user's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden_files import assert_golden
from tests.make import RISK, a_log, a_run, a_score, an_experiment, some_facts
from tests.report.make import a_spec, a_step, failed, made, skipped
from tests.report.markdown import READER, headings, tables, targets
from vizspec.errors import UserError
from vizspec.experiment.model import MatrixRow
from vizspec.gather.facts import Facts
from vizspec.logs.record import Log, Status
from vizspec.manifest.inputs import InputFile
from vizspec.plan.outcomes import Outcome
from vizspec.report.attachments import Attachments, ProseFiles
from vizspec.report.context import build
from vizspec.report.model import Report
from vizspec.report.narrow_tables import MOST_CHARACTERS
from vizspec.report.render import render
from vizspec.slurm.compute import ComputeFacts
from vizspec.slurm.model.totals import totals
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.recommendations import Recommendation

OWN_SECTION = {"title": "Limits", "text": "One *seed* only."}

SPEC = a_spec(
    report={
        "interpretation": "interpretation.md",
        "generated_by": "R. Searcher",
        "sections": [
            "summary",
            "research_question",
            "model_comparison",
            "calibration",
            "per_task",
            "visualizations",
            "interpretation",
            OWN_SECTION,
            "compute",
            "coverage",
            "provenance",
        ],
    }
)


def _logs() -> list[Log]:
    risk = a_score("risk_scorer", metrics=RISK)
    return [
        a_log("r4", None, "capitals", epoch=1, scores=[a_score(accuracy=0.72), risk]),
        a_log(
            "r4", None, "sums", epoch=1, scores=[a_score(accuracy=0.5), a_score("fit", metrics={"mae": 3})]
        ),
        a_log("r8", None, "capitals", epoch=1, scores=[a_score(accuracy=0.8), risk]),
        a_log("r8", None, "capitals", epoch=1, created="2026-01-01T00:00Z", location="r8/eval/old.eval"),
        a_log("r8", None, "sums", epoch=1, status=Status.ERROR, reason="the evaluation's status is 'error'"),
        a_log("base", None, "capitals", scores=[a_score(accuracy=0.31, scored=None)], samples=None),
        a_log("base", None, "sums", scores=[a_score(accuracy=None)]),
    ]


def _facts() -> Facts:
    runs = [a_run("r4", lora_rank=4), a_run("r8", lora_rank=8), a_run("base", kind="control")]
    tasks = ("capitals", "sums")
    experiment = an_experiment(
        runs,
        tasks,
        matrix=[
            MatrixRow("r4", tasks, None, (1,)),
            MatrixRow("r8", tasks, None, (1,)),
            MatrixRow("base", tasks),
        ],
        variables={"lora_rank": [4, 8]},
        question="Does a higher rank help?",
        hypothesis="It does, on sums.",
    )
    warnings = ("r8 on capitals: AUC is 0.900 in the log and 0.871 recomputed.",)
    return some_facts(_logs(), experiment, warnings=warnings, compute={None: _compute()})


def _compute() -> ComputeFacts:
    job = JobUsage("r4", "finetune", "r4", job_id="17", wall_seconds=Known(3600.0, "seff"), gpu_hours=1.0)
    return ComputeFacts(
        jobs=(job,),
        totals=totals([job]),
        recommendations=(Recommendation("r4", "Ask for less memory.", "jobstats"),),
        notes=("jobstats was not found here.",),
    )


def _outcomes() -> list[Outcome]:
    heatmap = a_step("scores_heatmap_ranks_match", entry=1, title="Match Accuracy of models and tasks")
    radar = a_step("scores_radar", id="scores_radar_by_task", entry=3)
    return [
        made(a_step(notes=("no value of Match Accuracy: 1B (base) · sums",))),
        made(heatmap, without={"scores_heatmap_ranks_match.png": "no browser was found"}),
        skipped("scores_by_model", "it needs exactly one task, and there are 2", 2),
        failed(radar, "ValueError: no axis"),
    ]


def _attachments() -> Attachments:
    return Attachments(
        ProseFiles({"interpretation.md": "### Key Findings\n\nRank 8 is **better**.\n"}),
        tuple(f"analysis.yaml:{line}" for line in (12, 14, 15, 17)),
        (InputFile(name="analysis.yaml", sha256="a" * 64),),
        (("vizspec", "0.1.0"), ("inspect-viz", "0.4.2")),
        datetime(2026, 2, 3, tzinfo=UTC),
        "index.html",
    )


def _report() -> Report:
    return build(SPEC, _facts(), _outcomes(), _attachments())


def test_a_whole_report_is_the_expected_one() -> None:
    assert_golden("report/report.md", render(_report()))


def test_two_renders_give_the_same_text() -> None:
    assert render(_report()) == render(_report())


def test_every_link_leads_to_a_file_of_this_run() -> None:
    written = {name for outcome in _outcomes() for name in outcome.written}
    assert set(targets(render(_report()))) == {*written, "index.html"}


def test_a_report_in_a_folder_links_to_files_above_it() -> None:
    spec = a_spec(report={"path": "text/report.md"})
    found = targets(render(build(spec, _facts(), _outcomes(), _attachments())))
    assert found
    assert all(PurePosixPath(target).parts[0] == ".." for target in found)


def test_no_two_blank_lines_follow_each_other_and_no_line_ends_in_space() -> None:
    lines = render(_report()).split("\n")
    assert ("", "") not in pairwise(lines)
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_report_of_nothing_at_all_is_a_report() -> None:
    text = render(build(a_spec(), some_facts([]), [], Attachments()))
    assert "There are no evaluations to report on" in text
    assert "0 logs were found." in text


def test_a_report_without_any_accuracy_metric_is_full() -> None:
    logs = [a_log(run, scores=[a_score("fit", metrics={"mae": 3.0, "rmse": 4.0})]) for run in ("r4", "r8")]
    text = render(build(a_spec(), some_facts(logs), [made()], Attachments()))
    assert headings(text) == [
        "ranks",
        "Executive Summary",
        "Model Comparison",
        "Regression Metrics",
        "Visualizations",
        "Scores by task",
        "Match Accuracy by task",
        "Analysis & Interpretation",
        "Coverage",
        "Provenance",
    ]


HOSTILE = ["a|b", "`x`", "<script>alert(1)</script>", "two\nlines", "![x](y)", "../up", "# top", "🎉" * 8]


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_leave_tables_and_headings_as_they_are(label: str) -> None:
    assert _shape(label) == _shape("plain")


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=8).filter(lambda label: label.strip()))
def test_no_label_changes_the_shape_of_the_report(label: str) -> None:
    assert _shape(label) == _shape("plain")


def test_however_long_names_are_no_line_of_a_table_is_wider_than_a_page() -> None:
    names = ["a" * 70, "b" * 70]
    logs = [a_log(name, f"hf/{name}", scores=[a_score(accuracy=0.5), a_score("includes")]) for name in names]
    text = render(build(a_spec(), some_facts(logs), [made()], Attachments()))
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert lines
    assert max(map(len, lines)) <= MOST_CHARACTERS


def test_every_table_of_the_text_is_one() -> None:
    lines = [line for line in render(_report()).splitlines() if line.startswith("|")]
    assert len(lines) == sum(len(table) + 1 for table in tables(render(_report())))


def _shape(label: str) -> tuple[int, list[tuple[int, int]]]:
    logs = [a_log(f"{label}{n}", f"hf/{label}", label + str(n), scores=[a_score(label)]) for n in (1, 2)]
    failure = a_log("r", status=Status.ERROR, reason=label)
    step = a_step(title=label, caption=label, notes=(label,), files=("a.html", "a.png"))
    outcomes = [made(step), skipped(label, label)]
    facts = some_facts([*logs, failure], name=label, warnings=(label,))
    text = render(build(a_spec(report={"generated_by": label}), facts, outcomes, Attachments()))
    assert "<script" not in READER.render(text)
    found = tables(text)
    return len(headings(text)), [(len(table), len(table[0])) for table in found]


@pytest.mark.slow
def test_a_template_of_ones_own_prints_the_report() -> None:
    template = "{{ report.title | text }}: {{ report.sections | length }} sections"
    assert render(Report("a_b *c*", ()), template) == "a_b \\*c\\*: 0 sections\n"


@pytest.mark.slow
def test_a_template_of_ones_own_may_extend_the_built_in_one() -> None:
    template = '{% extends "report.md.j2" %}{% block sections %}{{ super() }}\nThe end.{% endblock %}'
    text = render(_report(), template)
    assert text.startswith("# ranks\n\n## Executive Summary\n")
    assert text.endswith("The end.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ report.titel }}", "titel"),
        ("one\n{% for %}", "line 2"),
        ("{{ report.title.__class__.__mro__ }}", "unsafe"),
        ('{% include "nothing.j2" %}', "nothing.j2"),
        ("{{ 1 / 0 }}", "division"),
    ],
)
def test_a_template_that_cannot_be_filled_in_says_why(template: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        render(_report(), template)


def test_labels_are_never_run_as_a_template() -> None:
    assert render(replace(_report(), title="{{ 7 + 7 }}")).startswith(r"# \{\{ 7 + 7 \}\}" + "\n")


def test_what_cannot_be_encoded_is_replaced() -> None:
    assert render(Report("half \ud800", ())) == "# half \ufffd\n"


@pytest.mark.slow
def test_a_template_that_makes_half_a_character_is_refused() -> None:
    with pytest.raises(UserError, match=r"half of a character \(U\+D800\)"):
        render(Report("x", ()), "half \ud800")


def test_files_of_data_stand_after_the_figures() -> None:
    raw = a_step(id="raw", files=("compute_metrics.json",), title="Raw metrics", caption="Of the jobs.")
    text = render(build(SPEC, _facts(), [made(raw), made()], _attachments()))
    assert "- **Raw metrics:** [Data (JSON)](compute_metrics.json) – Of the jobs." in text
    assert text.index("### Match Accuracy by task") < text.index("### Files")


def test_a_long_table_of_jobs_is_folded_after_its_first_rows() -> None:
    jobs = tuple(
        JobUsage(f"r{number}", "finetune", f"r{number}", wall_seconds=Known(60.0, "seff"), gpu_hours=1.0)
        for number in range(23)
    )
    facts = some_facts(_logs(), compute={None: ComputeFacts(jobs, totals=totals(jobs))})
    text = render(build(SPEC, facts, [made()], _attachments()))
    before, _, after = text.partition("<summary>11 more rows</summary>")
    assert ("| r11 |" in before, "| r12 |" in before) == (True, False)
    assert after.count("| finetune |") == 11
    assert "| All runs | 23 |" in after.partition("| Run | Jobs |")[2].partition("<details>")[0]
    assert "</details>\n\n- Sources. Wall Time: seff." in after


def test_many_missing_evaluations_are_folded_too_where_their_reasons_are_long() -> None:
    runs = [f"r{number:02}" for number in range(20)]
    reason = f"the evaluation failed: {'no space left on device ' * 4}"
    logs = [a_log(run, status=Status.ERROR, reason=reason) for run in runs]
    facts = some_facts(logs, experiment=an_experiment(runs))
    text = render(build(SPEC, facts, [made()], _attachments()))
    before, _, after = text.partition("### Missing")[2].partition("<summary>8 more</summary>")
    assert ("**r11, capitals**" in before, "**r12, capitals**" in before) == (True, False)
    assert after.partition("</details>")[0].count("- **r") == 8


def test_a_summary_with_nothing_to_compare_leaves_no_gap() -> None:
    lines = render(build(a_spec(), some_facts([a_log("r4")]), (), _attachments())).split("\n")
    assert ("", "") not in pairwise(lines)
