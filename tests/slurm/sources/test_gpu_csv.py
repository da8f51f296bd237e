"""nvidia-smi's samples: several GPUs, missing values, cut-off files."""

import weakref
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.model.usage import GpuUse
from vizspec.slurm.sources.gpu_csv import GpuSamples, summarize_gpu_lines

HEADER = (
    "timestamp, utilization.gpu [%], utilization.memory [%], memory.used [MiB], memory.total [MiB], "
    "power.draw [W], temperature.gpu\n"
)


def row(time: str, utilization: str = "80 %", used: str = "20480 MiB", power: str = "250.00 W") -> str:
    return f"2026/02/17 {time}, {utilization}, 45 %, {used}, 40960 MiB, {power}, 65\n"


def test_means_range_and_count_of_one_gpu() -> None:
    lines = [HEADER, row("10:00:00.000", "70 %"), row("10:00:30.000", "90 %", "10240 MiB", "270.00 W")]
    assert summarize_gpu_lines(lines) == GpuSamples(
        samples=2,
        utilization_mean_pct=80.0,
        utilization_min_pct=70.0,
        utilization_max_pct=90.0,
        memory_used_mean_gib=15.0,
        memory_total_gib=40.0,
        power_mean_w=260.0,
        gpus=1,
        seconds=30.0,
        devices=(GpuUse("0", 80.0, 20.0, 40.0),),
    )


def test_several_gpus_are_counted_by_the_rows_of_a_tick() -> None:
    times = ["10:00:00.101", "10:00:00.104", "10:00:30.999", "10:00:31.003", "10:01:01.500", "10:01:01.501"]
    samples = summarize_gpu_lines([HEADER, *(row(time) for time in times)])
    assert (samples.samples, samples.gpus, samples.memory_total_gib) == (6, 2, 40.0)


def test_one_gpu_sampled_every_second_is_one_gpu() -> None:
    samples = summarize_gpu_lines([HEADER, *(row(f"10:00:{second:02}.250") for second in range(20))])
    assert samples.gpus == 1


def test_without_times_the_number_of_gpus_is_not_known() -> None:
    samples = summarize_gpu_lines([HEADER, "[N/A], 80 %, 45 %, 20480 MiB, 40960 MiB, 250.00 W, 65\n"])
    assert (samples.samples, samples.gpus) == (1, None)


@pytest.mark.parametrize(
    "missing", ["[N/A]", "N/A", "[Not Supported]", "[Unknown Error]", "ERR!", "", "nan", "-5 %"]
)
def test_each_field_is_read_by_itself(missing: str) -> None:
    samples = summarize_gpu_lines(
        [HEADER, row("10:00:00", utilization=missing), row("10:00:30", power=missing)]
    )
    assert (samples.samples, samples.utilization_mean_pct, samples.power_mean_w) == (2, 80.0, 250.0)
    assert not samples.utilization_unavailable


def test_a_mig_slice_has_memory_and_power_but_no_utilization() -> None:
    lines = [HEADER, row("14:28:12.659", "[N/A]", "177 MiB"), row("14:28:42.685", "[N/A]", "3984 MiB")]
    samples = summarize_gpu_lines(lines)
    assert samples.utilization_unavailable
    assert (samples.utilization_mean_pct, samples.memory_total_gib, samples.samples) == (None, 40.0, 2)


@pytest.mark.parametrize(("cell", "refused"), [("[N/A]", True), ("[Not Supported]", True), ("nan %", False)])
def test_only_what_the_driver_refuses_is_unavailable(cell: str, refused: bool) -> None:
    assert summarize_gpu_lines([HEADER, row("10:00:00", cell)]).utilization_unavailable is refused


def test_a_row_that_is_wider_than_the_header_does_not_count() -> None:
    with_commas = row("10:00:30", "90,5 %", power="250,00 W")
    samples = summarize_gpu_lines([HEADER, row("10:00:00", "70 %"), with_commas])
    assert (samples.samples, samples.utilization_mean_pct, samples.power_mean_w) == (1, 70.0, 250.0)
    assert samples.remarks == (
        "1 of the 2 rows of gpu_metrics.csv have more cells than its header, and are left out",
    )
    assert summarize_gpu_lines([HEADER, with_commas]).problem == (
        "has more cells in its rows than in its header: decimal commas cannot be told from those between its "
        "columns (run nvidia-smi with LC_ALL=C)"
    )


