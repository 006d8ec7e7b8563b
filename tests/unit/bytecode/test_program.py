"""Images."""

import pytest

from antiphon.bytecode.program import Image
from tests.unit.bytecode.samples import IMAGE


def test_roles_are_in_order() -> None:
    """An image knows its roles in the protocol's order."""
    assert IMAGE.roles == ("A", "\u00df")


def test_images_are_compared_by_identity() -> None:
    """An image is equal to itself only; its digest says what it holds."""
    assert Image("x", ()) != Image("x", ())
    assert len({IMAGE, IMAGE}) == 1


def test_rejects_a_role_with_two_programs() -> None:
    """A role's name finds its endpoint, so it stands for one program."""
    with pytest.raises(ValueError, match="two programs"):
        Image("x", (*IMAGE.programs, IMAGE.programs[0]))
