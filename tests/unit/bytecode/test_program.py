"""Images."""

from antiphon.bytecode.program import Image
from tests.unit.bytecode.samples import IMAGE


def test_roles_are_in_order() -> None:
    """An image knows its roles in the protocol's order."""
    assert IMAGE.roles == ("A", "\u00df")


def test_images_are_compared_by_identity() -> None:
    """An image is equal to itself only; its digest says what it holds."""
    assert Image("x", ()) != Image("x", ())
    assert len({IMAGE, IMAGE}) == 1
