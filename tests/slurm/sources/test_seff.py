"""seff's output: every form that its generations have."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.sources.seff import SeffReport, parse_seff

Capture = Callable[[str], str]


def test_a_job_on_two_nodes_is_read_whole(capture: Capture) -> None:
    assert parse_seff(capture("edited_days_2nodes/32.seff.txt")) == SeffReport(
        job_id="32",
        state="COMPLETED",
        exit_code=0,
        nodes=2,
        cpu_cores=64,
        cpu_efficiency_pct=57.59,
        wall_seconds=93_784,
        memory_used_gib=200.0,
        memory_requested_gib=512.0,
        memory_efficiency_pct=39.06,
    )


def test_seff_gives_no_time_limit(capture: Capture) -> None:
    assert parse_seff(capture("timeout/8.seff.txt")).time_limit is None


@pytest.mark.parametrize("line", ["Job Time Limit: 1-00:00:00", "Time Limit: 1-00:00:00"])
def test_a_clusters_own_time_limit_line_is_read(line: str) -> None:
    assert parse_seff(f"Job ID: 7\n{line}\n").time_limit == "1-00:00:00"


def test_an_array_task_has_its_raw_id(capture: Capture) -> None:
    assert parse_seff(capture("array/9_0.seff.txt")).job_id == "18"


def test_the_parent_of_an_array_is_answered_with_one_task(capture: Capture) -> None:
    parent = parse_seff(capture("array/9.seff.txt"))
    assert (parent.job_id, parent.state) == ("9", "FAILED")


def test_one_core_stands_in_a_line_of_its_own(capture: Capture) -> None:
    report = parse_seff(capture("completed_unlimited/4.seff.txt"))
    assert (report.nodes, report.cpu_cores) == (None, 1)


def test_cores_are_counted_over_all_nodes(capture: Capture) -> None:
    assert parse_seff(capture("edited_long_gpu/42.seff.txt")).cpu_cores == 16


@pytest.mark.parametrize(
    ("name", "state", "exit_code"),
    [
        ("completed_unlimited/4", "COMPLETED", 0),
        ("failed_exit3/6", "FAILED", 3),
        ("signalled/17", "FAILED", 0),
        ("cancelled_pending/26", "CANCELLED", 0),
        ("timeout/8", "TIMEOUT", 0),
        ("edited_out_of_memory/35", "OUT_OF_MEMORY", 0),
        ("edited_node_fail/36", "NODE_FAIL", 1),
        ("edited_preempted/37", "PREEMPTED", 0),
        ("oom/16", "FAILED", 137),
        ("running/19", "RUNNING", None),
        ("pending_default_part/23", "PENDING", None),
    ],
)
def test_states_and_exit_codes(capture: Capture, name: str, state: str, exit_code: int | None) -> None:
    report = parse_seff(capture(f"{name}.seff.txt"))
    assert (report.state, report.exit_code) == (state, exit_code)


def test_days_are_unbounded(capture: Capture) -> None:
    report = parse_seff(capture("edited_tb_mem_unlimited/34.seff.txt"))
    assert (report.wall_seconds, report.cpu_efficiency_pct) == (864_000, 81.38)


def test_percentages_are_not_capped(capture: Capture) -> None:
    assert parse_seff(capture("edited_cpu_over_100/40.seff.txt")).cpu_efficiency_pct == 250.0
    assert parse_seff(capture("oom/16.seff.txt")).memory_efficiency_pct == 308.0


def test_an_efficiency_of_no_time_at_all_is_not_known(capture: Capture) -> None:
    report = parse_seff(capture("srun_only_gpu_0s/2.seff.txt"))
    assert (report.wall_seconds, report.cpu_efficiency_pct) == (0, None)


def test_an_idle_finished_job_has_an_efficiency_of_0(capture: Capture) -> None:
    assert parse_seff(capture("gpu_2nodes/15.seff.txt")).cpu_efficiency_pct == 0.0


@pytest.mark.parametrize(
    ("name", "used_gib"),
    [
        ("edited_kb_mem/33", 512 / 1024**2),
        ("oom/16", 308 / 1024),
        ("edited_days_percore/41", 30.0),
        ("edited_tb_mem_unlimited/34", 1.2 * 1024),
    ],
)
def test_memory_units_from_kb_to_tb(capture: Capture, name: str, used_gib: float) -> None:
    assert parse_seff(capture(f"{name}.seff.txt")).memory_used_gib == pytest.approx(used_gib)


def test_the_estimated_maximum_is_memory_used(capture: Capture) -> None:
    text = capture("edited_days_2nodes/32.seff.txt")
    assert "200.00 GB (estimated maximum)" in text
    assert parse_seff(text).memory_used_gib == 200.0


@pytest.mark.parametrize("tail", ["", " (256.00 MB/core)", " (1.00 GB/node)"])
def test_what_is_requested_is_the_jobs_total_whatever_its_tail(tail: str) -> None:
    report = parse_seff(f"Memory Utilized: 136.04 MB\nMemory Efficiency: 13.29% of 1.00 GB{tail}\n")
    assert (report.memory_requested_gib, report.memory_efficiency_pct) == (1.0, 13.29)


def test_no_sample_taken_is_not_zero_memory(capture: Capture) -> None:
    report = parse_seff(capture("edited_null_usage/39.seff.txt"))
    assert (report.memory_used_gib, report.memory_requested_gib, report.memory_efficiency_pct) == (
        None,
        4.0,
        None,
    )


def test_a_request_for_all_memory_is_0_in_old_versions_and_the_allocation_in_new_ones(
    capture: Capture,
) -> None:
    old = parse_seff(capture("mem0_whole_node/14.seff.txt"))
    new = parse_seff(capture("mem0_whole_node/14.seff_v23.02.txt"))
    assert (old.memory_requested_gib, old.memory_efficiency_pct) == (None, None)
    assert (new.memory_requested_gib, new.memory_efficiency_pct) == (7.81, 0.03)


@pytest.mark.parametrize("name", ["deadline/31", "cancelled_pending/26"])
def test_sixteen_bytes_requested_are_an_overflow(capture: Capture, name: str) -> None:
    text = capture(f"{name}.seff_v23.02.txt")
    assert "16.00 B" in text
    assert parse_seff(text).memory_requested_gib is None


def test_sixteen_exabytes_used_are_an_overflow() -> None:
    text = "Memory Utilized: 16.00 EB\nMemory Efficiency: 8796093022208.00% of 200.00 MB\n"
    report = parse_seff(text)
    assert (report.memory_used_gib, report.memory_efficiency_pct) == (None, None)


def test_a_running_job_has_what_its_finished_steps_used(capture: Capture) -> None:
    report = parse_seff(capture("running/19.seff.txt"))
    assert (report.cpu_efficiency_pct, report.memory_efficiency_pct, report.wall_seconds) == (
        17.65,
        15.44,
        34,
    )


def test_a_running_job_without_accounting_yet_is_not_idle(capture: Capture) -> None:
    report = parse_seff(capture("running_unlimited/20.seff.txt"))
    assert (report.cpu_efficiency_pct, report.memory_used_gib, report.wall_seconds) == (None, None, 35)


def test_warnings_and_remarks_of_newer_versions_are_no_fields() -> None:
    text = (
        "State: COMPLETED (exit code 0)\nMemory Utilized: 1.00 GB\n"
        "Memory Efficiency: 50.00% of 2.00 GB (2.00 GB/node)\n"
        "The task which had the largest memory consumption differs by 100.07% from the average task "
        "max memory consumption\n"
        "WARNING: Efficiency statistics can only be obtained after the job has ended as seff tool is based "
        "on the accounting database data.\n"
    )
    assert parse_seff(text) == SeffReport(
        state="COMPLETED",
        exit_code=0,
        memory_used_gib=1.0,
        memory_requested_gib=2.0,
        memory_efficiency_pct=50.0,
    )


def test_a_pending_job_has_neither_times_nor_cores(capture: Capture) -> None:
    assert parse_seff(capture("pending_default_part/23.seff.txt")) == SeffReport(job_id="23", state="PENDING")


def test_a_blank_group_does_not_matter() -> None:
    assert parse_seff("Job ID: 5\nUser/Group: alice/\nState: RUNNING\n") == SeffReport(
        job_id="5", state="RUNNING"
    )


@pytest.mark.parametrize("text", ["", "Job not found.", "seff: command rubbish \x00 %%% : :"])
def test_text_that_tells_nothing_is_an_empty_report(text: str) -> None:
    assert parse_seff(text) == SeffReport()


def test_the_usage_text_is_an_empty_report(capture: Capture) -> None:
    assert parse_seff(capture("extra/seff_no_args.txt")) == SeffReport()


@pytest.mark.parametrize("number", ["nan", "-5.00", "1.2.3", "inf", "9" * 400])
def test_a_percentage_that_is_no_number_is_not_known(number: str) -> None:
    assert parse_seff(f"CPU Efficiency: {number}% of 00:10:00 core-walltime\n").cpu_efficiency_pct is None


def test_windows_line_ends_change_nothing(capture: Capture) -> None:
    text = capture("running/19.seff.txt")
    assert parse_seff(text.replace("\n", "\r\n")) == parse_seff(text)


FIELDS = ["Job ID", "State", "Cores", "Nodes", "Cores per node", "CPU Efficiency", "Job Wall-clock time",
          "Job Time Limit", "Memory Utilized", "Memory Efficiency"]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(FIELDS), st.text(alphabet="0123456789.:%-nafMGB oWUE/()", max_size=30))
    )
)
def test_no_value_makes_the_parser_raise(lines: list[tuple[str, str]]) -> None:
    parse_seff("\n".join(f"{name}: {value}" for name, value in lines))


@given(st.text())
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parse_seff(text)


@pytest.mark.parametrize(("wall", "efficiency"), [("02:00:00", None), ("00:00:12", 0.0)])
def test_no_cpu_time_in_a_long_job_is_not_told(wall: str, efficiency: float | None) -> None:
    text = (
        "Job ID: 5\nState: COMPLETED (exit code 0)\nCPU Utilized: 00:00:00\n"
        f"CPU Efficiency: 0.00% of 16:00:00 core-walltime\nJob Wall-clock time: {wall}\n"
    )
    report = parse_seff(text)
    assert (report.cpu_efficiency_pct, report.cpu_untold) == (efficiency, efficiency is None)
