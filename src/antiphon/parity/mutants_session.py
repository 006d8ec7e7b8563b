"""The seeded faults of the model: sessions that open and close, endpoints that are sent."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_SESSION: Final = "model/rules/session.py"
_ENDING: Final = "model/ending.py"
_PREMISE: Final = "model/premise.py"
_COMMUNICATION: Final = "model/rules/communication.py"
_TRANSIT: Final = "model/transit.py"
_COMMIT: Final = "model/commit.py"

SESSION_MUTANTS: Final = (
    Mutant(
        "model-open-unlimited",
        "one session more may be open than may be",
        _SESSION,
        "state.active < limit",
        "state.active <= limit",
    ),
    Mutant(
        "model-open-unowned",
        "nobody owns the endpoints of a session that was opened",
        _SESSION,
        "        opened.gaining(*(Endpoint(number, role) for role in image.roles)),\n",
        "        opened,\n",
    ),
    Mutant(
        "model-close-keeps-owners",
        "the endpoints of a closed session are still owned",
        _ENDING,
        "coroutines[side.owner].losing(Endpoint(session.id, role))",
        "coroutines[side.owner]",
    ),
    Mutant(
        "model-close-wakes-nobody",
        "who waits on a session that is closed waits for ever",
        _ENDING,
        "    waiting = frozenset(_waiting_on(state, session))\n    coroutines",
        "    waiting: frozenset[int] = frozenset()\n    coroutines",
    ),
    Mutant(
        "model-close-uncounted",
        "a closed session is not counted",
        _ENDING,
        "sessions_closed=state.counters.sessions_closed + 1",
        "sessions_closed=state.counters.sessions_closed",
    ),
    Mutant(
        "model-close-loses-nothing",
        "what was on its way in a closed session is not lost",
        _ENDING,
        "    return closed.then(lose(left, tuple(_in_transit(session)), tick, number))\n",
        "    return closed\n",
    ),
    Mutant(
        "model-end-loses-nothing",
        "what was on its way in a session that has ended is not lost",
        _ENDING,
        "    return ended.then(lose(left, tuple(_in_transit(session)), tick, number))\n",
        "    return ended\n",
    ),
    Mutant(
        "model-fail-alone",
        "a session that fails takes none with it",
        _ENDING,
        "            pending += (one.session for one in lost)\n",
        "",
    ),
    Mutant(
        "model-lost-in-flight",
        "an endpoint that is lost is still on its way",
        _ENDING,
        "replace(session.endpoints[one.role], in_flight=False)",
        "session.endpoints[one.role]",
    ),
    Mutant(
        "model-over-in-flight",
        "a session ends while an endpoint of it is in a message",
        _ENDING,
        "side.type is END and side.owner is None and not side.in_flight",
        "side.type is END and side.owner is None",
    ),
    Mutant(
        "model-fits-used",
        "an endpoint that has done something fits as well as a new one",
        _PREMISE,
        " and _is_new(session, role)",
        "",
    ),
    Mutant(
        "model-fits-any-protocol",
        "an endpoint of any protocol fits",
        _PREMISE,
        "(session.image.name, value.role) == (protocol, role)",
        "value.role == role",
    ),
    Mutant(
        "model-still-fits-live",
        "an endpoint of a session that has failed is not received",
        _PREMISE,
        '    return session is None or session.status != "active" or fits(state, value, sort)\n',
        "    return session is None or fits(state, value, sort)\n",
    ),
    Mutant(
        "model-carried-of-others",
        "an endpoint of another is sent",
        _COMMUNICATION,
        "value in at.coroutine.owned and value !=",
        "value !=",
    ),
    Mutant(
        "model-carried-on-itself",
        "an endpoint is sent on itself",
        _COMMUNICATION,
        "value in at.coroutine.owned and value != Endpoint(channel.session.id, channel.role)",
        "value in at.coroutine.owned",
    ),
    Mutant(
        "model-sent-stays",
        "who has sent an endpoint still owns it",
        _COMMUNICATION,
        "me.losing(value), _handed(at, came.session, value, None)",
        "me, _handed(at, came.session, value, None)",
    ),
    Mutant(
        "model-gain-nothing",
        "who has received an endpoint does not own it",
        _COMMUNICATION,
        "me.gaining(value), _handed(at, changed, value, me.id)",
        "me, _handed(at, changed, value, me.id)",
    ),
    Mutant(
        "model-dropped-survives",
        "an endpoint in a message that found no room is not lost",
        _TRANSIT,
        "        lost = (*over.lost, *endpoints(over.message))\n",
        "        lost = over.lost\n",
    ),
    Mutant(
        "model-overwritten-survives",
        "an endpoint in a message that was overwritten is not lost",
        _TRANSIT,
        "(lost,), woken, endpoints(*queue))",
        "(lost,), woken)",
    ),
    Mutant(
        "model-lost-wakes-nobody",
        "who waits on a session that is lost waits for ever",
        _COMMIT,
        "ending.waiting.union(change.woken)",
        "frozenset(change.woken)",
    ),
    Mutant(
        "model-open-links-up",
        "the links of a session that a program opens are all up",
        _SESSION,
        "endpoints, edges=edges)",
        "endpoints)",
    ),
)
