"""Images written by hand, hosts, and a driver: what the engine's unit tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

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
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Answer, Ask, Chosen, Pending, Refused
from antiphon.machine.choice import Pick
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import BOOL, NAT, STR, UNIT, Sort, has_sort, named, product
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

Code = tuple[Instruction, ...]
STOP: Code = (Halt(),)


def sends(peer: str, label: str, sort: Sort = NAT, then: LocalType = END) -> LocalType:
    """The type that sends one message."""
    return output(peer, [(label, sort, then)])


def receives(peer: str, label: str, sort: Sort = NAT, then: LocalType = END) -> LocalType:
    """The type that receives one message."""
    return input_(peer, [(label, sort, then)])


def duo(
    first: LocalType, code: Code, second: LocalType = END, other: Code = STOP, *, size: int = 3
) -> Image:
    """An image of roles A and B."""
    return Image(
        "duo", (RoleProgram("A", first, code, size), RoleProgram("B", second, other, size))
    )


def alone(local_type: LocalType, *code: Instruction, size: int = 3) -> Image:
    """An image of the one role A; the peers that its type speaks of do not exist."""
    return Image("alone", (RoleProgram("A", local_type, code, size),))


def ping_pong() -> Image:
    """Two roles that send a number to and fro for ever."""
    a = rec("X", sends("B", "ping", then=receives("B", "pong", then=var("X"))))
    b = rec("X", receives("A", "ping", then=sends("A", "pong", then=var("X"))))
    return duo(
        a,
        (Set(1, Nat(7)), Send(0, 1), Receive(0, 1), Jump(1)),
        b,
        (Receive(0, 1), Send(0, 1), Jump(0)),
    )


def handshake() -> Image:
    """One message, then both halt."""
    return duo(
        sends("B", "hello", UNIT),
        (Send(0, 1), Halt()),
        receives("A", "hello", UNIT),
        (Receive(0, 1), Halt()),
    )


CHOICE = output("B", [("more", NAT, END), ("stop", BOOL, END), ("text", STR, END)])
DUAL = input_("A", [("more", NAT, END), ("stop", BOOL, END), ("text", STR, END)])


def decided() -> Image:
    """A decides among three labels, B takes what comes."""
    table = (("more", 1), ("stop", 3), ("text", 5))
    code: list[Instruction] = [Select(0, table)]
    for label, _ in table:
        code += [Offer(0, label, HOST), Halt()]
    return duo(
        CHOICE,
        tuple(code),
        DUAL,
        (Choose(0, 1, (("stop", 1), ("text", 2), ("more", 2))), Halt(), Halt()),
    )


def ring(size: int, rounds: int) -> Image:
    """A token that goes round ``rounds`` times, then all halt."""
    programs: list[RoleProgram] = []
    for place in range(size):
        after, before = f"R{(place + 1) % size}", f"R{(place - 1) % size}"
        local: LocalType = END
        for _ in range(rounds):
            if place == 0:
                local = sends(after, "t", then=receives(before, "t", then=local))
            else:
                local = receives(before, "t", then=sends(after, "t", then=local))
        turn: Code = (Send(0, 1), Receive(0, 1)) if place == 0 else (Receive(0, 1), Send(0, 1))
        start: Code = (Set(1, Nat(0)),) if place == 0 else ()
        programs.append(RoleProgram(f"R{place}", local, (*start, *turn * rounds, Halt()), 2))
    return Image("ring", tuple(programs))


class Script:
    """A host that gives scripted answers, then the last one for ever, and keeps the questions."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asks: list[Ask] = []

    def __call__(self, ask: Ask) -> Answer:
        """The next answer."""
        self.asks.append(ask)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def answers_with(value: Value, label: str = "more") -> Callable[[Ask], Answer]:
    """A host that always gives this value, and decides for this label."""
    return lambda ask: Chosen(label) if ask.kind == "choice" else value


def arbitrary(random: Random) -> Image:
    """An image that need not make any sense; half of them nearly do."""
    if random.random() < 0.5:
        return _conversation(random)
    names = ("A", "B", "C")
    programs: list[RoleProgram] = []
    for role in names[: random.randint(1, 3)]:
        size = random.choice((0, 1, 2, 3, 3, 3))
        code = tuple(_instruction(random, size) for _ in range(random.randint(0, 8)))
        programs.append(RoleProgram(role, _type(random, 3, ()), code, size))
    return Image("arbitrary", tuple(programs))


VALUES: tuple[Value, ...] = (
    Nat(0),
    Nat(2**64),
    Bool(True),
    Str("s"),
    Unit(),
    Prod(Nat(1), Str("x")),
    Blob("int", b"1"),
    *(Endpoint(session, role) for session in (0, 1, 2**50) for role in ("A", "B", "Z")),
)
_SORTS = (NAT, NAT, NAT, BOOL, UNIT, product(NAT, STR), named("int"))
_LABELS = ("a", "b", "c")


