"""What makes each guard of each instruction fail: changes of a scene.

Two guards can fail together where their changes do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import (
    HOST,
    Acquire,
    Check,
    Choose,
    Close,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Offer,
    Open,
    Receive,
    Release,
    Select,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
)
from antiphon.bytecode.table import INSTRUCTIONS, LEVELS_MAX
from antiphon.machine.ask import Chosen, Pending, Refused
from antiphon.machine.buffer import ERROR, Buffer
from antiphon.theory.local_type import END
from antiphon.values.sort import NAT
from antiphon.values.value import Nat, Str
from tests.parity.guard_scenes import GIVEN, NOWHERE, Scene

Features: TypeAlias = Mapping[str, object]
_OPERAND: Final = {"operand": {"first": 9}}
_LAST: Final = {"operand": {"last": 9}}
_FORBIDDEN: Final = {"forbidden": {"forks": 1}}
_CHANNEL: Final = {
    "endpoint": {"is_endpoint": False},
    "session": {"is_broken": True},
    "owner": {"is_away": True},
}
_HOST: Final = {
    "pending": {"answer": Pending()},
    "refused": {"answer": Refused("no")},
}
_UNFIT: Final = {"answer": {"answer": Chosen("hi")}}
_LINK: Final = {
    "crashed": {"is_alone": True},
    "link": {"is_cut": True},
    "room": {"full": Buffer(capacity=1)},
    "overflow": {"full": Buffer(full=ERROR, capacity=1)},
}
_DENIED: Final = {"denied": {"passes": False}}
_SAID: Final = {
    "crashed": {"said": None, "is_alone": True},
    "empty": {"said": None},
    "delayed": {"is_late": True},
    "message": {"label": "odd"},
    "message-sort": {"said": NAT, "value": Nat(3)},
    **_FORBIDDEN,
}
_CARRIED: Final = {"sort": {"value": Nat(3)}, **_FORBIDDEN, "carried": {"is_lent": True}}
_HANDED: Final = {**_FORBIDDEN, **_LINK, **_HOST, **_UNFIT, **_DENIED}


def _table(scene: Scene) -> tuple[tuple[str, int], ...]:
    return tuple((label, 0) for label in scene.table)


def _scene(code: Callable[[Scene], Instruction | None], **features: object) -> Scene:
    return replace(Scene(code), **features)  # pyright: ignore[reportArgumentType]


SCENES: Final[Mapping[str, tuple[str, Scene, Mapping[str, Features]]]] = {
    "send": (
        "send",
        _scene(lambda s: Send(s.first, s.last), kind="out", last=3),
        {
            **_LAST,
            **_CHANNEL,
            "head": {"kind": "in"},
            "label": {"kind": "out two"},
            **_CARRIED,
            **_LINK,
            **_DENIED,
        },
    ),
    "send from the host": (
        "send",
        _scene(lambda s: Send(s.first, HOST), kind="out"),
        {
            **_OPERAND,
            **_CHANNEL,
            "head": {"kind": "in"},
            "label": {"kind": "out two"},
            **_HANDED,
        },
    ),
    "offer": (
        "offer",
        _scene(lambda s: Offer(s.first, s.label, s.last), kind="out two", last=3),
        {
            **_LAST,
            **_CHANNEL,
            "head": {"kind": "in two"},
            "label": {"label": "odd"},
            **_CARRIED,
            **_LINK,
            **_DENIED,
        },
    ),
    "offer from the host": (
        "offer",
        _scene(lambda s: Offer(s.first, s.label, HOST), kind="out two"),
        {
            **_OPERAND,
            **_CHANNEL,
            "head": {"kind": "in two"},
            "label": {"label": "odd"},
            **_HANDED,
        },
    ),
    "receive": (
        "receive",
        _scene(lambda s: Receive(s.first, s.last), kind="in", said=GIVEN),
        {
            **_LAST,
            **_CHANNEL,
            "head": {"kind": "out"},
            "label": {"kind": "in two"},
            **_SAID,
        },
    ),
    "choose": (
        "choose",
        _scene(lambda s: Choose(s.first, s.last, _table(s)), kind="in two", said=GIVEN),
        {
            **_LAST,
            **_CHANNEL,
            "head": {"kind": "out"},
            **_SAID,
            "table": {"table": ("so",)},
        },
    ),
    "select": (
        "select",
        _scene(lambda s: Select(s.first, _table(s)), kind="out two", answer=Chosen("hi")),
        {
            **_OPERAND,
            **_CHANNEL,
            "head": {"kind": "in"},
            **_HOST,
            "answer": {"answer": Nat(1)},
            "label": {"answer": Chosen("odd")},
            "table": {"table": ("so",)},
        },
    ),
    "open": (
        "open",
        _scene(lambda s: Open("t", (("X", END, s.last),))),
        {**_LAST, **_FORBIDDEN, "limit": {"sessions": 5}},
    ),
    "close": ("close", _scene(lambda s: Close(s.first)), {**_OPERAND, **_FORBIDDEN, **_CHANNEL}),
    "invoke": (
        "invoke",
        _scene(lambda s: Invoke("act", (), s.last)),
        {**_LAST, **_FORBIDDEN, **_HOST, **_UNFIT},
    ),
    "acquire": (
        "acquire",
        _scene(lambda s: Acquire("m", s.last)),
        {
            **_LAST,
            **_FORBIDDEN,
            "held": {"layer": "theirs"},
            "holder": {"layer": "mine"},
            **_HOST,
            **_UNFIT,
        },
    ),
    "release": (
        "release",
        _scene(lambda s: Release("m", s.last), layer="mine"),
        {
            **_LAST,
            **_FORBIDDEN,
            "holder": {"layer": ""},
            "evidence": {"value": Nat(1)},
        },
    ),
    "tag": (
        "tag",
        _scene(lambda s: Tag(s.first, 3, s.last), value=Str("a")),
        {**_LAST, **_CHANNEL, "fact": {"value": Nat(1)}},
    ),
    "check": (
        "check",
        _scene(lambda s: Check(s.first, 3, 4, s.last), value=Str("a"), number=Str("Y")),
        {**_LAST, **_CHANNEL, "fact": {"value": Nat(1)}, "target": {"number": Nat(1)}},
    ),
    "transfer": (
        "transfer",
        _scene(lambda s: Transfer(s.first, 4)),
        {
            **_OPERAND,
            **_FORBIDDEN,
            **_CHANNEL,
            "number": {"number": Str("1")},
            "target": {"number": Nat(NOWHERE)},
        },
    ),
    "spawn": (
        "spawn",
        _scene(lambda s: Spawn(0, (0,), s.last)),
        {**_LAST, **_FORBIDDEN, "owner": {"is_away": True}, "limit": {"coroutines": 3}},
    ),
    "fork": (
        "fork",
        _scene(lambda s: Fork(s.first), first=4),
        {**_OPERAND, "ghost": {"number": Str("1")}, "depth": {"forks": LEVELS_MAX}},
    ),
    "halt": (
        "halt",
        _scene(lambda _: Halt(), is_lent=True),
        {**_FORBIDDEN, "unfinished": {"kind": "in"}, "held": {"layer": "mine"}},
    ),
    "fetch": (
        "fetch",
        _scene(lambda s: Set(0, Nat(1)) if s.is_endpoint else None),
        {
            "budget": {"budget": True},
            "crashed": {"is_failing": True, "is_paused": False},
            "paused": {"is_failing": False, "is_paused": True},
            "address": {"is_endpoint": False},
        },
    ),
}


def failing(name: str, most: int | None = None) -> Iterator[tuple[str, str, Scene]]:
    """The row to be reached, another guard, and the scene of that name in which both fail, for
    every guard: by itself, and with each later one of the table, or the next ``most`` that can.
    """
    instruction, base, bad = SCENES[name]
    rows = [one for one in INSTRUCTIONS[instruction].outcomes if one.clause in bad]
    for number, row in enumerate(rows):
        one = bad[row.clause]
        others = (other.clause for other in rows[number:] if _agree(one, bad[other.clause]))
        for other in islice(others, most):
            both = {**one, **bad[other]}
            scene = replace(base, **both)  # pyright: ignore[reportArgumentType]
            yield f"{instruction}.{row.code}.{row.clause}", other, scene


def _agree(one: Features, other: Features) -> bool:
    return all(one[feature] == other[feature] for feature in one.keys() & other.keys())
