"""Texts in the form of what Slurm's programs, nvidia-smi and jobs write, and what goes wrong with such texts.

`damaged(text)` is a strategy: the text with a few faults of the kinds that were met in real files.
"""

from __future__ import annotations

from hypothesis import strategies as st

SEFF = """\
Job ID: 7
Array Job ID: 6_1
Cluster: minicl
State: COMPLETED (exit code 0)
Nodes: 2
Cores per node: 4
CPU Utilized: 1-01:00:00
CPU Efficiency: 50.00% of 2-02:00:00 core-walltime
Job Wall-clock time: 06:15:00
Memory Utilized: 5.58 GB (estimated maximum)
Memory Efficiency: 69.77% of 8.00 GB (1.00 GB/core)
"""

SACCT = """\
JobID|JobIDRaw|Submit|State|Elapsed|Timelimit|ReqMem|AllocCPUS|NNodes|AllocTRES
7|7|2026-03-01T10:00:02|REQUEUED|00:15:00|01:00:00|8Gn|8|1|cpu=8,gres/gpu:a100=1,gres/gpu=1
7|7|2026-03-02T10:00:02|CANCELLED by 1001|1-00:15:00|UNLIMITED|8G|8|1|cpu=8,gres/gpu=1
7.batch|7.batch|2026-03-02T10:00:02|CANCELLED|00:15:00|||8|1|
8+0|8|Unknown|COMPLETED|01:00:00|365-00:00:00|1.50T|2|1|cpu=2
8+1|9|Unknown|COMPLETED|01:00:00|Partition_Limit|500Mc|64|1|cpu=64,gres/gpu:h100=4
9_[1-4%2]|10|2026-03-01T10:00:02|PENDING|00:00:00|01:00:00|0|0|0|
"""

JOBSTATS = """\
{"gpus": 2, "total_time": 900.5, "nodes": {"n1": {"cpus": 8, "total_time": 3600.0, "used_memory": 5368709120,
"total_memory": 8589934592, "gpu_utilization": {"0": 80.0, "3": 0}, "gpu_used_memory": {"0": 1024, "3": null},
"gpu_total_memory": {"0": 42949672960}}, "n2": {"cpus": 8}}}
"""

GPU_CSV = """\
timestamp, index, utilization.gpu [%], memory.used [MiB], memory.total [MiB], power.draw [W]
2026/03/01 10:00:00.100, 0, 96 %, 70000 MiB, 81559 MiB, 600.0 W
2026/03/01 10:00:00.103, 1, [N/A], 1000 MiB, 81559 MiB, [Unknown Error]
2026/03/01 10:00:30.100, 0, 90 %, 70000 MiB, 81559 MiB, 500.0 W
2026/03/01 10:00:30.103, 1, 0 %, 1000 MiB, 81559 MiB, 60.0 W
"""

RUN_LOG = """\
[2026-03-01 10:00:00] SUBMIT_JOB: r8
Details: sbatch finetune.slurm
Job ID: 7
Result: success

[2026-03-01 11:00:00] OOM_RETRY: r8
Details: batch_size 128 -> 64 (attempt 1/3); finetune.yaml updated
Result: resubmitted as job 8

[2026-03-01 12:00:00] SUBMIT_EVAL: r8/cap/epoch0
Job ID: 9_1
"""

NOTES = """\
                                     Notes
================================================================================
  * The job kept only one of its cores busy. For more info:
      https://cluster.example.org/docs

  * Have a nice day!
"""

OUTPUT = """\
1|7|Loss: 0.5: 3%|#| 7/20 [00:01<00:10]
Step 8 | loss:0.25 lr:2e-05 tokens_per_second_per_gpu:57.8
wandb:               global_step 20
wandb: tokens_per_second_per_gpu 186.75
total time:                              0:05:00
hf/model    302,904 tokens [I: 297,904, O: 5,000]
"""

TEXTS = {
    "seff": SEFF,
    "sacct": SACCT,
    "jobstats": JOBSTATS,
    "gpu csv": GPU_CSV,
    "run log": RUN_LOG,
    "notes": NOTES,
    "output": OUTPUT,
}

ODD = (
    *("", "0", "-1", "nan", "inf", "1e999", "9" * 40, "[N/A]", "null", "true", "[]", "{}", "٣", "½"),
    *("00:00:00", "99-99:99:99", "2026-02-30T25:00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00"),
    *("|", ",", ";", ":", "\t", "\r", "\n", "\x00", "\x1b[1m", "\u2028", "\ufeff", "\ud800", "%", "\\"),
    *("2026/03/01 10:00:00.100+05:00", "16.00 EB", "7_", "7+", "$(id)", "--help", "\n\n", "[", "]"),
)
"""Values, separators and signs that stand where they do not belong."""


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The text with one to four faults: lines cut, doubled, swapped, odd things in the place of others."""
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(_FAULTS))(draw, text)
    return text


def _cut(draw: st.DrawFn, text: str) -> str:
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return text[:start] + text[end:]


def _replaced(draw: st.DrawFn, text: str) -> str:
    """A number, a word or a sign becomes something odd."""
    start = draw(st.integers(0, len(text)))
    length = draw(st.integers(0, 12))
    return text[:start] + draw(st.sampled_from(ODD) | st.text(max_size=5)) + text[start + length :]


def _in_another_order(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    return "\n".join(draw(st.permutations(lines)) if len(lines) < 30 else lines)


def _doubled(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    place = draw(st.integers(0, len(lines) - 1))
    return "\n".join([*lines[: place + 1], *lines[place:]])


def _without(draw: st.DrawFn, text: str) -> str:
    sign = draw(st.sampled_from([":", "|", ",", " ", "\n", "-", "[", '"', "%"]))
    return text.replace(sign, draw(st.sampled_from(["", ";", "\r\n", "  "])))


_FAULTS = (_cut, _replaced, _replaced, _in_another_order, _doubled, _without)
