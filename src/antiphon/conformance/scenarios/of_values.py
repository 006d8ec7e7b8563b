"""Scenarios of values, registers and the host: what is asked of each, and in which order."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Move,
    Offer,
    Open,
    Receive,
    Select,
    Send,
    Set,
)
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
    wake,
)
from antiphon.machine.ask import Chosen, Pending
from antiphon.theory.local_type import END
from antiphon.values.value import UNIT, Blob, Bool, Nat, Prod, Str, Value

_PAIR: Final = Prod(Nat(1), Bool(True))
_SORTS: Final[tuple[tuple[str, str, Value, Value], ...]] = (
    ("unit", "unit", UNIT, Nat(0)),
    ("nat", "nat", Nat(0), Bool(True)),
    ("bool", "bool", Bool(False), Str("true")),
    ("string", "string", Str(""), Blob("string", b"")),
    ("pair", "(nat * bool)", _PAIR, Prod(Nat(1), Nat(1))),
    (
        "pair-in-pair",
        "((nat * bool) * string)",
        Prod(_PAIR, Str("x")),
        Prod(Prod(Bool(True), Bool(True)), Str("x")),
    ),
    ("blob", "int", Blob("int", b"\1"), Blob("float", b"\1")),
)
"""What a sort is called here, the sort, a value that has it, and one that has not."""

_NO_REGISTER: Final[tuple[tuple[str, str, Instruction], ...]] = (
    ("send-val", "send: val", Send(0, 1)),
    ("offer-val", "offer: val", Offer(0, "a", 1)),
    ("receive-dst", "receive: dst", Receive(0, 1)),
    ("choose-dst", "choose: dst", Choose(0, 1, (("a", 1),))),
    ("move-src", "move: src", Move(0, -1)),
    ("move-dst", "move: dst", Move(1, 0)),
    ("select-chan", "select: chan", Select(1, (("a", 1),))),
    ("open-entry", "open: an entry", Open("q", (("A", END, 0), ("B", END, 1)))),
)

OF_VALUES: Final[tuple[Scenario, ...]] = (
    *(
        scenario(
            f"no-register-{name}",
            f"{what} is no register",
            image(role("A", chain("B!a"), instruction)),
            *(load_image(), pick(0)),
        )
        for name, what, instruction in _NO_REGISTER
    ),
    scenario(
        "each-sort",
        "a value of each sort",
        image(
            role(
                "A",
                chain(*(f"B!a {sort}" for _, sort, _, _ in _SORTS)),
                *(Send(0, HOST) for _ in _SORTS),
            ),
            role("B", END, Halt()),
        ),
        *(load_image(), *(pick(0, value) for _, _, value, _ in _SORTS)),
        capacity=9,
    ),
    *(
        scenario(
            f"no-{name}",
            f"a value that is no {sort}, from a register and from the host",
            image(
                role("A", chain(f"B!a {sort}"), Set(1, wrong), Send(0, 1), registers=2),
                role("B", chain(f"A!a {sort}"), Send(0, HOST)),
            ),
            *(load_image(), load_image(), pick(0), pick(0), pick(3, wrong)),
        )
        for name, sort, _, wrong in _SORTS
    ),
    scenario(
        "no-left-part",
        "a pair whose left part is wrong",
        image(role("A", chain("B!a (nat * bool)"), Send(0, HOST))),
        *(load_image(), pick(0, Prod(Bool(True), Bool(True)))),
    ),
    scenario(
        "a-label-for-a-payload",
        "a label is no answer to a question for a payload",
        image(role("A", chain("B!a"), Send(0, HOST))),
        *(load_image(), pick(0, Chosen("a"))),
    ),
    scenario(
        "a-value-for-a-choice",
        "a value is no answer to a question for a choice",
        image(role("A", gives("B", on("a"), on("b")), Select(0, (("a", 1),)))),
        *(load_image(), pick(0, UNIT)),
    ),
    scenario(
        "answers-that-were-used",
        "only answers of the host that were used are counted",
        image(
            role(
                "A",
                chain("B!a", "B!a nat", "B!a", then=gives("B", on("x"), on("y"))),
                Send(0, 1),
                Send(0, HOST),
                Send(0, HOST),
                Select(0, (("y", 4),)),
                Offer(0, "y", HOST),
                registers=2,
            )
        ),
        *(load_image(), pick(0), pick(0, Pending()), wake(0), pick(0, Nat(1)), pick(0, UNIT)),
        *(pick(0, Chosen("y")), pick(0, UNIT)),
        capacity=4,
    ),
    scenario(
        "value-before-table",
        "the value is looked at before the table",
        image(
            role("A", chain("B!a nat"), Send(0, HOST)),
            role("B", takes("A", on("a"), on("b")), Choose(0, 1, (("b", 1),)), registers=2),
        ),
        *(load_image(), pick(0, Nat(1)), pick(1)),
    ),
)
