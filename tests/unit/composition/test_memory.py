"""The formula of memory, held against what the engine has; budgets."""

from __future__ import annotations

import gc
import re
import tracemalloc
from typing import Any

import pytest

from antiphon import load
from antiphon.composition.memory import (
    COROUTINE_BYTES,
    MESSAGE_BYTES,
    NODE,
    NODE_BYTES,
    QUEUE_BYTES,
    RANK_BYTES,
    REGISTER_BYTES,
    SESSION_BYTES,
    TRACE_COLUMNS,
    WORD,
    MemoryBudget,
    allocated,
    budget_problems,
    grown,
    image_bytes,
    opened_rows,
    tree_nodes,
    usage,
)
from antiphon.effects.host import DefaultHost
from antiphon.engine.kernel import CHUNK
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.parity.composition_lane import image_of
from antiphon.parity.mutants_load import source_of
from tests.cli.command import ROOT
from tests.parity.machines import BUILDS
from tests.unit.composition.test_links import bundle

HANDOVER = load(ROOT / "examples" / "protocols" / "handover.scr").bundle()
PLANS = [
    [("Order", 1)],
    [("Order", 70), ("Bill", 3)],
    [("Bill", 200), ("Payment", 41), ("Order", 1)],
    [("Payment", 5000), ("Loop", 2)],
]
KINDS = "scedwhqrmn"
IMAGES = "iogktbjl"


def plan_of(counts: list[tuple[str, int]]) -> list[tuple[Any, int]]:
    """A plan of samples."""
    return [(bundle(name), count) for name, count in counts]


def opened(counts: list[tuple[str, int]], build: str) -> Engine:
    """An engine with the sessions of a plan."""
    engine = Engine(Config(), DefaultHost(), build=build, trace=False, request=unadmitted())
    for name, count in counts:
        engine.load_many(image_of(name), count)
    return engine


def bytes_in(engine: Engine, kinds: str, *names: str) -> int:
    """How many bytes the tables of the pure kernel would have compiled, whose names begin so."""
    pure: object = engine._kernel  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    slots = set(
        re.findall(r"^    (\w+): cython\.int\[", source_of("engine/kernel.py"), re.MULTILINE)
    )
    return sum(
        len(getattr(pure, name)) * (4 if name in slots else WORD)
        for name in dir(pure)
        if isinstance(getattr(pure, name), list)
        and (name[:2] in {f"{kind}_" for kind in kinds} or name in names)
    )


@pytest.mark.parametrize("counts", PLANS)
def test_every_table_is_counted(counts: list[tuple[str, int]]) -> None:
    """The formula gives the length of every table of the pure kernel, to the byte."""
    engine = opened(counts, "pure")
    assert bytes_in(engine, IMAGES, "targets", "free_first", "free_count") == image_bytes(
        image_of(name) for name, _ in counts
    )
    everything = (*IMAGES, *KINDS)
    found = bytes_in(engine, "".join(everything), "targets", "free_first", "free_count")
    assert found == allocated(plan_of(counts))


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("counts", PLANS)
def test_rows(counts: list[tuple[str, int]], build: str) -> None:
    """Either build has just as many rows as the formula says."""
    sizes = opened(counts, build).sizes
    names = ("sessions", "coroutines", "queues", "registers", "nodes")
    assert opened_rows(plan_of(counts)) == tuple(sizes[name] for name in names)
    assert sizes["messages"] == 0


