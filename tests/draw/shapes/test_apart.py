"""Labels that would lie over each other."""

from __future__ import annotations

from vizspec.draw.shapes.apart import LabelBox, apart


def test_labels_that_cover_nothing_stay() -> None:
    assert apart([LabelBox(0, 50, 10), LabelBox(60, 90, 10), LabelBox(0, 50, 30)], 12) == (10, 10, 30)


def test_a_label_that_covers_another_is_moved_to_the_nearest_free_place() -> None:
    assert apart([LabelBox(0, 50, 10), LabelBox(20, 70, 12)], 10) == (10, 22)
    assert apart([LabelBox(0, 50, 10), LabelBox(20, 70, 8)], 10) == (10, -2)


def test_all_of_one_place_stand_over_and_under_each_other() -> None:
    assert apart([LabelBox(0, 50, 0)] * 4, 10) == (0, 10, -10, 20)


def test_none_is_moved_up_beyond_the_highest_place() -> None:
    boxes = [LabelBox(0, 50, 95), LabelBox(20, 70, 97)]
    assert apart(boxes, 10) == (95, 107)
    assert apart(boxes, 10, highest=100) == (95, 82)


def test_what_has_no_room_between_the_lowest_and_the_highest_place_has_none() -> None:
    assert apart([LabelBox(0, 50, 0)] * 4, 10, lowest=-10, highest=10) == (0, 10, -10, None)
    assert apart([LabelBox(0, 50, 0), LabelBox(60, 90, 0)], 10, lowest=0, highest=0) == (0, 0)
