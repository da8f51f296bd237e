"""Names of Inspect's registry."""

import pytest

from vizspec.text.registry_names import without_package


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("inspect_evals/arc", "arc"),
        ("arc", "arc"),
        ("hf/meta-llama/Llama-3.2-1B", "Llama-3.2-1B"),
        ("own/", ""),
    ],
)
def test_a_name_is_what_stands_behind_its_package(name: str, bare: str) -> None:
    assert without_package(name) == bare
