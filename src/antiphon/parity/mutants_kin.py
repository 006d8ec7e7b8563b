"""The seeded faults of the uncompiled kernel: who owns an endpoint, who is spawned, who leaves."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"

KIN_MUTANTS: Final = (
    Mutant(
        "engine-transfer-any-number",
        "what is no number is taken for the id of a coroutine",
        _KERNEL,
        "        if sort_of(word) != NAT_TAG:\n            return TRANSFER_NUMBER\n",
        "",
    ),
    Mutant(
        "engine-transfer-to-the-dead",
        "an endpoint goes to a coroutine that is done",
        _KERNEL,
        "if t < 0 or self.c_status[t] == DONE or self.c_status[t] == FAULTED:",
        "if t < 0:",
    ),
    Mutant(
        "engine-transfer-unseen",
        "nobody sees that an endpoint changes hands",
        _KERNEL,
        "            self.note(TRANSFERRED, c, (self.e_word(e), self.c_id[t]))\n",
        "            pass\n",
    ),
    Mutant(
        "engine-spawn-of-others",
        "an endpoint of another is given",
        _KERNEL,
        "            if self.e_owner[e] != c:\n                return SPAWN_OWNER\n",
        "",
    ),
    Mutant(
        "engine-spawn-twice",
        "one endpoint is given twice",
        _KERNEL,
        "                if self.given(c, first + j) == e:",
        "                if self.given(c, first + j) == -9:",
    ),
    Mutant(
        "engine-spawn-no-limit",
        "one coroutine more than there may be",
        _KERNEL,
        "self.next_coroutine - self.done - self.failed >= self.limit",
        "self.next_coroutine - self.done - self.failed > self.limit",
    ),
    Mutant(
        "engine-given-of-the-failed",
        "an endpoint of a session that failed counts as one",
        _KERNEL,
        "        if e >= 0 and self.s_status[self.c_session[e]] != ACTIVE:\n"
        "            return -3\n"
        "        return e\n"
        "\n"
        "    @cython.cfunc\n"
        "    def new_child",
        "        return e\n\n    @cython.cfunc\n    def new_child",
    ),
    Mutant(
        "engine-child-line",
        "a child has its parent's line",
        _KERNEL,
        "(*self.lines.get(c, ()), self.c_children[c])",
        "self.lines.get(c, ())",
    ),
    Mutant(
        "engine-child-keeps-registers",
        "a child finds the registers of the one whose slot it has",
        _KERNEL,
        "        for i in range(self.o_registers[o]):\n            self.r_value[r + i] = 0\n",
        "",
    ),
    Mutant(
        "engine-child-uncounted",
        "a session's slots serve again while a child is alive",
        _KERNEL,
        "        self.s_alive[s] += 1\n",
        "        self.s_alive[s] += 0\n",
    ),
    Mutant(
        "engine-give-keeps",
        "who gives an endpoint away is still found to own it",
        _KERNEL,
        "                self.c_owned[owner] = behind\n",
        "                pass\n",
    ),
    Mutant(
        "engine-endpoint-word",
        "an endpoint that changes hands is shown as that of the first role",
        _KERNEL,
        "        o: cython.longlong = self.i_first[self.s_image[s]] + e - self.s_coroutines[s]\n"
        "        return ((self",
        "        o: cython.longlong = self.i_first[self.s_image[s]]\n        return ((self",
    ),
    Mutant(
        "engine-halt-of-the-home-only",
        "only the endpoint of its slot must be at its end",
        _KERNEL,
        "            if self.t_kind[self.e_state[e]] != END:\n"
        "                return HALT_UNFINISHED\n"
        "            e = self.e_next[e]\n",
        "            e = self.e_next[e]\n",
    ),
    Mutant(
        "engine-halt-many",
        "only the first endpoint is released",
        _KERNEL,
        "        for _, e in owned:\n"
        "            self.give(e, -1)\n"
        "            self.s_open[self.c_session[e]] -= 1\n",
        "        for _, e in owned[:1]:\n"
        "            self.give(e, -1)\n"
        "            self.s_open[self.c_session[e]] -= 1\n",
    ),
    Mutant(
        "engine-ended-unseen",
        "nobody sees a session end",
        _KERNEL,
        "        self.record(ENDED, self.c_id[c], 0, self.s_id[s])\n",
        "",
    ),
    Mutant(
        "engine-owned-of-the-slot",
        "what is owned besides the endpoint of the slot is forgotten",
        _KERNEL,
        "            found.append((self.s_id[self.c_session[e]], e))\n"
        "            e = self.e_next[e]\n"
        "        found.sort()",
        "            e = self.e_next[e]\n        found.sort()",
    ),
    Mutant(
        "engine-wake-all-tokens",
        "the tokens of a session that failed are left",
        _KERNEL,
        "            self.e_tokens[e] = 0\n            if c >= 0",
        "            if c >= 0",
    ),
    Mutant(
        "engine-late-halt-stays",
        "who is done after its session stays in the state",
        _KERNEL,
        "        if self.s_status[s] == GONE:\n            self.depart(c)\n        elif",
        "        if self.s_status[s] == -1:\n            self.depart(c)\n        elif",
    ),
    Mutant(
        "engine-others-stay",
        "another session that ends with a coroutine stays in the state",
        _KERNEL,
        "            for other in self.others:\n                self.retire(other)\n",
        "",
    ),
    Mutant(
        "engine-free-block",
        "the slots of a session that has ended serve for another shape",
        _KERNEL,
        "        shape: cython.longlong = self.s_shape[s]\n        self.s_status[s] = FREE\n",
        "        shape: cython.longlong = 0\n        self.s_status[s] = FREE\n",
    ),
    Mutant(
        "engine-retire-kin",
        "children that are done stay when their session ends",
        _KERNEL,
        "            if self.c_status[c] == DONE:\n"
        "                self.depart(c)\n"
        "            c = following\n",
        "            c = following\n",
    ),
    Mutant(
        "engine-retire-takes-all",
        "who is not done leaves with its session",
        _KERNEL,
        "                self.forget(c, -1)\n            if self.c_status[c] == DONE:\n",
        "                self.forget(c, -1)\n            if self.c_status[c] != FREE:\n",
    ),
    Mutant(
        "engine-begin-children",
        "who gets a slot has had the children of the one before",
        _KERNEL,
        "self.c_cost[c] = self.c_children[c] = self.c_answers[c] = self.c_until[c] = 0\n",
        "self.c_cost[c] = self.c_answers[c] = self.c_until[c] = 0\n",
    ),
    Mutant(
        "engine-tell-without-value",
        "a message is shown without its value",
        _KERNEL,
        "            return self.record(kind, self.c_id[c], b, word)\n",
        "            return self.record(kind, self.c_id[c], b, 0)\n",
    ),
    Mutant(
        "engine-note-first",
        "each rare event says what the first one said",
        _KERNEL,
        "        self.record(kind, self.c_id[c], 0, self.noted + len(self.notes) - 1)\n",
        "        self.record(kind, self.c_id[c], 0, 0)\n",
    ),
    Mutant(
        "engine-coroutines-done",
        "a coroutine that is done is not shown",
        _KERNEL,
        "for c in range(self.c_top) if self.c_status[c] != FREE]",
        "for c in range(self.c_top) if self.c_status[c] < DONE]",
    ),
    Mutant(
        "engine-coroutine-view",
        "a coroutine is shown without its answers",
        _KERNEL,
        "            self.c_answers[c],\n            self.c_until[c],\n",
        "            0,\n            self.c_until[c],\n",
    ),
    Mutant(
        "engine-child-first",
        "a child is ready before its parent",
        _KERNEL,
        "                    self.link(self.born, self.clock + 1)\n",
        "                    self.link(self.born, self.clock + 1)\n"
        "                    self.to_back(c)\n",
    ),
    Mutant(
        "engine-invoke-as-the-role",
        "a coroutine that is not at home asks as its role",
        _KERNEL,
        "        return home if self.e_owner[home] == c else -1\n",
        "        return home\n",
    ),
)
