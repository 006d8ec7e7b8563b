"""More seeded faults of forks in the uncompiled kernel: with links, facts and sessions that end,
and what must not be done in a fork.
"""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"

UNDO_MUTANTS: Final = (
    Mutant(
        "engine-undo-level-facts",
        "what was noted in a fork is known for ever",
        _KERNEL,
        "            self.forget(self.y_end[x], self.y_facts[x])\n",
        "",
    ),
    Mutant(
        "engine-remember-tag",
        "a fork does not know what was known before ``tag``",
        _KERNEL,
        "            self.remember(c, e)\n        if (e, fact)",
        "            pass\n        if (e, fact)",
    ),
    Mutant(
        "engine-end-view-facts",
        "what is known now is shown as what was known before the fork",
        _KERNEL,
        "        f: cython.longlong = self.y_facts[x]\n",
        "        f: cython.longlong = self.e_facts[e]\n",
    ),
    Mutant(
        "engine-join-loses-nobody",
        "a session that is lost with a join does not fail in its step",
        _KERNEL,
        "            self.fail_lost(c)\n        return JOIN_COMMIT\n",
        "            pass\n        return JOIN_COMMIT\n",
    ),
    Mutant(
        "engine-crash-levels",
        "who has crashed has its forks still",
        _KERNEL,
        "FETCH_CRASHED, 0)\n        self.drop_levels(c)\n",
        "FETCH_CRASHED, 0)\n",
    ),
    Mutant(
        "engine-replace-label",
        "a message from a fork has the label of the one it overwrites",
        _KERNEL,
        "        self.m_label[head] = self.m_label[m]\n",
        "",
    ),
    Mutant(
        "engine-replace-late",
        "a message from a fork comes when the one it overwrites was to come",
        _KERNEL,
        "        self.m_at[head] = self.m_at[m]\n",
        "",
    ),
    Mutant(
        "engine-publish-level-early",
        "joining wakes who waits for an older message that is late",
        _KERNEL,
        "                self.append(q, m)\n"
        "                if reader >= 0 and self.c_until[reader] > 0:\n",
        "                self.append(q, m)\n                if reader < 0:\n",
    ),
    Mutant(
        "engine-publish-level-sleeps",
        "joining wakes nobody who waits for a message",
        _KERNEL,
        "            if reader >= 0:\n"
        "                self.wake_waiter(reader)\n"
        "            m = following\n",
        "            m = following\n",
    ),
    Mutant(
        "engine-publish-level-writer",
        "joining wakes nobody who waits for room",
        _KERNEL,
        "            if self.q_writer[q] >= 0:\n"
        "                self.wake_writer(self.q_writer[q])\n"
        "            m = following\n",
        "            m = following\n",
    ),
    Mutant(
        "engine-take-wakes",
        "receiving in a fork wakes a sender that waits for room",
        _KERNEL,
        "        if self.q_writer[q] >= 0 and self.c_level[c] < 0:\n",
        "        if self.q_writer[q] >= 0:\n",
    ),
    Mutant(
        "engine-apart-late",
        "a message kept apart is shown as there at once",
        _KERNEL,
        "                at = self.m_at[m]\n            found",
        "                at = 0\n            found",
    ),
    Mutant(
        "engine-miss-late",
        "a late message that does not come back has no label",
        _KERNEL,
        "        if label < 0:\n            label = ~label\n        self.s_marks",
        "        if label < -(2**62):\n            label = ~label\n        self.s_marks",
    ),
    Mutant(
        "engine-forbidden-send",
        "an endpoint in a register is sent in a fork",
        _KERNEL,
        "                if self.c_level[c] >= 0:\n"
        "                    return SEND_FORBIDDEN + shift\n",
        "",
    ),
    Mutant(
        "engine-forbidden-offer",
        "the host gives an endpoint away in a fork",
        _KERNEL,
        "        elif self.c_level[c] >= 0 and self.b_sort[b] >= DELEGATING:\n"
        "            return SEND_FORBIDDEN + shift\n",
        "",
    ),
    Mutant(
        "engine-forbidden-receive",
        "an endpoint is received in a fork",
        _KERNEL,
        "            if self.c_level[c] >= 0:\n                return RECEIVE_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-choose",
        "an endpoint is received in a fork, among others",
        _KERNEL,
        "            if self.c_level[c] >= 0:\n                return CHOOSE_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-open",
        "a session is opened in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return OPEN_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-close",
        "a session is closed in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return CLOSE_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-acquire",
        "a guard layer is taken in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return ACQUIRE_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-release",
        "a guard layer is given back in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return RELEASE_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-halt",
        "a coroutine halts in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            return HALT_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-forbidden-invoke",
        "every action may be done in a fork",
        _KERNEL,
        "        if self.c_level[c] >= 0 and self.k_c[pc] == 0:\n"
        "            return INVOKE_FORBIDDEN\n",
        "",
    ),
    Mutant(
        "engine-fail-strip",
        "what forks have of a session that fails is kept",
        _KERNEL,
        "                self.wake_all(s)\n                self.strip_session(s)\n",
        "                self.wake_all(s)\n",
    ),
    Mutant(
        "engine-close-strip",
        "what forks have of a session that is closed is kept",
        _KERNEL,
        "        self.strip_session(s)\n        first",
        "        first",
    ),
)
