"""The compute table and the totals' table, as values."""

from vizspec.slurm.model.jobs import Superseded
from vizspec.slurm.model.totals import RunTotal, Total, Totals
from vizspec.slurm.model.usage import JobUsage, Known
from vizspec.slurm.output.table import MIG_NOTE, compute_table, totals_table, work_table

FULL = JobUsage(
    "r8",
    "finetune",
    "r8",
    wall_seconds=Known(592.0, "seff"),
    time_limit=Known("00:15:00", "sacct"),
    cpu_efficiency_pct=Known(57.04, "jobstats"),
    cpu_memory_used_gib=Known(6.3, "jobstats"),
    cpu_memory_allocated_gib=Known(40.0, "jobstats"),
    gpu_utilization_jobstats_pct=Known(64.68, "jobstats"),
    gpu_utilization_min_pct=Known(20.0, "nvidia-smi"),
    gpu_utilization_max_pct=Known(100.0, "nvidia-smi"),
    gpu_memory_mean_gib=Known(6.43, "nvidia-smi"),
    gpu_memory_total_gib=Known(80.0, "nvidia-smi"),
    power_mean_w=Known(250.4, "nvidia-smi"),
)
EMPTY = JobUsage("r9/task/epoch0", "eval", "r9")


def test_a_full_row_and_an_empty_one() -> None:
    table = compute_table([FULL, EMPTY])
    assert table.headers == (
        "Run", "Type", "Wall Time", "Time Limit",
        "CPU Eff", "CPU Mem (GB)", "GPU Util", "GPU Mem (GB)", "Power (W)",
    )  # fmt: skip
    assert table.rows == (
        (
            "r8",
            "finetune",
            "00:09:52",
            "00:15:00",
            "57.0%",
            "6.3/40.0",
            "64.7% (20.0–100.0%)",
            "6.4/80.0",
            "250W",
        ),
        ("r9/task/epoch0", "eval", "-", "-", "-", "-", "-", "-", "-"),
    )


def test_every_cell_knows_its_sources() -> None:
    assert [cell.sources for cell in compute_table([FULL]).cells[0]] == [
        (),
        (),
        ("seff",),
        ("sacct",),
        ("jobstats",),
        ("jobstats",),
        ("jobstats", "nvidia-smi"),
        ("nvidia-smi",),
        ("nvidia-smi",),
    ]


def test_the_footnote_names_each_columns_source_and_the_exceptions() -> None:
    other = JobUsage(
        "r9", "eval", "r9", cpu_efficiency_pct=Known(1.0, "seff"), wall_seconds=Known(9.0, "seff")
    )
    assert compute_table([FULL, other]).footnotes[0] == (
        "Sources. Wall Time: seff. Time Limit: sacct. CPU Eff: jobstats (seff for r9). "
        "CPU Mem (GB): jobstats. GPU Util: jobstats and nvidia-smi. "
        "GPU Mem (GB): nvidia-smi. Power (W): nvidia-smi."
    )


def test_cpu_columns_are_there_only_if_some_job_has_them() -> None:
    table = compute_table([EMPTY])
    assert table.headers == (
        "Run", "Type", "Wall Time", "Time Limit", "GPU Util", "GPU Mem (GB)", "Power (W)",
    )  # fmt: skip
    assert (table.footnotes, len(table.align), len(table.rows[0])) == ((), 7, 7)


def test_a_gpu_without_utilization_is_not_available_and_mig_is_named() -> None:
    table = compute_table([JobUsage("r", "eval", "r", gpu_utilization_unavailable=True)])
    assert table.rows[0][4] == "N/A*"
    assert table.footnotes == (MIG_NOTE,)


def test_mig_is_not_named_where_utilization_is_known() -> None:
    assert MIG_NOTE not in compute_table([FULL]).footnotes


def test_a_little_memory_is_not_none() -> None:
    job = JobUsage(
        "r",
        "eval",
        "r",
        cpu_memory_used_gib=Known(0.0026, "seff"),
        cpu_memory_allocated_gib=Known(0.59, "seff"),
    )
    assert compute_table([job]).rows[0][5] == "<0.01/0.59"


