"""The static verifier."""

import time
from collections.abc import Iterator
from itertools import product as combinations

import pytest

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.bytecode.loadable import CODE_MAX, REGISTERS_MAX
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.verify import verify
from antiphon.errors import ProgramError
from antiphon.machine.ask import Answer, Ask, Chosen
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.model.machine import Model
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import NAT, STR, UNIT, named, product
from antiphon.values.value import UNIT as NOTHING
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Value

Code = tuple[Instruction, ...]
ASK = output("B", [("ask", NAT, END)])
HEAR = input_("B", [("tell", NAT, END)])
DECIDE = output("B", [("yes", NAT, END), ("no", UNIT, END)])
FOLLOW = input_("B", [("yes", NAT, END), ("no", UNIT, END)])
ECHO = input_("B", [("tell", NAT, output("B", [("again", NAT, END)]))])
LOOP = rec("X", output("B", [("more", NAT, var("X")), ("stop", UNIT, END)]))


def one(local_type: LocalType, *code: Instruction, registers: int = 2) -> Image:
    """An image in which role A has this type and this code, and role B does nothing."""
    rest = RoleProgram("B", END, (Halt(),), 1)
    return Image("test", (RoleProgram("A", local_type, code, registers), rest))


def codes(image: Image) -> list[str]:
    """What the verifier finds."""
    try:
        verify(image)
    except ProgramError as error:
        return [problem.code for problem in error.diagnostics]
    return []


ACCEPTED: dict[str, tuple[LocalType, Code]] = {
    "nothing to do": (END, (Halt(),)),
    "send from the host": (ASK, (Send(0, HOST), Halt())),
    "send a constant": (ASK, (Set(1, Nat(1)), Send(0, 1), Halt())),
    "offer the only label": (ASK, (Offer(0, "ask", HOST), Halt())),
    "select the only label": (ASK, (Select(0, (("ask", 1),)), Send(0, HOST), Halt())),
    "send what was received": (ECHO, (Receive(0, 1), Send(0, 1), Halt())),
    "a copied endpoint": (ECHO, (Move(1, 0), Receive(0, 0), Send(1, 0), Halt())),
    "one of two without asking": (DECIDE, (Offer(0, "no", HOST), Halt())),
    "one target for two labels": (FOLLOW, (Choose(0, 1, (("yes", 1), ("no", 1))), Halt())),
    "an effect's answer": (ASK, (Invoke("f", (), 1), Send(0, 1), Halt())),
    "a blob of no sort": (ASK, (Set(1, Blob("a b", b"")), Send(0, 1), Halt())),
    "two sorts meet": (
        input_("B", [("yes", NAT, ASK), ("no", UNIT, ASK)]),
        (Choose(0, 1, (("yes", 1), ("no", 1))), Send(0, 1), Halt()),
    ),
    "a loop that never ends": (LOOP, (Offer(0, "more", HOST), Jump(0))),
    "work without talk": (ASK, (Yield(), Jump(0))),
    "dead code of any type": (END, (Halt(), Send(0, HOST))),
    "a pair": (
        output("B", [("pair", product(named("date"), STR), END)]),
        (Set(1, Prod(Blob("date", b""), Str(""))), Send(0, 1), Halt()),
    ),
    "constants of one sort meet": (
        FOLLOW,
        (Choose(0, 1, (("yes", 1), ("no", 3))), Set(1, Nat(1)), Jump(4), Set(1, Nat(2)), Halt()),
    ),
    "a loop with an exit": (
        LOOP,
        (
            Select(0, (("more", 1), ("stop", 3))),
            *(Offer(0, "more", HOST), Jump(0)),
            *(Offer(0, "stop", HOST), Halt()),
        ),
    ),
    "two states at one address": (
        output("B", [("ask", NAT, output("B", [("ask", NAT, rec("X", ASK))]))]),
        (Send(0, HOST), Send(0, HOST), Send(0, HOST), Halt()),
    ),
}


