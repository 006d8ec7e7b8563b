"""The seeded faults of forks in the uncompiled kernel."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"

FORK_MUTANTS: Final = (
    Mutant(
        "engine-remember-select",
        "a fork does not know what the type was before ``select``",
        _KERNEL,
        "            self.remember(c, e)\n        self.e_state[e] = self.b_narrow[b]\n",
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
        "        self.c_level[c] = self.v_up[level]\n",
        "        self.c_level[c] = -1\n",
    ),
    Mutant(
        "engine-remember-state",
        "a fork keeps that an endpoint is at its beginning",
        _KERNEL,
        "        self.y_state[x] = self.e_state[e]\n",
        "        self.y_state[x] = 0\n",
    ),
    Mutant(
        "engine-kept-never",
        "a fork keeps an endpoint at every change",
        _KERNEL,
        "        while x >= 0 and self.y_end[x] != e:\n"
        "            x = self.y_next[x]\n"
        "        return x\n",
        "        while x >= 0:\n            x = self.y_next[x]\n        return x\n",
    ),
    Mutant(
        "engine-stage-place",
        "a message sent in a fork has no place in its queue",
        _KERNEL,
        "        self.m_branch[m] = b\n        self.q_count[q] += 1\n",
        "        self.m_branch[m] = b\n",
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
        "        self.overwrite(c, self.m_end[m], self.m_branch[m], q, self.m_value[m])\n",
        "        self.m_value[head] = self.m_value[m]\n",
    ),
    Mutant(
        "engine-miss-unseen",
        "nobody sees that a message from a fork does not come back",
        _KERNEL,
        "        self.tell(DROPPED, c, self.m_end[m], self.m_branch[m], "
        "label << REASON_BITS | OVERWRITTEN)\n",
        "",
    ),
    Mutant(
        "engine-set-aside-first",
        "what is received in a fork makes it forget the last message",
        _KERNEL,
        "            self.m_next[self.v_taken_end[level]] = m\n"
        "        else:\n"
        "            self.v_taken[level] = m\n"
        "        self.v_taken_end[level] = m\n",
        "            pass\n"
        "        else:\n"
        "            self.v_taken[level] = m\n"
        "        self.v_taken_end[level] = m\n",
    ),
    Mutant(
        "engine-merge-level-sent",
        "joining a fork in a fork loses what was sent",
        _KERNEL,
        "        if self.v_staged[level] >= 0:\n            if self.v_staged_end[up] >= 0:\n",
        "        if self.v_staged[level] < -1:\n            if self.v_staged_end[up] >= 0:\n",
    ),
    Mutant(
        "engine-merge-level-kept",
        "joining a fork in a fork loses what endpoints were",
        _KERNEL,
        "                self.y_next[x] = self.v_kept[up]\n"
        "                self.v_kept[up] = x\n"
        "            else:\n",
        "                self.y_next[x] = rest\n                rest = x\n            else:\n",
    ),
    Mutant(
        "engine-publish-level-places",
        "joining does not free the places of what was received",
        _KERNEL,
        "            self.free_message(q, m)\n            if self.q_writer[q] >= 0:\n",
        "            if self.q_writer[q] >= 0:\n",
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
        "            self.free_messages(self.v_staged[level])\n",
        "        if self.c_level[c] >= 0:\n"
        "            level = self.c_level[c]\n"
        "            self.free_messages(self.v_staged[level])\n",
    ),
    Mutant(
        "engine-strip-session-first",
        "a fork around another keeps what it has of a session that fails",
        _KERNEL,
        "                self.strip_level(level, s)\n                level = self.v_up[level]\n",
        "                self.strip_level(level, s)\n                level = -1\n",
    ),
    Mutant(
        "engine-strip-level-kept",
        "a fork goes back to a session that has failed",
        _KERNEL,
        "            if self.c_session[self.y_end[x]] == s:\n",
        "            if self.c_session[self.y_end[x]] < 0:\n",
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
        "            self.v_ghost = grown(self.v_ghost, size)\n",
        "",
    ),
    Mutant(
        "engine-new-entry-room",
        "what a fork keeps has no room",
        _KERNEL,
        "            self.y_value = grown(self.y_value, size)\n",
        "",
    ),
    Mutant(
        "engine-levels-order",
        "the innermost fork is shown first",
        _KERNEL,
        "        found.reverse()\n        return tuple(found)\n",
        "        return tuple(found)\n",
    ),
    Mutant(
        "engine-end-view-node",
        "states of a second role are numbered after those of the first",
        _KERNEL,
        "self.y_state[x] - self.o_state[self.i_first[self.s_image[s]] + i]\n",
        "self.y_state[x] - self.o_state[self.i_first[self.s_image[s]]]\n",
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
