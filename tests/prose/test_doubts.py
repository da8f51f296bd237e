"""What texts say by hand: sentences that results do not bear out, and many that are nobody's business.

The numbers are those of `tests.prose.make`: forest 0.850 on Size and 0.900 on Surface, logistic 0.700 and
0.875; forest is better on Size, and on Surface nobody can tell.
"""

from __future__ import annotations

import pytest

from tests.prose.make import NUMBERS
from vizspec.errors import Mark
from vizspec.prose.comments import without_marks
from vizspec.prose.doubts import Doubt, doubts_of

WRONG_NUMBERS = {
    "The forest has an accuracy of 0.91 on Size.": (
        "no accuracy is 0.91; the nearest is 0.850 (forest on Size)"
    ),
    "Accuracy: 0.91 for the forest on Size": "no Accuracy is 0.91; the nearest is 0.850 (forest on Size)",
    "On Size, forest reached 91% accuracy.": "no accuracy is 91%; the nearest is 0.850 (forest on Size)",
    "On Size, forest's match accuracy was 72.5 %.": (
        "no match accuracy is 72.5 %; the nearest is 0.850 (forest on Size)"
    ),
    "Its AUC = 0.87 on Size (forest).": "no AUC is 0.87; the nearest is 0.930 (forest on Size)",
    "The accuracy of logistic is 0.85 on Size.": (
        "no accuracy is 0.85; the nearest is 0.700 (logistic on Size)"
    ),
    "Nobody has an accuracy of 0.95.": "no accuracy is 0.95; the nearest is 0.900 (forest on Surface)",
    "logistic_tuned: an accuracy of about 0.8 on Size": (
        "no accuracy is 0.8; the nearest is 0.700 (logistic on Size)"
    ),
    "The forest's accuracies are 0.85 on Size and an accuracy of 0.93 on Surface.": (
        "no accuracy is 0.93; the nearest is 0.900 (forest on Surface)"
    ),
    "The accuracy of the forest on Size (0.91, n = 40) is high.": (
        "no accuracy is 0.91; the nearest is 0.850 (forest on Size)"
    ),
    "On Size, forest had an accuracy of .91.": "no accuracy is .91; the nearest is 0.850 (forest on Size)",
    "On Size, forest had an accuracy of 91.5.": "no accuracy is 91.5; the nearest is 0.850 (forest on Size)",
}

WRONG_ORDERS = {
    "Forest is better than logistic on Surface.": (
        "forest is not known to be better than logistic in Match Accuracy on Surface: "
        "+0.025 (95 % CI -0.060 to 0.111)"
    ),
    "The forest clearly beats the logistic regression.": (
        "forest is not known to be better than logistic in Match Accuracy on Surface: "
        "+0.025 (95 % CI -0.060 to 0.111)"
    ),
    "On Size, logistic outperforms forest.": (
        "logistic is worse than forest in Match Accuracy on Size: -0.150 (95 % CI -0.263 to -0.033)"
    ),
    "On Size, forest is worse than logistic.": (
        "forest is better than logistic in Match Accuracy on Size: +0.150 (95 % CI 0.033 to 0.263)"
    ),
    "Forest is the best model on Surface.": (
        "Forest is not known to be the best on Surface: forest, logistic cannot be told apart"
    ),
    "Forest has a higher accuracy than logistic on Surface.": (
        "forest is not known to be better than logistic in Match Accuracy on Surface: "
        "+0.025 (95 % CI -0.060 to 0.111)"
    ),
    "On Size, forest has a lower match accuracy than logistic.": (
        "forest is better than logistic in Match Accuracy on Size: +0.150 (95 % CI 0.033 to 0.263)"
    ),
    "Forest wins over logistic on Surface.": (
        "forest is not known to be better than logistic in Match Accuracy on Surface: "
        "+0.025 (95 % CI -0.060 to 0.111)"
    ),
    "On Size, logistic is clearly the best.": "logistic is not known to be the best on Size: forest is",
}

