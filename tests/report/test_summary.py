"""The executive summary says what is known, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.make import a_log, a_metric, a_score, an_experiment, some_facts
from tests.report.make import a_spec, a_step, failed, made, skipped, some_material
from vizspec.claims.record import ClaimOutcome, Verdict
from vizspec.comparisons.record import Comparison, Comparisons, Effect, NoEffect, SamplePairing
from vizspec.logs.record import Dataset, Log
from vizspec.plan.outcomes import FileOutcome, Outcome, OutputStatus
from vizspec.report.attachments import Attachments
from vizspec.report.material import Material
from vizspec.report.model import Headline, Summary
from vizspec.report.summary import effect_text, no_effect_text, summary
from vizspec.spec.model import Spec

NOT_TOLD_APART = "By the intervals of both, r8 leads r4 by 0.010 (-0.102 to 0.122): too little to tell."


def of(*logs: Log, **given: Any) -> Summary:
    (made_of,) = summary(some_material(logs, **given))
    return made_of


def of_two(r4: float, r8: float, **compared: Any) -> Summary:
    """The summary of two models, and of the comparison of them on the same samples."""
    material = some_material([a_log("r4", accuracy=r4), a_log("r8", accuracy=r8)])
    low, high = material.scored(a_metric("match/accuracy"))
    names, cells = ("", "r8", "r4"), (high.row.cell, low.row.cell)
    pairing = SamplePairing(shared=100, matched_by="id")
    found = Comparison(*names, *cells, high.row.metric, 0.95, samples=pairing, **compared)
    (made_of,) = summary(
        replace(material, facts=replace(material.facts, comparisons=Comparisons((), (found,))))
    )
    return made_of


def certainty(section: Summary) -> tuple[str, ...]:
    (headline,) = section.headlines
    return headline.certainty


def counts(section: Summary) -> dict[str, str]:
    return {count.name: count.text for count in section.counts}


def test_the_best_has_its_interval_and_its_n() -> None:
    section = of(a_log("r4", accuracy=0.2), a_log("r8", accuracy=0.8))
    assert section.headlines == (
        Headline(
            "Best Match Accuracy",
            ("r8",),
            "0.800 (95% CI 0.711–0.867, n = 100)",
            ("By the intervals of both, r8 is better than r4 by 0.600 (0.474 to 0.694).",),
        ),
    )
    assert section.remarks == ()


def test_who_cannot_be_told_apart_shares_the_lead() -> None:
    section = of(a_log("r4", accuracy=0.79), a_log("r8", accuracy=0.8))
    assert section.headlines == (
        Headline(
            "Best Match Accuracy, too close to call",
            ("r8", "r4"),
            "the highest 0.800 (95% CI 0.711–0.867, n = 100)",
            (NOT_TOLD_APART,),
        ),
    )


def test_evaluations_without_a_value_are_named() -> None:
    section = of(a_log("r4", accuracy=0.2), a_log("r8", accuracy=None))
    assert certainty(section) == ("Without a value: r8.",)


def test_data_sets_of_one_task_are_told_apart_without_saying_the_task_twice() -> None:
    logs = [
        a_log(name, location=name, dataset=Dataset("d", f"hub/{name}"), accuracy=value)
        for name, value in (("test", 0.9), ("train", 0.2))
    ]
    assert [line.lead for line in of(*logs).headlines] == [
        "Match Accuracy on capitals (hub/test)",
        "Match Accuracy on capitals (hub/train)",
    ]


def test_a_lead_on_the_same_samples_is_judged_by_them() -> None:
    section = of_two(0.79, 0.8, difference=0.01, lower=0.002, upper=0.02)
    (headline,) = section.headlines
    assert (headline.lead, headline.names) == ("Best Match Accuracy", ("r8",))
    assert headline.certainty == ("On the same samples, r8 is better than r4 by 0.010 (0.002 to 0.020).",)


def test_a_lead_that_nothing_may_be_decided_by_is_not_judged() -> None:
    section = of_two(0.2, 0.8, difference=0.6, lower=0.2, upper=0.9, no_verdict="only 3 clusters")
    assert certainty(section) == ("r8 and r4 are not judged: only 3 clusters.",)


def test_many_who_cannot_be_told_apart_are_counted() -> None:
    section = of(*(a_log(f"r{n}", accuracy=0.80 - n / 100) for n in range(8)))
    (headline,) = section.headlines
    assert headline.names == ("r0", "r1", "r2", "r3", "r4", "3 more")
    assert headline.certainty[0].endswith("and 5 others by more: too little to tell.")


def test_a_tie_names_all_who_share_it() -> None:
    section = of(a_log("r4", accuracy=0.8), a_log("r8", accuracy=0.8))
    (headline,) = section.headlines
    assert headline.lead == "Best Match Accuracy (tie)"
    assert headline.names == ("r4", "r8")
    assert headline.certainty == ()


def test_those_who_tie_are_no_rivals_of_their_own() -> None:
    section = of(a_log("r4", accuracy=0.8), a_log("r8", accuracy=0.8), a_log("r16", accuracy=0.79))
    assert certainty(section) == (
        "By the intervals of both, r4 leads r16 by 0.010 (-0.102 to 0.122): too little to tell.",
    )


def test_a_rival_without_an_interval_leaves_the_lead_open() -> None:
    unknown = a_log("r4", scores=[a_score(accuracy=0.5, scored=None)], samples=None)
    section = of(unknown, a_log("r8", accuracy=0.8))
    assert certainty(section) == ("No interval tells how sure the lead over r4 is.",)


def test_the_only_evaluation_is_best_of_nothing() -> None:
    (headline,) = of(a_log("r4")).headlines
    assert (headline.lead, headline.names, headline.certainty) == ("Match Accuracy", ("r4",), ())


def test_only_models_of_the_same_task_are_rivals() -> None:
    section = of(
        a_log("r4", task="hard", accuracy=0.8),
        a_log("r8", task="hard", accuracy=0.79),
        a_log("r8", task="easy", accuracy=0.8),
    )
    assert [(headline.lead, headline.names, headline.certainty) for headline in section.headlines] == [
        (
            "Best Match Accuracy on hard, too close to call",
            ("r4", "r8"),
            ("By the intervals of both, r4 leads r8 by 0.010 (-0.102 to 0.122): too little to tell.",),
        ),
        (
            "Match Accuracy on easy",
            ("r8",),
            (),
        ),
    ]
    assert section.remarks == ("Scores on different tasks are not comparable.",)


def test_labels_of_one_task_are_conditions_and_rivals() -> None:
    values = {"12": 0.3, "32": 0.5, "96": 0.79, "320": 0.8}
    section = of(*(a_log("r4", task="shape", vis_label=name, accuracy=v) for name, v in values.items()))
    (headline,) = section.headlines
    assert headline.lead == "Best Match Accuracy, too close to call"
    assert headline.names == ("r4 on 320", "r4 on 96")
    assert headline.certainty == (
        "By the intervals of both, r4 on 320 leads r4 on 96 by 0.010 (-0.102 to 0.122): too little to tell.",
        "By the intervals of both, r4 on 320 is better than r4 on 32 by 0.300 (0.169 to 0.417) "
        "and r4 on 12 by 0.500 (0.369 to 0.605).",
    )
    assert section.remarks == ()
    assert counts(section)["Tasks"] == "1 (4 conditions)"


def test_a_task_without_a_value_and_tasks_beyond_a_handful_are_told() -> None:
    section = of(*(a_log("r4", task=f"t{n}") for n in range(7)), a_log("r4", task="void", accuracy=None))
    assert len(section.headlines) == 5
    assert section.remarks == (
        "No evaluation on void has a value of Match Accuracy.",
        "Scores on different tasks are not comparable; 2 more tasks follow in the breakdown below.",
    )


def test_the_primary_metric_is_the_specs() -> None:
    risk = [a_score("risk_scorer", metrics={"brier_score": value}) for value in (0.2, 0.1)]
    spec = a_spec(metrics={"primary": "risk_scorer/brier_score"})
    section = of(a_log("r4", scores=risk[:1]), a_log("r8", scores=risk[1:]), spec=spec)
    (headline,) = section.headlines
    assert (headline.lead, headline.names) == ("Lowest Brier Score", ("r8",))


def test_a_metric_without_a_better_direction_has_no_best() -> None:
    risk = [a_score("risk_scorer", metrics={"mean_risk_score": value}) for value in (0.2, 0.1)]
    section = of(a_log("r4", scores=risk[:1]), a_log("r8", scores=risk[1:]))
    assert section.headlines == ()
    assert section.remarks == (
        "Mean Risk Score ranges from 0.100 to 0.200; neither direction is better, so there is no best.",
    )


def test_without_evaluations_metrics_or_values_it_says_so() -> None:
    assert of().remarks == ("There are no evaluations to report on; the coverage section says why.",)
    assert of(a_log("r4", scores=[])).remarks == ("The logs hold no metric, so there is nothing to rank.",)
    assert of(a_log("r4", accuracy=None)).remarks == ("No evaluation has a value of Match Accuracy.",)


def test_models_runs_evaluations_and_figures_are_counted() -> None:
    outcomes = [made(), failed(a_step(id="b"), "no"), skipped("scores_heatmap", "no")]
    experiment = an_experiment(("r4", "r8"), ("capitals", "sums"))
    section = of(a_log("r4"), a_log("r8"), a_log("r8", task="sums"), experiment=experiment, outcomes=outcomes)
    assert counts(section) == {
        "Models": "1 (of 2 runs)",
        "Tasks": "2",
        "Evaluations": "3 of 4 planned (1 missing)",
        "Metrics": "1",
        "Figures": "1 drawn, 1 skipped, 1 failed",
    }


def test_evaluations_are_counted_against_the_plan_with_what_became_of_the_others() -> None:
    plan = an_experiment(("r4", "r8"), ("capitals",))
    logs = [a_log("r4"), a_log("r8")]
    assert counts(of(*logs, experiment=plan))["Evaluations"] == "all 2 planned"
    more = of(*logs, a_log("r8", task="sums"), experiment=plan)
    assert counts(more)["Evaluations"] == "all 2 planned, and 1 not planned"
    epochs = [a_log("r4", epoch=epoch) for epoch in (0, 1)]
    chosen = of(*epochs, experiment=an_experiment(("r4",), ("capitals",), epochs=(0, 1)), epochs="latest")
    assert counts(chosen)["Evaluations"] == "1 of 2 planned (1 left out by the spec)"


def test_epochs_that_tell_a_model_apart_are_no_models() -> None:
    counted = counts(of(*(a_log("r4", "hf/1B", epoch=epoch) for epoch in (0, 1))))
    assert (counted["Models"], counted["Evaluations"]) == ("1", "2")


def test_a_figure_of_which_a_file_failed_is_made_in_part() -> None:
    files = (FileOutcome("a.html", OutputStatus.MADE), FileOutcome("a.png", OutputStatus.FAILED, "no"))
    section = of(a_log("r4"), outcomes=[made(), Outcome(a_step(id="a"), files)])
    assert counts(section)["Figures"] == "2 drawn (1 of them in part)"


def test_files_of_data_are_no_figures() -> None:
    data = made(a_step(id="raw", files=("compute_metrics.json",)))
    counted = counts(of(a_log("r4"), outcomes=[made(), data]))
    assert (counted["Figures"], counted["Data files"]) == ("1 drawn", "1 written")


def test_a_primary_metric_that_is_not_there_is_said() -> None:
    section = of(a_log("r4"), spec=a_spec(metrics={"primary": "mtach/accuracy"}))
    assert section.remarks == (
        "No metric matches metrics.primary ('mtach/accuracy'), so nothing is ranked; "
        "the logs hold match/accuracy.",
    )


def test_several_runs_of_one_label_are_told() -> None:
    logs = [a_log(run, task=task) for run, task in (("r4", "a"), ("r8", "b"))]
    assert counts(of(*logs, experiment=an_experiment(tasks=("a", "b"))))["Models"] == "1 (of 2 runs)"


def test_warnings_are_pointed_to() -> None:
    assert of(a_log("r4"), warnings=("odd",)).remarks[-1] == "1 warning about the inputs: see Warnings."


def test_a_trial_is_never_the_best() -> None:
    logs = [
        a_log(None, name, accuracy=accuracy, samples=n, location=name)
        for name, accuracy, n in (("one", 1.0, 2), ("two", 0.7, 27), ("three", 0.8, 44))
    ]
    (headline,) = of(*logs).headlines
    assert headline.names == ("three",)
    assert "Not ranked: one (2 of 44 samples), a trial." in headline.certainty


def test_an_effect_of_what_logs_store_says_so() -> None:
    sentence = effect_text(an_effect(tasks=1, pairs=1, unpaired="a.eval holds no samples"), 0.95)
    assert "1 pair of evaluations alike in all else, by the intervals of both, n = " in sentence
    assert sentence.endswith(" It is made of what the logs store: a.eval holds no samples.")


def test_a_factor_without_an_effect_has_the_reason() -> None:
    sentence = no_effect_text(NoEffect("prompt", "no two evaluations on one task differ in it"))
    assert sentence == "What prompt does cannot be told: no two evaluations on one task differ in it."


def an_effect(**named: Any) -> Effect:
    given: dict[str, Any] = {
        "column": "prompt",
        "high": "cot",
        "low": "direct",
        "metric": a_metric(),
        "value": 0.05,
        "lower": 0.01,
        "upper": 0.09,
        "tasks": 2,
        "pairs": 4,
        "n": 200,
        **named,
    }
    return Effect(**given)


def test_the_effect_of_a_factor_has_its_interval() -> None:
    assert effect_text(an_effect(), 0.95) == (
        "By prompt, cot is better than direct in Match Accuracy by 0.050 (gain: 95% CI 0.010 to 0.090; "
        "mean of 2 tasks, 4 pairs of evaluations alike in all else, on the same samples, n = 200)."
    )
    worse = effect_text(an_effect(value=-0.05, lower=-0.09, upper=-0.01), 0.95)
    assert "cot is worse than direct in Match Accuracy by 0.050 (gain: 95% CI -0.090 to -0.010" in worse
    assert effect_text(an_effect(lower=-0.01, tasks=1, pairs=1), 0.95) == (
        "By prompt, cot is not shown to differ from direct in Match Accuracy (gain 0.050, "
        "95% CI -0.010 to 0.090; 1 pair of evaluations alike in all else, on the same samples, n = 200)."
    )


def test_a_level_that_is_a_bare_number_is_named_with_its_column() -> None:
    assert effect_text(
        an_effect(column="epoch", high="1", low="0", value=-0.05, upper=-0.01), 0.95
    ).startswith("By epoch, epoch 1 is worse than epoch 0 in Match Accuracy by 0.050 ")
    assert "rate 0.5 is better than rate -1 " in effect_text(
        an_effect(column="rate", high="0.5", low="-1"), 0.95
    )


def test_effects_verdicts_and_what_is_notable_stand_in_the_summary() -> None:
    facts = replace(
        some_facts([a_log("r4")]),
        comparisons=Comparisons(effects=(an_effect(),) * 5, notable=("a and b are alike.",) * 7),
        verdicts=(Verdict("c", "", "", ClaimOutcome.VIOLATED),),
    )
    (found,) = summary(Material(Spec(vizspec=1), facts, (), Attachments()))
    assert found.remarks[4:6] == ("1 more factor was looked at.", "Of 1 claim 1 is Violated: see Claims.")
    assert found.notable[-2:] == ("a and b are alike.", "2 more such things were noticed.")
