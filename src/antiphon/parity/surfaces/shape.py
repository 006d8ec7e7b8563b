"""The shape of a type, and how two shapes of one type differ: by fingerprints.

A fingerprint names one thing: ``FlowPolicy:missing_in_engine:AllowAll``,
``Config:missing_field_in_engine:budget``, ``Value:field_differs:Prod.left:types``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field. ``types``: the names of what may stand in it, sorted; ``None`` among them says
    that it is optional. ``default``: what it is if nothing is said, as text; None if it must be
    said.
    """

    name: str
    types: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class VariantShape:
    """One variant of a type, its fields in order; ``tag`` names it in JSON, if it is ever there."""

    name: str
    fields: tuple[FieldShape, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A type: its variants, of which a record has one, named as it is."""

    name: str
    variants: tuple[VariantShape, ...]

    def to_json(self) -> dict[str, object]:
        """The shape as JSON."""
        return {
            "name": self.name,
            "variants": [
                {
                    "name": variant.name,
                    "tag": variant.tag,
                    "fields": [
                        {"name": one.name, "types": list(one.types), "default": one.default}
                        for one in variant.fields
                    ],
                }
                for variant in self.variants
            ],
        }


def fingerprints(model: Shape, engine: Shape) -> tuple[str, ...]:
    """Everything in which the engine's shape of a type is not the model's."""
    return tuple(_fingerprints(model, engine))


def _fingerprints(model: Shape, engine: Shape) -> Iterator[str]:
    mine = {variant.name: variant for variant in model.variants}
    theirs = {variant.name: variant for variant in engine.variants}
    yield from _missing(f"{model.name}:missing", mine, theirs)
    for name, variant in mine.items():
        if name in theirs:
            yield from _of_variant(model.name, variant, theirs[name])


def _missing(what: str, mine: Iterable[str], theirs: Iterable[str], of: str = "") -> Iterator[str]:
    """What stands on one side only."""
    yield from (f"{what}_in_engine:{of}{name}" for name in mine if name not in theirs)
    yield from (f"{what}_in_model:{of}{name}" for name in theirs if name not in mine)


def _of_variant(kind: str, model: VariantShape, engine: VariantShape) -> Iterator[str]:
    of = "" if model.name == kind else f"{model.name}."
    if model.tag != engine.tag:
        yield f"{kind}:tag_differs:{model.name}"
    mine = {each.name: each for each in model.fields}
    theirs = {each.name: each for each in engine.fields}
    yield from _missing(f"{kind}:missing_field", mine, theirs, of)
    if mine.keys() == theirs.keys() and [*mine] != [*theirs]:
        yield f"{kind}:order_differs:{model.name}"
    for name, field in mine.items():
        if name in theirs:
            for part in ("types", "default"):
                if getattr(field, part) != getattr(theirs[name], part):
                    yield f"{kind}:field_differs:{of}{name}:{part}"
