"""Images."""

import pytest

from antiphon.bytecode.program import Image
from antiphon.theory.local_type import END
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


def test_rejects_an_endpoint_with_two_types() -> None:
    """A protocol and a role say what may be done with an endpoint."""
    with pytest.raises(ValueError, match="two types"):
        Image("x", (), (("P", "A", END), ("P", "B", END), ("P", "A", END)))