def test_an_idle_job_has_zeros_and_no_dashes() -> None:
    job = JobUsage(
        "r",
        "eval",
        "r",
        cpu_efficiency_pct=Known(0.0, "seff"),
        gpu_utilization_jobstats_pct=Known(0.0, "jobstats"),
        gpu_memory_max_gib=Known(0.0, "jobstats"),
    )
    assert compute_table([job]).rows[0][4:] == ("0.0%", "-", "0.0%", "0.0", "-")


def test_the_reader_is_told_that_jobstats_memory_is_a_maximum() -> None:
    job = JobUsage("r", "eval", "r", gpu_memory_max_gib=Known(4.0, "jobstats"))
    assert "(from jobstats: the maximum)" in compute_table([job]).footnotes[-1]


def test_remarks_are_gathered_over_jobs_and_superseded_jobs_are_listed() -> None:
    jobs = [JobUsage(f"r{number}", "eval", f"r{number}", remarks=("still RUNNING",)) for number in range(6)]
    superseded = [Superseded("eval", "r0", "10", "12", 1.5), Superseded("eval", "r0", "11", "12")]
    assert compute_table(jobs, superseded).footnotes == (
        "r0, r1, r2, r3, r4 and 1 more: still RUNNING.",
        "r0: job 10 was superseded by job 12; its 1.50 GPU-hours stand apart in the sums.",
        "r0: job 11 was superseded by job 12; how many GPU-hours it took is not known.",
    )


def test_no_jobs_give_a_table_without_rows() -> None:
    table = compute_table([])
    assert (table.rows, table.footnotes) == ((), ())


def test_totals_have_a_row_a_run_and_one_for_all() -> None:
    table = totals_table(Totals(Total(3, 3.5, 1.25), (RunTotal("a", Total(3, 3.5, 1.25)),)))
    assert table.headers == ("Run", "Jobs", "GPU-hours", "GPU energy (kWh)")
    assert table.rows == (("a", "3", "3.50", "1.25"), ("All runs", "3", "3.50", "1.25"))
    assert table.footnotes == ("GPU energy is mean power × GPU-hours, without the rest of the node.",)


def test_superseded_jobs_stand_apart_and_are_in_the_total() -> None:
    run = RunTotal("a", Total(1, 2.0, 1.0))
    table = totals_table(Totals(Total(2, 3.0, 1.0, without_energy=1), (run,), Total(1, 1.0, None, 0, 1)))
    assert table.rows == (
        ("a", "1", "2.00", "1.00"),
        ("Superseded jobs", "1", "1.00", "-"),
        ("All jobs", "2", "3.00", "at least 1.00"),
    )


def test_a_sum_that_lacks_jobs_is_a_lower_bound_and_says_of_how_many() -> None:
    table = totals_table(Totals(Total(5, 3.5, None, without_gpu_hours=2, without_energy=5)))
    assert table.rows == (("All runs", "5", "at least 3.50", "-"),)
    assert table.footnotes == ("GPU-hours of 2 of 5 jobs are not known.",)


def test_what_jobs_did_is_a_table_of_its_own_with_the_columns_that_have_values() -> None:
    trained = JobUsage(
        "r4",
        "finetune",
        "r4",
        training_loss=Known(0.0123456, "torchtune"),
        training_steps=Known(2000, "torchtune"),
        training_tokens_per_second=Known(1186.75, "torchtune"),
    )
    table = work_table([trained, JobUsage("r8", "finetune", "r8")])
    assert table is not None
    assert table.headers == ("Run", "Type", "Final Loss", "Steps", "Tokens/s per GPU")
    assert table.rows == (("r4", "finetune", "0.01235", "2,000", "1,186.8"),)
    assert work_table([JobUsage("r8", "finetune", "r8")]) is None


def test_a_little_is_not_nothing_in_a_sum() -> None:
    assert totals_table(Totals(Total(1, 0.004, 0.0))).rows == (("All runs", "1", "<0.01", "0.00"),)
