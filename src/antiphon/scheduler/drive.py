"""Running any machine under a policy, one step after the other, and what the run came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from antiphon.errors import Refusal
from antiphon.machine.choice import Advance, Pick
from antiphon.machine.contracts import Gated, require_policy
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Outcome, Report, Waiting
from antiphon.machine.snapshot import Snapshot
from antiphon.scheduler.lineup import Lineup, lineup_of
from antiphon.scheduler.policies import Policy, policy_named


def drive(
    machine: Machine,
    policy: str | Policy,
    max_steps: int | None = None,
    on_step: Callable[[Pick], None] | None = None,
) -> Report:
    """Step under a policy until nothing is ready or ``max_steps`` steps are taken.

    While nobody is ready but somebody waits for a tick, time passes until then, at the end too.
    ``on_step`` is called after each step with what was picked. Raises ``Refusal``:
    ``unknown-policy``, ``not-admitted`` for a machine that passed its gate for another policy, and
    ``not-ready`` when a policy picks what it must not.
    """
    if isinstance(machine, Gated):
        require_policy(machine.request, policy if isinstance(policy, str) else None)
    pick = policy_named(policy, partial(_look, machine)) if isinstance(policy, str) else policy
    last = machine.snapshot().last_pick
    steps = 0
    while True:
        ready = machine.enabled()
        if not ready:
            tick = machine.snapshot().deadline
            if tick is None:
                break
            machine.step(Advance(tick))
            continue
        if steps == max_steps:
            break
        last = pick(ready, last)
        choice = Pick(last)
        if machine.step(choice) is None:
            raise Refusal("not-ready", f"the policy picked coroutine {last}, which is not ready")
        steps += 1
        if on_step is not None:
            on_step(choice)
    return report(steps, machine.snapshot())


def _look(machine: Machine) -> Lineup:
    return lineup_of(machine.snapshot(), machine.config)


def report(steps: int, end: Snapshot) -> Report:
    """The report on a run of ``steps`` steps that came to ``end``."""
    outcome = outcome_of(end)
    return Report(steps, outcome, wait_for(end) if outcome is Outcome.DEADLOCK else ())


def outcome_of(end: Snapshot) -> Outcome:
    """How a run ended that came to ``end``: the first that applies, as ``Outcome`` lists them."""
    if end.ready or end.deadline is not None:
        return Outcome.EXHAUSTED
    if any(one.status == "faulted" for one in end.coroutines):
        return Outcome.FAULTED
    reasons = {one.block.code for one in end.coroutines if one.block is not None}
    if "host-wait" in reasons:
        return Outcome.QUIESCENT
    return Outcome.DEADLOCK if reasons else Outcome.DONE


def wait_for(state: Snapshot) -> tuple[Waiting, ...]:
    """The wait-for graph: who waits on which queue or layer, and whose turn it would be."""
    return tuple(_edges(state))


def _edges(state: Snapshot) -> Iterator[Waiting]:
    owners = {
        (session.id, end.role): end.owner for session in state.sessions for end in session.endpoints
    }
    cut = {
        (session.id, edge.sender, edge.receiver)
        for session in state.sessions
        for edge in session.edges
        if edge.up_at is None
    }
    holders = {guard.layer: guard.holder for guard in state.guards}
    for one in state.coroutines:
        if one.block is not None and one.block.code not in ("host-wait", "pause-wait"):
            if one.block.code == "acquire-wait":
                name, at = one.block.layer, one.block.session
                yield Waiting(one.id, one.role, at, "", "", holders.get(name), layer=name)
                continue
            edge = (one.block.session, one.block.sender, one.block.receiver)
            far = one.block.sender if one.block.code == "receive-wait" else one.block.receiver
            owner = owners.get((one.block.session, far))
            yield Waiting(one.id, one.role, *edge, owner, is_cut=far == edge[2] and edge in cut)
