"""What a spec makes of facts: names, titles, skips, and what cannot be planned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.make import a_log, a_run, a_score, an_experiment, some_facts
from vizspec.cells.select_logs import select_logs
from vizspec.errors import Problem, Problems
from vizspec.metrics.catalogue import catalogue
from vizspec.plan.file_names import file_stem
from vizspec.plan.plan import Skipped, Step, plan
from vizspec.spec.model import Spec
from vizspec.text.messages import shown

BY_TASK = {"view": "scores_by_task"}


def a_spec(*views: dict[str, Any], **sections: Any) -> Spec:
    return Spec.model_validate({"vizspec": 1, "views": list(views), **sections})


def files(*views: dict[str, Any], logs: Any = (), **sections: Any) -> list[tuple[str, ...]]:
    made = plan(a_spec(*views, **sections), some_facts(logs or [a_log("a")]))
    return [step.files for step in made.steps]


def test_an_accuracy_is_named_by_its_scorer_and_the_experiment() -> None:
    assert files(BY_TASK) == [("scores_by_task_ranks_match.html", "scores_by_task_ranks_match.png")]


def test_only_the_formats_of_the_spec_are_written() -> None:
    assert files(BY_TASK, output={"formats": ["html"]}) == [("scores_by_task_ranks_match.html",)]


def test_a_view_without_any_of_the_formats_is_written_in_its_own() -> None:
    assert files(BY_TASK, output={"formats": ["svg"]}) == [("scores_by_task_ranks_match.svg",)]


def test_a_metric_that_two_scorers_have_carries_its_scorer() -> None:
    scores = [a_score("x", metrics={"f1": 0.5}), a_score("y", metrics={"f1": 0.5})]
    names = files({**BY_TASK, "metrics": "all"}, logs=[a_log("a", scores=scores)])
    assert [name for name, _ in names] == ["scores_by_task_ranks_x_f1.html", "scores_by_task_ranks_y_f1.html"]


def test_metrics_that_a_file_name_cannot_tell_apart_are_numbered() -> None:
    scores = [a_score("x", metrics={"a/b": 0.5, "a__b": 0.5, "A b": 0.5, "c": 0.5})]
    names = files({**BY_TASK, "metrics": "all"}, logs=[a_log("a", scores=scores)])
    assert len({name.casefold() for name, _ in names}) == 4
    assert names[0][0] == "scores_by_task_ranks_a_b.html"


def test_an_entry_may_have_a_name_and_a_title_of_its_own_with_placeholders() -> None:
    (step,) = plan(
        a_spec({**BY_TASK, "name": "best_{metric}", "title": "{metric} of {experiment}"}),
        some_facts([a_log("a")]),
    ).steps
    assert step.files[0] == "best_match.html"
    assert step.title == "Match Accuracy of ranks"
    assert step.content.title == "Match Accuracy of ranks"


def test_a_name_may_have_the_kind_of_experiment_that_the_design_tells() -> None:
    entry = {**BY_TASK, "name": "{view}_{type}_{metric}"}
    facts = some_facts([a_log("r4")], an_experiment(type="sample_size"))
    assert plan(a_spec(entry), facts).steps[0].files[0] == "scores_by_task_sample_size_match.html"
    assert plan(a_spec(entry), some_facts([a_log("r4")])).steps[0].files[0] == "scores_by_task_match.html"


def test_two_outputs_with_one_file_name_are_an_error_that_names_both_entries() -> None:
    with pytest.raises(Problems) as raised:
        files(BY_TASK, {**BY_TASK, "where": "run == 'a'"})
    (problem,) = raised.value.problems
    assert problem.loc == ("views", 1)
    assert "is also that of views[0] (scores_by_task:match/accuracy)" in problem.message


def test_file_names_that_differ_in_case_alone_are_one_file() -> None:
    with pytest.raises(Problems, match="is also that of"):
        files({**BY_TASK, "name": "A"}, {**BY_TASK, "name": "a"})


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", "...", "\n", "x" * 400])
def test_no_name_of_an_experiment_leads_out_of_the_folder(name: str) -> None:
    stem = file_stem("{view}_{experiment}", {"view": "v", "experiment": name})
    assert "/" not in stem
    assert ".." not in stem
    assert stem
    assert len(stem.encode()) < 200


def test_an_empty_part_of_a_name_leaves_no_gap() -> None:
    fields = {"view": "scores_by_task", "epoch": "", "metric": "match"}
    assert file_stem("{view}_{epoch}_{metric}", fields) == "scores_by_task_match"


def test_a_condition_that_holds_skips_the_entry_with_its_reason() -> None:
    (skip,) = plan(a_spec({**BY_TASK, "skip_if": "n_models < 2"}), some_facts([a_log("a")])).skips
    view, reason = "scores_by_task", "skip_if: n_models < 2"
    assert skip == Skipped(view, 0, view, None, reason, is_chosen=True, entry_id=view)


def test_a_named_condition_tells_its_meaning() -> None:
    (skip,) = plan(a_spec({**BY_TASK, "skip_if": ["diagonal"]}), some_facts([a_log("a")])).skips
    assert skip.reason == "skip_if: no two models share a task (a diagonal matrix)"


def test_where_narrows_an_entry_to_some_cells() -> None:
    logs = [a_log("a", "hf/1B"), a_log("b", "hf/3B")]
    (step,) = plan(a_spec({**BY_TASK, "where": "run == 'b'"}), some_facts(logs)).steps
    assert [row.model for row in step.content.rows] == ["3B"]


def test_an_entry_that_no_cell_is_left_of_is_skipped() -> None:
    facts = some_facts([a_log("a"), a_log("b")])
    (skip,) = plan(a_spec({**BY_TASK, "where": "run == 'z'"}), facts).skips
    assert skip.reason == "its `where` is true of none of the 2 evaluations"


@pytest.mark.parametrize(
    ("where", "hint"),
    [
        ("model == '2B'", "'model' has: '1B', '13B'"),
        ("model in ['3B']", "'model' has: '13B', '1B'"),
        ("epoch == '1'", "'epoch' has: 1"),
        ("epoch > 5", "correct the condition, or leave it out"),
        ("run.parameters.rank < 4", "no evaluation has a value of 'run.parameters.rank'"),
    ],
)
def test_a_filter_that_leaves_no_evaluation_is_an_error_with_what_there_is(where: str, hint: str) -> None:
    design = an_experiment([a_run("a"), a_run("b", "13B"), a_run("c", rank=8)])
    logs = [a_log("a", epoch=1), a_log("b", epoch=1)]
    facts = replace(some_facts(logs, design), selected=select_logs(logs, design, where=where))
    with pytest.raises(Problems) as raised:
        plan(a_spec(BY_TASK, data={"where": where}), facts)
    assert raised.value.problems == (
        Problem(("data", "where"), f"{shown(where)} is true of none of the 2 evaluations", hint),
    )


def test_a_filter_is_not_blamed_where_it_is_true_of_what_is_left_out_for_another_reason() -> None:
    logs = [a_log("a", epoch=1), a_log("b", epoch=1)]
    selected = select_logs(logs, where="run == 'a'", epochs=(0,))
    facts = replace(some_facts(logs), selected=selected, catalogue=catalogue([]))
    (skip,) = plan(a_spec(BY_TASK, data={"where": "run == 'a'"}), facts).skips
    assert skip.reason == "there are no evaluations"


def test_an_expression_that_cannot_be_worked_out_is_a_problem_of_its_entry() -> None:
    with pytest.raises(Problems) as raised:
        plan(
            a_spec({**BY_TASK, "where": "n_samples > 'x'"}, {**BY_TASK, "skip_if": "min_samples > 'x'"}),
            some_facts([a_log("a")]),
        )
    assert [(problem.loc, problem.hint) for problem in raised.value.problems] == [
        (("views", 0, "where"), "compare columns, as in: n_samples >= 50 and run != 'r4'"),
        (("views", 1, "skip_if"), "see the facts that a condition may use"),
    ]


def test_an_entry_shows_the_evaluations_of_which_a_comparison_is_true_though_others_lack_the_column() -> None:
    logs = [a_log("a", "hf/1B"), a_log("b", "hf/3B", metadata={"rate": 1e-5})]
    (step,) = plan(a_spec({**BY_TASK, "where": "metadata.rate < 1e-4"}), some_facts(logs)).steps
    assert [row.model for row in step.content.rows] == ["3B"]


def test_a_column_that_no_evaluation_has_is_an_error_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(Problems) as raised:
        plan(a_spec({**BY_TASK, "where": "modle == 'x'"}), some_facts([a_log("a")]))
    (problem,) = raised.value.problems
    assert problem.message == (
        "'modle == 'x'' speaks of the column 'modle', which no evaluation has; did you mean 'model'?"
    )


def test_an_entry_with_its_own_level_shows_intervals_at_that_level() -> None:
    spec = a_spec({**BY_TASK, "ci": 0.5}, {**BY_TASK, "name": "wide"})
    narrow, wide = plan(spec, some_facts([a_log("a")], levels=spec.levels())).steps
    assert narrow.content.rows[0].lower > wide.content.rows[0].lower
    assert "50% CI" in narrow.caption


def test_only_keeps_the_entries_named_by_id_or_view() -> None:
    spec = a_spec(BY_TASK, {**BY_TASK, "id": "second", "name": "second"})
    facts = some_facts([a_log("a")])
    assert [step.id for step in plan(spec, facts, ["second"]).steps] == ["second:match/accuracy"]
    assert len(plan(spec, facts, ["scores_by_task"]).steps) == 2


def test_every_output_of_a_plan_has_an_id_of_its_own() -> None:
    scores = [a_score("risk", metrics={"auc_score": 0.9, "brier_score": 0.1, "ece": 0.4})]
    logs = [a_log("a", "hf/1B", task, scores=scores) for task in ("capitals", "rivers")]
    views = [{"view": "scores_radar_by_metric"}, {**BY_TASK, "metrics": "all"}]
    outputs = plan(a_spec(*views), some_facts(logs)).outputs
    assert all(isinstance(output, Step) for output in outputs)
    assert len({output.id for output in outputs}) == len(outputs) == 5


@pytest.mark.parametrize("name", ["index", "Index"])
def test_a_view_takes_no_name_that_vizspec_needs(name: str) -> None:
    with pytest.raises(Problems, match="is the name of one of vizspec's own files"):
        files({**BY_TASK, "name": name})


def test_metrics_of_one_entry_whose_names_read_alike_in_a_file_name_are_numbered() -> None:
    scores = [
        a_score("judge", metrics={"a/b": 0.5, "a__b": 0.6, "a_b_2": 0.7}),
    ]
    names = files({**BY_TASK, "metrics": "all"}, logs=[a_log("a", scores=scores)])
    assert [html for html, _ in names] == [
        "scores_by_task_ranks_a_b.html",
        "scores_by_task_ranks_a_b_3.html",
        "scores_by_task_ranks_a_b_2.html",
    ]
    assert names[1][1] == "scores_by_task_ranks_a_b_3.png"


def test_one_name_for_several_metrics_of_an_entry_is_numbered_in_their_order() -> None:
    logs = [a_log("a", scores=[a_score("match"), a_score("includes")])]
    assert [html for html, _ in files({**BY_TASK, "name": "bars"}, logs=logs)] == ["bars.html", "bars_2.html"]


@pytest.mark.parametrize(
    ("metrics", "loc", "message", "hint"),
    [
        (
            {"primary": "match/acc"},
            ("metrics", "primary"),
            "the logs hold no metric 'match/acc'",
            "did you mean 'match/accuracy'?",
        ),
        (
            {"primary": "zzz"},
            ("metrics", "primary"),
            "the logs hold no metric 'zzz'",
            "known: match/accuracy",
        ),
        (
            {"include": ["match", "f*"]},
            ("metrics", "include", 1),
            "no metric of the logs is like 'f*'",
            "known: match/accuracy",
        ),
    ],
)
def test_a_metric_that_no_log_holds_is_a_problem_at_its_place(
    metrics: dict[str, Any], loc: tuple[str, ...], message: str, hint: str
) -> None:
    with pytest.raises(Problems) as raised:
        plan(a_spec(BY_TASK, metrics=metrics), some_facts([a_log("a")]))
    (problem,) = raised.value.problems
    assert (problem.loc, problem.message, problem.hint) == (loc, message, hint)


def test_a_primary_metric_that_is_not_taken_up_is_told_of_the_patterns() -> None:
    scores = [a_score("match"), a_score("includes")]
    facts = some_facts([a_log("a", scores=scores)])
    facts = replace(facts, catalogue=catalogue(scores, include=["match"]))
    with pytest.raises(Problems) as raised:
        plan(a_spec(BY_TASK, metrics={"primary": "includes", "include": ["match"]}), facts)
    (problem,) = raised.value.problems
    assert (problem.loc, problem.message) == (
        ("metrics", "primary"),
        "'includes' is not among the metrics that metrics.include takes up",
    )
    assert problem.hint == "known: match/accuracy"


@pytest.mark.parametrize("pattern", ["risk_scorer/auc", "foo", "f*"])
def test_a_metric_of_a_view_that_no_log_holds_is_a_problem_at_its_place(pattern: str) -> None:
    with pytest.raises(Problems) as raised:
        plan(a_spec(BY_TASK, {**BY_TASK, "metrics": ["match", pattern]}), some_facts([a_log("a")]))
    loc = ("views", 1, "metrics", 1)
    (problem,) = (problem for problem in raised.value.problems if problem.loc == loc)
    assert problem.message == f"no metric of the logs is like '{pattern}'"


def test_an_unknown_metric_of_a_known_scorer_is_skipped_with_the_reason_beside_views_that_can_be_drawn() -> (
    None
):
    reason = "no log has a metric for 'match/foo' (missing columns; the logs hold: match/accuracy)"
    for views in (
        [BY_TASK, {**BY_TASK, "metrics": "match/foo"}],
        [{**BY_TASK, "metrics": ["match", "match/foo"]}],
    ):
        outputs = plan(a_spec(*views), some_facts([a_log("a")])).outputs
        assert len([one for one in outputs if isinstance(one, Step)]) == 1
        assert [one.reason for one in outputs if isinstance(one, Skipped)] == [reason]


def test_a_radar_tells_which_of_its_axes_no_log_has() -> None:
    scores = [a_score(scorer) for scorer in ("match", "includes", "choice")]
    view = {"view": "scores_radar_by_metric", "metrics": ["accuracy", "match/foo"]}
    (step,) = plan(a_spec(view), some_facts([a_log("a", scores=scores)])).steps
    assert step.notes == (
        "No axis: no log has a metric for 'match/foo' (missing columns; the logs hold: match/accuracy, "
        "includes/accuracy, choice/accuracy).",
    )


def test_a_metric_of_a_view_is_hinted_at_by_the_nearest_one_of_the_logs() -> None:
    with pytest.raises(Problems) as raised:
        plan(a_spec({**BY_TASK, "metrics": ["match/acuracy"]}), some_facts([a_log("a")]))
    assert [problem.hint for problem in raised.value.problems] == ["did you mean 'match/accuracy'?"]


def test_a_metric_of_a_view_that_is_not_taken_up_is_told_of_the_patterns() -> None:
    scores = [a_score("match"), a_score("includes")]
    facts = replace(some_facts([a_log("a", scores=scores)]), catalogue=catalogue(scores, include=["match"]))
    with pytest.raises(Problems) as raised:
        plan(a_spec({**BY_TASK, "metrics": ["includes"]}, metrics={"include": ["match"]}), facts)
    assert [problem.message for problem in raised.value.problems] == [
        "'includes' is not among the metrics that metrics.include takes up"
    ]


@pytest.mark.parametrize("group", ["accuracy", "supplementary", "all"])
def test_a_group_of_metrics_that_no_log_holds_is_no_problem(group: str) -> None:
    facts = some_facts([a_log("a", scores=[a_score("judge", metrics={"f1": 0.5})])])
    assert plan(a_spec({**BY_TASK, "metrics": group}), facts).outputs


@pytest.mark.parametrize("pattern", ["risk_scorer/auc_score", "risk_*", "*/brier_score", "auc_score"])
def test_a_metric_of_a_view_whose_scorer_is_still_to_come_is_no_problem(pattern: str) -> None:
    design = an_experiment(["a"], scorers=["match", "risk_scorer"])
    facts = some_facts([a_log("a")], design)
    assert plan(a_spec({**BY_TASK, "metrics": ["match", pattern]}), facts).steps


def test_a_metric_of_logs_that_are_still_to_come_is_no_problem() -> None:
    design = an_experiment(["a"], scorers=["match", "risk_scorer"])
    wanted = {"primary": "risk_scorer/auc_score", "include": ["match", "risk_*"]}
    assert plan(a_spec(BY_TASK, metrics=wanted), some_facts([a_log("a")], design)).steps
    assert plan(a_spec(BY_TASK, metrics=wanted), some_facts([])).skips


def test_views_of_two_factors_have_two_names() -> None:
    logs = [
        a_log(None, "1B", location=f"{a}{b}", task_args={"with_hint": a, "with_tests": b})
        for a in (False, True)
        for b in (False, True)
    ]
    views = [
        {"view": "scores_by_factor", "factor": f"task_args.{name}"} for name in ("with_hint", "with_tests")
    ]
    steps = plan(Spec.model_validate({"vizspec": 1, "views": views}), some_facts(logs)).steps
    assert [step.stem for step in steps] == [
        "scores_by_factor_with_hint_ranks_match",
        "scores_by_factor_with_tests_ranks_match",
    ]
    (alone,) = plan(Spec.model_validate({"vizspec": 1, "views": views[:1]}), some_facts(logs)).steps
    assert alone.stem == "scores_by_factor_ranks_match"
