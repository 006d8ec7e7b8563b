"""Claim 20: what an abort gives back."""

from __future__ import annotations

from dataclasses import replace

from antiphon.bytecode.table import ROW_NUMBER, ROWS
from antiphon.compiler.compile import compile_protocol
from antiphon.machine.config import Config
from antiphon.machine.event import Aborted, Forked, Joined
from antiphon.machine.snapshot import KeptView, LevelView, QueueView, SessionView, Snapshot
from antiphon.model.snapshot import snapshot
from antiphon.parity.claims.forks import Forks, restored
from antiphon.parity.claims.ground import HEALTHY
from antiphon.parity.claims.moments import Moment
from antiphon.parity.claims.schedules import loaded
from antiphon.values.value import UNIT, Nat
from tests.unit.parity.claims.test_explore import PAIR

START = snapshot(loaded((compile_protocol("p", PAIR),), Config(), HEALTHY))
ABORT = ROWS[ROW_NUMBER["abort.ok.commit"]]
STILL = Moment(START, START, 0, ABORT, (), Config(), frozenset())


def queued(sender: str, receiver: str) -> Moment:
    """The start, and after it a message on its way."""
    session = START.sessions[0]
    queue = QueueView(sender, receiver, (("a", UNIT),))
    after = replace(START, sessions=(replace(session, queues=(queue,)),))
    return replace(STILL, after=after)


def with_session(session: SessionView) -> Moment:
    """The start, and after it the session as given."""
    return replace(STILL, after=replace(START, sessions=(session,)))


def test_restored() -> None:
    """Registers, endpoints, and what was sent and taken."""
    assert restored(START, STILL) == ""
    me = replace(START.coroutines[0], registers=(Nat(1),))
    after = replace(START, coroutines=(me, *START.coroutines[1:]))
    assert "registers" in restored(START, replace(STILL, after=after))
    session = START.sessions[0]
    moved = tuple(replace(side, node=1) for side in session.endpoints)
    assert "endpoint of A" in restored(START, with_session(replace(session, endpoints=moved)))
    assert "what went to B" in restored(START, queued("A", "B"))
    assert restored(START, queued("B", "A")) == ""
    assert "from B is not back" in restored(queued("B", "A").after, STILL)


def test_what_forks_keep_of_sessions_that_are_over() -> None:
    """An outer fork loses what it kept of a session that has ended, and nothing else."""

    def forked(*levels: LevelView) -> Snapshot:
        return replace(
            START, coroutines=(replace(START.coroutines[0], levels=levels), *START.coroutines[1:])
        )

    kept = LevelView(0, 0, (), (KeptView(START.sessions[0].id, "A", 0),))
    bare = replace(kept, kept=())
    assert "outer forks" in restored(forked(kept), replace(STILL, after=forked(bare)))
    over = replace(forked(bare), sessions=(replace(START.sessions[0], status="faulted"),))
    assert restored(forked(kept), replace(STILL, after=over)) == ""
    assert "outer forks" in restored(forked(kept), replace(STILL, after=START))


def test_what_was_lost_is_not_asked_for() -> None:
    """A session that failed, or lost a message, is left out."""
    session = queued("A", "B").after.sessions[0]
    assert restored(START, with_session(replace(session, lossy=True))) == ""
    assert restored(START, with_session(replace(session, status="faulted"))) == ""


def test_forks() -> None:
    """Forks nest; only an abort is looked at."""
    forks = Forks()
    fork = replace(STILL, events=(Forked(0, 0, 0, "A", 1),))
    join = replace(STILL, events=(Joined(0, 0, 0, "A", 0),))
    abort = replace(STILL, events=(Aborted(0, 0, 0, "A", 0),))
    assert [forks.look(one) for one in (fork, fork, join, abort)] == [None, None, None, ""]
