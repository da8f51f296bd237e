"""Where a log viewer shows a log."""

from vizspec.text.log_viewer import log_link


def test_a_log_has_an_address_in_the_viewer() -> None:
    assert log_link("http://localhost:7575/", "r4/a b.eval") == "http://localhost:7575/#/logs/r4/a%20b.eval"


def test_without_a_viewer_there_is_none() -> None:
    assert log_link(None, "a.eval") is None
