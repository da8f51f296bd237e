"""Every section of a report has its template."""

from __future__ import annotations

from importlib.resources import files

import pytest

from vizspec.spec.model import SECTIONS

NAMES = [*SECTIONS, "own", "warnings"]


@pytest.mark.parametrize("name", NAMES)
def test_a_section_has_its_template(name: str) -> None:
    assert (files("vizspec.report") / "templates" / "sections" / f"{name}.md.j2").is_file()


def test_no_template_is_left_over() -> None:
    folder = files("vizspec.report") / "templates" / "sections"
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        f"{name}.md.j2" for name in (*NAMES, "tables")
    )
