"""Data sets that scikit-learn ships, the models fitted on them, and what those models answer.

Everything is seeded: the same design gives the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vizspec.demo.design import DemoCell, DemoDesign, DemoRun, DemoTask

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 14
UNTRAINED_SEED = 21
"""Draws weights that happen to know a little, as language models do before they are fine-tuned."""
LEAST_PROBABILITY = 1e-6
"""Probabilities are kept this far from 0 and 1, whose logarithms a log could not hold."""
BARE_ANSWER_EVERY = 3
"""Of a model that has seen nothing, one answer in this many is bare; the others are sentences."""
UNREADABLE_EVERY = 13
"""One answer in this many (of untrained models, and of regressions) cannot be used by its scorer."""
SENTENCE_TOKEN = "I"
SENTENCE_PROBABILITY = 0.6


@dataclass(frozen=True)
class Example:
    """A held-out row as it is asked: its number in the data set, the prompt, and the true answer."""

    row: int
    prompt: str
    target: str


@dataclass(frozen=True)
class Answer:
    """What a model says: the text, and the probabilities of its first token (none for regressions)."""

    text: str
    token_probabilities: Mapping[str, float]


@dataclass(frozen=True)
class DemoTable:
    """A data set: `values[row, column]`, the number or class of each row, and the columns' names."""

    values: NDArray[np.float64]
    outcome: NDArray[np.float64]
    columns: tuple[str, ...]

    def part(self, task: DemoTask) -> NDArray[np.float64]:
        """The columns that a task tells of."""
        if not task.columns:
            return self.values
        return self.values[:, [self.columns.index(column) for column in task.columns]]


def load(dataset: str) -> DemoTable:
    """The data set of that name, its rows shuffled."""
    import numpy as np
    from sklearn import datasets

    bunch = getattr(datasets, f"load_{dataset}")()
    order = np.random.default_rng(SEED).permutation(len(bunch.target))
    return DemoTable(
        np.asarray(bunch.data, dtype=float)[order],
        np.asarray(bunch.target, dtype=float)[order],
        tuple(str(column) for column in bunch.feature_names),
    )


def examples(table: DemoTable, task: DemoTask, samples: int) -> tuple[Example, ...]:
    """The held-out rows, which are the first ones, as prompts with their true answers."""
    columns = task.columns or table.columns
    truth = _truth(table, task)
    return tuple(
        Example(row + 1, _prompt(row + 1, columns, values, task.question), f"{truth[row]:.0f}")
        for row, values in enumerate(table.part(task)[:samples])
    )


def training_examples(table: DemoTable, task: DemoTask, samples: int, rows: int) -> tuple[Example, ...]:
    """The first training rows, in the form of the held-out ones."""
    return examples(table, task, samples + rows)[samples:]


def answers(design: DemoDesign, table: DemoTable, cell: DemoCell, samples: int) -> tuple[Answer, ...]:
    """What the cell's checkpoint says to each of `samples` held-out rows, in their order."""
    run, task = design.run(cell.run), design.task(cell.task)
    asked = table.part(task)[:samples]
    if not task.positive:
        predicted = _predict_numbers(design, table, run, task, asked)
        return tuple(_number(value, row) for row, value in enumerate(predicted))
    if not run.train_rows:
        return tuple(_untrained_answer(p, row) for row, p in enumerate(_untrained(table, task, asked)))
    chosen = _training_rows(design, table, task, run, run.train_rows[cell.epoch or 0])
    fitted = _learner(design.model_of(run).learner)
    fitted.fit(table.part(task)[chosen], _truth(table, task)[chosen])
    return tuple(_bare_answer(p) for p in fitted.predict_proba(asked)[:, 1])


def _prompt(number: int, columns: tuple[str, ...], values: NDArray[np.float64], question: str) -> str:
    features = ", ".join(f"{column} {value:.4g}" for column, value in zip(columns, values, strict=True))
    return f"Case {number}: {features}.\n{question}"