RIGHT = [
    "The forest has an accuracy of 0.85 on Size.",
    "The forest has an accuracy of 0.850 (0.752–0.914) on Size and 0.9 on Surface.",
    "On Size, forest reached 85% accuracy; on Surface 90 %.",
    "Accuracy lies between 0.7 and 0.9.",
    "Accuracies range from 0.70 to 0.90, a spread of 0.2.",
    "The interval of its accuracy goes from 0.752 to 0.914 [0.60, 0.99].",
    "We hoped for an accuracy above 0.95, and for an AUC of at least 0.99.",
    "A constant answer would have an accuracy of 0.5; chance accuracy is 0.33.",
    "Accuracy rose by 0.15, a gain of 15 percentage points in accuracy.",
    "Forest's accuracy is 0.15 higher than that of logistic on Size.",
    "With 95 % confidence the accuracy of forest on Size is at least 0.75.",
    "See Section 3.2, Table 0.91 and Figure 2.1 for accuracy.",
    "In 2024, accuracy was measured with inspect 0.3.140.",
    "Brier et al. (1950) report an accuracy of 0.99.",
    "The accuracy of 37 of 40 samples is known; n = 40, p = 0.03.",
    "Training took a learning rate of 0.001 and dropout 0.15; accuracy did not change.",
    "The mean accuracy is 0.83 over both tasks.",
    "Accuracy (threshold 0.55) is what we report.",
    "Of all samples 62 % are positive, and accuracy follows.",
    "The accuracy target of 0.95 was missed.",
    "Before 2023-05-01 accuracy was not logged.",
    "| forest | accuracy | 0.123 |\n| accuracy | 0.99 |",
    "`accuracy = 0.123` is what the code prints.",
    "```\naccuracy of 0.123\n```",
    "## Accuracy of 0.123",
    "{{ value('match') }} accuracy, {{ value('match') }} and accuracy of {{ value('match') }}.",
    "Accuracy is 0.123. <!-- vizspec: ok -->",
    "<!-- vizspec: ok -->\n\nAccuracy is 0.123 and forest beats logistic on Surface.",
    "Accuracy <!-- vizspec: ok --> of 0.123, and\nan accuracy of 0.456.",
    "Forest is better than logistic on Size.",
    "On Size, logistic is worse than forest, by 0.15.",
    "Forest is the best on Size.",
    "Forest is not better than logistic on Surface.",
    "It is unclear whether forest beats logistic on Surface.",
    "Forest may be better than logistic on Surface.",
    "We expected that forest outperforms logistic everywhere.",
    "Is forest better than logistic on Surface?",
    "Neither is forest the best on Surface.",
    "Forest beats the previous best on Surface.",
    "**a** (on Surface, forest is better than logistic): {{ verdict('forest_leads') }}.",
    "Better than forest would be a larger model.",
    "On Surface forest is better calibrated than we thought, as logistic is.",
    "The best of both tasks is the size of the tumour.",
    "Precision matters: 0.5 mm.",
    "F1 and AUC need 0.5 as their threshold.",
    "[accuracy](https://example.org/0.91/accuracy) and AUC, see https://example.org/auc/0.123",
    "Its accuracy, measured on 200 samples with temperature 0.7, is what counts.",
    "AUC (0.93) is known for forest on Size.",
    "About 10 % of the answers had no accuracy.",
    "Version 0.91 of the scorer changed accuracy.",
    "On Size, forest had an accuracy of 85.0, logistic one of 70.0.",
    "An accuracy of 62% could be had by chance, and a balanced accuracy of 0.5 is that of guessing.",
    "The standard error of the accuracy is 0.056, the mean of all accuracies 0.83.",
    "An accuracy of 0.99 is what its vendor claims.",
    "Recall is traded for accuracy at a ratio of 1.4; accuracy per GPU-hour is 0.47.",
    "Forest: accuracy 0.99?",
    "The accuracy of forest is higher on Size (0.012), that of Surface alike (0.60, 0.99).",
    "Forest has a higher accuracy than logistic on Size.",
    "Forest has a higher cost than logistic on Surface, and is larger than logistic.",
]


@pytest.mark.parametrize(("text", "message"), [*WRONG_NUMBERS.items(), *WRONG_ORDERS.items()])
def test_what_no_result_bears_out_is_told(text: str, message: str) -> None:
    assert [doubt.message for doubt in doubts_of(text, NUMBERS)] == [message]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_something_else_is_passed_over(text: str) -> None:
    assert doubts_of(text, NUMBERS) == ()


def test_a_doubt_has_its_place_in_the_text() -> None:
    text = "# T\n\nFirst. The forest has an\naccuracy of 0.91 on Size.\n\n- On Size, logistic beats forest.\n"
    assert doubts_of(text, NUMBERS) == (
        Doubt(Mark(4, 13), "no accuracy is 0.91; the nearest is 0.850 (forest on Size)"),
        Doubt(
            Mark(6, 12),
            "logistic is worse than forest in Match Accuracy on Size: -0.150 (95 % CI -0.263 to -0.033)",
        ),
    )


@pytest.mark.parametrize(
    "part",
    [
        "{{",
        "{%",
        "<!--",
        "<!-- vizspec:",
        "A. ",
        "between 1 and ",
        "`",
        "accuracy 0.1 ",
        "forest clearly ",
        "1 - ",
    ],
)
def test_a_text_that_goes_on_and_on_is_looked_at_in_a_time_that_grows_as_it_does(part: str) -> None:
    """Each of these takes minutes where a search begins anew at every part of it."""
    text = part * (150_000 // len(part))
    doubts_of(text, NUMBERS)
    without_marks(text)


def test_a_row_of_adverbs_is_not_tried_in_every_way() -> None:
    assert doubts_of("The forest is " + "clearly " * 60 + "blue.", NUMBERS) == ()
