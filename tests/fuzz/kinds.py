"""What is mutated, and what has to become of a mutant: it is used, or refused with a message."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import yaml

from tests.disk import ZSTANDARD, write_experiment, write_log
from tests.fuzz.job_soundness import assert_sound
from tests.fuzz.mutate import ODD_TEXTS, mutated_bytes, mutated_text, mutated_value
from tests.fuzz.refusals import mutant_in
from tests.fuzz.renders import cached, render_of_log, render_of_spec
from tests.fuzz.slurm_texts import TEXTS
from tests.prose.make import NUMBERS
from vizspec.cache import Cache
from vizspec.expressions import ExpressionError, is_true, is_true_of
from vizspec.logs.find import FoundLog
from vizspec.logs.known_logs import KnownLogs
from vizspec.logs.read import read_log, read_logs
from vizspec.logs.record import Log
from vizspec.parsing.template_calls import NotATemplate, calls_in, strangers_in
from vizspec.prose import fill
from vizspec.prose.comments import without_marks
from vizspec.prose.doubts import doubts_of
from vizspec.report.model import Report
from vizspec.report.template import fill_in
from vizspec.samples.read_eval import read_eval
from vizspec.slurm.compute import ComputeFacts, collect_compute
from vizspec.slurm.sources.gpu_csv import summarize_gpu_lines
from vizspec.slurm.sources.run_command import Completed
from vizspec.spec.open import open_spec

EXPRESSIONS = (
    "n_models < 2 or task == 'a b'",
    "run in ['r4', 'r8'] and f * 2 + 1 >= -3",
    "metrics|first|default('x')|length > 0 if b else not (n_models is even)",
    "task.startswith('a') ~ 'b' == metrics[0:1]|string",
)
VALUES = {"n_models": 3, "task": "a b", "run": None, "metrics": ["a/b", "c"], "f": 0.5, "b": True}


FRAME = """\
task_name,model,created,status,score_match_accuracy,score_match_stderr,total_samples,run
capitals,hf/1B,2026-01-29T10:00:00+00:00,success,0.8,0.04,100,r4
rivers,hf/1B,2026-01-29T11:00:00+00:00,success,80 %,0.04,100,r8
rivers,hf/2B,29.1.2026,error,"0,5",,1e2,r8
"""

FIGURES_DRAWN = 0.05
"""Of all mutants of what tells of jobs: to draw one takes as long as all the rest together."""


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
    first, again = (_read_and_kept(path, Cache(folder / "known")) for _ in range(2))
    assert repr(again) == repr(first)  # NaN is not equal to itself
    read_eval(path)
    return content


TEMPLATES = (
    "# {{ report.title | text }}\n{% for section in report.sections %}\n## {{ section.title }}\n{% endfor %}",
    "{% extends 'report.md.j2' %}\n{% macro f(a, b=2) %}{{ a ~ b | cell }}{% endmacro %}{{ f('x') }}",
    "{% set n = namespace(a=0) %}{% for i in range(3) %}{% set n.a = n.a + i %}{% endfor %}{{ n.a // 2 }}",
    "{% if report.sections | length > 2 %}{% include 'table.md.j2' %}{% else %}{{ '%s' % 'x' }}{% endif %}",
)


def template(random: Random, folder: Path) -> str:
    """A template gives a text that can be written, or a problem that is told."""
    del folder
    text = mutated_text(random.choice(TEMPLATES), random)
    found = fill_in(text, Report("Ranks", ()))
    if found.text is None:
        assert found.problem
    else:
        found.text.encode()
    return text


PROSE = """\
# Findings <!-- vizspec: ok -->

The forest has {{ value("match", model="forest", task="Size") }} ({{ interval("match") }}) on Size.
Its accuracy is 0.91, and forest is clearly better than logistic on Surface: between 0.8 and 0.9.
{% for m in ["forest", "logistic"] %}- {{ best("match", task="Size") }} {{ m | upper }}{% endfor %}