def test_a_file_without_times_is_read_all_the_same() -> None:
    lines = ["name, utilization.gpu [%], power.draw [W]\n", *["NVIDIA A100, 80 %, 99.00 W\n"] * 2]
    assert summarize_gpu_lines(lines) == GpuSamples(
        samples=2,
        utilization_mean_pct=80.0,
        utilization_min_pct=80.0,
        utilization_max_pct=80.0,
        power_mean_w=99.0,
    )


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], "is empty"),
        (["\n", "\n"], "is empty"),
        ([HEADER], "has a header but no rows"),
        ([HEADER, HEADER], "has a header but no rows"),
        ([HEADER, "[N/A], [N/A], [N/A], [N/A], [N/A], [N/A], [N/A]\n"], "has rows but no number in them"),
        (["2026/03/01 10:00:00.1, 90 %, 2048 MiB, 9728 MiB, 200.50 W\n"] * 3, "has no header line"),
        (
            ["timestamp,gpu,gfx_activity,socket_power,vram_used\n", "1740686195,0,95,520,16000\n"],
            "was written by AMD's tool",
        ),
        (["device,GPU use (%),GPU memory use (%)\n", "card0,95,20\n"], "was written by AMD's tool"),
        (["timestamp; utilization.gpu [%]\n", "2026/02/17 10:00:00; 80 %\n"], "has semicolons"),
        (["Failed to initialize NVML: Driver/library version mismatch\n"], "holds a message"),
        (["date, speed\n", "1, 2\n"], "has none of the columns utilization.gpu, memory.used"),
    ],
)
def test_a_file_without_any_number_says_what_is_wrong_with_it(lines: list[str], problem: str) -> None:
    samples = summarize_gpu_lines(lines)
    assert samples.samples == 0
    assert samples.problem is not None
    assert samples.problem.startswith(problem)


def test_a_header_that_comes_again_is_no_row() -> None:
    samples = summarize_gpu_lines([HEADER, row("10:00:00"), HEADER, row("10:30:00", "60 %")])
    assert (samples.samples, samples.utilization_mean_pct) == (2, 70.0)


def test_a_byte_order_mark_does_not_hide_the_header() -> None:
    assert summarize_gpu_lines(["\ufeff" + HEADER, row("10:00:00")]).samples == 1


def test_a_row_that_is_cut_off_does_not_count() -> None:
    whole = row("10:00:30", "90 %")
    for end in range(len("2026/02/17 10:00:30, 90 %, 45 %, 20480 MiB, 40960 MiB")):
        samples = summarize_gpu_lines([HEADER, row("10:00:00", "70 %"), whole[:end]])
        assert (samples.samples, samples.utilization_mean_pct) == (1, 70.0), whole[:end]


def test_a_number_that_is_cut_off_does_not_count() -> None:
    cut = "2026/02/17 10:00:30, 90 %, 45 %, 20480 MiB, 40960 MiB, 25"
    samples = summarize_gpu_lines([HEADER, row("10:00:00"), cut])
    assert (samples.samples, samples.power_mean_w) == (2, 250.0)


def test_values_without_units_have_those_of_the_header() -> None:
    line = "2026/02/17 10:00:00, 80, 45, 20, 40, 250, 65\n"
    samples = summarize_gpu_lines([HEADER.replace("MiB", "GiB"), line])
    assert (samples.memory_used_mean_gib, samples.memory_total_gib, samples.power_mean_w) == (
        20.0,
        40.0,
        250.0,
    )


def test_columns_are_found_by_their_names() -> None:
    samples = summarize_gpu_lines(["timestamp, index, power.draw [W]\n", "2026/02/17 10:00:00, 0, 99.00 W\n"])
    assert samples == GpuSamples(samples=1, power_mean_w=99.0, gpus=1)


def test_rows_without_a_header_are_read_where_their_units_are_those_of_the_recipe() -> None:
    samples = summarize_gpu_lines([row("10:00:00"), row("10:00:30", "[N/A]")])
    assert (samples.samples, samples.utilization_mean_pct, samples.power_mean_w) == (2, 80.0, 250.0)
    assert samples.remarks == ("gpu_metrics.csv has no header, its columns were read in the recipe's order",)


