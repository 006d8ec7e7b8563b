"""The tree: equality leaves places out."""

from antiphon.language.load import parse_text
from antiphon.language.syntax import Comment, Name


def test_places_take_no_part_in_equality() -> None:
    """Two nodes are equal when they say the same, wherever they stand."""
    assert Name("A", start=0, end=1) == Name("A", start=7, end=8)
    assert Name("A", start=0, end=1) != Name("B", start=0, end=1)
    assert Comment("// a", start=0, end=4) != Comment("// b", start=0, end=4)


def test_layout_and_comments_take_no_part_in_equality() -> None:
    """Two files are equal when they say the same in any layout."""
    left = parse_text("type T;global protocol P(role A,role B){a(T) from A to B;}")
    right = parse_text("type T; // t\n protocol P(role A, role B)\n{ a( T )\nfrom A to B ; }")
    assert left == right
    assert left.comments != right.comments


def test_protocols_are_the_items_that_are() -> None:
    """Declarations stand between protocols and are no protocols."""
    module = parse_text("protocol P(role A) {} type T; aux protocol Q(role A) {}")
    assert [(tree.name.text, tree.aux) for tree in module.protocols] == [("P", False), ("Q", True)]