{{ table("estimates", where="task == 'size'") }}
{{ difference("match", of="forest", than={"model": "logistic"}) }}
`code` [link](a.png) {{ figure("scores_by_task") }} {{ verdict("leads") }} {% raw %}{{ }}{% endraw %}
"""


def prose(random: Random, folder: Path) -> str:
    """A text with live numbers is filled in, or every fault of it is told; so are its doubts."""
    del folder
    text = mutated_text(PROSE, random)
    with suppress(NotATemplate):
        calls_in(text), strangers_in(text)
    filled = fill.fill_in(fill.Wanted(text), NUMBERS)
    assert filled.text is not None or filled.wrong[0].message
    assert all(doubt.message for doubt in doubts_of(text, NUMBERS))
    without_marks(filled.text or "").encode()
    return text


def job_answers(random: Random, folder: Path) -> str:
    """What programs say of a job gives sound figures, or none."""
    answers = dict(TEXTS)
    name = random.choice(["seff", "sacct", "jobstats", "notes", "run log"])
    answers[name] = mutated_text(answers[name], random)
    _assert_sound_jobs(folder, answers, random)
    return answers[name]


def job_output(random: Random, folder: Path) -> bytes:
    """What a job printed gives sound figures, or none."""
    content = mutated_bytes(TEXTS["output"].encode(), random)
    _assert_sound_jobs(folder, TEXTS, random, output=content)
    return content


def gpu_csv(random: Random, folder: Path) -> bytes:
    """A table of GPU samples gives sound figures, or says what is wrong with it."""
    good = TEXTS["gpu csv"]
    content = (
        mutated_bytes(good.encode(), random)
        if random.random() < 0.5
        else _encoded(mutated_text(good, random))
    )
    samples = summarize_gpu_lines(content.decode("utf-8-sig", "replace").splitlines(keepends=True))
    assert samples.samples or samples.problem
    _assert_sound_jobs(folder, TEXTS, random, gpu=content)
    return content


def saved_metrics(random: Random, folder: Path) -> bytes:
    """A saved `compute_metrics.json` gives sound figures, or says what is wrong with it."""
    good, path = folder / "good.json", folder / "compute_metrics.json"
    if not good.is_file():
        good.write_bytes(_compute(folder, TEXTS).metrics_json())
    content = (
        mutated_bytes(good.read_bytes(), random)
        if random.random() < 0.3
        else json.dumps(mutated_value(json.loads(good.read_bytes()), random)).encode()
    )
    path.write_bytes(content)
    for job in collect_compute(folder, from_file=path).jobs:
        assert_sound(job, with_figure=False)
    return content


def frame(random: Random, folder: Path) -> bytes:
    """A data frame is read as logs, or is a record that says why not."""
    good, path = folder / "good.csv", folder / "mutant.csv"
    if not good.is_file():
        good.write_text(FRAME, encoding="utf-8")
    content = (
        mutated_bytes(FRAME.encode(), random)
        if random.random() < 0.5
        else _encoded(mutated_text(FRAME, random))
    )
    path.write_bytes(content)
    read_logs([FoundLog("mutant.csv", path)])
    return content


KINDS: dict[str, Callable[[Random, Path], str | bytes]] = {
    "expression": expression,
    "spec": spec,
    "design": design,
    "log": log,
    "template": template,
    "prose": prose,
    "job answers": job_answers,
    "job output": job_output,
    "gpu csv": gpu_csv,
    "saved metrics": saved_metrics,
    "frame": frame,
    "cache": cached,
    "render of a log": render_of_log,
    "render of a spec": render_of_spec,
}


def _read_and_kept(path: Path, cache: Cache) -> Log:
    """The log as read, or as it was kept before."""
    known = KnownLogs(cache, [path], now_ns=lambda: 2**62)
    log = read_log(FoundLog(path.name, path), known=known)
    known.save()
    return log


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _compute(folder: Path, texts: Mapping[str, str]) -> ComputeFacts:
    """What is found of jobs where each program answers with its text."""

    def answer(argv: Sequence[str], timeout: float) -> Completed:
        del timeout
        name = "notes" if "-n" in argv and argv[0] == "jobstats" else argv[0]
        return Completed("done", texts.get(name, ""))

    log = folder / "logs" / "run-torchtune.log"
    log.parent.mkdir(exist_ok=True)
    log.write_bytes(_encoded(texts["run log"]))
    return collect_compute(folder, runs=["r8"], kinds=["finetune"], run=answer)


def _assert_sound_jobs(
    folder: Path,
    texts: Mapping[str, str],
    random: Random,
    output: bytes = TEXTS["output"].encode(),
    gpu: bytes = TEXTS["gpu csv"].encode(),
) -> None:
    outputs = folder / "r8" / "artifacts"
    outputs.mkdir(parents=True, exist_ok=True)
    for job_id in ("7", "8"):
        (outputs / f"slurm-{job_id}.out").write_bytes(output)
    (outputs / "gpu_metrics.csv").write_bytes(gpu)
    for job in _compute(folder, texts).jobs:
        assert_sound(job, with_figure=random.random() < FIGURES_DRAWN)


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
    with mutant_in(path, text):
        open_spec(folder)
    return text
