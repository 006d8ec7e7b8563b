"""The seeded faults of the watch, which leave out one of its looks, and of waits that are over."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_FRAME: Final = "model/frame.py"
_LAWS: Final = "model/laws.py"
_WAITS: Final = "model/waits.py"
_WATCH: Final = "model/watch.py"


def _left_out(name: str, breaks: str, look: str, instead: str = "pass") -> Mutant:
    """A mutant of the watch in which a look is not there."""
    return Mutant(f"watch-{name}", breaks, _WATCH, look, instead)


WATCH_MUTANTS: Final = (
    _left_out(
        "frame",
        "what a step changes is not looked at",
        "frame.check_frame(before, after, actor, coroutines, sessions)",
    ),
    _left_out(
        "queue",
        "the ready queue is not looked at after a step",
        "frame.check_queue(before, after, actor, coroutines)",
    ),
    _left_out(
        "coroutines",
        "the coroutines that a step touched are not looked at",
        "laws.check_coroutine(after, me)",
    ),
    _left_out(
        "forks",
        "what forks have sent is not looked at after a step",
        "                if me.levels:\n",
        "                if me.fault:\n",
    ),
    _left_out(
        "done",
        "the session of one who is done is not looked at",
        'if me.status == "done" and',
        'if me.status == "" and',
    ),
    _left_out("layers", "layers are not looked at after a step", "laws.check_layers(after)"),
    _left_out(
        "layer-waiters",
        "those who wait for layers are not looked at",
        "laws.check_blocked(after, me, me.block)",
    ),
    _left_out(
        "sessions",
        "the sessions that a step touched are not looked at",
        "self._session(after, number, before.sessions.find(number), events)",
    ),
    _left_out(
        "gone",
        "those who wait in a session that is gone are not looked at",
        "for side in () if was is None else was.endpoints.values():",
        "for side in ():",
    ),
    _left_out(
        "session",
        "of a session that a step touched only those who wait are looked at",
        "            return\n        laws.check_session(state, session)\n",
        "            return\n",
    ),
    _left_out(
        "waiters",
        "those who wait in a session that a step touched are not looked at",
        "                _waiter(state, side)\n                if side.tokens:",
        "                if side.tokens:",
    ),
    _left_out(
        "failed",
        "those who wait in a session that failed are not looked at",
        " or was.status != session.status:",
        ":",
    ),
    _left_out(
        "newest",
        "what was sent in a step is not looked at",
        "self._absorbs(state, session, role, events, newest=True)",
    ),
    _left_out(
        "forks-of-all",
        "what forks have sent is never looked at but after a step",
        "            self._staged(state, me, events)\n",
        "",
    ),
    _left_out("seldom", "everything is looked at one step too late", ">= EVERY", "> EVERY"),
    _left_out(
        "idle",
        "with nothing ready, everything is looked at one step too late",
        "passed >= after.alive",
        "passed > after.alive",
    ),
    _left_out(
        "doubled",
        "everything is looked at when there is an odd number of sessions",
        "if count & (count - 1) == 0:",
        "if count & 1:",
    ),
    _left_out(
        "load", "what a load touched is not looked at", "self._touched(before, after, None, events)"
    ),
    Mutant(
        "law-ids-of-coroutines-go-down",
        "the counter of coroutines may go down",
        _FRAME,
        " or after.next_coroutine < before.next_coroutine:",
        ":",
    ),
    Mutant(
        "law-others-wait-for-something-else",
        "a step may change what another waits for",
        _FRAME,
        " or (was.status == now.status and was.block != now.block):",
        ":",
    ),
    Mutant(
        "law-endpoints-on-their-way",
        "a step may change an endpoint that is on its way",
        _FRAME,
        'old.in_flight and now.status == "faulted"',
        "old.in_flight",
    ),
    Mutant(
        "law-sessions-of-others",
        "a step may change a session that its coroutine has no part in",
        _FRAME,
        "if not own and was != now:",
        "if own and was is None:",
    ),
    Mutant(
        "law-owner-knows-the-session",
        "an owner need not know which of a session's endpoints it owns",
        _LAWS,
        "one.role == role and one.session == session.id",
        "one.session == session.id",
    ),
    Mutant(
        "law-layers-of-the-done",
        "a layer may be held by one who is done",
        _LAWS,
        "if holder is None or holder.status in _OVER:",
        "if holder is None:",
    ),
    Mutant(
        "waits-crashed-receiver",
        "one may wait to send to one who has crashed",
        _WAITS,
        "    if _has_crashed(state, session, reason.receiver):\n        return True\n",
        "",
    ),
    Mutant(
        "waits-max",
        "one may wait for room in a queue that may grow",
        _WAITS,
        "buffer.capacity if buffer.maximum is None else buffer.maximum",
        "buffer.capacity",
    ),
    Mutant(
        "waits-latest",
        "one may wait for room in a queue that is never full",
        _WAITS,
        "buffer.mode == FIFO and buffer.full",
        "buffer.full",
    ),
    Mutant(
        "waits-drops",
        "one may wait for room in a queue that does without",
        _WAITS,
        " and buffer.full in (BLOCK, RESIZE)",
        "",
    ),
)
"""Each is killed by a state or a step of ``looks``."""
