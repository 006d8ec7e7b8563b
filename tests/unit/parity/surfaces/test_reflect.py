"""The shapes of types by reflection."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from antiphon.parity.surfaces.reflect import shape
from antiphon.parity.surfaces.shape import FieldShape, VariantShape
from antiphon.values.value import Nat, Value


class Colour(Enum):
    """An enumeration."""

    RED = 1
    BLUE = 2


@dataclass(frozen=True)
class Thing:
    """A record with a field of each kind."""

    values: tuple[tuple[str, Value], ...]
    number: int | None = None
    colour: Colour = Colour.RED
    made: tuple[int, ...] = field(default_factory=tuple)
    hidden: int = field(init=False, default=0)


def test_record() -> None:
    """Types by name, a variant by its union, defaults, and no field that cannot be said."""
    (found,) = shape("Thing", (Thing,), lambda kind: kind.__name__.lower()).variants
    assert found == VariantShape(
        "Thing",
        (
            FieldShape("values", ("Value", "str", "tuple")),
            FieldShape("number", ("None", "int"), "None"),
            FieldShape("colour", ("Colour",), repr(Colour.RED)),
            FieldShape("made", ("int", "tuple"), "()"),
        ),
        "thing",
    )


def test_silent() -> None:
    """A field that no machine keeps is left out."""
    (found,) = shape("Thing", (Thing,), silent={Thing: ("values", "made")}).variants
    assert [each.name for each in found.fields] == ["number", "colour"]


def test_members() -> None:
    """The members of an enumeration are variants without fields; so are records without any."""
    assert [each.name for each in shape("Colour", (Colour,)).variants] == ["RED", "BLUE"]
    assert shape("Value", (Nat,)).variants[0].fields == (FieldShape("value", ("int",)),)
