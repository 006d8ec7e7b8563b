"""The seeded faults of forks in the uncompiled kernel."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"

FORK_MUTANTS: Final = (
    Mutant(
        "engine-keep-select",
        "a fork does not know what the type was before ``select``",
        _KERNEL,
        "            self.keep(c, e)\n        self.e_state[e] = self.b_narrow[b]\n",
        "            pass\n        self.e_state[e] = self.b_narrow[b]\n",
    ),
    Mutant(
        "engine-fork-depth",
        "one fork more may be open",
        _KERNEL,
        "        if depth >= LEVELS:\n",
        "        if depth > LEVELS:\n",
    ),
    Mutant(
        "engine-join-merges",
        "joining the only fork keeps what was done apart",
        _KERNEL,
        "            self.publish_level(c, level)\n",
        "            pass\n",
    ),
    Mutant(
        "engine-abort-pc",
        "after ``abort`` it is tried once more",
        _KERNEL,
        "        self.c_pc[c] += 1\n        self.record(ABORTED",
        "        self.c_pc[c] += 0\n        self.record(ABORTED",
    ),
    Mutant(
        "engine-append-token",
        "a message that joins its queue brings no token",
        _KERNEL,
        "            self.e_tokens[self.q_target[q]] += 1\n"
        "            if self.ranked != 0:\n"
        "                self.weigh(self.e_owner",
        "            if self.ranked != 0:\n                self.weigh(self.e_owner",
    ),
    Mutant(
        "engine-free-message-place",
        "a message that is gone has its place still",
        _KERNEL,
        "        self.q_count[q] -= 1\n        self.m_value[m] = 0\n",
        "        self.m_value[m] = 0\n",
    ),
    Mutant(
        "engine-open-level-registers",
        "a fork keeps the last register only",
        _KERNEL,
        "        while i > 0:\n            i -= 1\n            x = self.new_entry()\n",
        "        while i > 0:\n            i -= 2\n            x = self.new_entry()\n",
    ),
    Mutant(
        "engine-close-level-all",
        "closing a fork closes those around it",
        _KERNEL,
        "        self.c_level[c] = self.l_up[level]\n        self.l_ghost[level] = 0\n",
        "        self.c_level[c] = -1\n        self.l_ghost[level] = 0\n",
    ),
    Mutant(
        "engine-keep-state",
        "a fork keeps that an endpoint is at its beginning",
        _KERNEL,
        "        self.x_state[x] = self.e_state[e]\n",
        "        self.x_state[x] = 0\n",
    ),
    Mutant(
        "engine-kept-never",
        "a fork keeps an endpoint at every change",
        _KERNEL,
        "        while x >= 0 and self.x_end[x] != e:\n"
        "            x = self.x_next[x]\n"
        "        return x\n",
        "        while x >= 0:\n            x = self.x_next[x]\n        return x\n",
    ),
    Mutant(
        "engine-stage-place",
        "a message sent in a fork has no place in its queue",
        _KERNEL,
        "        self.m_branch[m] = b\n        self.q_count[q] += 1\n",
        "        self.m_branch[m] = b\n",
    ),
    Mutant(
        "engine-reserve-in-full",
        "a queue that grows for a fork grows once too often",
        _KERNEL,
        "            self.q_limit[q] = min(2 * self.q_limit[q], self.g_maximum[kind])\n"
        "            self.s_marks[s] |= GROWN\n"
        "        elif",
        "            self.q_limit[q] = min(4 * self.q_limit[q], self.g_maximum[kind])\n"
        "            self.s_marks[s] |= GROWN\n"
        "        elif",
    ),
    Mutant(
        "engine-is-replaced",
        "a message that was sent in a fork follows the one in a latest queue",
        _KERNEL,
        "        return self.q_head[q] >= 0 and self.g_full[self.q_kind[q]] == REPLACES\n",
        "        return self.q_head[q] < -1 and self.g_full[self.q_kind[q]] == REPLACES\n",
    ),
    Mutant(
        "engine-replace-unseen",
        "nobody sees that a message from a fork overwrites another",
        _KERNEL,
        "        lost: cython.longlong = self.overwrite(s, q, self.m_label[m], self.m_value[m])\n"
        "        self.tell(DROPPED, c, self.m_end[m], self.m_branch[m], lost)\n",
        "        self.overwrite(s, q, self.m_label[m], self.m_value[m])\n",
    ),
    Mutant(
        "engine-miss-unseen",
        "nobody sees that a message from a fork does not come back",
        _KERNEL,
        "        self.s_marks[self.c_session[self.m_end[m]]] |= LOSSY\n"
        "        self.tell(DROPPED, c, self.m_end[m], self.m_branch[m], lost)\n",
        "        self.s_marks[self.c_session[self.m_end[m]]] |= LOSSY\n",
    ),
    Mutant(
        "engine-set-aside-first",
        "what is received in a fork makes it forget the last message",
        _KERNEL,
        "            self.m_next[self.l_taken_end[level]] = m\n"
        "        else:\n"
        "            self.l_taken[level] = m\n"
        "        self.l_taken_end[level] = m\n",
        "            pass\n"
        "        else:\n"
        "            self.l_taken[level] = m\n"
        "        self.l_taken_end[level] = m\n",
    ),
    Mutant(
        "engine-merge-level-sent",
        "joining a fork in a fork loses what was sent",
        _KERNEL,
        "        if self.l_staged[level] >= 0:\n            if self.l_staged_end[up] >= 0:\n",
        "        if self.l_staged[level] < -1:\n            if self.l_staged_end[up] >= 0:\n",
    ),
    Mutant(
        "engine-merge-level-kept",
        "joining a fork in a fork loses what endpoints were",
        _KERNEL,
        "                self.x_next[x] = self.l_kept[up]\n"
        "                self.l_kept[up] = x\n"
        "            else:\n",
        "                self.x_next[x] = rest\n                rest = x\n            else:\n",
    ),
    Mutant(
        "engine-publish-level-places",
        "joining does not free the places of what was received",
        _KERNEL,
        "            self.free_message(q, m)\n"
        "            self.wake_one_of_many(self.q_writer[q])\n",
        "            self.wake_one_of_many(self.q_writer[q])\n",
    ),
    Mutant(
        "engine-wake-one",
        "joining wakes only the last who waits",
        _KERNEL,
        "            self.many.append((self.c_id[c], c))\n",
        "            self.many = [(self.c_id[c], c)]\n",
    ),
    Mutant(
        "engine-link-many-order",
        "those woken together are ready in the order of the messages",
        _KERNEL,
        "        self.many.sort()\n",
        "",
    ),
    Mutant(
        "engine-undo-level-order",
        "messages go back in the wrong order",
        _KERNEL,
        "            self.m_next[m] = self.q_head[q]\n"
        "            self.q_head[q] = m\n"
        "            if self.q_tail[q] < 0:\n"
        "                self.q_tail[q] = m\n",
        "            self.m_next[m] = -1\n"
        "            if self.q_tail[q] < 0:\n"
        "                self.q_head[q] = m\n"
        "            else:\n"
        "                self.m_next[self.q_tail[q]] = m\n"
        "            self.q_tail[q] = m\n",
    ),
    Mutant(
        "engine-undo-level-tail",
        "a queue that a message goes back to forgets it when the next comes",
        _KERNEL,
        "            if self.q_tail[q] < 0:\n"
        "                self.q_tail[q] = m\n"
        "            self.e_tokens[self.m_end",
        "            self.e_tokens[self.m_end",
    ),
    Mutant(
        "engine-undo-level-token",
        "a message goes back without its token",
        _KERNEL,
        "            self.e_tokens[self.m_end[m]] += 1\n",
        "",
    ),
    Mutant(
        "engine-undo-level-weight",
        "a message that goes back weighs nothing",
        _KERNEL,
        "            if self.ranked != 0:\n                self.weigh(c, 1)\n",
        "",
    ),
    Mutant(
        "engine-free-messages-one",
        "of what was sent in a fork the first message is dropped",
        _KERNEL,
        "            self.free_message(self.m_queue[m], m)\n"
        "            m = following\n"
        "        return 0\n",
        "            self.free_message(self.m_queue[m], m)\n            m = -1\n        return 0\n",
    ),
    Mutant(
        "engine-drop-levels-one",
        "of one that fails the innermost fork is dropped",
        _KERNEL,
        "        while self.c_level[c] >= 0:\n"
        "            level = self.c_level[c]\n"
        "            self.free_messages(self.l_staged[level])\n",
        "        if self.c_level[c] >= 0:\n"
        "            level = self.c_level[c]\n"
        "            self.free_messages(self.l_staged[level])\n",
    ),
    Mutant(
        "engine-strip-session-first",
        "a fork around another keeps what it has of a session that fails",
        _KERNEL,
        "                self.strip_level(level, s)\n                level = self.l_up[level]\n",
        "                self.strip_level(level, s)\n                level = -1\n",
    ),
    Mutant(
        "engine-strip-level-kept",
        "a fork goes back to a session that has failed",
        _KERNEL,
        "            if self.c_session[self.x_end[x]] == s:\n",
        "            if self.c_session[self.x_end[x]] < 0:\n",
    ),
    Mutant(
        "engine-without-none",
        "a fork keeps the messages of a session that has failed",
        _KERNEL,
        "            if self.c_session[self.m_end[m]] == s:\n                self.free",
        "            if self.c_session[self.m_end[m]] < 0:\n                self.free",
    ),
    Mutant(
        "engine-new-level-room",
        "a fork's number has no room",
        _KERNEL,
        "            self.l_ghost = grown(self.l_ghost, size)\n",
        "",
    ),
    Mutant(
        "engine-new-entry-room",
        "what a fork keeps has no room",
        _KERNEL,
        "            self.x_value = grown(self.x_value, size)\n",
        "",
    ),
    Mutant(
        "engine-levels-order",
        "the innermost fork is shown first",
        _KERNEL,
        "        found.reverse()\n        return found\n",
        "        return found\n",
    ),
    Mutant(
        "engine-end-view-node",
        "states of a second role are numbered after those of the first",
        _KERNEL,
        "state - self.o_state[self.i_first[self.s_image[s]] + i]\n",
        "state - self.o_state[self.i_first[self.s_image[s]]]\n",
    ),
    Mutant(
        "engine-apart-queue",
        "a message kept apart is shown on another edge",
        _KERNEL,
        "self.m_queue[m] - self.s_queues[s]\n",
        "(self.m_queue[m] - self.s_queues[s]) // 2\n",
    ),
    Mutant(
        "engine-put-place",
        "a message that is queued has no place",
        _KERNEL,
        "        self.q_count[q] += 1\n        return self.append(q, m)\n",
        "        return self.append(q, m)\n",
    ),
    Mutant(
        "engine-put-in-full-both",
        "a latest queue keeps the older message too",
        _KERNEL,
        "            if self.g_full[self.q_kind[q]] == REPLACES and self.q_head[q] >= 0:\n",
        "            if self.g_full[self.q_kind[q]] == REPLACES and self.q_head[q] < -1:\n",
    ),
    Mutant(
        "engine-last-of",
        "a message sent after a session has failed makes a fork forget the others",
        _KERNEL,
        "        while m >= 0 and self.m_next[m] >= 0:\n"
        "            m = self.m_next[m]\n"
        "        return m\n",
        "        return -1\n",
    ),
    Mutant(
        "engine-forbidden-transfer",
        "an endpoint is given away in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return TRANSFER_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-spawn",
        "a child is spawned in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return SPAWN_FORBIDDEN\n",
        "",
    ),
)
