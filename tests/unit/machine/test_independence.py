"""Why runs of a program may depend on the schedule."""

from __future__ import annotations

import pytest

from antiphon.bytecode.instruction import (
    Acquire,
    Close,
    Halt,
    Instruction,
    Open,
    Spawn,
    Transfer,
    Yield,
)
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.buffer import DROP, LATEST, Buffer
from antiphon.machine.config import Config
from antiphon.machine.failure import Crash
from antiphon.machine.independence import schedule_dependent
from antiphon.machine.output_condition import AllowAll, DenyAll
from antiphon.theory.local_type import END


def image(*code: Instruction, roles: str = "A") -> Image:
    """An image in which each role runs this code."""
    return Image("p", tuple(RoleProgram(role, END, (*code, Halt()), 3) for role in roles))


@pytest.mark.parametrize("policy", ["cooperative", "round-robin"])
def test_independent(policy: str) -> None:
    """Messages, yields, outputs that all may leave: no reason."""
    config = Config(1, buffers=(("A", "B", Buffer(capacity=3)),), outputs=AllowAll())
    assert schedule_dependent([(image(Yield()), 3)], config, policy) == ()


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (Config(buffers=(("A", "B", Buffer(LATEST)),)), "overwritten"),
        (Config(buffers=(("A", "B", Buffer(full=DROP)),)), "lost"),
        (Config(failures=(Crash(0, "A", 0),)), "fails"),
        (Config(budget=9), "budget"),
        (Config(max_sessions=9), "limit"),
        (Config(max_coroutines=9), "limit"),
        (Config(outputs=DenyAll()), "deny"),
    ],
)
def test_settings(config: Config, words: str) -> None:
    """What of a configuration is a reason."""
    (reason,) = schedule_dependent([(image(), 1)], config)
    assert words in reason


@pytest.mark.parametrize("policy", ["priority", "aging", "token-weighted", "progress-aware"])
def test_policies(policy: str) -> None:
    """Policies that look further are a reason."""
    assert policy in schedule_dependent([(image(), 1)], Config(), policy)[0]


@pytest.mark.parametrize(
    "instruction", [Open("q", ()), Spawn(0, (), 1), Close(0), Transfer(0, 1)], ids=str
)
def test_instructions(instruction: Instruction) -> None:
    """What of the code is a reason, said once for a role."""
    (reason,) = schedule_dependent([(image(instruction, instruction), 2)], Config())
    assert reason.startswith("A of p ")


def test_layers() -> None:
    """A guard layer is a reason if several coroutines want it, of one session or of several."""
    alone = image(Acquire("l", 1))
    assert schedule_dependent([(alone, 1)], Config()) == ()
    assert "layer l" in schedule_dependent([(alone, 2)], Config())[0]
    assert "layer l" in schedule_dependent([(alone, 1), (image(Acquire("l", 2)), 1)], Config())[0]
    both = image(Acquire("l", 1), roles="AB")
    assert schedule_dependent([(both, 1)], Config()) == (
        "several coroutines want the guard layer l",
    )
