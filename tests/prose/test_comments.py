"""The comments by which a text tells vizspec something."""

from __future__ import annotations

import pytest

from vizspec.prose.comments import as_draft, is_draft, without_marks


def test_a_draft_is_known_until_somebody_changes_it() -> None:
    draft = as_draft("### Findings\n\nNone.\n")
    assert is_draft(draft)
    assert is_draft(draft.replace("\n", "\r\n"))
    assert not is_draft(draft.replace("None", "Some"))
    assert not is_draft("### Findings\n\nNone.\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!-- vizspec: draft 0123456789abcdef -->\n### Findings\n", "### Findings\n"),
        ("a\n\n<!-- vizspec: ok -->\nb <!--vizspec:ok-->\n", "a\n\nb \n"),
        ("a <!-- mine --> b", "a <!-- mine --> b"),
    ],
)
def test_readers_do_not_get_the_marks(text: str, shown: str) -> None:
    assert without_marks(text) == shown