@pytest.mark.parametrize(("local_type", "code"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepts(local_type: LocalType, code: Code) -> None:
    """Code that can reach no static outcome is accepted."""
    assert codes(one(local_type, *code)) == []


def table(*labels: str) -> tuple[tuple[str, int], ...]:
    """A table in which every label leads to address 1."""
    return tuple((label, 1) for label in labels)


REJECTED: dict[str, tuple[str, LocalType, Code]] = {
    "no code": ("code-runs-out", END, ()),
    "no halt": ("code-runs-out", ASK, (Send(0, HOST),)),
    "halt too early": ("unfinished", ASK, (Halt(),)),
    "register": ("register-out-of-range", ASK, (Send(2, HOST), Halt())),
    "source": ("register-out-of-range", ASK, (Send(0, 2), Halt())),
    "negative register": ("register-out-of-range", ASK, (Send(-1, HOST), Halt())),
    "negative source": ("register-out-of-range", ASK, (Send(0, -2), Halt())),
    "argument": ("register-out-of-range", END, (Invoke("f", (0, 2), 1), Halt())),
    "dead register": ("register-out-of-range", END, (Halt(), Move(5, 0))),
    "address": ("address-out-of-range", END, (Jump(1),)),
    "negative address": ("address-out-of-range", END, (Jump(-1),)),
    "address of a label": (
        "address-out-of-range",
        FOLLOW,
        (Choose(0, 1, (("yes", 1), ("no", 0))),),
    ),
    "label twice": (
        "duplicate-label",
        FOLLOW,
        (Choose(0, 1, table("yes", "no", "yes")), Halt()),
    ),
    "no endpoint": ("no-endpoint", ASK, (Send(1, HOST), Halt())),
    "an endpoint made up": ("no-endpoint", ASK, (Set(1, Endpoint(0, "A")), Send(1, HOST), Halt())),
    "an endpoint overwritten": ("no-endpoint", ECHO, (Receive(0, 0), Send(0, 0), Halt())),
    "an endpoint on one path only": (
        "no-endpoint",
        input_("B", [("yes", NAT, HEAR), ("no", UNIT, HEAR)]),
        (Choose(0, 1, (("yes", 1), ("no", 2))), Move(1, 0), Receive(1, 1), Halt()),
    ),
    "send out of turn": ("not-an-output", HEAR, (Send(0, HOST), Halt())),
    "select out of turn": ("not-an-output", HEAR, (Select(0, table("tell")), Halt())),
    "send at the end": ("not-an-output", END, (Send(0, HOST), Halt())),
    "receive out of turn": ("not-an-input", ASK, (Receive(0, 1), Halt())),
    "choose out of turn": ("not-an-input", ASK, (Choose(0, 1, table("ask")), Halt())),
    "send of many": ("several-labels", DECIDE, (Send(0, HOST), Halt())),
    "receive of many": ("several-labels", FOLLOW, (Receive(0, 1), Halt())),
    "offer of none": ("unknown-label", DECIDE, (Offer(0, "maybe", HOST), Halt())),
    "offer after narrowing": (
        "unknown-label",
        DECIDE,
        (Select(0, table("yes", "no")), Offer(0, "yes", HOST), Halt()),
    ),
    "another sort": ("wrong-sort", ASK, (Set(1, Str("")), Send(0, 1), Halt())),
    "the initial unit": ("wrong-sort", ASK, (Send(0, 1), Halt())),
    "the endpoint": ("wrong-sort", ASK, (Send(0, 0), Halt())),
    "choose without a label": ("missing-label", FOLLOW, (Choose(0, 1, table("yes")), Halt())),
    "select without a label": (
        "missing-label",
        DECIDE,
        (Select(0, table("yes")), Offer(0, "yes", HOST), Halt()),
    ),
    "a label too many": (
        "unexpected-label",
        FOLLOW,
        (Choose(0, 1, table("yes", "maybe", "no")), Halt()),
    ),
    "an open type": ("open-type", output("B", [("a", UNIT, var("X"))]), (Halt(),)),
    "an empty loop": ("unguarded-recursion", rec("X", rec("Y", var("X"))), (Halt(),)),
    "an empty loop inside": (
        "unguarded-recursion",
        output("B", [("a", UNIT, rec("X", var("X")))]),
        (Halt(),),
    ),
    "an empty choice": ("empty-choice", output("B", []), (Halt(),)),
    "two branches alike": (
        "duplicate-label",
        output("B", [("a", UNIT, END), ("a", NAT, END)]),
        (Halt(),),
    ),
    "talking to oneself": ("self-message", output("A", [("a", UNIT, END)]), (Halt(),)),
    "talking to nobody": ("unknown-peer", input_("C", [("a", UNIT, END)]), (Halt(),)),
}


@pytest.mark.parametrize(("code", "local_type", "program"), REJECTED.values(), ids=REJECTED)
def test_rejects(code: str, local_type: LocalType, program: Code) -> None:
    """Each kind of wrong code has its own code, and is the only thing found."""
    assert codes(one(local_type, *program)) == [code]


def test_rejects_wrong_roles() -> None:
    """An image has roles, of a size within the limits."""
    halt = (Halt(),)
    assert codes(Image("none", ())) == ["role-count"]
    for registers in (-1, 0, REGISTERS_MAX + 1):
        image = Image("registers", (RoleProgram("A", END, halt, registers),))
        assert codes(image) == ["register-count"]
    image = Image("long", (RoleProgram("A", END, halt * (CODE_MAX + 1), 1),))
    assert codes(image) == ["code-length"]


def test_everything_wrong_is_found() -> None:
    """Problems of every role, and of every path, come together in order."""
    wrong = RoleProgram("A", FOLLOW, (Choose(0, 1, table("yes")), Send(0, HOST)), 2)
    worse = RoleProgram("B", ASK, (Jump(7), Send(9, 9)), 1)
    with pytest.raises(ProgramError) as caught:
        verify(Image("all", (wrong, worse)))
    found = [problem.code for problem in caught.value.diagnostics]
    assert found == [
        *("missing-label", "not-an-output"),
        *("self-message", "address-out-of-range"),
        *("register-out-of-range", "register-out-of-range"),
    ]
    assert "role A, instruction 0 (choose)" in caught.value.diagnostics[0].message


def test_a_large_image_is_verified_quickly() -> None:
    """A ring of 200 roles takes milliseconds."""
    names = [f"r{number}" for number in range(200)]
    programs = [
        RoleProgram(
            name,
            input_(names[place - 1], [("t", NAT, output(names[place - 199], [("t", NAT, END)]))]),
            (Receive(0, 1), Send(0, 1), Halt()),
            2,
        )
        for place, name in enumerate(names)
    ]
    image = Image("ring", tuple(programs))
    start = time.perf_counter()
    verify(image)
    assert time.perf_counter() - start < 0.5


ALPHABET: Code = (
    Send(0, HOST),
    Send(0, 1),
    Send(1, 0),
    Receive(0, 1),
    Receive(0, 0),
    Offer(0, "yes", 1),
    Select(0, (("yes", 1), ("no", 2))),
    Choose(0, 1, (("yes", 1), ("no", 2))),
    Invoke("f", (), 1),
    Set(1, Nat(7)),
    Move(1, 0),
    Jump(2),
    Halt(),
)
PEERS: tuple[tuple[LocalType, LocalType, Code], ...] = (
    (END, END, (Halt(),)),
    (
        ECHO,
        output("A", [("tell", NAT, input_("A", [("again", NAT, END)]))]),
        (Send(0, HOST), Receive(0, 1), Halt()),
    ),
    (
        DECIDE,
        input_("A", [("yes", NAT, END), ("no", UNIT, END)]),
        (Choose(0, 1, (("yes", 1), ("no", 1))), Halt()),
    ),
    (
        FOLLOW,
        output("A", [("yes", NAT, END), ("no", UNIT, END)]),
        (Select(0, (("yes", 1), ("no", 3))), Send(0, HOST), Halt(), Send(0, HOST), Halt()),
    ),
)


def small_images() -> Iterator[Image]:
    """Every program of three instructions and a halt, against a peer that keeps to the type."""
    for mine, theirs, peer in PEERS:
        other = RoleProgram("B", theirs, peer, 2)
        for code in combinations(ALPHABET, repeat=3):
            yield Image("small", (RoleProgram("A", mine, (*code, Halt()), 2), other))


def static_rows(image: Image, label: int, value: Value) -> list[str]:
    """The static rows that the model reaches with a host that always answers the same."""

    def host(ask: Ask) -> Answer:
        if ask.kind == "choice":
            return Chosen(ask.labels[label % len(ask.labels)])
        return value if ask.kind == "invoke" or ask.sort is NAT else NOTHING

    model = Model(Config(), host)
    model.load(image, unverified=True)
    rows = [model.step(Pick(model.enabled()[0])) for _ in range(30) if model.enabled()]
    return [row.id for row in rows if row is not None and row.outcome.static]


def test_accepted_code_reaches_no_static_outcome() -> None:
    """Of all small programs, those accepted never do what the verifier excludes, in the model."""
    accepted = [image for image in small_images() if not codes(image)]
    assert len(accepted) > 300
    answers = [(label, value) for label in (0, 1) for value in (Nat(1), Bool(True))]
    for image in accepted:
        assert not any(static_rows(image, *answer) for answer in answers), image.programs[0].code


def test_rejected_code_is_not_all_harmless() -> None:
    """Most rejected small programs do reach what is excluded: little is rejected for nothing."""
    rejected = [image for image in small_images() if codes(image)][::20]
    guilty = [image for image in rejected if static_rows(image, 0, Nat(1))]
    assert len(guilty) > len(rejected) // 2
