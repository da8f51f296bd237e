"""Numbers for texts: two models on two tasks, the forest ahead of the logistic regression on one."""

from __future__ import annotations

from tests.make import a_metric
from vizspec.metrics.catalogue import Catalogue
from vizspec.prose.numbers import ClaimNumbers, Compared, Evaluation, Figure, Leaders, Number, Numbers

MODELS = ("forest", "logistic")
TASKS = ("Size", "Surface")
ACCURACY, AUC = a_metric("match/accuracy"), a_metric("risk_scorer/auc_score")

VALUES = {
    ("forest", "Size"): (0.85, "0.752–0.914"),
    ("forest", "Surface"): (0.9, "0.812–0.950"),
    ("logistic", "Size"): (0.7, "0.585–0.795"),
    ("logistic", "Surface"): (0.875, "0.782–0.932"),
}

EVALUATIONS = tuple(
    Evaluation(
        {"run": f"{model}_tuned", "model": model, "task": task.lower(), "vis_label": task, "epoch": 1},
        model,
        task,
        frozenset({model, f"{model}_tuned"}),
        task,
    )
    for model, task in VALUES
)


def ends(interval: str) -> tuple[float, float]:
    lower, _, upper = interval.partition("–")
    return float(lower), float(upper)


def place(model: str, task: str) -> int:
    return list(VALUES).index((model, task))


def a_comparison(task: str, difference: float, ends: tuple[float, float], *, is_decided: bool) -> Compared:
    a, b = place("forest", task), place("logistic", task)
    return Compared(a, b, ACCURACY.id, difference, difference, *ends, "95 % CI", is_decided, "0.012", 80)


NUMBERS = Numbers(
    evaluations=EVALUATIONS,
    catalogue=Catalogue((ACCURACY, AUC)),
    primary=ACCURACY.id,
    estimates=(
        *(
            Number(number, ACCURACY.id, value, f"{value:.3f}", interval, "80", ends=ends(interval))
            for number, (value, interval) in enumerate(VALUES.values())
        ),
        Number(0, AUC.id, 0.93, "0.930", None, "80", "a class has one sample: no interval"),
        Number(1, AUC.id, None, "-", None, "-", "the log holds no finite value"),
    ),
    compared=(
        a_comparison("Size", 0.15, (0.033, 0.263), is_decided=True),
        a_comparison("Surface", 0.025, (-0.06, 0.111), is_decided=False),
    ),
    leaders=(
        Leaders(ACCURACY.id, (0, 2), (0,), ("forest",)),
        Leaders(ACCURACY.id, (1, 3), (1, 3), ("forest", "logistic")),
    ),
    effects={"epoch": "+0.042 (95% CI -0.018 to 0.098)"},
    verdicts={"forest_leads": ClaimNumbers("Inconclusive", "forest is better than logistic", "1 of 2")},
    figures=(
        Figure("by_task", "by_task:match/accuracy", "Match Accuracy", "by task.png", "by task.html"),
        Figure("radar", "radar", "radar", reason="there are fewer than three tasks"),
    ),
)
