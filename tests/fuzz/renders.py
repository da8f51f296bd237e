"""Whole renders of mutants: an experiment of good logs, of which one part is changed; pages are plain."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.disk import ZSTANDARD, write_design
from tests.fuzz.mutate import mutated_bytes, mutated_text, mutated_value
from tests.fuzz.refusals import mutant_in
from tests.rendering import PlainCanvas
from vizspec.cache import Cache
from vizspec.limits.archives import add_zstandard
from vizspec.plan.outcomes import OutputStatus
from vizspec.render.pipeline import render
from vizspec.render.result import Options, Rendered
from vizspec.spec.open import open_spec

RUNS, TASKS = ("small", "large"), ("capitals", "rivers")
MOST_BYTES = 3_000_000
"""Of all that a render of these few samples writes."""

SPEC = """\
vizspec: 1
experiment: experiment_summary.yaml
name: ranks
data:
  logs: ["{run}/eval/*/logs/*", "logs"]
  identity: [run, model, task, vis_label, epoch]
  epochs: latest
  where: "n_samples >= 2"
  columns:
    is_base: {from: run, equals: small}
    word: {from: task_name, match: "^(c[a-z]+)", map: {capitals: C}}
  labels: {model: {model of small: Small}}
  log_viewer: http://localhost:7575
metrics:
  primary: match/accuracy
  include: ["*"]
  positive: "1"
  define: {match/accuracy: {label: Right, better: higher, range: [0, 1], family: accuracy}}
  ci: 0.9
output: {directory: analysis, name: "{view}_{experiment}_{metric}", formats: [html], html: linked}
views:
  - {view: scores_by_task, metrics: accuracy, top: 20, sort: descending, title: "{metric} of all", ci: 0.9}
  - {view: scores_heatmap, metrics: match, orientation: vertical, skip_if: [diagonal, "n_models < 2"]}
  - {view: scores_heatmap, id: pivot, rows: run, columns: task, metrics: match}
  - {view: scores_by_factor, factor: is_base, labels: [Large, Small], color: "#3266ae", metrics: match}
  - {view: scores_by_variable, x: epoch, facet: task, epochs: all, chance: 0.5, metrics: match}
  - {view: scores_by_limit, limit: tokens, scale: auto, metrics: match}
  - {view: scores_timeline, released: {hf/small: "2022-05-05"}, metrics: match}
  - view: plot
    id: mine
    data: estimates
    where: "n > 1"
    sort: -value
    marks: [{mark: dot, x: task, y: value, fill: model, r: 4}, {mark: rule_y, y: {value: 0.5}}]
    y: {label: Accuracy, domain: [0, 1], format: ".0%"}
    color: {label: model, range: ["#0072b2", "#d55e00"]}
  - {view: sample_heatmap, metrics: match, differing: true}
  - {view: table, data: samples, columns: [sample, {column: score, label: Score, format: ".2f"}], page: 20}
  - {view: comparisons, compare: run, baseline: small, adjust: holm, metrics: match}
comparisons:
  - {id: against, metric: match/accuracy, among: [run], to: {run: small}, for_each: [task], margin: 0.05}
claims:
  fail: violated
  list:
    - {id: leads, of: {run: large}, is: better, than: {run: small}, for_each: task, why: It is larger.}
    - {id: enough, of: {run: large, task: rivers}, is: at_least, value: 0.4, level: 0.9}
report:
  title: Ranks
  interpretation: The larger one is better.
  sections: [summary, claims, research_question, model_comparison, comparisons, calibration, per_task,
    visualizations, interpretation, {title: Limits, text: Two tasks.}, compute, coverage, provenance]
