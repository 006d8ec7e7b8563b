"""The rules of shapes and of their surfaces, each broken by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from antiphon.machine.output_condition import Disabled, PredicateAllowList
from antiphon.machine.snapshot import EndpointView
from antiphon.parity.bites.bite import Bite, Load, Says
from antiphon.parity.surfaces.place import Place
from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape

_INT: Final = FieldShape("one", ("int",))
_STR: Final = FieldShape("one", ("str",))
_TWO: Final = FieldShape("two", ("None", "int"), "None")


def _shapes(model: Shape, engine: Shape) -> Says:
    def says(load: Load) -> Iterable[str]:
        found: Iterable[str] = load("antiphon.parity.surfaces.shape").fingerprints(model, engine)
        return found

    return says


def _type(*fields: FieldShape, tag: str = "") -> Shape:
    return Shape("T", (VariantShape("T", fields, tag),))


def _kept(again: Callable[[Any], object], *, is_whole: bool = True) -> Says:
    """The variants and fields that come back, by way of something."""
    samples = (Disabled(), PredicateAllowList(("a",)), PredicateAllowList(("b",)))

    def says(load: Load) -> Iterable[str]:
        coded = load("antiphon.parity.surfaces.coded")
        kinds = (Disabled, PredicateAllowList)
        return _told(coded.through("P", kinds, again, samples, is_whole=is_whole))

    return says


def _told(shape: Shape) -> Iterable[str]:
    for variant in shape.variants:
        yield variant.name
        yield from (f"{each.name}: {' '.join(each.types)}" for each in variant.fields)


def _same(policy: object) -> object:
    return policy


def _first(policy: object) -> object:
    return PredicateAllowList(("a",)) if isinstance(policy, PredicateAllowList) else policy


def _some(policy: Any) -> object:
    return {Disabled(): policy, PredicateAllowList(("a",)): policy}[policy]


def _seen(load: Load) -> Iterable[str]:
    """What is seen of two views, of which no more than one field says anything twice."""
    seen = load("antiphon.parity.surfaces.watch").Seen()
    for owner in (None, 3):
        seen.note((EndpointView("A", 1, owner, 0, 0, in_flight=owner is None),))
    return _told(seen.shape("EndpointView", (EndpointView,)))


def _places(engine: str) -> Says:
    def says(load: Load) -> Iterable[str]:
        place = load("antiphon.parity.surfaces.place")
        found: Iterable[str] = place.place_problems(
            "T", Place("model/step.py::step"), Place(engine)
        )
        return found

    return says


def _as_it_is(shape: Shape, _: object) -> Shape:
    return shape


def _needs(load: Load) -> Iterable[str]:
    """The fingerprints of a surface that differs, and of one that needs it."""
    registry = load("antiphon.parity.surfaces.registry")
    first, second = (
        registry.Surface(
            name,
            Place("model/step.py::step"),
            Place("engine/machine.py::Engine"),
            partial(_as_it_is, _type(_INT)),
            partial(_as_it_is, _type()),
            needs,
        )
        for name, needs in (("one", ()), ("two", ("one",)))
    )
    for compared in registry.compare(registry.Sight((), "pure"), (first, second)):
        yield from compared.fingerprints


SURFACES: Final[Mapping[str, Bite]] = {
    "the same": Bite((), _shapes(_type(_INT, _TWO), _type(_INT, _TWO))),
    "no such variant": Bite(("T:missing_in_engine:T",), _shapes(_type(), Shape("T", ()))),
    "one variant more": Bite(("T:missing_in_model:T",), _shapes(Shape("T", ()), _type())),
    "no such field": Bite(
        ("T:missing_field_in_engine:two",), _shapes(_type(_INT, _TWO), _type(_INT))
    ),
    "one field more": Bite(
        ("T:missing_field_in_model:two",), _shapes(_type(_INT), _type(_INT, _TWO))
    ),
    "another order": Bite(("T:order_differs:T",), _shapes(_type(_INT, _TWO), _type(_TWO, _INT))),
    "another tag": Bite(("T:tag_differs:T",), _shapes(_type(tag="t"), _type(tag="T"))),
    "other types": Bite(("T:field_differs:one:types",), _shapes(_type(_INT), _type(_STR))),
    "another default": Bite(
        ("T:field_differs:two:default",), _shapes(_type(_TWO), _type(replace(_TWO, default="0")))
    ),
    "comes back": Bite(("Disabled", "PredicateAllowList", "names: str tuple"), _kept(_same)),
    "comes back the same": Bite(("Disabled", "PredicateAllowList"), _kept(_first)),
    "comes back in part": Bite(("Disabled",), _kept(_some)),
    "part is enough": Bite(("Disabled", "PredicateAllowList"), _kept(_some, is_whole=False)),
    "shown": Bite(
        (
            "EndpointView",
            "role: str",
            "node: int",
            "owner: None int",
            "tokens: int",
            "answers: int",
            "in_flight: bool",
        ),
        _seen,
    ),
    "one object": Bite(("same-object:T:model/step.py::step",), _places("model/step.py::step")),
    "two objects": Bite((), _places("engine/machine.py::Engine")),
    "no such place": Bite(("unknown-place:T:model/step.py::leap",), _places("model/step.py::leap")),
    "one cause": Bite(("T:missing_field_in_engine:one",), _needs),
}
