"""The seeded faults of the uncompiled kernel's ready queue and id trees."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"

ORDER_MUTANTS: Final = (
    Mutant(
        "engine-link-unmarked",
        "who becomes ready is not seen by round-robin",
        _KERNEL,
        "        if self.ordered:\n            self.mark(c)\n",
        "",
    ),
    Mutant(
        "engine-unlink-marked",
        "who is ready no more is still picked by round-robin",
        _KERNEL,
        "        if self.ordered:\n            self.unmark(c)\n",
        "",
    ),
    Mutant(
        "engine-to-back",
        "the stepper goes in front of the last of the ready queue",
        _KERNEL,
        "        self.c_prev[behind] = before\n"
        "        self.c_next[self.tail] = c\n"
        "        self.c_prev[c] = self.tail\n"
        "        self.c_next[c] = -1\n"
        "        self.tail = c\n",
        "        self.c_prev[behind] = before\n"
        "        self.c_next[c] = self.tail\n"
        "        self.c_prev[c] = self.c_prev[self.tail]\n"
        "        if self.c_prev[c] >= 0:\n"
        "            self.c_next[self.c_prev[c]] = c\n"
        "        else:\n"
        "            self.head = c\n"
        "        self.c_prev[self.tail] = c\n",
    ),
    Mutant(
        "engine-find-beyond",
        "an id beyond the tree is taken for a smaller one",
        _KERNEL,
        "        if level == 0 or number < 0 or number >> (6 * level) != 0:\n",
        "        if level == 0 or number < 0:\n",
    ),
    Mutant(
        "engine-insert-ready",
        "a tree that grows forgets that somebody is ready below",
        _KERNEL,
        "            self.n_ready[up] = 1 if self.n_ready[node] != 0 else 0\n",
        "",
    ),
    Mutant(
        "engine-remove-node",
        "a node is freed while one id is left in it",
        _KERNEL,
        "            self.n_live[node] -= 1\n            if self.n_live[node] > 0:\n",
        "            self.n_live[node] -= 1\n            if self.n_live[node] > 1:\n",
    ),
    Mutant(
        "engine-new-node-at",
        "a node does not know where it hangs",
        _KERNEL,
        "        self.n_at[node] = at\n",
        "",
    ),
    Mutant(
        "engine-grow-ready",
        "a table of the ready that grows forgets them",
        _KERNEL,
        "            self.n_ready.extend([0] * (size - len(self.n_ready)))\n",
        "            self.n_ready = [0] * size\n",
    ),
    Mutant(
        "engine-mark-alone",
        "who becomes ready makes round-robin forget its neighbours",
        _KERNEL,
        "            self.n_ready[node] = ready | (one << at)\n",
        "            self.n_ready[node] = one << at\n",
    ),
    Mutant(
        "engine-unmark-all",
        "one who leaves takes all of its node along",
        _KERNEL,
        "            if self.n_ready[node] != 0:\n"
        "                return 0\n"
        "            at = self.n_at[node]\n",
        "            at = self.n_at[node]\n",
    ),
    Mutant(
        "engine-order-first",
        "of those ready when round-robin begins, it knows the first",
        _KERNEL,
        "            while c >= 0:\n"
        "                self.mark(c)\n"
        "                c = self.c_next[c]\n",
        "            if c >= 0:\n                self.mark(c)\n",
    ),
    Mutant(
        "engine-next-in-slot",
        "round-robin goes on from whoever has the slot of the last pick now",
        _KERNEL,
        "        if c < 0 or self.c_id[c] != self.last or self.c_status[c] == FREE:\n",
        "        if c < 0 or self.c_status[c] == FREE:\n",
    ),
    Mutant(
        "engine-next-from-root",
        "after a pick that has gone, round-robin begins anew",
        _KERNEL,
        "        if found >= 0:\n            return self.smallest(found, found_level)\n",
        "",
    ),
    Mutant(
        "engine-smallest",
        "below a node round-robin takes the largest id",
        _KERNEL,
        "            node = self.n_child[node * 64 + lowest(self.n_ready[node])] - 1\n"
        "        return node\n",
        "            node = self.n_child[node * 64 + self.n_ready[node].bit_length() - 1] - 1\n"
        "        return node\n",
    ),
    Mutant(
        "engine-lowest",
        "the highest bit is taken for the lowest",
        _KERNEL,
        "        return (word & -word).bit_length() - 1\n",
        "        return word.bit_length() - 1\n",
    ),
)
