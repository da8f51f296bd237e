"""The draft of an interpretation: what is known as sentences, with live numbers that can all be answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.make import a_log, a_run, a_score, an_experiment
from tests.report.make import a_spec, some_material
from vizspec.claims.record import CaseVerdict, ClaimOutcome, Verdict
from vizspec.comparisons.record import Comparison, Comparisons, Effect
from vizspec.prose.comments import is_draft
from vizspec.prose.doubts import doubts_of
from vizspec.prose.draft import NONE_NOTICED, NOTHING_OPEN, drafted
from vizspec.prose.fill import Wanted, fill_in
from vizspec.prose.numbers import numbers_of
from vizspec.report.material import Material

LOGS = [
    a_log("r4", "hf/1B", scores=[a_score(accuracy=0.9)]),
    a_log("r8", "hf/3B", scores=[a_score(accuracy=0.6)]),
]
VERDICTS = (
    Verdict("leads", "1B is better than 3B", "match/accuracy", ClaimOutcome.CONFIRMED),
    Verdict(
        "close",
        "3B is the same as 1B",
        "match/accuracy",
        ClaimOutcome.INCONCLUSIVE,
        (CaseVerdict("", ClaimOutcome.INCONCLUSIVE, -0.3, -0.5, -0.1, n=100, needed=250),),
    ),
)


def material(**named: Any) -> Material:
    return some_material(LOGS, spec=a_spec(), **named)


def lines(one: Material) -> list[str]:
    """The draft's lines, after all its calls were answered and no sentence was doubted."""
    numbers = numbers_of(one)
    draft = drafted(one, numbers)
    assert is_draft(draft)
    filled = fill_in(Wanted(draft), numbers)
    assert filled.wrong == ()
    assert doubts_of(draft, numbers) == ()
    return [line for line in draft.splitlines() if line]


def test_a_draft_has_its_three_parts_even_where_nothing_is_known() -> None:
    assert lines(some_material([], spec=a_spec()))[1:] == [
        "### Key findings",
        "There are no results to tell of yet.",
        "### Surprises and anomalies",
        NONE_NOTICED,
        "### Next steps",
        NOTHING_OPEN,
    ]


def test_verdicts_leaders_and_differences_are_told_with_live_numbers() -> None:
    plain = material()
    a, b = plain.facts.cells
    metric = plain.facts.catalogue.metrics[0]
    found = Comparison("", "1B", "3B", a, b, metric, 0.95, 0.9, 0.6, 0.3, 0.2, 0.4, p=0.001)
    findings = lines(material(verdicts=VERDICTS, comparisons=Comparisons(leads=(found,))))
    assert findings[2:6] == [
        '- **leads** (1B is better than 3B): {{ verdict("leads") }}.',
        '- **close** (3B is the same as 1B): {{ verdict("close") }}.',
        '- On capitals, {{ best("match/accuracy", task="capitals") }} is the best in Match Accuracy: '
        '{{ value("match/accuracy", model="1B", task="capitals") }} '
        '({{ interval("match/accuracy", model="1B", task="capitals") }}).',
        "- 1B against 3B on capitals, in Match Accuracy: "
        '{{ difference("match/accuracy", {"model": "1B", "task": "capitals"}, '
        '{"model": "3B", "task": "capitals"}) }}.',
    ]
    assert findings[-1] == (
        '- **close** is {{ verdict("close") }}: were its weakest value the true one, '
        "250 samples would decide it."
    )


def test_what_the_audits_noticed_has_live_numbers_where_they_are_estimates() -> None:
    notable = ("Match Accuracy of 1B on capitals (0.900 against 0.950) is odd.",)
    assert lines(material(comparisons=Comparisons(notable=notable)))[-3] == (
        '- Match Accuracy of 1B on capitals ({{ value("match/accuracy", model="1B", task="capitals") }} '
        "against 0.950) is odd."
    )


def test_planned_evaluations_without_a_log_are_a_next_step() -> None:
    runs = [a_run("r4"), a_run("r8", "3B"), a_run("r16")]
    design = replace(an_experiment(runs), hypothesis="More is better.")
    found = lines(material(experiment=design))
    assert found[2] == "- The hypothesis was: More is better."
    assert found[-1] == "- Run what is missing, 1 planned evaluation without a usable log: r16 on capitals."


def test_names_that_look_like_markup_do_no_harm() -> None:
    logs = [a_log("r4", 'hf/a"{{ b }}*c*', scores=[a_score(accuracy=0.9)]), LOGS[1]]
    assert lines(some_material(logs, spec=a_spec()))


def test_letters_of_any_language_stand_as_they_are_and_what_cannot_be_seen_is_escaped() -> None:
    odd = "Größe (3×)\u200b\U000e0067"
    logs = [
        a_log("r4", "hf/1B", odd, scores=[a_score(accuracy=0.9)]),
        a_log("r8", "hf/3B", odd, scores=[a_score(accuracy=0.6)]),
    ]
    assert 'task="Größe (3×)\\u200b\\U000e0067"' in "\n".join(lines(some_material(logs, spec=a_spec())))


def test_a_difference_between_two_conditions_names_both() -> None:
    logs = [
        a_log(run, model, vis_label=label, scores=[a_score(accuracy=accuracy)])
        for run, model, label, accuracy in (("a", "hf/1B", "Few", 0.9), ("b", "hf/3B", "Many", 0.6))
    ]
    plain = some_material(logs, spec=a_spec())
    a, b = plain.facts.cells
    metric = plain.facts.catalogue.metrics[0]
    lead = Comparison("", "1B", "3B", a, b, metric, 0.95, 0.9, 0.6, 0.3, 0.2, 0.4, p=0.001)
    found = lines(some_material(logs, spec=a_spec(), comparisons=Comparisons(leads=(lead,))))
    assert any(line.startswith("- 1B on Few against 3B on Many, in Match Accuracy: ") for line in found)


def test_effects_of_factors_are_findings_and_conditions_of_one_task_are_ranked_together() -> None:
    logs = [
        a_log(run, model, vis_label=label, scores=[a_score(accuracy=accuracy)])
        for run, model, label, accuracy in (("a", "hf/1B", "Few", 0.9), ("b", "hf/1B", "Many", 0.6))
    ]
    metric = numbers_of(some_material(logs, spec=a_spec())).catalogue.metrics[0]
    effect = Effect("shots", "many", "few", metric, 0.1, 0.05, 0.15, 1, 2, 100)
    found = lines(some_material(logs, spec=a_spec(), comparisons=Comparisons(effects=(effect,))))
    assert found[2].startswith('- On capitals, {{ best("match/accuracy", task="capitals") }} is the best')
    assert found[3] == '- By shots, many against few gains in Match Accuracy: {{ effect("shots") }}.'
