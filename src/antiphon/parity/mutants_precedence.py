"""The seeded faults of the order of guards: of two that fail, the second is named (S7)."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_COMMUNICATION: Final = "model/rules/communication.py"
_CONTROL: Final = "model/rules/control.py"
_GUARD: Final = "model/rules/guard.py"
_KERNEL: Final = "engine/kernel.py"
_LINK: Final = "model/link.py"
_OWNERSHIP: Final = "model/rules/ownership.py"
_SESSION: Final = "model/rules/session.py"
_SPECULATION: Final = "model/rules/speculation.py"
_STEP: Final = "model/step.py"


def _swapped(name: str, breaks: str, file: str, first: str, then: str) -> Mutant:
    """A mutant in which two pieces of text that follow each other have changed places."""
    side = "engine" if file == _KERNEL else "model"
    return Mutant(f"{side}-order-{name}", breaks, file, first + then, then + first)


PRECEDENCE_MUTANTS: Final = (
    _swapped(
        "send-sort-forbidden",
        "what a fork forbids comes before the sort",
        _COMMUNICATION,
        "    if own:\n"
        "        given = at.coroutine.registers[source]\n"
        '        at.require(fits(at.state, given, sort), TYPE_VIOLATION, "sort")\n',
        "    _require_no_endpoint(at, sort)\n",
    ),
    _swapped(
        "send-forbidden-carried",
        "whose the endpoint is comes before what a fork forbids",
        _COMMUNICATION,
        "    _require_no_endpoint(at, sort)\n",
        "    if own:\n"
        "        given = at.coroutine.registers[source]\n"
        "        at.require(_may_be_given(at, channel, given, sort), TRANSFER_FAULT, "
        '"carried")\n',
    ),
    _swapped(
        "send-carried-link",
        "the link comes before whose the endpoint is",
        _COMMUNICATION,
        "    if own:\n"
        "        given = at.coroutine.registers[source]\n"
        "        at.require(_may_be_given(at, channel, given, sort), TRANSFER_FAULT, "
        '"carried")\n',
        "    require_link(at, session, edge)\n",
    ),
    Mutant(
        "model-order-crashed-link",
        "a link that is down comes before a peer that has crashed",
        _LINK,
        "    at.require(not at.has_crashed(session, edge[1]), CHANNEL_CLOSED, "
        '"crashed")\n'
        "    up_at = session.edge(edge).up_at\n"
        "    if up_at is None or at.tick < up_at:\n"
        '        at.wait(SEND_WAIT, "link", Block(SEND_WAIT, session.id, *edge, up_at))\n',
        "    up_at = session.edge(edge).up_at\n"
        "    if up_at is None or at.tick < up_at:\n"
        '        at.wait(SEND_WAIT, "link", Block(SEND_WAIT, session.id, *edge, up_at))\n'
        "    at.require(not at.has_crashed(session, edge[1]), CHANNEL_CLOSED, "
        '"crashed")\n',
    ),
    Mutant(
        "model-order-receive-label-empty",
        "whether there is one label comes after the message",
        _COMMUNICATION,
        '    at.require(len(state.branches) == 1, TYPE_VIOLATION, "label")\n'
        "    label, value = arrived(at, channel, state)\n",
        "    label, value = arrived(at, channel, state)\n"
        '    at.require(len(state.branches) == 1, TYPE_VIOLATION, "label")\n',
    ),
    _swapped(
        "receive-sort-forbidden",
        "what a fork forbids comes before the sort of a message",
        _COMMUNICATION,
        '    at.require(still_fits(at.state, value, sort), TYPE_VIOLATION, "message-sort")\n',
        "    _require_no_endpoint(at, sort)\n",
    ),
    _swapped(
        "open-forbidden-limit",
        "the limit of sessions comes before what a fork forbids",
        _SESSION,
        "    at.outside()\n",
        "    state, me = at.state, at.coroutine\n"
        "    limit = state.setting.max_sessions\n"
        '    at.require(limit is None or state.active < limit, SESSION_LIMIT, "limit")\n',
    ),
    _swapped(
        "close-forbidden-endpoint",
        "the endpoint comes before what a fork forbids",
        _SESSION,
        "    at.outside()\n",
        "    channel = at.channel(i.chan, owner=CLOSE_FAULT, session=CLOSE_FAULT)\n",
    ),
    Mutant(
        "model-order-acquire-forbidden-held",
        "who holds a layer comes before what a fork forbids",
        _GUARD,
        "    at.outside()\n    me, guards = at.coroutine, at.state.guards\n    holder",
        "    me, guards = at.coroutine, at.state.guards\n"
        "    if guards.holder(i.layer) in (None, me.id):\n"
        "        at.outside()\n    holder",
    ),
    _swapped(
        "transfer-forbidden-endpoint",
        "the endpoint comes before what a fork forbids",
        _OWNERSHIP,
        "    at.outside()\n",
        "    channel = at.channel(i.endpoint, owner=TRANSFER_FAULT)\n",
    ),
    _swapped(
        "spawn-forbidden-owner",
        "whose the arguments are comes before what a fork forbids",
        _OWNERSHIP,
        "    at.outside()\n",
        "    args = tuple(me.registers[register] for register in i.args)\n"
        "    given = _given(at, args)\n",
    ),
    _swapped(
        "spawn-owner-limit",
        "the limit of coroutines comes before whose the arguments are",
        _OWNERSHIP,
        "    given = _given(at, args)\n",
        "    limit = state.setting.max_coroutines\n"
        '    at.require(limit is None or state.alive < limit, COROUTINE_LIMIT, "limit")\n',
    ),
    _swapped(
        "fork-ghost-depth",
        "the number of forks comes before what names this one",
        _SPECULATION,
        '    if not isinstance(ghost, Nat):\n        at.fault(TYPE_VIOLATION, "ghost")\n',
        '    at.require(len(me.levels) < LEVELS_MAX, SPECULATION_FAULT, "depth")\n',
    ),
    Mutant(
        "model-order-halt-unfinished-held",
        "layers that are held come before endpoints that are not at end",
        _CONTROL,
        "    sessions: dict[int, Session] = {}\n    for",
        '    at.require(not at.state.guards.held_by(me.id), ACQUIRE_FAULT, "held")\n'
        "    sessions: dict[int, Session] = {}\n    for",
    ),
    Mutant(
        "model-order-halt-forbidden-unfinished",
        "endpoints that are not at end come before what a fork forbids",
        _CONTROL,
        "    at.outside()\n    me = at.coroutine\n    sessions",
        "    me = at.coroutine\n"
        "    own = [at.state.sessions[one.session].endpoints[one.role] for one in me.owned]\n"
        "    if all(side.type is END for side in own):\n"
        "        at.outside()\n    sessions",
    ),
    Mutant(
        "model-order-fetch-budget-crashed",
        "a crash comes before the budget",
        _STEP,
        "    if is_spent:\n",
        "    if is_spent and (me.session, me.program.role, me.cost) not in state.setting.sites:\n",
    ),
    Mutant(
        "model-order-fetch-crashed-address",
        "an address that is not there comes before a crash",
        _STEP,
        "    if failure is not None and me.line == ():\n",
        "    if failure is not None and me.line == () and me.pc < len(me.program.code):\n",
    ),
    Mutant(
        "engine-order-crashed-link",
        "a link that is down comes before a peer that has crashed",
        _KERNEL,
        "        if self.q_crashed[q] & TO != 0:\n            return SEND_CRASHED\n"
        "        if self.q_up[q] < 0 or self.clock < self.q_up[q]:\n"
        "            self.until = max(self.q_up[q], 0)\n"
        "            return SEND_LINK\n",
        "        if self.q_up[q] < 0 or self.clock < self.q_up[q]:\n"
        "            self.until = max(self.q_up[q], 0)\n"
        "            return SEND_LINK\n"
        "        if self.q_crashed[q] & TO != 0:\n            return SEND_CRASHED\n",
    ),
    Mutant(
        "engine-order-forbidden-carried",
        "whose the endpoint is comes before what a fork forbids",
        _KERNEL,
        "                if self.c_level[c] >= 0:\n"
        "                    return SEND_FORBIDDEN + shift\n"
        "                if self.e_owner[carried] != c or carried == e:\n"
        "                    return SEND_CARRIED + shift\n",
        "                if self.e_owner[carried] != c or carried == e:\n"
        "                    return SEND_CARRIED + shift\n"
        "                if self.c_level[c] >= 0:\n"
        "                    return SEND_FORBIDDEN + shift\n",
    ),
    Mutant(
        "engine-order-forbidden-table",
        "the table comes before what a fork forbids",
        _KERNEL,
        "            if self.c_level[c] >= 0:\n                return CHOOSE_FORBIDDEN\n",
        "            if self.c_level[c] >= 0 and self.jump_target(pc, label) >= 0:\n"
        "                return CHOOSE_FORBIDDEN\n",
    ),
    Mutant(
        "engine-order-forbidden-held",
        "who holds a layer comes before what a fork forbids",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return ACQUIRE_FORBIDDEN\n"
        "        layer: cython.longlong = self.k_b[pc]\n",
        "        layer: cython.longlong = self.k_b[pc]\n"
        "        if self.c_level[c] >= 0 and self.l_holder[layer] < 0:\n"
        "            return ACQUIRE_FORBIDDEN\n",
    ),
    Mutant(
        "engine-order-ghost-depth",
        "the number of forks comes before what names this one",
        _KERNEL,
        "        if sort_of(ghost) != NAT_TAG:\n            return FORK_GHOST\n",
        "        if sort_of(ghost) != NAT_TAG and self.forks < LEVELS:\n"
        "            return FORK_GHOST\n",
    ),
)