def test_one_gpu_with_its_index_first_is_one_gpu_at_every_interval() -> None:
    header = "index, timestamp, utilization.gpu [%]\n"
    rows = [f"0, 2026/02/17 10:{second // 60:02}:{second % 60:02}.123, 80 %\n" for second in range(0, 300, 5)]
    assert summarize_gpu_lines([header, *rows]).gpus == 1


def test_gpus_are_counted_by_their_device_where_a_column_tells_it() -> None:
    header = "timestamp, index, utilization.gpu [%], memory.used [MiB], memory.total [MiB]\n"
    rows = [
        f"2026/02/17 10:00:{second:02}.000, {gpu}, {90 * gpu} %, {1024 * gpu} MiB, 40960 MiB\n"
        for second in range(3)
        for gpu in range(2)
    ]
    samples = summarize_gpu_lines([header, *rows])
    assert (samples.gpus, samples.seconds) == (2, 2.0)
    assert samples.devices == (GpuUse("0", 0.0, 0.0, 40.0), GpuUse("1", 90.0, 1.0, 40.0))


def test_gpus_without_a_device_column_are_told_apart_by_their_place_in_a_tick() -> None:
    lines = [row(f"10:0{minute}:00.00{gpu}", f"{90 * gpu} %") for minute in range(3) for gpu in range(2)]
    samples = summarize_gpu_lines([HEADER, *lines])
    assert [device.utilization_pct for device in samples.devices] == [0.0, 90.0]


def test_what_the_driver_could_not_tell_is_said() -> None:
    lines = [HEADER, *[row("10:00:00", "[Unknown Error]", power="[Unknown Error]")] * 2]
    samples = summarize_gpu_lines(lines)
    assert samples.utilization_unavailable
    assert samples.remarks == (
        "nvidia-smi answered [Unknown Error] for the GPU utilization in 2 of 2 rows",
        "nvidia-smi answered [Unknown Error] for the power in 2 of 2 rows",
    )


def test_the_time_of_the_samples_does_not_count_long_pauses() -> None:
    times = ["10:00:00", "10:00:30", "10:01:00", "14:00:00", "14:00:30"]
    assert summarize_gpu_lines([HEADER, *map(row, times)]).seconds == 90.0


def test_lines_are_read_one_by_one_and_let_go() -> None:
    class Line(str):
        """A text that can be watched."""

    kept: list[weakref.ref[Line]] = []

    def lines() -> Iterator[str]:
        yield HEADER
        for number in range(2_000):
            line = Line(row(f"10:{number // 60 % 60:02}:{number % 60:02}", f"{number % 100} %"))
            kept.append(weakref.ref(line))
            yield line
            del line
            assert sum(each() is not None for each in kept[-50:]) <= 2

    assert summarize_gpu_lines(lines()).samples == 2_000


CELL = st.sampled_from(
    ["80 %", "[N/A]", "", "1e9 W", "-3 MiB", "nan", "2026/02/17 10:00:00", "99999999999 GiB", "7 XB"]
)


@given(st.lists(st.lists(CELL, max_size=9)), st.text())
def test_no_rows_make_the_summary_raise_or_leave_the_range(rows: list[list[str]], text: str) -> None:
    lines = [HEADER, *(", ".join(cells) + "\n" for cells in rows), text]
    samples = summarize_gpu_lines(lines)
    if samples.utilization_mean_pct is not None:
        assert samples.utilization_min_pct is not None
        assert samples.utilization_max_pct is not None
        assert samples.utilization_min_pct <= samples.utilization_mean_pct * 1.000001
        assert samples.utilization_mean_pct <= samples.utilization_max_pct * 1.000001


@given(st.text(), st.text())
def test_no_text_makes_the_summary_raise(header: str, text: str) -> None:
    summarize_gpu_lines(text.splitlines())
    summarize_gpu_lines([f"timestamp,{header}", *text.splitlines()])


def test_times_of_another_form_are_told() -> None:
    line = row("10:00:00").replace("2026/02/17", "17.02.2026")
    samples = summarize_gpu_lines([HEADER, line])
    assert (samples.gpus, samples.utilization_mean_pct) == (None, 80.0)
    assert samples.remarks == (
        "the times in gpu_metrics.csv are not of the form 2026/03/01 10:00:00: neither its GPUs nor its time "
        "can be counted",
    )
