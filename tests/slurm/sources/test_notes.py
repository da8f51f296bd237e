"""The notes of jobstats' text report. The reports here are our own, in the form of the real ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vizspec.slurm.sources.notes import parse_notes, plain

REPORT = """
================================================================================
                              Slurm Job Statistics
================================================================================
         Job ID: 4711
          State: COMPLETED
     CPU Memory: 32GB (4GB per CPU-core)

                              Overall Utilization
================================================================================
  CPU utilization  [||||                                            9%]
  GPU utilization  [     GPU utilization is unknown for MIG jobs      ]

                                     Notes
================================================================================
  * The job kept only one of its eight cores busy. Ask for fewer cores, or start
    one worker for each core that was asked
    for. For more info:
      https://cluster.example.org/docs/cores

  * It ran for 4% of the time that was asked for. For more
    info:
      https://cluster.example.org/docs/time

  * It ran in the gpu-test QOS. Nobody may run many jobs there. For more info:
      https://cluster.example.org/docs/qos

  * See the URL below for plots of the job's metrics:
      https://cluster.example.org/plots/4711  (VPN required off-campus)

  * Have a nice day!


"""

NOTES = (
    "The job kept only one of its eight cores busy. Ask for fewer cores, or start one worker for each core "
    "that was asked for.",
    "It ran for 4% of the time that was asked for.",
)


def test_notes_are_whole_sentences_without_links_farewells_and_the_qos() -> None:
    assert parse_notes(REPORT) == NOTES


def test_a_report_without_notes_has_none() -> None:
    assert parse_notes(REPORT.partition("   Notes")[0]) == ()


def test_notes_with_nothing_to_ask_for_are_none() -> None:
    text = "  Notes\n=====\n  * See the URL below for plots:\n      https://x.org/1\n\n  * Have a nice day!\n"
    assert parse_notes(text) == ()


def test_notes_of_errors_follow_each_other_without_blank_lines() -> None:
    text = "  Notes\n=====\n  * The usage could not be found.\n  * Nothing else is known.\n"
    assert parse_notes(text) == ("The usage could not be found.", "Nothing else is known.")


def test_a_heading_with_colon_and_no_rule_is_a_heading() -> None:
    assert parse_notes("Some text\nNotes:\n* reduce memory\n") == ("reduce memory",)


def test_a_sentence_that_led_to_a_link_ends_in_a_full_stop() -> None:
    text = 'Notes\n  * A slice of a GPU was used, see "nomig" on\n    this page:\n      https://x.org/gpus\n'
    assert parse_notes(text) == ('A slice of a GPU was used, see "nomig" on this page.',)


def test_a_link_within_a_sentence_is_dropped() -> None:
    assert parse_notes("Notes\n* Ask for less, see https://x.org/a (VPN required), next time.\n") == (
        "Ask for less, see, next time.",
    )


def test_paragraphs_without_bullets_are_notes_too() -> None:
    assert parse_notes("Notes\n====\n  First line\n  and second.\n\n  Another one.\n") == (
        "First line and second.",
        "Another one.",
    )


@pytest.mark.parametrize(
    ("bold", "red", "reset"),
    [
        ("\x1b[1m", "\x1b[31m", "\x1b[m"),
        ("\x1b[1m", "\x1b[31m", "\x1b(B\x1b[m"),
        ("\x1b[1m", "\x1b[31m", "\x1b[m\x0f"),
    ],
)
def test_colours_of_any_terminal_change_nothing(bold: str, red: str, reset: str) -> None:
    coloured = (
        REPORT.replace("Notes", f"{bold}Notes{reset}")
        .replace("  * The job", f"{bold}{red}  * The job")
        .replace("docs/cores\n", f"docs/cores\n{reset}")
        .replace("[||||", f"{bold}[{reset}||||")
        .replace("nice day!", f"nice day!{reset}")
    )
    assert parse_notes(coloured) == NOTES


def test_questions_to_the_terminal_are_no_text() -> None:
    queries = "\x1bP+q544e\x1b\\\x1bP+q524742\x1b\\\x1b[6n\x1b[>q\x1b]0;title\x07"
    assert plain(f"{queries}Notes") == "Notes"
    assert parse_notes(queries + REPORT) == NOTES


def test_line_ends_of_a_terminal_change_nothing() -> None:
    assert parse_notes(REPORT.replace("\n", "\r\n")) == NOTES


def test_a_second_report_adds_its_notes_and_not_its_figures() -> None:
    assert parse_notes(REPORT + REPORT.replace("4%", "5%")) == (
        *NOTES,
        "It ran for 5% of the time that was asked for.",
    )


def test_a_note_that_comes_twice_is_told_once() -> None:
    assert parse_notes(REPORT + REPORT) == NOTES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\nRun time is very short so only providing seff output:\n\nJob ID: 7\nState: COMPLETED\n",
    ],
)
def test_a_report_of_another_form_has_no_notes(text: str) -> None:
    assert parse_notes(text) == ()


@given(st.text() | st.text(alphabet="\x1b[]()PmB;019= *•-\nNotes:https//x.\x0f\r"))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    assert all(note.strip() for note in parse_notes(f"Notes\n{text}"))
    assert "\x1b" not in plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "Notes:\nThe job used 4% of its memory. For more info:\n  https://x.org\n",
        "Notes: The job used 4% of its memory. For more info:\n  https://x.org\n",
        "The job used 4% of its memory. For more info:\n  https://x.org\n",
    ],
)
def test_notes_without_bullets_are_notes(text: str) -> None:
    assert parse_notes(text) == ("The job used 4% of its memory.",)


@pytest.mark.parametrize("heading", ["Notes:\n", ""])
def test_notes_that_follow_each_other_end_where_they_point_to_more(heading: str) -> None:
    text = (
        "The GPU was idle. For more\n info:\n https://x.org\nThe CPU was idle. For more info: https://y.org\n"
    )
    assert parse_notes(heading + text) == ("The GPU was idle.", "The CPU was idle.")
