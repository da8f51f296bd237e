"""Headings of a text that stands in a section."""

from __future__ import annotations

import pytest

from vizspec.text.headings import lowered


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no heading", "no heading"),
        ("## Findings\n\nNone.\n\n### Why\n", "### Findings\n\nNone.\n\n#### Why\n"),
        ("# Findings #\n###### Deep", "### Findings #\n###### Deep"),
        ("#### Findings", "### Findings"),
        ("### Findings\n#### Why", "### Findings\n#### Why"),
        ("Findings\n========\n\nWhy\nnot\n---\n", "### Findings\n\n#### Why not\n"),
        ("```sh\n# no heading\n```\n## One", "```sh\n# no heading\n```\n### One"),
        ("> ## quoted\n\n## One", "> ## quoted\n\n### One"),
        ("# One\r\n\r\nText\r\n", "### One\r\n\r\nText\r\n"),
        ("# One\r\rText\r# Two", "### One\n\nText\n### Two"),
    ],
)
def test_headings_begin_below_that_of_the_section(text: str, shown: str) -> None:
    assert lowered(text) == shown
