"""The index as nested headings, each with an anchor of its own."""

from vizspec.cells.facets import Facets
from vizspec.draw.pages.index_view import facet_pairs, nodes_of, sections_of
from vizspec.draw.pages.parts import Chapter, IndexGroup, IndexSection, with_sections

ONE, TWO = IndexSection("One"), IndexSection("Two")
PARTS = (ONE, IndexGroup("Both", (ONE, TWO), "grid"), Chapter("All", (IndexGroup("Both", (TWO,)), TWO)))


def test_every_section_is_found_in_the_order_of_the_page() -> None:
    assert [section.heading for section in sections_of(PARTS)] == ["One", "One", "Two", "Two", "Two"]


def test_headings_nest_by_their_levels() -> None:
    nodes = nodes_of(PARTS, {})
    assert [(node.heading, node.level, node.layout) for node in nodes] == [
        ("One", 2, "section"),
        ("Both", 2, "grid"),
        ("All", 2, "chapter"),
    ]
    assert [child.level for child in nodes[2].children] == [3, 3]
    assert nodes[2].children[0].children[0].level == 4


def test_no_two_headings_have_one_anchor() -> None:
    anchors = [node.anchor for node in nodes_of((ONE, Chapter("One", (ONE,))), {})]
    assert anchors == ["one-1-of-2", "one-2-of-2"]
    (chapter,) = nodes_of((Chapter("One", (ONE,)),), {})
    assert (chapter.anchor, chapter.children[0].anchor) == ("one", "one--2")


def test_every_section_can_be_changed_wherever_it_stands() -> None:
    changed = with_sections(PARTS, lambda section: IndexSection(section.heading.upper()))
    assert [section.heading for section in sections_of(changed)] == ["ONE", "ONE", "TWO", "TWO", "TWO"]


def test_only_facets_that_are_known_are_told() -> None:
    assert facet_pairs(Facets(model="1B", epoch="0")) == (("model", "1B"), ("epoch", "0"))
