"""The example experiments, one for each kind of design that a spec is written for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vizspec.demo.design import DemoDesign, DemoModel, DemoRow, DemoRun, DemoTask, Scorer

DATE = "2026-01-29"

ClaimedLevels = dict[str, Any]
"""Values of columns, by which a claim names its evaluations."""

MATCH = Scorer("match", {"location": "exact"})
INCLUDES = Scorer("includes")
RISK = Scorer("risk_scorer", {"option_tokens": ("0", "1")})
CONTINUOUS = Scorer("continuous_scorer")

MALIGNANT = frozenset({0})
TUMOUR_QUESTION = "Is the tumour malignant? Answer 1 for yes, 0 for no."

NAIVE_BAYES = DemoModel("naive-bayes", "naive_bayes")
LOGISTIC = DemoModel("logistic", "logistic")
FOREST = DemoModel("forest", "forest")
NEIGHBOURS = DemoModel("neighbours", "neighbours")
MODELS = (NAIVE_BAYES, LOGISTIC, FOREST)

SIZE = DemoTask(
    "tumour_size",
    "Malignant or benign, told from the size of the cell nuclei",
    TUMOUR_QUESTION,
    ("mean radius", "mean perimeter", "mean area"),
    MALIGNANT,
)
SURFACE = DemoTask(
    "tumour_surface",
    "Malignant or benign, told from the surface of the cell nuclei",
    TUMOUR_QUESTION,
    ("mean texture", "mean smoothness", "mean symmetry"),
    MALIGNANT,
)
SHAPE = DemoTask(
    "tumour_shape",
    "Malignant or benign, told from the shape of the cell nuclei",
    TUMOUR_QUESTION,
    ("mean compactness", "mean concavity", "mean fractal dimension"),
    MALIGNANT,
)


def demo() -> DemoDesign:
    """Three models, three tasks, two checkpoints, a base run, and one of each surprise."""
    labels = {SIZE.name: "Size", SURFACE.name: "Surface", SHAPE.name: "Shape"}
    tuned = tuple(DemoRun(f"{model.name}_tuned", model.name, train_rows=(20, 240)) for model in MODELS)
    base = DemoRun("logistic_base", LOGISTIC.name, "control")
    matrix = [DemoRow(run.name, (task,), (0, 1), label) for run in tuned for task, label in labels.items()]
    matrix += [DemoRow(base.name, (task,), None, label) for task, label in labels.items()]
    return DemoDesign(
        name="tumour_models",
        date=DATE,
        question="Which kind of classifier tells malignant tumours from benign ones best, and does each "
        "improve from its first checkpoint to its second?",
        hypothesis="All three beat the base model on every task; the forest is the most accurate, and naive "
        "Bayes the worst calibrated.",
        purpose="An example to render: real data, real classifiers, real Inspect logs.",
        dataset="breast_cancer",
        samples=40,
        models=MODELS,
        tasks=(SIZE, SURFACE, SHAPE),
        runs=(*tuned, base),
        matrix=tuple(matrix),
        scorers=(MATCH, INCLUDES, RISK),
        variables={"model": tuple(model.name for model in MODELS)},
        controls={"epochs": 2, "ridge_penalty": "1e-2"},
        missing=frozenset({("naive-bayes_tuned", SHAPE.name, 0)}),
        superseded=(("forest_tuned", SIZE.name, 1),),
        broken=(("logistic_tuned", SURFACE.name, 1),),
        comparisons=(
            {"id": "models", "among": ["model"]},
            {"id": "against_base", "among": ["run"], "to": {"run": base.name}},
            {"id": "checkpoints", "among": ["epoch"]},
        ),
        claims=(
            _better("beats_base", {"run.type": "fine-tuned"}, {"run": base.name}, ["task", "model"]),
            {"id": "forest_is_best", "of": {"model": FOREST.name}, "is": "best", **_AMONG_MODELS},
            _worse_calibrated("logistic_tuned"),
            _worse_calibrated("forest_tuned"),
            _better("improves", {"epoch": 1}, {"epoch": 0}, ["task", "model"]),
        ),
    )


_AMONG_MODELS = {"among": ["model"], "for_each": ["task"]}


def _better(name: str, of: ClaimedLevels, than: ClaimedLevels, for_each: list[str]) -> Mapping[str, Any]:
    return {"id": name, "of": of, "is": "better", "than": than, "for_each": for_each}


def _worse_calibrated(than: str) -> Mapping[str, Any]:
    """By the Brier score, since no interval of a difference of calibration errors is sound."""
    return {
        "id": f"bayes_behind_{than.removesuffix('_tuned')}",
        "claim": f"naive Bayes is worse calibrated than {than}, by its Brier score",
        "metric": "risk_scorer/brier_score",
        "of": {"model": NAIVE_BAYES.name},
        "is": "worse",
        "than": {"run": than},
        "for_each": ["task"],
    }


def sample_size() -> DemoDesign:
    """One ordinal variable: the same model, trained on four amounts of data. Labels are numbers."""
    sizes = (12, 32, 96, 320)
    runs = tuple(
        DemoRun(f"neighbours_n{n}", NEIGHBOURS.name, parameters={"sample_size": n}, train_rows=(n,))
        for n in sizes
    )
    return DemoDesign(
        name="sample_size",
        date=DATE,
        question="How many training rows does a classifier of tumours need?",
        hypothesis="Accuracy rises with the number of rows and levels off.",
        purpose="An example with an ordinal variable.",
        dataset="breast_cancer",
        samples=40,
        models=(NEIGHBOURS,),
        tasks=(SHAPE,),
        runs=runs,
        matrix=tuple(DemoRow(run.name, (SHAPE.name,), (0,), n) for run, n in zip(runs, sizes, strict=True)),
        scorers=(MATCH, INCLUDES, RISK),
        variables={"sample_size": sizes},
        controls={"epochs": 1},
        claims=({"id": "more_rows_help", "is": "rising", "over": "sample_size", "margin": 0.02},),
    )


def balanced() -> DemoDesign:
    """One binary factor: two models, each trained on balanced and on imbalanced classes."""
    shares = {True: 0.5, False: 0.1}
    models = (LOGISTIC, FOREST)
    runs = tuple(
        DemoRun(
            f"{model.name}_{'balanced' if is_balanced else 'imbalanced'}",
            model.name,
            parameters={"balanced": is_balanced},
            train_rows=(120,),
            positive_share=share,
        )
        for model in models
        for is_balanced, share in shares.items()
    )
    return DemoDesign(
        name="balanced",
        date=DATE,
        question="Does balancing the classes of the training data change what a classifier gets right?",
        hypothesis="Balanced training finds more of the malignant tumours.",
        purpose="An example with a binary factor.",
        dataset="breast_cancer",
        samples=40,
        models=models,
        tasks=(SHAPE,),
        runs=runs,
        matrix=tuple(
            DemoRow(run.name, (SHAPE.name,), (0,), "Balanced" if run.parameters["balanced"] else "Imbalanced")
            for run in runs
        ),
        scorers=(MATCH, INCLUDES, RISK),
        variables={"balanced": (True, False)},
        controls={"epochs": 1, "train_rows": 120},
        comparisons=({"id": "balancing", "among": ["balanced"], "to": {"balanced": False}},),
        claims=(_better("balancing_helps", {"balanced": True}, {"balanced": False}, ["model"]),),
    )


def several_tasks() -> DemoDesign:
    """Three models on four tasks, without labels, and without a risk scorer."""
    groups = {
        "digit_odd": ("odd", {1, 3, 5, 7, 9}),
        "digit_small": ("below five", {0, 1, 2, 3, 4}),
        "digit_round": ("drawn with a closed loop", {0, 6, 8, 9}),
        "digit_prime": ("prime", {2, 3, 5, 7}),
    }
    tasks = tuple(
        DemoTask(
            name,
            f"Whether a drawn digit is {word}",
            f"Is the digit {word}? Answer 1 or 0.",
            (),
            frozenset(yes),
        )
        for name, (word, yes) in groups.items()
    )
    runs = tuple(DemoRun(f"{model.name}_digits", model.name, train_rows=(300,)) for model in MODELS)
    return DemoDesign(
        name="several_tasks",
        date=DATE,
        question="Which classifier reads drawn digits best, whatever is asked about them?",
        hypothesis="The order of the models is the same in every task.",
        purpose="An example with several models and several tasks.",
        dataset="digits",
        samples=30,
        models=MODELS,
        tasks=tasks,
        runs=runs,
        matrix=tuple(DemoRow(run.name, tuple(groups), (0,)) for run in runs),
        scorers=(MATCH, INCLUDES),
        variables={"model": tuple(model.name for model in MODELS)},
        controls={"epochs": 1},
    )


def single_task() -> DemoDesign:
    """Four finished models on one task: nothing is trained, so there are no checkpoints."""
    task = DemoTask(
        "wine_cultivar",
        "Whether a wine comes from the second cultivar",
        "Is the wine of the second cultivar? Answer 1 for yes, 0 for no.",
        ("alcohol", "malic_acid", "ash", "magnesium", "hue"),
        frozenset({1}),
    )
    models = (*MODELS, NEIGHBOURS)
    runs = tuple(DemoRun(f"{model.name}_wine", model.name, "eval-only", train_rows=(60,)) for model in models)
    return DemoDesign(
        name="single_task",
        date=DATE,
        question="Which of four classifiers tells the cultivar of a wine best?",
        hypothesis="There is little between them.",
        purpose="An example with several models and one task.",
        dataset="wine",
        samples=50,
        models=models,
        tasks=(task,),
        runs=runs,
        matrix=tuple(DemoRow(run.name, (task.name,), None, "Wine") for run in runs),
        scorers=(MATCH, RISK),
        variables={"model": tuple(model.name for model in models)},
    )


def regression() -> DemoDesign:
    """Numbers instead of classes: no accuracy metric at all."""
    question = "How far will the diabetes have progressed in a year? Answer with a number."
    tasks = (
        DemoTask("progression_body", "Progression told from the body", question, ("age", "sex", "bmi", "bp")),
        DemoTask("progression_blood", "Progression told from the blood", question, ("s1", "s3", "s5", "s6")),
    )
    models = (
        DemoModel("ridge", "ridge"),
        DemoModel("neighbours", "neighbours_mean"),
        DemoModel("tree", "tree"),
    )
    runs = tuple(DemoRun(f"{model.name}_tuned", model.name, train_rows=(240,)) for model in models)
    base = DemoRun("ridge_base", "ridge", "control")
    labels = {"progression_body": "Body", "progression_blood": "Blood"}
    matrix = [DemoRow(run.name, (task,), (0,), label) for run in runs for task, label in labels.items()]
    matrix += [DemoRow(base.name, (task,), None, label) for task, label in labels.items()]
    return DemoDesign(
        name="regression",
        date=DATE,
        question="How well do regressions foretell the progression of diabetes, and from what?",
        hypothesis="The body tells more than the blood.",
        purpose="An example whose scorer gives no accuracy.",
        dataset="diabetes",
        samples=40,
        models=models,
        tasks=tasks,
        runs=(*runs, base),
        matrix=tuple(matrix),
        scorers=(CONTINUOUS,),
        variables={"model": tuple(model.name for model in models)},
        controls={"epochs": 1},
    )


KINDS = {
    "demo": demo,
    "sample_size": sample_size,
    "balanced": balanced,
    "several_tasks": several_tasks,
    "single_task": single_task,
    "regression": regression,
}
"""Kind of experiment -> the function that designs it."""