@pytest.mark.parametrize("build", BUILDS)
def test_full_queues(build: str) -> None:
    """However sessions are opened, and whatever is sent, no more is used than was said."""
    counts = [("Bill", 90), ("Order", 40)]
    said = usage(plan_of(counts), Config(), trace=True, max_steps=4000)
    engine = Engine(Config(), DefaultHost(), build=build, request=unadmitted())
    for number in range(90):
        for name in ("Bill", "Order") if number < 40 else ("Bill",):
            engine.load(image_of(name))
    engine.run("cooperative", 4000)
    sizes = engine.sizes
    columns = {
        "sessions": SESSION_BYTES,
        "coroutines": COROUTINE_BYTES,
        "queues": QUEUE_BYTES,
        "registers": REGISTER_BYTES,
        "messages": MESSAGE_BYTES,
        "nodes": NODE_BYTES,
    }
    used = sum(sizes[name] * each for name, each in columns.items())
    assert sizes["messages"] > 0
    assert used + image_bytes(image_of(name) for name, _ in counts) <= said.full
    assert said.trace is not None
    assert len(engine.events()) * TRACE_COLUMNS * WORD <= said.trace
    assert said.trace % (CHUNK * TRACE_COLUMNS * WORD) == 0


@pytest.mark.parametrize("build", BUILDS)
def test_what_is_allocated(build: str) -> None:
    """The compiled kernel takes what the formula says, and little more; the pure one more."""
    counts = [("Bill", 3000), ("Order", 2000)]
    opened(counts, build)
    gc.collect()
    tracemalloc.start()
    engine = opened(counts, build)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(engine.enabled()) == 3000 * 3 + 2000 * 2
    said = allocated(plan_of(counts))
    assert said <= taken <= (1.05 if build == "compiled" else 3) * said


@pytest.mark.parametrize("build", BUILDS)
def test_ranks(build: str) -> None:
    """A policy that ranks needs no more than was said either."""
    counts = [("Bill", 90)]
    engine = opened(counts, "pure")
    before = bytes_in(engine, "ch")
    engine.run("aging", 1)
    rows = engine.sizes["coroutines"]
    assert bytes_in(engine, "ch") - before == RANK_BYTES * rows
    said = usage(plan_of(counts), Config(), trace=False, max_steps=None)
    assert said.full >= said.opened + RANK_BYTES * rows
    assert opened(counts, build).sizes == opened(counts, "pure").sizes


def test_growing_by_steps() -> None:
    """A table grows by a quarter and 64; a tree has a node for each 64 ids, and those above."""
    assert [grown(0, need) for need in (0, 1, 64, 65, 145)] == [0, 64, 64, 144, 244]
    assert [tree_nodes(ids) for ids in (0, 1, NODE, NODE + 1, NODE * NODE + 1)] == [
        0,
        1,
        1,
        3,
        68,
    ]


def test_everything_that_is_too_much_is_told() -> None:
    """At once, each with what to raise; and nothing that just fits."""
    plan = plan_of([("Order", 2), ("Bill", 1)])
    said = usage(plan, Config(), trace=True, max_steps=10)
    none = MemoryBudget(0, 0, 0, 0, 0)
    found = budget_problems(plan, said, none)
    assert [each.code for each in found] == ["memory-budget"] * 8
    assert all("raise max_" in each.help for each in found)
    assert said.trace is not None
    enough = MemoryBudget(
        max(each.per_coroutine for each in said.bundles),
        max(each.per_session for each in said.bundles),
        max(each.image for each in said.bundles),
        said.trace,
        said.full,
    )
    assert budget_problems(plan, said, enough) == []


def test_what_has_no_bound() -> None:
    """A trace without an end and programs that open sessions, unless that is allowed."""
    plan = [(HANDOVER, 1)]
    said = usage(plan, Config(), trace=True, max_steps=None)
    found = budget_problems(plan, said, MemoryBudget())
    assert [each.code for each in found] == ["memory-unbounded"] * 2
    assert "Handover can open, spawn any number of times" in found[1].message
    assert budget_problems(plan, said, MemoryBudget(allows_unbounded=True)) == []


@pytest.mark.parametrize("wrong", [-1, "1", True])
def test_no_number_of_bytes(wrong: Any) -> None:
    """A budget is in whole bytes."""
    with pytest.raises(ValueError, match="max_bytes: a whole number of bytes"):
        MemoryBudget(max_bytes=wrong)
