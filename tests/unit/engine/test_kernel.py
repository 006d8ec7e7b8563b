"""The kernel: every row of the instruction table, and what a step leaves behind."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from antiphon.bytecode.instruction import Abort, Join, Jump, Receive, Send
from antiphon.bytecode.program import RECEIVED
from antiphon.bytecode.table import LEVELS_MAX, ROW_NUMBER, ROWS, TABLE
from antiphon.engine import kernel
from antiphon.engine.build import kernel_class
from antiphon.engine.machine import OUTCOMES, Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.event import KINDS, Faulted, OutputDenied, SessionFaulted
from antiphon.machine.interface import POLICIES
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import rec, var
from tests.unit.engine.images import (
    duo,
    handshake,
    internals,
    ping_pong,
    receives,
    ring,
    rows,
    sends,
)
from tests.unit.engine.row_cases import CASES, FORK, ONE, SETTINGS


def test_every_row_has_a_case() -> None:
    """The cases are the rows of the table, in its order."""
    assert set(CASES) == {row.id for row in ROWS}


@pytest.mark.parametrize("row", CASES)
def test_row_is_reached(row: str, build: str) -> None:
    """Each row is reached, and its coroutine is then in the state that the row stands for."""
    image, host = CASES[row]
    engine = Engine(SETTINGS.get(row, Config(1)), host, build=build, request=unadmitted())
    engine.load(image, unverified=True)
    reached: list[str] = []
    for step in rows(engine):
        reached.append(step)
        if step == row:
            break
    assert reached[-1] == row
    kind = ROWS[ROW_NUMBER[row]].outcome.kind
    snapshot = engine.snapshot()
    picked = [view for view in snapshot.coroutines if view.id == snapshot.last_pick]
    if kind == "wait":
        assert picked[0].status == "blocked"
        assert picked[0].block is not None
        assert picked[0].block.code == row.split(".")[1]
    elif kind == "fault":
        assert picked[0].status == "faulted"
        assert picked[0].fault is not None
        assert picked[0].fault.row == row
        contained = row != "fetch.crash.crashed"
        assert snapshot.sessions[0].status == ("faulted" if contained else "active")
    elif row != "halt.ok.commit":
        assert picked[0].status == "ready"


def test_constants_are_the_table() -> None:
    """The kernel's numbers of rows and instructions are those of the table, name by name."""
    for number, row in enumerate(ROWS):
        name = f"{row.instruction}_{row.outcome.clause}".upper().replace("-", "_")
        assert getattr(kernel, name) == number
    for number, row in enumerate(TABLE):
        name = row.name.upper()
        assert getattr(kernel, "TAG_" if name == "TAG" else name) == number
    assert tuple(range(len(ROWS))) == kernel.ROWS
    assert kernel.LEVELS == LEVELS_MAX
    assert kernel.LAST == RECEIVED


def test_constants_are_those_of_the_treaty() -> None:
    """The kernel's numbers of events are those of the treaty, name by name."""
    names: dict[type, str] = {
        Faulted: "FAILED",
        SessionFaulted: "SESSION_FAILED",
        OutputDenied: "DENIED",
    }
    for number, kind in enumerate(KINDS):
        assert getattr(kernel, names.get(kind, kind.__name__.upper())) == number


def test_words_and_columns_have_63_bits() -> None:
    """What is packed together fits, and no field reaches into its neighbour or the sign."""
    assert kernel.TAG_BITS + kernel.ROLE_BITS + kernel.SESSION_BITS == 63
    assert kernel.TAG_BITS + kernel.SORT_BITS + kernel.OBJECT_BITS == 63
    assert kernel.KIND_BITS + kernel.CLOCK_BITS == 63
    assert kernel.PAYLOAD_BITS + kernel.COROUTINE_BITS == 63
    assert kernel.TAG == 2**kernel.TAG_BITS - 1 >= kernel.FOREIGN_TAG
    assert kernel.ROLE == 2**kernel.ROLE_BITS - 1
    assert kernel.SORT == 2**kernel.SORT_BITS - 1
    assert len(KINDS) <= 2**kernel.KIND_BITS
    assert len(ROWS) <= 2**kernel.PAYLOAD_BITS


GROUPS = {
    "s_": "s_id",
    "c_": "c_id",
    "e_": "c_id",
    "q_": "q_head",
    "m_": "m_label",
    "n_": "n_up",
    "v_": "v_up",
    "y_": "y_next",
}
"""The tables that grow together, and the one whose length is tested."""
RANKS = {"c_weight", "c_key", "c_tie", "c_place"}
"""The tables that there are only for a policy that ranks."""


