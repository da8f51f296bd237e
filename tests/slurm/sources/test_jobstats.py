"""jobstats' JSON: nodes and GPUs, and whatever may be missing of them."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.sources.jobstats import Gpu, JobstatsReport, NodeUse, jobstats_report, parse_jobstats

Capture = Callable[[str], str]


def read(capture: Capture, name: str) -> JobstatsReport:
    report = parse_jobstats(capture(f"jobstats/{name}.json"))
    assert report is not None
    return report


def test_a_job_with_a_gpu_is_read_whole(capture: Capture) -> None:
    assert read(capture, "gpu_low_util_batch") == JobstatsReport(
        wall_seconds=10800,
        gpu_count=1,
        nodes=(
            NodeUse(
                name="della-l07g3",
                cpu_cores=1,
                cpu_seconds=9321.7,
                memory_used_gib=9.0,
                memory_allocated_gib=32.0,
                gpus=(Gpu("3", 6.4, 12133282611 / 1024**3, 80.0),),
            ),
        ),
    )


def test_cpu_efficiency_is_cpu_seconds_over_wall_time_and_cores(capture: Capture) -> None:
    assert read(capture, "cpu_serial_on_8_cores").cpu_efficiency_pct == pytest.approx(
        100 * 7231.4 / (7215 * 8)
    )
    assert read(capture, "cpu_4nodes_one_unused").cpu_efficiency_pct == pytest.approx(67.383, abs=0.001)


def test_an_unused_cpu_has_an_efficiency_of_0(capture: Capture) -> None:
    assert read(capture, "cpu_single_node_unused").cpu_efficiency_pct == 0.0


def test_efficiency_is_not_capped(capture: Capture) -> None:
    report = read(capture, "cpu_over_100pct")
    assert report.cpu_efficiency_pct == pytest.approx(130.0, abs=0.01)
    assert report.memory_efficiency_pct == 200.0


def test_memory_of_all_nodes_is_summed(capture: Capture) -> None:
    report = read(capture, "cpu_4nodes_one_unused")
    assert (report.cpu_cores, report.memory_allocated_gib) == (128, 720.0)
    assert report.memory_used_gib == pytest.approx(450.0195, abs=0.001)


def test_gpu_utilization_is_the_mean_over_all_gpus(capture: Capture) -> None:
    report = read(capture, "gpu_zero_1of4")
    assert report.gpu_utilization_pct == pytest.approx((95.3 + 94.8 + 96.0 + 0) / 4)
    assert report.gpu_memory_total_gib == 320.0


def test_gpu_indexes_need_not_be_contiguous(capture: Capture) -> None:
    assert [gpu.index for gpu in read(capture, "gpu_somewhat_low_util").gpus] == ["0", "3"]


def test_an_idle_gpu_has_a_utilization_of_0_and_it_is_not_the_missing_memory(capture: Capture) -> None:
    report = read(capture, "gpu_used_memory_missing")
    assert (report.gpu_utilization_pct, report.gpu_memory_used_gib, report.gpu_memory_total_gib) == (
        0.0,
        None,
        80.0,
    )


@pytest.mark.parametrize("name", ["gpu_mig", "gpu_util_key_missing"])
def test_a_gpu_without_utilization_keeps_its_memory(capture: Capture, name: str) -> None:
    report = read(capture, name)
    assert report.gpu_utilization_pct is None
    assert report.gpu_memory_used_gib is not None


def test_memory_that_is_0_is_not_known(capture: Capture) -> None:
    report = read(capture, "cpu_total_memory_zero")
    assert (report.memory_used_gib, report.memory_allocated_gib, report.memory_efficiency_pct) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(("name", "gpus"), [("no_data_gpu", 2), ("short_45s_noadmin", 0)])
def test_a_job_without_nodes_keeps_time_and_gpus(capture: Capture, name: str, gpus: int) -> None:
    report = read(capture, name)
    assert (report.nodes, report.gpu_count, report.cpu_cores, report.cpu_efficiency_pct) == (
        (),
        gpus,
        None,
        None,
    )
    assert report.wall_seconds


def test_no_time_at_all_is_not_known(capture: Capture) -> None:
    assert read(capture, "real_job_instant_0s").wall_seconds is None


def test_the_time_of_a_running_job_has_a_fraction() -> None:
    assert jobstats_report({"total_time": 3902.1728773117065}) == JobstatsReport(
        wall_seconds=3902.1728773117065
    )


@pytest.mark.parametrize("name", ["pending", "prometheus_down_no_admincomment"])
def test_no_output_is_no_report(capture: Capture, name: str) -> None:
    assert parse_jobstats(capture(f"jobstats/{name}.json")) is None


def test_an_error_line_before_the_json_does_not_hide_it(capture: Capture) -> None:
    text = "ERROR: Compressed file ended before the end-of-stream marker was reached\n"
    document = capture("jobstats/oom.json")
    assert parse_jobstats(text + document) == parse_jobstats(document)


def test_of_two_documents_the_first_counts(capture: Capture) -> None:
    assert read(capture, "two_jobs_one_command").wall_seconds == 4200


@pytest.mark.parametrize("key", ["cpus", "total_time", "used_memory", "total_memory"])
def test_a_key_missing_on_one_node_makes_the_sum_unknown_and_no_more(capture: Capture, key: str) -> None:
    data = json.loads(capture("jobstats/cpu_4nodes_one_unused.json"))
    del data["nodes"]["della-r1c2n1"][key]
    report = jobstats_report(data)
    assert report is not None
    sums = {
        "cpus": report.cpu_cores,
        "total_time": report.cpu_efficiency_pct,
        "used_memory": report.memory_used_gib,
        "total_memory": report.memory_allocated_gib,
    }
    assert sums.pop(key) is None
    assert key == "cpus" or None not in sums.values()


@pytest.mark.parametrize(
    "value", ["NaN", "-1", "Infinity", '"x"', "null", "[]", "{}", "true", "1e999", "9" * 5000]
)
def test_values_that_are_no_finite_positive_numbers_are_not_known(value: str) -> None:
    report = parse_jobstats(
        f'{{"total_time": 100, "gpus": {value}, "nodes": {{"n1": {{"cpus": {value}, "total_time": {value}, '
        f'"used_memory": {value}, "gpu_utilization": {{"0": {value}}}, "gpu_total_memory": {value}}}}}}}'
    )
    if report is not None:
        assert (report.gpu_count, report.cpu_cores, report.cpu_efficiency_pct) == (None, None, None)
        assert (report.memory_used_gib, report.gpu_utilization_pct) == (None, None)


@pytest.mark.parametrize("text", ["", "H4sIAAAA", "Short", "None", "{", "[1, 2]", '{"nodes": ', "{" * 100_000,
                                  '{"a":' * 100_000])  # fmt: skip
def test_text_that_is_no_json_mapping_is_no_report(text: str) -> None:
    assert parse_jobstats(text) is None


@pytest.mark.parametrize("nodes", [None, [], "n1", 3, {"n1": None}, {"n1": []}])
def test_nodes_of_another_form_are_no_nodes(nodes: object) -> None:
    assert jobstats_report({"nodes": nodes}) == JobstatsReport()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["nodes", "gpus", "cpus", "total_time", "used_memory", "gpu_utilization", "0"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_makes_the_report_raise(data: object) -> None:
    report = jobstats_report({"nodes": {"n": data, "m": data}, "total_time": data}) or JobstatsReport()
    assert report.cpu_efficiency_pct is None or report.cpu_efficiency_pct >= 0
    assert report.gpu_memory_used_gib is None or report.gpu_memory_used_gib >= 0
    assert parse_jobstats(json.dumps(data)) == (
        jobstats_report(data) if isinstance(data, dict) else parse_jobstats(json.dumps(data))
    )


@given(st.text())
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parse_jobstats(text)