def _conversation(random: Random) -> Image:
    """A and B take turns, and perhaps misunderstand each other somewhere."""
    locals_: list[LocalType] = [END, END]
    codes: list[list[Instruction]] = [[Halt()], [Halt()]]
    turns = random.randint(1, 4)
    for turn in reversed(range(turns)):
        speaker = random.randrange(2)
        branches = [(label, random.choice(_SORTS)) for label in random.sample(_LABELS, 2)]
        branches = branches[: random.randint(1, 2)]
        heard = list(branches)
        if random.random() < 0.2:
            heard[0] = (random.choice(("a", "z")), random.choice(_SORTS))
        for place, known in ((speaker, branches), (1 - speaker, heard)):
            make, then = (output, input_)[place != speaker], locals_[place]
            locals_[place] = make("BA"[place], [(label, sort, then) for label, sort in known])
        table = tuple((label, turn + 1) for label, _ in heard)
        single = len(heard) == 1 and random.random() < 0.7
        said: Instruction = Offer(0, branches[0][0], HOST)
        if len(branches) == 1 and random.random() < 0.7:
            said = Send(0, random.choice((HOST, HOST, HOST, 1)))
        codes[speaker].insert(0, said)
        codes[1 - speaker].insert(
            0, Receive(0, 1) if single else Choose(0, 1, table[random.random() < 0.1 :])
        )
    if random.random() < 0.3:
        codes[0][random.randrange(len(codes[0]))] = _instruction(random, 3)
    return duo(locals_[0], tuple(codes[0]), locals_[1], tuple(codes[1]))


def _type(random: Random, depth: int, bound: tuple[str, ...]) -> LocalType:
    kind = random.randrange(8)
    if depth == 0 or kind == 0:
        return var(random.choice(bound)) if bound and random.random() < 0.7 else END
    peer = random.choice(("A", "B", "B", "C", "D"))
    if kind == 1:
        inner = (*bound, f"X{depth}")
        return rec(f"X{depth}", sends(peer, "a", then=_type(random, depth - 1, inner)))
    branches = [
        (label, random.choice(_SORTS), _type(random, depth - 1, bound))
        for label in random.sample(_LABELS, random.choice((1, 1, 2, 3)))
    ]
    return output(peer, branches) if kind % 2 else input_(peer, branches)


def _instruction(random: Random, size: int) -> Instruction:
    def register() -> int:
        return random.choice((0, 0, 0, 1, 1, 2, random.randint(-2, size + 1)))

    def source() -> int:
        return random.choice((HOST, register()))

    def table() -> tuple[tuple[str, int], ...]:
        labels = random.sample(_LABELS, random.randint(0, 3))
        return tuple((label, random.choice((0, 1, 2, 3, -7, 2**70))) for label in labels)

    makers: tuple[Callable[[], Instruction], ...] = (
        lambda: Send(register(), source()),
        lambda: Receive(register(), register()),
        lambda: Offer(register(), random.choice(_LABELS), source()),
        lambda: Choose(register(), register(), table()),
        lambda: Select(register(), table()),
        lambda: Invoke("act", (register(), register()), register()),
        lambda: Set(register(), random.choice(VALUES)),
        lambda: Move(register(), register()),
        lambda: Jump(random.choice((0, 1, 2, 3, 40, -1, 2**80))),
        Yield,
        Halt,
    )
    return random.choice((*makers[:5], *makers))()


def whim(random: Random) -> Callable[[Ask], Answer]:
    """A host that answers anything."""

    def host(ask: Ask) -> Answer:
        if random.random() < 0.2:
            return random.choice((Pending(), Refused(""), Chosen("z")))
        if ask.kind == "choice":
            return Chosen(random.choice(ask.labels or _LABELS))
        fitting = [value for value in VALUES if ask.sort is None or has_sort(value, ask.sort)]
        return random.choice(fitting or list(VALUES))

    return host


def refuses(_: Ask) -> Answer:
    """A host that has nothing to say."""
    return Refused("no")


def dawdles(_: Ask) -> Answer:
    """A host that is never ready."""
    return Pending()


def internals(engine: Engine) -> dict[str, Any]:
    """The tables and counters of an engine whose kernel is the pure one."""
    kernel: object = vars(engine)["_kernel"]
    return vars(kernel)


def rows(engine: Engine, limit: int = 200) -> Iterator[str]:
    """The rows that a cooperative run reaches, one step at a time."""
    for _ in range(limit):
        ready = engine.enabled()
        if not ready:
            return
        row = engine.step(Pick(ready[0]))
        assert row is not None
        yield row.id
