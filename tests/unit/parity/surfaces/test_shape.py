"""Shapes held against each other: one fingerprint for each thing that differs."""

from __future__ import annotations

import pytest

from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape, fingerprints

ONE = FieldShape("one", ("int",))
TWO = FieldShape("two", ("None", "str"), "None")
FLAT = Shape("T", (VariantShape("T", (ONE, TWO), "t"),))
BOTH = Shape("U", (VariantShape("A"), VariantShape("B", (ONE, TWO))))


def flat(*fields: FieldShape, tag: str = "t") -> Shape:
    """``FLAT`` with other fields."""
    return Shape("T", (VariantShape("T", fields, tag),))


@pytest.mark.parametrize(
    ("model", "engine", "found"),
    [
        (FLAT, FLAT, ()),
        (BOTH, BOTH, ()),
        (BOTH, Shape("U", BOTH.variants[:1]), ("U:missing_in_engine:B",)),
        (Shape("U", BOTH.variants[1:]), BOTH, ("U:missing_in_model:A",)),
        (FLAT, flat(ONE), ("T:missing_field_in_engine:two",)),
        (flat(TWO), FLAT, ("T:missing_field_in_model:one",)),
        (FLAT, flat(TWO, ONE), ("T:order_differs:T",)),
        (FLAT, flat(ONE, TWO, tag="T"), ("T:tag_differs:T",)),
        (FLAT, flat(FieldShape("one", ("bool",)), TWO), ("T:field_differs:one:types",)),
        (
            FLAT,
            flat(ONE, FieldShape("two", ("None", "str"))),
            ("T:field_differs:two:default",),
        ),
        (
            BOTH,
            Shape("U", (VariantShape("A"), VariantShape("B", (ONE,)))),
            ("U:missing_field_in_engine:B.two",),
        ),
    ],
)
def test_fingerprints(model: Shape, engine: Shape, found: tuple[str, ...]) -> None:
    """What differs is named, and nothing else; a record has no variant in its fingerprints."""
    assert fingerprints(model, engine) == found


def test_to_json() -> None:
    """A shape as JSON has all of it."""
    assert FLAT.to_json() == {
        "name": "T",
        "variants": [
            {
                "name": "T",
                "tag": "t",
                "fields": [
                    {"name": "one", "types": ["int"], "default": None},
                    {"name": "two", "types": ["None", "str"], "default": "None"},
                ],
            }
        ],
    }
