"""The seeded faults of the model."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_ATTEMPT, _COMMIT, _STATE = "model/attempt.py", "model/commit.py", "model/state.py"
_STEP, _LOAD, _SCHEDULE = "model/step.py", "model/load.py", "model/schedule.py"
_COMMUNICATION, _TRANSIT = "model/rules/communication.py", "model/transit.py"
_CHOICE, _CONTROL, _EFFECT = (
    "model/rules/choice.py",
    "model/rules/control.py",
    "model/rules/effect.py",
)

MODEL_MUTANTS: Final = (
    Mutant(
        "model-wake-order",
        "woken coroutines become ready in descending id",
        _COMMIT,
        "ready = (*state.ready, *sorted(woken))",
        "ready = (*state.ready, *reversed(sorted(woken)))",
    ),
    Mutant(
        "model-woken-first",
        "woken coroutines are ready before the stepper",
        _COMMIT,
        '        ready=state.ready if me.status == "done" else (*state.ready, me.id),\n    )\n',
        '    )\n    if me.status != "done":\n        state = wake(state, change.woken)\n'
        "        change = replace(change, woken=())\n"
        "        state = replace(state, ready=(*state.ready, me.id))\n",
    ),
    Mutant(
        "model-requeue-front",
        "the stepper goes to the front of the ready queue",
        _COMMIT,
        "else (*state.ready, me.id)",
        "else (me.id, *state.ready)",
    ),
    Mutant(
        "model-wake-keeps-block",
        "a woken coroutine keeps its block reason",
        _COMMIT,
        'status="ready", block=None',
        'status="ready"',
    ),
    Mutant(
        "model-pc-moves-on-wait",
        "a wait moves pc",
        _COMMIT,
        'replace(me, status="blocked", block=reason)',
        'replace(me, status="blocked", block=reason, pc=me.pc + 1)',
    ),
    Mutant(
        "model-wait-is-free",
        "a wait costs nothing",
        _COMMIT,
        'replace(me, status="blocked", block=reason)',
        'replace(me, status="blocked", block=reason, cost=me.cost - 1)',
    ),
    Mutant(
        "model-no-containment",
        "a session survives the fault of its coroutine",
        "model/ending.py",
        'if session is not None and session.status == "active":\n',
        'if session is not None and session.status == "":\n',
    ),
    Mutant(
        "model-faulted-keeps-queues",
        "containment leaves the messages in their queues",
        "model/ending.py",
        'replace(session, status="faulted", endpoints=endpoints, queues={})',
        'replace(session, status="faulted", endpoints=endpoints)',
    ),
    Mutant(
        "model-contains-host-waits",
        "containment wakes those who wait for the host",
        "model/ending.py",
        "reason.session == session.id and reason.code in QUEUE_WAITS",
        "reason.session == session.id",
    ),
    Mutant(
        "model-ends-early",
        "a session ends with its first released endpoint",
        "model/ending.py",
        "    return all(\n        side.type is END",
        "    return any(\n        side.type is END",
    ),
    Mutant(
        "model-token-lost",
        "a token is never spent",
        _STATE,
        "tokens=endpoint.tokens + change",
        "tokens=endpoint.tokens + max(change, 0)",
    ),
    Mutant(
        "model-queue-lifo",
        "the newest message stands at the front of its queue",
        _TRANSIT,
        "(*queue, message)",
        "(message, *queue)",
    ),
    Mutant(
        "model-capacity",
        "a queue holds one message more than its capacity",
        _TRANSIT,
        "held >= _capacity(",
        "held > _capacity(",
    ),
    Mutant(
        "model-receive-any-label",
        "``receive`` accepts a type with several labels",
        _COMMUNICATION,
        "    if not isinstance(state, Input):\n"
        '        at.fault(TYPE_VIOLATION, "head")\n'
        "    at.require(len(state.branches) == 1,",
        "    if not isinstance(state, Input):\n"
        '        at.fault(TYPE_VIOLATION, "head")\n'
        "    at.require(len(state.branches) >= 1,",
    ),
    Mutant(
        "model-message-sort-unchecked",
        "a message of another sort is received",
        _COMMUNICATION,
        'at.require(still_fits(at.state, value, sort), TYPE_VIOLATION, "message-sort")',
        'at.require(value is not None, TYPE_VIOLATION, "message-sort")',
    ),
    Mutant(
        "model-payload-sort-unchecked",
        "a register's value is sent whatever its sort",
        _COMMUNICATION,
        'at.require(fits(at.state, given, sort), TYPE_VIOLATION, "sort")',
        'at.require(source >= 0, TYPE_VIOLATION, "sort")',
    ),
    Mutant(
        "model-type-stays",
        "sending does not advance the type",
        _COMMUNICATION,
        "replace(channel.side, type=after(state, label), answers=",
        "replace(channel.side, type=state, answers=",
    ),
    Mutant(
        "model-answers-count",
        "a send from a register uses a host answer up",
        _COMMUNICATION,
        "answers=channel.side.answers + (not own)",
        "answers=channel.side.answers + 1",
    ),
    Mutant(
        "model-host-before-room",
        "the host is asked although the queue is full",
        _COMMUNICATION,
        "    require_room(at, session, edge)\n",
        "    own or _payload(at, channel, peer, label, sort)\n"
        "    require_room(at, session, edge)\n",
    ),
    Mutant(
        "model-received-unseen",
        "receiving shows no event",
        _COMMUNICATION,
        "(Received(at.tick, session.id, me.id, peer, role, label, value),)",
        "()",
    ),
    Mutant(
        "model-sender-sleeps",
        "taking a message wakes nobody who waits for room",
        _COMMUNICATION,
        "at.waiter(session, peer, SEND_WAIT, edge)",
        "()",
    ),
    Mutant(
        "model-wrong-branch",
        "``choose`` and ``select`` jump to the first address of the table",
        _CHOICE,
        "for name, address in table if name == label), None)",
        "for _, address in table if label in dict(table)), None)",
    ),
    Mutant(
        "model-not-narrowed",
        "``select`` leaves the type as wide as it was",
        _CHOICE,
        "type=narrow(state, answer.label)",
        "type=state",
    ),
    Mutant(
        "model-select-unseen",
        "deciding shows no event",
        _CHOICE,
        "(Selected(at.tick, session.id, at.coroutine.id, role, answer.label),)",
        "()",
    ),
    Mutant(
        "model-owner-unchecked",
        "a coroutine acts on an endpoint of another",
        _ATTEMPT,
        "side.owner == self.coroutine.id, owner",
        "side.owner is not None, owner",
    ),
    Mutant(
        "model-closed-unchecked",
        "the endpoint of a failed session may be used",
        _ATTEMPT,
        'session is None or session.status != "active":',
        "session is None:",
    ),
    Mutant(
        "model-refusal-waits",
        "a refusal is taken for a late answer",
        _ATTEMPT,
        "if isinstance(answer, Pending):",
        "if isinstance(answer, Pending | Refused):",
    ),
    Mutant(
        "model-wakes-anyone",
        "a send wakes the receiver whatever it waits for",
        _ATTEMPT,
        "if owner is None or owner.block != Block(code, session.id, *edge):",
        "if owner is None or owner.block is None:",
    ),
    Mutant(
        "model-picks-anyone",
        "a coroutine that is not ready may be picked",
        _STEP,
        "case Pick(number) if number in state.ready:",
        "case Pick(number) if state.coroutines.find(number) is not None:",
    ),
    Mutant(
        "model-fetch-off-by-one",
        "the address after the last instruction is an instruction",
        _STEP,
        "if not 0 <= me.pc < len(me.program.code):",
        "if not 0 <= me.pc <= len(me.program.code):",
    ),
    Mutant(
        "model-wake-without-waiting",
        "a wake makes any blocked coroutine ready",
        _STEP,
        "or me.block.code != HOST_WAIT:",
        "or not HOST_WAIT:",
    ),
    Mutant(
        "model-halt-unfinished",
        "a coroutine may halt before the end of its type",
        _CONTROL,
        'at.require(side.type is END, TYPE_VIOLATION, "unfinished")',
        'at.require(side.tokens >= 0, TYPE_VIOLATION, "unfinished")',
    ),
    Mutant(
        "model-invoke-free",
        "an action uses no answer up",
        _EFFECT,
        "answers=home.side.answers + 1",
        "answers=home.side.answers",
    ),
    Mutant(
        "model-load-front",
        "a new session's coroutines are picked first",
        _LOAD,
        "ready=(*state.ready, *members)",
        "ready=(*members, *state.ready)",
    ),
    Mutant(
        "model-round-robin",
        "the law of round-robin allows the last pick again",
        _SCHEDULE,
        "if number > last]",
        "if number >= last]",
    ),
    Mutant(
        "model-cooperative",
        "the law of cooperative allows only the back of the ready queue",
        _SCHEDULE,
        "return state.ready[:1] == (pick,)",
        "return state.ready[-1:] == (pick,)",
    ),
)
