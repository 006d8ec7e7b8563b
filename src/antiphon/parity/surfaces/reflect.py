"""The model's shapes, by reflection over its types.

What may stand in a field is said by the names of all types in its annotation, ``tuple`` among them.
The variants of a closed union have the name of the union; a dataclass has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from antiphon.machine.ask import Answer
from antiphon.machine.failure import Failure
from antiphon.machine.flow_policy import FlowPolicy, FlowPredicate
from antiphon.machine.output_condition import OutputConditionPolicy
from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape
from antiphon.values.value import Value

UNIONS: Final[Mapping[str, object]] = {
    "Value": Value,
    "Answer": Answer,
    "Failure": Failure,
    "FlowPolicy": FlowPolicy,
    "FlowPredicate": FlowPredicate,
    "OutputConditionPolicy": OutputConditionPolicy,
}
"""The closed unions that stand in fields, by name."""
_NAME_OF: Final = {
    kind: name for name, union in reversed(UNIONS.items()) for kind in get_args(union)
}


def name_of(kind: type) -> str:
    """How a type is called in a shape: a variant by its union."""
    return "None" if kind is NoneType else _NAME_OF.get(kind, kind.__name__)


def declared(annotation: Any) -> frozenset[str]:
    """The names of all types in an annotation."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return frozenset[str]().union(*map(declared, get_args(annotation)))
    if origin is Literal:
        return frozenset(type(each).__name__ for each in get_args(annotation))
    if origin is tuple:
        inside = [each for each in get_args(annotation) if each is not Ellipsis]
        return frozenset(("tuple",)).union(*map(declared, inside))
    return frozenset((name_of(annotation),))


def default_value(field: Field[Any]) -> object:
    """What a field is if nothing is said; ``MISSING`` if it must be said."""
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def said_fields(kind: type) -> tuple[Field[Any], ...]:
    """The fields of a dataclass that are said when one is made."""
    return tuple(each for each in fields(cast("Any", kind)) if each.init)


def variant(kind: type, tag: str = "", silent: Iterable[str] = ()) -> VariantShape:
    """The shape of a dataclass, without its ``silent`` fields."""
    hints = get_type_hints(kind)
    found: list[FieldShape] = []
    for each in said_fields(kind):
        if each.name not in silent:
            default = default_value(each)
            types = tuple(sorted(declared(hints[each.name])))
            found.append(
                FieldShape(each.name, types, None if default is MISSING else repr(default))
            )
    return VariantShape(kind.__name__, tuple(found), tag)


def shape(
    name: str,
    kinds: Iterable[type[Any]],
    tag_of: Callable[[Any], str] | None = None,
    silent: Mapping[type, tuple[str, ...]] | None = None,
) -> Shape:
    """The shape of a type with these variants: dataclasses, or one enumeration.

    ``tag_of`` says how a type is named in JSON; ``silent`` are fields that no machine keeps.
    """
    found: list[VariantShape] = []
    for kind in kinds:
        if issubclass(kind, Enum):
            found += (VariantShape(member.name) for member in kind)
            continue
        tag = "" if tag_of is None else tag_of(kind)
        found.append(variant(kind, tag, () if silent is None else silent.get(kind, ())))
    return Shape(name, tuple(found))
