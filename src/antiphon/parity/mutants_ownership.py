"""The seeded faults of the model's ownership: who owns an endpoint, who is spawned, who leaves."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_OWNERSHIP: Final = "model/rules/ownership.py"
_COMMIT: Final = "model/commit.py"
_CONTROL: Final = "model/rules/control.py"
_EFFECT: Final = "model/rules/effect.py"

OWNERSHIP_MUTANTS: Final = (
    Mutant(
        "model-transfer-to-the-dead",
        "an endpoint goes to a coroutine that is done or faulted",
        _OWNERSHIP,
        'target is None or target.status in ("done", "faulted")',
        "target is None",
    ),
    Mutant(
        "model-transfer-any-number",
        "what is no number is taken for the id of the stepper",
        _OWNERSHIP,
        'at.fault(TYPE_VIOLATION, "number")',
        "number = Nat(me.id)",
    ),
    Mutant(
        "model-transfer-to-itself",
        "who gives an endpoint to itself owns it no more",
        _OWNERSHIP,
        "if target.id == me.id:",
        "if target.id < 0:",
    ),
    Mutant(
        "model-transfer-keeps",
        "who has given an endpoint away fails with it",
        _OWNERSHIP,
        "        stepped.losing(endpoint),",
        "        stepped,",
    ),
    Mutant(
        "model-transfer-gains-nothing",
        "who was given an endpoint may halt in the middle of it",
        _OWNERSHIP,
        "others=(target.gaining(endpoint),)",
        "others=(target,)",
    ),
    Mutant(
        "model-spawn-gives-twice",
        "one endpoint is given twice",
        _OWNERSHIP,
        "at.require(mine and value not in given,",
        "at.require(mine,",
    ),
    Mutant(
        "model-spawn-gives-of-others",
        "an endpoint of another is given",
        _OWNERSHIP,
        "at.require(mine and value not in given,",
        "at.require(value not in given,",
    ),
    Mutant(
        "model-spawn-no-limit",
        "one coroutine more than there may be",
        _OWNERSHIP,
        "state.alive < limit",
        "state.alive <= limit",
    ),
    Mutant(
        "model-spawn-lines",
        "children have their parent's number of children before the parent's line",
        _OWNERSHIP,
        "line=(*me.line, me.children)",
        "line=(me.children, *me.line)",
    ),
    Mutant(
        "model-spawn-keeps",
        "the parent still owns what its child was given",
        _OWNERSHIP,
        "me.with_register(i.dst, Nat(child.id)).losing(*given)",
        "me.with_register(i.dst, Nat(child.id))",
    ),
    Mutant(
        "model-spawn-too-many-arguments",
        "a child is given more than it has registers for",
        _OWNERSHIP,
        "len(i.args) <= len(me.registers)",
        "len(i.args) <= 1000",
    ),
    Mutant(
        "model-child-behind",
        "a child is ready behind those who were woken",
        _COMMIT,
        "        ready=(*state.ready, child.id),",
        "        ready=(*state.ready[:-1], child.id, *state.ready[-1:]),",
    ),
    Mutant(
        "model-home-forgets-children",
        "children that are done stay when their session ends",
        _COMMIT,
        "members=(*home.members, child.id)",
        "members=home.members",
    ),
    Mutant(
        "model-end-takes-all",
        "who is not done leaves with its session",
        "model/ending.py",
        'if coroutines[number].status == "done":',
        'if coroutines[number].status != "":',
    ),
    Mutant(
        "model-late-halt-stays",
        "who is done after its session stays in the state",
        _COMMIT,
        "if state.sessions.find(me.session) is None:",
        "if me.id < 0:",
    ),
    Mutant(
        "model-halt-of-the-home-only",
        "only the endpoint of its own role must be at its end",
        _CONTROL,
        'at.require(side.type is END, TYPE_VIOLATION, "unfinished")',
        'at.require(side.type is END or role != me.program.role, TYPE_VIOLATION, "unfinished")',
    ),
    Mutant(
        "model-invoke-as-the-role",
        "a coroutine that is not at home asks as its role",
        _EFFECT,
        "    if home is None:\n        return",
        "    if home is None and me.id < 0:\n        return",
    ),
    Mutant(
        "model-spawn-counts-dead",
        "a coroutine that is done counts against the limit",
        _OWNERSHIP,
        "limit is None or state.alive < limit",
        "limit is None or state.next_coroutine < limit",
    ),
)
