"""What is mutated, and what has to become of a mutant: it is used, or refused with a message."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import yaml

from tests.disk import ZSTANDARD, write_experiment, write_log
from tests.fuzz.mutate import ODD_TEXTS, mutated_bytes, mutated_text, mutated_value
from vizspec.errors import Problems, UserError, format_problem
from vizspec.expressions import ExpressionError, is_true, is_true_of
from vizspec.logs.find import FoundLog
from vizspec.logs.read import read_log
from vizspec.samples.read_eval import read_eval
from vizspec.spec.open import open_spec

EXPRESSIONS = (
    "n_models < 2 or task == 'a b'",
    "run in ['r4', 'r8'] and f * 2 + 1 >= -3",
    "metrics|first|default('x')|length > 0 if b else not (n_models is even)",
    "task.startswith('a') ~ 'b' == metrics[0:1]|string",
)
VALUES = {"n_models": 3, "task": "a b", "run": None, "metrics": ["a/b", "c"], "f": 0.5, "b": True}


def expression(random: Random, folder: Path) -> str:
    """An expression is worked out, or is an error of its author."""
    del folder
    text = mutated_text(random.choice(EXPRESSIONS), random)
    for work in (is_true, is_true_of):
        with suppress(ExpressionError):
            work(text, VALUES)
    return text


def spec(random: Random, folder: Path) -> str:
    """A spec is opened, or every problem has its place."""
    return _opened(random, _experiment(folder), "analysis.yaml")


def design(random: Random, folder: Path) -> str:
    """The same of a spec whose design is the mutant."""
    return _opened(random, _experiment(folder), "experiment_summary.yaml")


def log(random: Random, folder: Path) -> bytes:
    """A log is read, or is a record that says why not."""
    good, path = folder / "good.eval", folder / "mutant.eval"
    if not good.is_file():
        write_log(good)
    if random.random() < 0.5:
        content = mutated_bytes(good.read_bytes(), random)
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(good) as archive:
            header = json.loads(archive.read("header.json"))
        content = json.dumps(mutated_value(header, random)).encode()
        with zipfile.ZipFile(path, "w", ZSTANDARD) as archive:
            archive.writestr("header.json", content)
    read_log(FoundLog("mutant.eval", path))
    read_eval(path)
    return content


KINDS: dict[str, Callable[[Random, Path], str | bytes]] = {
    "expression": expression,
    "spec": spec,
    "design": design,
    "log": log,
}


def _experiment(folder: Path) -> Path:
    place = folder / "experiment"
    return place if place.is_dir() else write_experiment(place)


def _opened(random: Random, folder: Path, name: str) -> str:
    path = folder / name
    good = path.read_text(encoding="utf-8")
    if random.random() < 0.5:
        text = mutated_text(good, random)
    else:
        text = yaml.safe_dump(mutated_value(yaml.safe_load(good), random), allow_unicode=True)
    if random.random() < 0.2:
        text += f"\n{random.choice(ODD_TEXTS)}: {random.choice(ODD_TEXTS)}\n"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        open_spec(folder)
    except UserError:
        pass
    except Problems as found:
        for problem in found.problems:
            format_problem(problem)
            assert problem.mark is not None or "is empty" in problem.message, problem.message
    finally:
        path.write_text(good, encoding="utf-8")
    return text