"""


def render_of_log(random: Random, folder: Path) -> str:
    """Every view, text and table is made of an experiment one of whose logs has parts of other types."""
    place = _experiment(folder)
    parts = mutated_value(_parts("large", "rivers"), random)
    is_text = random.random() < 0.3
    mutant = place / "logs" / f"mutant.{'json' if is_text else 'eval'}"
    mutant.parent.mkdir(exist_ok=True)
    _write(mutant, parts)
    try:
        _assert_whole(_rendered(place))
    finally:
        mutant.unlink()
    return json.dumps(parts)


def render_of_spec(random: Random, folder: Path) -> str:
    """What a spec asks for is made, or skipped with a reason, or it is refused at the place of the fault."""
    place = _experiment(folder)
    if random.random() < 0.5:
        text = mutated_text(SPEC, random, most=1)
    else:
        changed = mutated_value(yaml.safe_load(SPEC), random, most=1)
        text = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
    with mutant_in(place / "analysis.yaml", text):
        _rendered(place)
    return text


def cached(random: Random, folder: Path) -> bytes:
    """An entry of the cache is what was stored, or nothing."""
    cache = Cache(folder / "cache")
    stored = random.randbytes(random.choice([0, 1, 40, 5000]))
    cache.put("entry", stored)
    entry = folder / "cache" / "entry.bin"
    content = mutated_bytes(entry.read_bytes(), random)
    entry.write_bytes(content)
    assert cache.get("entry") in (stored, None)
    return content


def _rendered(place: Path) -> Rendered:
    opened = open_spec(place, is_trusted=False)
    return render(opened, Options(force=True), canvas=PlainCanvas())


def _assert_whole(rendered: Rendered) -> None:
    failed = [one for one in rendered.outcomes if one.status is OutputStatus.FAILED]
    assert not failed, failed
    assert rendered.report is not None, rendered.errors
    written = sum(path.stat().st_size for path in rendered.folder.rglob("*") if path.is_file())
    assert written < MOST_BYTES, written


def _experiment(folder: Path) -> Path:
    place = folder / "whole"
    if not place.is_dir():
        add_zstandard()
        place.mkdir()
        write_design(place, RUNS, TASKS)
        for run in RUNS:
            for task in TASKS:
                log = place / run / "eval" / task / "logs" / "a.eval"
                log.parent.mkdir(parents=True)
                _write(log, _parts(run, task))
        (place / "analysis.yaml").write_text(SPEC, encoding="utf-8")
    return place


def _write(path: Path, parts: Any) -> None:
    """The parts of a log as one text of JSON, or as an archive of them."""
    if path.suffix == ".json":
        header = parts.get("header") if isinstance(parts, dict) else parts
        whole = {**header, "samples": parts.get("samples")} if isinstance(header, dict) else header
        path.write_text(json.dumps(whole), encoding="utf-8")
        return
    with zipfile.ZipFile(path, "w", ZSTANDARD) as archive:
        for name, part in parts.items():
            if name != "samples":
                archive.writestr(f"{name}.json", json.dumps(part))
        samples = parts.get("samples")
        for place, sample in enumerate(samples if isinstance(samples, list) else [samples]):
            archive.writestr(f"samples/{place}_epoch_1.json", json.dumps(sample))


def _parts(run: str, task: str) -> Any:
    """A log as Inspect writes it, with all that vizspec reads: header, samples, summaries and reductions."""
    samples = [_sample(number, run, task) for number in range(1, 5)]
    reduced = [
        {"sample_id": sample["id"], **copy.deepcopy(sample["scores"]["risk_scorer"])} for sample in samples
    ]
    return {
        "header": _header(run, task),
        "samples": samples,
        "summaries": copy.deepcopy(samples),
        "reductions": [{"scorer": "risk_scorer", "samples": reduced}],
    }


def _sample(number: int, run: str, task: str) -> Any:
    is_right, of_one = (number + len(run)) % 3 > 0, round(number / 5, 2)
    risk = {"risk_score": of_one, "option_probs": {"0": 1 - of_one, "1": of_one}, "target": str(number % 2)}
    return {
        "id": number,
        "epoch": 1,
        "input": f"{task}: what is {number}?",
        "choices": ["a", "b"],
        "target": str(number % 2),
        "messages": [
            {"role": "user", "content": "?"},
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [{"id": "c", "function": "bash", "arguments": {}}],
            },
        ],
        "scores": {
            "match": {"value": "C" if is_right else "I", "answer": "1", "explanation": "so", "metadata": {}},
            "risk_scorer": {"value": "C", "answer": "1", "metadata": risk},
        },
        "metadata": {"level": "easy"},
        "model_usage": {f"hf/{run}": {"input_tokens": 23, "output_tokens": 1, "total_tokens": 24}},
        "total_time": 6.8,
        "working_time": 3.2,
        "message_count": 2,
        "limit": {"type": "token", "limit": 100},
        "error": None,
    }


def _header(run: str, task: str) -> Any:
    right = sum((number + len(run)) % 3 > 0 for number in range(1, 5)) / 4
    return {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": f"{run} {task}",
            "created": "2026-01-29T10:00:00+00:00",
            "task": task,
            "task_registry_name": f"pack/{task}",
            "task_file": "task.py",
            "task_version": 0,
            "task_args": {"vis_label": task.title(), "shots": 3},
            "task_args_passed": {"shots": 3},
            "dataset": {"name": task, "location": "d.csv", "samples": 4, "sample_ids": [1, 2, 3, 4]},
            "model": f"hf/{run}",
            "model_generate_config": {"temperature": 0.5},
            "model_args": {"device": "cpu"},
            "model_roles": {"grader": {"model": "hf/judge"}},
            "solver": "generate",
            "solver_args": {"x": 1},
            "config": {"epochs": 1, "epochs_reducer": ["mean"], "limit": 4, "message_limit": 9},
            "packages": {"inspect_ai": "0.3.285"},
            "tags": ["a"],
            "metadata": {"epoch": 0, "is_finetuned": True, "source_model": run},
            "scorers": [{"name": "match", "options": {}, "metrics": [{"name": "inspect_ai/accuracy"}]}],
        },
        "plan": {"name": "plan", "steps": [{"solver": "generate"}], "config": {"logprobs": True}},
        "results": {
            "total_samples": 4,
            "completed_samples": 4,
            "early_stopping": {"manager": "rule", "early_stops": [], "metadata": {}},
            "scores": [
                {
                    "name": "match",
                    "scorer": "match",
                    "scored_samples": 4,
                    "unscored_samples": 0,
                    "params": {"location": "exact"},
                    "metrics": {
                        "accuracy": {"name": "inspect_ai/accuracy", "value": right, "params": {}},
                        "stderr": {"name": "inspect_ai/stderr", "value": 0.2, "params": {"cluster": None}},
                    },
                },
                {
                    "name": "risk_scorer",
                    "scorer": "risk_scorer",
                    "reducer": "mean",
                    "scored_samples": 4,
                    "metrics": {"auc_score": {"name": "pack/auc_score", "value": 0.5}},
                },
            ],
            "headline": {"scorer": "match", "score": "match", "metric": "accuracy"},
        },
        "stats": {
            "started_at": "2026-01-29T10:00:00+00:00",
            "completed_at": "2026-01-29T10:01:00+00:00",
            "model_usage": {f"hf/{run}": {"total_tokens": 96}},
        },
        "invalidated": False,
        "tags": ["b"],
        "metadata": {"epoch": 0, "note": "text"},
        "error": {"message": "none", "traceback": "", "traceback_ansi": ""},
    }
