"""The seeded faults of forks in the model, and in what the kernel is told about an image."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_SESSION, _GUARD = "model/rules/session.py", "model/rules/guard.py"
_CATALOGUE: Final = "engine/catalogue.py"
_SPECULATION, _COMMIT, _ENDING = "model/speculation.py", "model/commit.py", "model/ending.py"
_RULES, _COMMUNICATION = "model/rules/speculation.py", "model/rules/communication.py"
_TRANSIT, _OWNERSHIP = "model/transit.py", "model/rules/ownership.py"
_CHOICE, _CONTROL, _EFFECT = (
    "model/rules/choice.py",
    "model/rules/control.py",
    "model/rules/effect.py",
)

SPECULATION_MUTANTS: Final = (
    Mutant(
        "model-staged-seen",
        "a message sent in a fork is in its queue at once",
        _TRANSIT,
        "over.message is not None and me.levels:",
        "over.message is not None and me.levels and not me.id:",
    ),
    Mutant(
        "model-places-not-reserved",
        "a fork has no places in a queue",
        _TRANSIT,
        "len(session.queue(*edge)) + reserved(state, session, edge)",
        "len(session.queue(*edge))",
    ),
    Mutant(
        "model-give-back-latest",
        "a message comes back to a latest queue that holds another",
        _TRANSIT,
        "    if not queue or at.state.setting.buffer(edge).mode != LATEST:\n",
        "    if not queue or not edge:\n",
    ),
    Mutant(
        "model-taken-wakes",
        "receiving in a fork wakes a sender that waits for room",
        _COMMUNICATION,
        "() if me.levels else at.waiter(session, peer, SEND_WAIT, edge)",
        "at.waiter(session, peer, SEND_WAIT, edge)",
    ),
    Mutant(
        "model-select-not-kept",
        "a fork does not know what the type was before ``select``",
        _CHOICE,
        "replace(remember(at.coroutine, channel), pc=pc)",
        "replace(at.coroutine, pc=pc)",
    ),
    Mutant(
        "model-kept-last",
        "a fork keeps what an endpoint was before its last change",
        _SPECULATION,
        "    if any((one.session, one.role) == (kept.session, kept.role) for one in level.kept):\n"
        "        return me\n"
        "    return _with_last(me, replace(level, kept=_ordered((*level.kept, kept))))",
        "    others = tuple(one for one in level.kept if one.role != kept.role)\n"
        "    return _with_last(me, replace(level, kept=_ordered((*others, kept))))",
    ),
    Mutant(
        "model-merge-keeps-inner",
        "a fork goes back to what an endpoint was in the fork inside",
        _SPECULATION,
        "known = {(one.session, one.role) for one in outer.kept}",
        "known = {(-1, one.role) for one in outer.kept}",
    ),
    Mutant(
        "model-merge-loses-taken",
        "joining a fork in a fork loses what was received",
        _SPECULATION,
        "taken=(*outer.taken, *inner.taken)",
        "taken=outer.taken",
    ),
    Mutant(
        "model-merge-order",
        "what was sent in a fork inside counts as sent before",
        _SPECULATION,
        "staged=(*outer.staged, *inner.staged)",
        "staged=(*inner.staged, *outer.staged)",
    ),
    Mutant(
        "model-taken-is-free",
        "the place of a message received in a fork is free at once",
        _SPECULATION,
        "taken = receiver.levels if receiver is not None else ()",
        "taken = receiver.levels[:0] if receiver is not None else ()",
    ),
    Mutant(
        "model-failed-stays",
        "a fork keeps the messages of a session that has failed",
        _SPECULATION,
        "taken=tuple(one for one in level.taken if one.session != session)",
        "taken=level.taken",
    ),
    Mutant(
        "model-failed-kept",
        "a fork goes back to a session that has failed",
        _SPECULATION,
        "kept=tuple(one for one in level.kept if one.session != session)",
        "kept=level.kept",
    ),
    Mutant(
        "model-fork-too-deep",
        "one fork more may be open",
        _RULES,
        "at.require(len(me.levels) < LEVELS_MAX,",
        "at.require(len(me.levels) <= LEVELS_MAX,",
    ),
    Mutant(
        "model-fork-unnamed",
        "anything names a fork",
        _RULES,
        '        at.fault(TYPE_VIOLATION, "ghost")',
        "        ghost = Nat(0)",
    ),
    Mutant(
        "model-join-all",
        "joining a fork in a fork joins both",
        _RULES,
        "    if around:\n",
        "    if around and not me.registers:\n",
    ),
    Mutant(
        "model-join-sleeps",
        "joining wakes nobody who waits for a message",
        _RULES,
        "        woken.update(came.woken)\n",
        "",
    ),
    Mutant(
        "model-join-keeps-places",
        "joining wakes nobody who waits for room",
        _RULES,
        "        woken.update(at.waiter(session, one.edge[0], SEND_WAIT, one.edge))\n",
        "        woken.update(())\n",
    ),
    Mutant(
        "model-join-order",
        "the newest message of a fork is queued first",
        _RULES,
        "for one in level.staged:",
        "for one in reversed(level.staged):",
    ),
    Mutant(
        "model-join-again",
        "joining tries the instruction again",
        _RULES,
        "    me = replace(me, pc=me.pc + 1)\n",
        "    me = replace(me, pc=me.pc + (not around))\n",
    ),
    Mutant(
        "model-abort-order",
        "messages go back in the wrong order",
        _RULES,
        "for one in reversed(level.taken):",
        "for one in level.taken:",
    ),
    Mutant(
        "model-abort-back",
        "messages go back to the end of their queues",
        _TRANSIT,
        "(message, *queue)))",
        "(*queue, message)))",
    ),
    Mutant(
        "model-abort-registers",
        "registers stay as the fork left them",
        _RULES,
        "levels=tuple(around), registers=level.registers, pc",
        "levels=tuple(around), pc",
    ),
    Mutant(
        "model-abort-types",
        "types stay as the fork left them",
        _RULES,
        "type=kept.type,",
        "type=session.endpoints[kept.role].type,",
    ),
    Mutant(
        "model-abort-all",
        "aborting a fork in a fork closes both",
        _RULES,
        "replace(me, levels=tuple(around), registers",
        "replace(me, levels=(), registers",
    ),
    Mutant(
        "model-abort-since",
        "an aborted fork began where it ended",
        _RULES,
        "Aborted(at.tick, me.session, me.id, me.program.role, level.since)",
        "Aborted(at.tick, me.session, me.id, me.program.role, at.tick)",
    ),
    Mutant(
        "model-fault-keeps-forks",
        "a coroutine that has failed has its forks still",
        _COMMIT,
        ", fault=fault, levels=())",
        ", fault=fault)",
    ),
    Mutant(
        "model-fail-keeps-forks",
        "nobody forgets what a fork has of a session that fails",
        _ENDING,
        "if side.owner is not None and coroutines[side.owner].levels:",
        "if side.owner is not None and not coroutines:",
    ),
    Mutant(
        "model-forbidden-halt",
        "a coroutine may halt in a fork",
        _CONTROL,
        "    at.outside()\n",
        "",
    ),
    Mutant(
        "model-forbidden-action",
        "any action may be done in a fork",
        _EFFECT,
        "if i.action not in at.state.setting.pure_actions:",
        "if not i.action:",
    ),
    Mutant(
        "model-pure-forbidden",
        "no action may be done in a fork",
        _EFFECT,
        "if i.action not in at.state.setting.pure_actions:",
        "if i.action:",
    ),
    Mutant(
        "engine-pure-actions",
        "no action is pure",
        _CATALOGUE,
        "c=int(image.calls[cell.b][0] in self._pure_actions)",
        "c=int(not image.calls)",
    ),
    Mutant(
        "model-forbidden-transfer",
        "an endpoint is given away in a fork",
        _OWNERSHIP,
        "    at.operands(i.endpoint, i.target)\n    at.outside()\n",
        "    at.operands(i.endpoint, i.target)\n",
    ),
    Mutant(
        "model-staged-as-sent",
        "what the link does to a message in a fork is undone",
        _TRANSIT,
        "stage(me, session, edge, over.message)",
        "stage(me, session, edge, message)",
    ),
    Mutant(
        "model-abort-facts",
        "what was noted in a fork is known for ever",
        _RULES,
        "facts=kept.facts)",
        "facts=session.endpoints[kept.role].facts)",
    ),
    Mutant(
        "model-join-loses-nobody",
        "an endpoint in a message that a join overwrites is not lost",
        _RULES,
        "        lost += came.lost\n",
        "",
    ),
    Mutant(
        "model-tag-not-kept",
        "a fork does not know what was known before ``tag``",
        "model/rules/knowledge.py",
        "remember(me, channel).with_register(i.dst",
        "me.with_register(i.dst",
    ),
    Mutant(
        "model-close-keeps-forks",
        "a fork goes back to a session that was closed",
        _ENDING,
        "without(owner, session.id)",
        "owner",
    ),
    Mutant(
        "model-forbidden-endpoint",
        "endpoints change hands in a fork",
        _COMMUNICATION,
        "    if sort.delegates is not None:\n        at.outside()\n",
        "    assert sort is not None\n",
    ),
    Mutant(
        "model-forbidden-open",
        "a session is opened in a fork",
        _SESSION,
        "i.entries))\n    at.outside()\n",
        "i.entries))\n",
    ),
    Mutant(
        "model-forbidden-close",
        "a session is closed in a fork",
        _SESSION,
        "    at.operands(i.chan)\n    at.outside()\n",
        "    at.operands(i.chan)\n",
    ),
    Mutant(
        "model-forbidden-acquire",
        "a guard layer is taken in a fork",
        _GUARD,
        "    at.operands(i.dst)\n    at.outside()\n",
        "    at.operands(i.dst)\n",
    ),
    Mutant(
        "model-forbidden-release",
        "a guard layer is given back in a fork",
        _GUARD,
        "    at.operands(i.evidence)\n    at.outside()\n",
        "    at.operands(i.evidence)\n",
    ),
)
