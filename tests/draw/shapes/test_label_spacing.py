"""Labels that would lie over each other."""

from __future__ import annotations

from vizspec.draw.shapes.label_spacing import LabelBox, Room, apart


def test_labels_that_cover_nothing_stay() -> None:
    boxes = [LabelBox(0, 50, 10), LabelBox(60, 90, 10), LabelBox(0, 50, 30)]
    assert apart(boxes, Room(12)) == (10, 10, 30)


def test_a_label_that_covers_another_is_moved_to_the_nearest_free_place() -> None:
    assert apart([LabelBox(0, 50, 10), LabelBox(20, 70, 12)], Room(10)) == (10, 22)
    assert apart([LabelBox(0, 50, 10), LabelBox(20, 70, 8)], Room(10)) == (10, -2)


def test_all_of_one_place_stand_over_and_under_each_other() -> None:
    assert apart([LabelBox(0, 50, 0)] * 4, Room(10)) == (0, 10, -10, 20)


def test_labels_above_each_other_stand_in_the_order_of_what_they_name() -> None:
    boxes = [LabelBox(0, 50, middle) for middle in (0, 1, 2, 3, 4)]
    middles = apart(boxes, Room(10))
    assert list(middles) == sorted(middles, key=lambda middle: middle or 0)
    beside = [*boxes, LabelBox(60, 90, -50)]
    assert apart(beside, Room(10)) == (*middles, -50)


def test_none_is_moved_up_beyond_the_highest_place() -> None:
    boxes = [LabelBox(0, 50, 95), LabelBox(20, 70, 97)]
    assert apart(boxes, Room(10)) == (95, 107)
    assert apart(boxes, Room(10, highest=100)) == (82, 95)


def test_what_stands_beyond_an_end_is_brought_to_it() -> None:
    assert apart([LabelBox(0, 50, 2), LabelBox(60, 90, 99)], Room(10, lowest=5, highest=95)) == (5, 95)


def test_what_has_no_room_between_the_lowest_and_the_highest_place_has_none() -> None:
    assert apart([LabelBox(0, 50, 0)] * 4, Room(10, lowest=-10, highest=10)) == (0, 10, -10, None)
    assert apart([LabelBox(0, 50, 0), LabelBox(60, 90, 0)], Room(10, lowest=0, highest=0)) == (0, 0)


def test_what_would_be_moved_too_far_has_no_room() -> None:
    assert apart([LabelBox(0, 50, 0)] * 4, Room(10, farthest=10)) == (0, 10, -10, None)


def test_a_label_covers_no_point() -> None:
    points = [(20, 3), (56, 0), (200, 0)]
    assert apart([LabelBox(0, 50, 0)], Room(10, points=points, radius=4)) == (-10,)
    assert apart([LabelBox(0, 50, 0)], Room(10, points=points[1:], radius=4)) == (0,)
