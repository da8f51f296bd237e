"""The figures behind the programs' own keys."""

import math

from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.program_keys import figures_of_programs


def test_only_what_is_known_is_given() -> None:
    assert dict(figures_of_programs({"cpu_efficiency": "12.34%", "mem_used_gb": None})) == {
        "cpu_efficiency_pct": 12.34
    }


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
KEYS = st.sampled_from(["mem_used_gb", "mem_requested_gb", "mem_efficiency", "gpu_mem_used_gb", "gpus"])


@given(st.dictionaries(KEYS, VALUES))
def test_no_values_make_it_raise(entry: dict[str, object]) -> None:
    assert all(math.isfinite(value) for _, value in figures_of_programs(entry))
