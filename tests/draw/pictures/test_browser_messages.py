"""What is told of a browser's failure: its own words, the same in every run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.draw.pictures.browser_messages import launch_message, repeatable

CLOSED = "BrowserType.launch: Target page, context or browser has been closed\nBrowser logs:\n\n"


def test_the_browsers_own_words_come_before_playwrights_once_and_without_process_numbers() -> None:
    text = (
        CLOSED + "<launching> /opt/chromium --headless\n<launched> pid=17\n"
        "[pid=17][err] chromium: error while loading shared libraries: libnss3.so: cannot open\n"
        "[pid=17][err] chromium: error while loading shared libraries: libnss3.so: cannot open\n"
        "Call log:\n  - [pid=17][err] chromium: error while loading\n"
    )
    assert launch_message(text) == "chromium: error while loading shared libraries: libnss3.so: cannot open"


def test_of_chromiums_lines_the_fatal_one_is_told_without_its_prefix_and_stack() -> None:
    text = (
        CLOSED + "[pid=9][err] [9:9:0930/120000.123:ERROR:bus.cc(408)] Failed to connect to the bus\n"
        "[pid=9][err] [9:9:0930/120000.124:FATAL:zygote_host_impl_linux.cc(126)] No usable sandbox!\n"
        "[pid=9][err] #0 0x55d4 base::debug::StackTrace\n"
    )
    assert launch_message(text) == "No usable sandbox!"


def test_a_browser_that_says_nothing_is_told_by_its_exit_code() -> None:
    text = CLOSED + "  - [pid=9] <process did exit: exitCode=3, signal=null>\n"
    assert launch_message(text) == "its program ended with exit code 3"
    text = CLOSED + "  - [pid=9] <process did exit: exitCode=null, signal=SIGSEGV>\n"
    assert launch_message(text) == "its program ended by the signal SIGSEGV"
    assert launch_message(CLOSED) == "Target page, context or browser has been closed"


def test_another_error_keeps_its_own_words_before_the_browsers() -> None:
    text = "BrowserType.launch: Timeout 1000ms exceeded.\n[pid=9][err] waiting for a lock\n"
    assert launch_message(text) == "Timeout 1000ms exceeded. (waiting for a lock)"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("failed to fetch blob:http://127.0.0.1:4711/6f-ab", "failed to fetch the page's own files"),
        ("http://127.0.0.1:4711/tOk-en/wasm: 404", "the page's own files 404"),
        ("lost [pid=12] again, pid=13", "lost again, "),
        ("/tmp/playwright_profile-aX/lock: busy", "a temporary file: busy"),
        ("/scratch/me/x.sock: busy", "a temporary file: busy"),
        ("/usr/lib/tmp/libnss3.so: none", "/usr/lib/tmp/libnss3.so: none"),
        ("https://cdn.example.org/npm/a: none", "https://cdn.example.org/npm/a: none"),
    ],
)
def test_what_differs_from_run_to_run_is_left_out(message: str, expected: str) -> None:
    assert repeatable(message, "/scratch/me") == expected


@given(st.integers(1024, 65535), st.uuids(), st.integers(1, 10**6))
def test_two_runs_tell_the_same(port: int, token: object, pid: int) -> None:
    def message(port: int, token: object, pid: int) -> str:
        return repeatable(f"[pid={pid}] blob:http://127.0.0.1:{port}/{token} at /tmp/run-{token}/x", "/tmp")

    assert message(port, token, pid) == message(1, "a", 1)
