"""Scenarios of local types: labels that stand there twice, recursions, and states that differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Instruction,
    Offer,
    Receive,
    Select,
    Send,
    Set,
)
from antiphon.bytecode.program import Image
from antiphon.conformance.scenarios.scenario import (
    Scenario,
    chain,
    gives,
    image,
    load_image,
    on,
    pick,
    role,
    scenario,
    takes,
)
from antiphon.machine.ask import Chosen
from antiphon.theory.local_type import LocalType, rec, var
from antiphon.values.sort import BOOL, NAT
from antiphon.values.value import UNIT, Nat

_GIVE: Final = Send(0, HOST)


def _twice(way: Callable[..., LocalType], peer: str) -> LocalType:
    """A choice that has the label ``a`` twice."""
    return way(
        peer,
        on("a", NAT, chain("D!m")),
        on("a", then=chain("D!n")),
        on("b", then=chain("D!o")),
    )


def _alike(way: Callable[..., LocalType], peer: str) -> LocalType:
    """After ``a`` and ``d`` comes the same; after ``b`` another sort, after ``c`` another label."""
    return way(
        peer,
        on("a", then=way(peer, on("x", NAT))),
        on("b", then=way(peer, on("x", BOOL))),
        on("c", then=way(peer, on("y", NAT))),
        on("d", then=way(peer, on("x", NAT))),
    )


def _one_of_alike(label: str, name: str) -> Image:
    return image(
        role("A", _alike(gives, "B"), Offer(0, label, 1), _GIVE, registers=2),
        role(
            "B",
            _alike(takes, "A"),
            Choose(0, 1, (("a", 1), ("b", 1), ("c", 1), ("d", 1))),
            Receive(0, 1),
            registers=2,
        ),
        name=name,
    )


_INNER: Final = chain("B!b", then=var("X"))
_LOOPS: Final[tuple[Instruction, ...]] = (
    Send(0, 1),
    Offer(0, "y", 1),
    Offer(0, "x", 1),
    Send(0, 1),
    Offer(0, "x", 1),
    Send(0, 1),
)

OF_TYPES: Final[tuple[Scenario, ...]] = (
    scenario(
        "a-label-twice",
        "of two branches with one label the first counts, and the second has a state too",
        image(
            role("A", _twice(gives, "B"), Set(1, Nat(1)), Offer(0, "a", 1), _GIVE, registers=2),
            role("B", _twice(takes, "A"), Choose(0, 1, (("a", 1), ("a", 2))), _GIVE, registers=2),
        ),
        *(load_image(), pick(0), pick(0), pick(1), pick(1, UNIT), pick(0, UNIT)),
    ),
    scenario(
        "narrowed-to-the-first",
        "a choice with a label twice is narrowed to the first",
        image(
            role(
                "A",
                _twice(gives, "B"),
                *(Select(0, (("b", 1),)), Offer(0, "b", HOST), _GIVE),
                registers=2,
            ),
            role("B", _twice(gives, "A"), Select(0, (("a", 1),)), _GIVE, _GIVE, registers=2),
        ),
        *(load_image(), pick(0, Chosen("b")), pick(0, UNIT), pick(0, UNIT)),
        *(pick(1, Chosen("a")), pick(1, Nat(3)), pick(1, UNIT)),
    ),
    scenario(
        "a-recursion-of-the-same-name",
        "an inner recursion of the same name keeps its variable, and a part that is also outside "
        "of it does not",
        image(
            role(
                "A",
                rec("X", gives("B", on("a", then=rec("X", _INNER)), on("b", NAT, _INNER))),
                Offer(0, "b", HOST),
                Send(0, 1),
                Offer(0, "a", 1),
                Send(0, 1),
                Send(0, 1),
                registers=2,
            )
        ),
        *(load_image(), pick(0, Nat(1)), pick(0), pick(0), pick(0), pick(0)),
        capacity=9,
    ),
    scenario(
        "a-loop-in-a-loop",
        "a loop in a loop goes back to the one that is named",
        image(
            role(
                "A",
                rec(
                    "X",
                    chain(
                        "B!a",
                        then=rec("Y", gives("B", on("y", then=var("Y")), on("x", then=var("X")))),
                    ),
                ),
                *_LOOPS,
                registers=2,
            )
        ),
        *(load_image(), *(pick(0) for _ in _LOOPS)),
        capacity=9,
    ),
    scenario(
        "states-alike",
        "states that differ in a sort or in a label have numbers of their own, equal ones have one",
        (_one_of_alike("c", "p"), _one_of_alike("b", "q"), _one_of_alike("d", "q")),
        *(
            load_image(0),
            load_image(1),
            load_image(2),
            pick(0),
            pick(1),
            pick(2),
            pick(3),
            pick(4),
            pick(5),
        ),
        capacity=9,
    ),
)
