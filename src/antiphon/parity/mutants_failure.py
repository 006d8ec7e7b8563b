"""The seeded faults of buffers and budgets, in the model and in the uncompiled kernel."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"
_TRANSIT, _STEP, _SETTING = "model/transit.py", "model/step.py", "model/setting.py"

FAILURE_MUTANTS: Final = (
    Mutant(
        "model-latest-queues",
        "a latest-value queue keeps the older message too",
        _TRANSIT,
        "replace(session, lossy=True).with_queue(*edge, (message,))",
        "replace(session, lossy=True).with_queue(*edge, (*queue, message))",
    ),
    Mutant(
        "model-overwritten-unseen",
        "nobody sees that a message was overwritten",
        _TRANSIT,
        "        return Put(changed, (lost,), woken,",
        "        return Put(changed, (), woken,",
    ),
    Mutant(
        "model-overwritten-lossless",
        "a session that overwrote a message does not count as lossy",
        _TRANSIT,
        "changed = replace(session, lossy=True).with",
        "changed = session.with",
    ),
    Mutant(
        "model-drop-waits",
        "a sender waits for room where its message would be lost",
        _TRANSIT,
        "buffer.full == BLOCK or (",
        "buffer.full in (BLOCK, DROP) or (",
    ),
    Mutant(
        "model-drop-lossless",
        "a session that lost a message does not count as lossy",
        _TRANSIT,
        "Crossing(replace(over.session, lossy=True), None,",
        "Crossing(over.session, None,",
    ),
    Mutant(
        "model-error-waits",
        "a sender waits for room where it should fail",
        _TRANSIT,
        "at.require(buffer.full != ERROR, ",
        'buffer.full != ERROR or at.wait(SEND_WAIT, "room", Block(SEND_WAIT, session.id, *edge))\n'
        "    at.require(True, ",
    ),
    Mutant(
        "model-grows-by-one",
        "a queue grows by one message",
        _TRANSIT,
        "min(2 * now, most)",
        "min(now + 1, most)",
    ),
    Mutant(
        "model-grows-for-ever",
        "a queue grows beyond its maximum",
        _TRANSIT,
        "min(2 * now, most)",
        "2 * now",
    ),
    Mutant(
        "model-growth-forgotten",
        "a queue that has grown forgets it",
        _TRANSIT,
        "return session.edge(edge).capacity or buffer.capacity",
        "return buffer.capacity",
    ),
    Mutant(
        "model-buffer-of-none",
        "every queue is as usual",
        _SETTING,
        "self.buffers.get(edge, self.plain)",
        "self.plain",
    ),
    Mutant(
        "model-budget-pays",
        "a coroutine that has no step left pays for one",
        _STEP,
        "cost=me.cost + (not is_spent)",
        "cost=me.cost + 1",
    ),
    Mutant(
        "model-budget-late",
        "a coroutine takes one step more than it may",
        _STEP,
        "is_spent = me.cost == state.setting.budget",
        "is_spent = state.setting.budget is not None and me.cost > state.setting.budget",
    ),
    Mutant(
        "engine-obstacle-error",
        "a sender waits for room where it should fail",
        _KERNEL,
        "            return SEND_OVERFLOW\n",
        "            return SEND_ROOM\n",
    ),
    Mutant(
        "engine-obstacle-drop",
        "a sender waits for room where its message would be lost",
        _KERNEL,
        "        if full == WAITS or (full",
        "        if full == WAITS or full == LOSES or (full",
    ),
    Mutant(
        "engine-obstacle-maximum",
        "a queue does not grow to its maximum",
        _KERNEL,
        "self.q_capacity[q] >= self.g_maximum[kind]",
        "2 * self.q_capacity[q] >= self.g_maximum[kind]",
    ),
    Mutant(
        "engine-grows-for-ever",
        "a queue grows beyond its maximum",
        _KERNEL,
        "min(2 * self.q_capacity[q], self.g_maximum[kind])",
        "2 * self.q_capacity[q]",
    ),
    Mutant(
        "engine-lossless",
        "no session ever counts as lossy",
        _KERNEL,
        "        self.s_marks[self.c_session[e]] |= LOSSY\n        if self.m_value[m]",
        "        if self.m_value[m]",
    ),
    Mutant(
        "engine-overwrites-value",
        "a message that is overwritten keeps its label",
        _KERNEL,
        "        self.m_label[m] = label\n        if at > 0:\n",
        "        if at > 0:\n",
    ),
    Mutant(
        "engine-dropped-unseen",
        "nobody sees that a message was lost",
        _KERNEL,
        "            self.tell(DROPPED, c, e, b, label << REASON_BITS | FULL)\n",
        "",
    ),
    Mutant(
        "engine-marks-swapped",
        "a session that has grown is taken for a lossy one",
        _KERNEL,
        "            self.s_marks[s] & LOSSY != 0,\n",
        "            self.s_marks[s] & EDGES != 0,\n",
    ),
    Mutant(
        "engine-edge-view",
        "a queue that has grown shows the capacity that it had",
        _KERNEL,
        "edges.append((i, grown_to, self",
        "edges.append((i, min(grown_to, 1), self",
    ),
    Mutant(
        "engine-marks-stay",
        "a session in a slot that served before is as lossy as the last one",
        _KERNEL,
        "        self.s_marks[s] = self.s_alive[s] = 0\n",
        "        self.s_alive[s] = 0\n",
    ),
    Mutant(
        "engine-budget-pays",
        "a coroutine that has no step left pays for one",
        _KERNEL,
        "        if row != FETCH_BUDGET:\n            self.c_cost[c] += 1\n",
        "        self.c_cost[c] += 1\n",
    ),
    Mutant(
        "engine-trace-reason",
        "every loss is taken for one to a full queue",
        "engine/trace.py",
        "REASONS[word & 2**REASON_BITS - 1]",
        "REASONS[0]",
    ),
    Mutant(
        "engine-latest-blocks",
        "a latest-value queue blocks",
        "engine/catalogue.py",
        "return (REPLACES, 1, 0)",
        "return (WAITS, 1, 0)",
    ),
    Mutant(
        "engine-overwritten-late",
        "a message that overwrites a delayed one is as late as that was",
        _KERNEL,
        "        self.m_label[m] = label\n        if at > 0:",
        "        if self.m_label[m] >= 0 or at > 0:\n"
        "            self.m_label[m] = label\n"
        "        if at > 0:",
    ),
    Mutant(
        "engine-crash-at-home",
        "a crash is told to the peers of one endpoint only",
        _KERNEL,
        "        for _, e in self.owned(c):\n"
        "            s = self.c_session[e]\n"
        "            first = self.s_queues[s]\n"
        "            if self.s_status[s] == ACTIVE:",
        "        for _, e in self.owned(c)[:1]:\n"
        "            s = self.c_session[e]\n"
        "            first = self.s_queues[s]\n"
        "            if self.s_status[s] == ACTIVE:",
    ),
    Mutant(
        "model-crash-of-children",
        "a crash happens to the children of the coroutine too",
        _STEP,
        "    if failure is not None and me.line == ():",
        "    if failure is not None:",
    ),
)