def test_a_growth_that_fails_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever memory runs out, no table is left shorter than the one that is looked at."""
    real: Callable[[list[int], int], list[int]] = cast("Any", kernel).grown
    assert real([1], 3) == cast("Any", kernel).grown_narrow([1], 3) == [1, 0, 0]
    left = 0

    def grown(old: list[int], size: int) -> list[int]:
        nonlocal left
        left -= 1
        if left == 0:
            raise MemoryError
        return real(old, size)

    monkeypatch.setattr(kernel, "grown", grown)
    monkeypatch.setattr(kernel, "grown_narrow", grown)
    image, failures = ping_pong(), 0
    for failing in range(1, 60):
        left = failing
        engine = Engine(Config(), ONE, build="pure", trace=False, request=unadmitted())
        try:
            engine.load_many(image, 200)
            engine.run("cooperative", 3000)
        except MemoryError:
            failures += 1
        left = 0
        found = internals(engine)
        for name, table in found.items():
            tested = GROUPS.get(name[:2])
            if tested is not None and isinstance(table, list) and name not in RANKS:
                wanted = len(found[tested]) * (64 if name == "n_child" else 1)
                assert len(found[name]) >= wanted, (failing, name)
        engine.load_many(image, 300)
        engine.run("cooperative", 3000)
        engine.snapshot()
    assert failures > 40


def test_ranks_cost_only_who_ranks() -> None:
    """The tables of the heap are made for the first policy that needs them, and grow from then."""
    engine = Engine(Config(), ONE, build="pure", trace=False)
    engine.load_many(ping_pong(), 100)
    engine.run("cooperative", 100)
    found = internals(engine)
    assert all(found[name] == [] for name in (*RANKS, "h_slot"))
    vars(engine)["_kernel"].run(kernel.PRIORITY, 100)
    engine.load_many(ping_pong(), 200)
    found = internals(engine)
    for name in (*RANKS, "h_slot"):
        assert len(found[name]) == len(found["c_id"]) >= 600


def test_slots_are_numbers_of_32_bits() -> None:
    """A table for more slots than can be counted is refused as memory that is not there."""
    room: Callable[[int, int], int] = cast("Any", kernel).room
    assert room(0, kernel.SLOTS) == kernel.SLOTS
    with pytest.raises(MemoryError):
        room(0, kernel.SLOTS + 1)
    with pytest.raises(MemoryError):
        room(kernel.SLOTS - 10, 0)


def test_an_image_that_fails_half_way_leaves_nothing(build: str) -> None:
    """If a row cannot be taken, the kernel is as if the image had never been there."""
    make = kernel_class(build)
    tables = [make(answer_nothing, list(OUTCOMES), -1, 9, 9, True) for _ in range(2)]
    role, cell, state, branch = (
        (0, 0, 1, 0, 0, 1, 8),
        (kernel.YIELD, 0, 0, 0, 0),
        (kernel.END, 0, 0, 0),
        (-1, 0, 0, 0),
    )
    halt = (kernel.HALT, 0, 0, 0, 0)
    good: tuple[Any, ...] = ((1, 0, 1), [role], [], [cell, halt], [state], [branch], [(-1, 0)])
    for place in (1, 3, 4, 5, 6):
        bad: list[Any] = list(good)
        bad[place] = [*bad[place], None]
        with pytest.raises(TypeError):
            tables[0].install(*bad)
    bad = [(2, 0, 1), *good[1:6], [(-1, None)]]
    with pytest.raises(TypeError):
        tables[0].install(*bad)
    for one in tables:
        assert one.install(*good) == 0
        assert one.load(0, 2) == 0
        assert one.run(kernel.COOPERATIVE, 100) == 4
    assert tables[0].counters() == tables[1].counters()


def answer_nothing(*_: int) -> int:
    """A host that is never asked."""
    raise AssertionError


def test_what_forks_keep_makes_room_again(build: str) -> None:
    """Forks that were closed leave their slots to those that come."""
    code = (*FORK, Send(0, 1), Abort(), *FORK, Send(0, 1), Join(), Jump(0))
    local = rec("X", sends("B", "m", then=var("X")))
    hears = rec("X", receives("A", "m", then=var("X")))
    engine = Engine(Config(), ONE, build=build, trace=False, request=unadmitted())
    engine.load(duo(local, code, hears, (Receive(0, 1), Jump(0))))
    engine.run("cooperative", 100)
    before = engine.sizes
    engine.run("cooperative", 3000)
    assert engine.sizes == before


def test_functions_stand_in_the_order_of_the_table() -> None:
    """One function per instruction, named like it, in its order."""
    tree = ast.parse(Path(kernel.__file__).read_text(encoding="utf-8"))
    (body,) = [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
    found = [node.name.rstrip("_") for node in body if isinstance(node, ast.FunctionDef)]
    wanted = [row.name for row in TABLE if row.name != "fetch"]
    assert [name for name in found if name in wanted] == wanted


@pytest.mark.parametrize("policy", POLICIES)
def test_picks_in_a_crowd(policy: str, build: str) -> None:
    """Of many, each is picked in its turn: in pieces, in one go, and pick by pick."""
    config = Config(2, (("A", 3), ("R2", -7), ("R4", 3)))
    pieces, whole, single = (
        Engine(config, ONE, build=build, trace=False, request=unadmitted()) for _ in range(3)
    )
    for engine in (pieces, whole, single):
        for image in (handshake(), ping_pong(), ring(5, 20)):
            engine.load_many(image, 7)
    whole.run(policy, 1500)
    for steps in (1, 2, 500, 997):
        pieces.run(policy, steps)
    drive(single, policy, 1500)
    assert whole.snapshot() == pieces.snapshot() == single.snapshot()


def test_slots_serve_again(build: str) -> None:
    """Opening and ending 100,000 sessions needs the tables of one, and no id twice."""
    engine = Engine(Config(1), ONE, build=build, trace=False, request=unadmitted())
    image = handshake()
    engine.load(image)
    engine.run("round-robin")
    before = engine.sizes
    count = 100_000 if build == "compiled" else 5_000
    for session in range(1, count):
        assert engine.load(image) == session
        engine.run("round-robin" if session % 2 else "cooperative")
    assert engine.sizes == before
    snapshot = engine.snapshot()
    assert (snapshot.sessions, snapshot.coroutines) == ((), ())
    assert snapshot.counters.sessions_ended == count
    assert snapshot.next_coroutine == 2 * count
