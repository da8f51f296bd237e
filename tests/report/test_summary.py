"""The executive summary says what is known, and how sure it is."""

from __future__ import annotations

from typing import Any

from tests.make import a_log, a_score, an_experiment
from tests.report.make import a_spec, a_step, failed, made, skipped, some_material
from vizspec.logs.record import Log
from vizspec.plan.outcomes import FileOutcome, Outcome, Status
from vizspec.report.model import Headline, Summary
from vizspec.report.summary import summary


def of(*logs: Log, **given: Any) -> Summary:
    (made_of,) = summary(some_material(logs, **given))
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
            "0.800 (95 % CI 0.711–0.867, n = 100)",
            ("Its interval overlaps that of no other model.",),
        ),
    )
    assert section.remarks == ()


def test_overlapping_intervals_are_said() -> None:
    section = of(a_log("r4", accuracy=0.79), a_log("r8", accuracy=0.8))
    assert certainty(section) == ("Its interval overlaps that of r4: that order is not certain.",)


def test_a_tie_names_all_who_share_it() -> None:
    section = of(a_log("r4", accuracy=0.8), a_log("r8", accuracy=0.8))
    (headline,) = section.headlines
    assert headline.lead == "Best Match Accuracy (tie)"
    assert headline.names == ("r4", "r8")
    assert headline.certainty == ()


def test_those_who_tie_are_no_rivals_of_their_own() -> None:
    section = of(a_log("r4", accuracy=0.8), a_log("r8", accuracy=0.8), a_log("r16", accuracy=0.79))
    assert certainty(section) == ("Their intervals overlap that of r16: that order is not certain.",)


def test_a_rival_without_an_interval_leaves_the_lead_open() -> None:
    unknown = a_log("r4", scores=[a_score(accuracy=0.5, scored=None)], samples=None)
    section = of(unknown, a_log("r8", accuracy=0.8))
    assert certainty(section) == ("No interval tells how sure its lead over r4 is.",)


def test_the_only_evaluation_is_best_of_nothing() -> None:
    assert certainty(of(a_log("r4"))) == ("It is the only evaluation with a value of Match Accuracy.",)


def test_only_models_of_the_same_task_are_rivals() -> None:
    section = of(
        a_log("r4", task="hard", accuracy=0.8),
        a_log("r8", task="hard", accuracy=0.79),
        a_log("r8", task="easy", accuracy=0.8),
    )
    assert [(headline.lead, headline.names, headline.certainty) for headline in section.headlines] == [
        (
            "Best Match Accuracy on hard",
            ("r4",),
            ("Its interval overlaps that of r8: that order is not certain.",),
        ),
        (
            "Best Match Accuracy on easy",
            ("r8",),
            ("It is the only evaluation on easy with a value of Match Accuracy.",),
        ),
    ]
    assert section.remarks == ("Scores on different tasks are not comparable.",)


def test_labels_of_one_task_are_conditions_and_rivals() -> None:
    values = {"12": 0.3, "32": 0.5, "96": 0.79, "320": 0.8}
    section = of(*(a_log("r4", task="shape", vis_label=name, accuracy=v) for name, v in values.items()))
    (headline,) = section.headlines
    assert (headline.lead, headline.names) == ("Best Match Accuracy", ("r4 on 320",))
    assert headline.certainty == ("Its interval overlaps that of r4 on 96: that order is not certain.",)
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
    assert (headline.lead, headline.names) == ("Best Brier Score", ("r8",))


def test_a_metric_without_a_better_direction_has_no_best() -> None:
    risk = [a_score("risk_scorer", metrics={"mean_risk_score": value}) for value in (0.2, 0.1)]
    section = of(a_log("r4", scores=risk[:1]), a_log("r8", scores=risk[1:]))
    assert section.headlines == ()
    assert section.remarks == (
        "Mean Risk Score lies from 0.100 to 0.200; neither direction is better, so there is no best.",
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
        "Evaluations": "3 (3 of the 4 planned; 1 is missing)",
        "Metrics": "1",
        "Figures": "1 made, 1 skipped, 1 failed",
    }


def test_epochs_that_tell_a_model_apart_are_no_models() -> None:
    told = counts(of(*(a_log("r4", "hf/1B", epoch=epoch) for epoch in (0, 1))))
    assert (told["Models"], told["Evaluations"]) == ("1", "2")


def test_a_figure_of_which_a_file_failed_is_made_in_part() -> None:
    files = (FileOutcome("a.html", Status.MADE), FileOutcome("a.png", Status.FAILED, "no"))
    section = of(a_log("r4"), outcomes=[made(), Outcome(a_step(id="a"), files)])
    assert counts(section)["Figures"] == "2 made (1 of them in part)"


def test_files_of_data_are_no_figures() -> None:
    data = made(a_step(id="raw", files=("compute_metrics.json",)))
    told = counts(of(a_log("r4"), outcomes=[made(), data]))
    assert (told["Figures"], told["Files"]) == ("1 made", "1 made")


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
    assert of(a_log("r4"), warnings=("odd",)).remarks[-1] == "1 warning on the inputs: see Warnings."


def test_a_trial_is_never_the_best() -> None:
    logs = [
        a_log(None, name, accuracy=accuracy, samples=n, location=name)
        for name, accuracy, n in (("one", 1.0, 2), ("two", 0.7, 27), ("three", 0.8, 44))
    ]
    (headline,) = of(*logs).headlines
    assert headline.names == ("three",)
    assert "Not ranked: one (2 of 44 samples), a trial." in headline.certainty