def _truth(table: DemoTable, task: DemoTask) -> NDArray[np.float64]:
    import numpy as np

    return np.isin(table.outcome, list(task.positive)).astype(float) if task.positive else table.outcome


def _training_rows(
    design: DemoDesign, table: DemoTable, task: DemoTask, run: DemoRun, n: int
) -> NDArray[np.int64]:
    """`n` row numbers after the held-out ones, with the wanted share of the positive class."""
    import numpy as np

    truth = _truth(table, task)
    free = np.arange(design.samples, len(truth))
    if run.positive_share is None:
        return free[:n]
    positives = round(n * run.positive_share)
    return np.sort(
        np.concatenate([free[truth[free] == 1][:positives], free[truth[free] == 0][: n - positives]])
    )


def _learner(name: str) -> Any:
    """An unfitted classifier or regressor."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.tree import DecisionTreeRegressor

    makers = {
        "naive_bayes": GaussianNB,
        "logistic": lambda: make_pipeline(StandardScaler(), LogisticRegression(C=100.0, max_iter=2000)),
        "forest": lambda: RandomForestClassifier(n_estimators=20, max_depth=4, random_state=SEED),
        "neighbours": lambda: make_pipeline(StandardScaler(), KNeighborsClassifier(7)),
        "ridge": lambda: make_pipeline(StandardScaler(), Ridge()),
        "neighbours_mean": lambda: make_pipeline(StandardScaler(), KNeighborsRegressor(15)),
        "tree": lambda: DecisionTreeRegressor(max_depth=4, random_state=SEED),
    }
    return makers[name]()


def _untrained(table: DemoTable, task: DemoTask, asked: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of a logistic model whose weights are as they were drawn, before any training."""
    import numpy as np

    part = table.part(task)
    weights = np.random.default_rng(UNTRAINED_SEED).normal(scale=0.7, size=part.shape[1])
    scores = (asked - part.mean(axis=0)) / part.std(axis=0) @ weights
    return np.asarray(1 / (1 + np.exp(-scores)))


def _predict_numbers(
    design: DemoDesign, table: DemoTable, run: DemoRun, task: DemoTask, asked: NDArray[np.float64]
) -> NDArray[np.float64]:
    """A regression's predictions; a model that has seen nothing says one round number to everything."""
    import numpy as np

    if not run.train_rows:
        return np.full(len(asked), 100.0)
    chosen = _training_rows(design, table, task, run, run.train_rows[0])
    fitted = _learner(design.model_of(run).learner)
    fitted.fit(table.part(task)[chosen], table.outcome[chosen])
    return np.asarray(fitted.predict(asked))


def _number(value: float, row: int) -> Answer:
    return Answer("It cannot be said." if (row + 1) % UNREADABLE_EVERY == 0 else f"{value:.1f}", {})


def _bare_answer(probability: float) -> Answer:
    odds = _options(probability)
    return Answer(max(odds, key=odds.__getitem__), odds)


def _untrained_answer(probability: float, row: int) -> Answer:
    """Of the untrained model: mostly sentences, whose first token is a word, sometimes no option near it."""
    bare = _bare_answer(probability)
    sentence = f"{SENTENCE_TOKEN} would say {bare.text}."
    words = {SENTENCE_TOKEN: SENTENCE_PROBABILITY}
    if (row + 1) % UNREADABLE_EVERY == 0:
        return Answer(sentence, words)
    if row % BARE_ANSWER_EVERY == 0:
        return bare
    rest = {token: (1 - SENTENCE_PROBABILITY) * share for token, share in bare.token_probabilities.items()}
    return Answer(sentence, words | rest)


def _options(probability: float) -> dict[str, float]:
    """The two options' probabilities, the positive one last."""
    kept = min(max(float(probability), LEAST_PROBABILITY), 1 - LEAST_PROBABILITY)
    return {"0": 1 - kept, "1": kept}
