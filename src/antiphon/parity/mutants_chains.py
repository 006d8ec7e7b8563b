"""The seeded faults of chains of forks, of what is known before a fork, and of slots and texts that
serve again.
"""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"
_KNOWLEDGE: Final = "model/rules/knowledge.py"
_SPECULATION: Final = "model/speculation.py"

CHAIN_MUTANTS: Final = (
    Mutant(
        "engine-merge-level-sent-end",
        "a fork does not know the last message sent in one that was joined in it",
        _KERNEL,
        "            self.v_staged_end[up] = self.v_staged_end[level]\n",
        "",
    ),
    Mutant(
        "engine-merge-level-taken-end",
        "a fork does not know the last message received in one that was joined in it",
        _KERNEL,
        "            self.v_taken_end[up] = self.v_taken_end[level]\n",
        "",
    ),
    Mutant(
        "engine-merge-level-taken",
        "joining a fork in a fork loses what was received",
        _KERNEL,
        "        if self.v_taken[level] >= 0:\n            if self.v_taken_end[up] >= 0:\n",
        "        if self.v_taken[level] < -1:\n            if self.v_taken_end[up] >= 0:\n",
    ),
    Mutant(
        "engine-strip-level-sent-end",
        "a fork that lost a message with its session forgets what is sent next",
        _KERNEL,
        "        self.v_staged_end[level] = self.last_of(self.v_staged[level])\n",
        "",
    ),
    Mutant(
        "engine-strip-level-taken-end",
        "a fork that lost a message with its session forgets what is received next",
        _KERNEL,
        "        self.v_taken_end[level] = self.last_of(self.v_taken[level])\n",
        "",
    ),
    Mutant(
        "engine-without-others",
        "with a session, a fork loses all messages but the last of the others",
        _KERNEL,
        "                if last >= 0:\n                    self.m_next[last] = m\n"
        "                else:\n                    first = m\n",
        "                first = m\n",
    ),
    Mutant(
        "engine-strip-level-others",
        "with a session, a fork loses all endpoints but the last of the others",
        _KERNEL,
        "            else:\n                self.y_next[x] = self.v_kept[level]\n"
        "                self.v_kept[level] = x\n            x = following\n"
        "        self.free_entries(gone)\n",
        "            else:\n                self.y_next[x] = -1\n"
        "                self.v_kept[level] = x\n            x = following\n"
        "        self.free_entries(gone)\n",
    ),
    Mutant(
        "engine-tag-remember-new",
        "a fork does not keep an endpoint where a fact is noted that is known",
        _KERNEL,
        "        if self.c_level[c] >= 0:\n            self.remember(c, e)\n        if (e, fact)",
        "        if self.c_level[c] >= 0 and (e, fact) not in self.known:\n"
        "            self.remember(c, e)\n        if (e, fact)",
    ),
    Mutant(
        "engine-convey-delay-loses",
        "an endpoint that is late is lost",
        _KERNEL,
        "        if kind >= 0 and kind != DELAY and value",
        "        if kind >= 0 and value",
    ),
    Mutant(
        "engine-retire-facts",
        "what was known in a session that has ended is known in the next in its slots",
        _KERNEL,
        "            if self.e_facts[c] >= 0:\n                self.forget(c, -1)\n",
        "",
    ),
    Mutant(
        "engine-forget-known",
        "what was undone is still known",
        _KERNEL,
        "            self.known.discard((e, self.p_word[f]))\n",
        "",
    ),
    Mutant(
        "engine-objects-facts",
        "the texts of facts are swept away",
        _KERNEL,
        "                found.add(self.p_word[i])\n",
        "                pass\n",
    ),
    Mutant(
        "engine-objects-layers",
        "the evidence of layers is swept away",
        _KERNEL,
        "                found.add(self.l_word[i])\n",
        "                pass\n",
    ),
    Mutant(
        "engine-objects-forks",
        "the registers that forks keep are swept away",
        _KERNEL,
        "                found.add(self.y_value[i])\n",
        "                pass\n",
    ),
    Mutant(
        "engine-depart-lines",
        "who is loaded into a child's slot is taken for a child",
        _KERNEL,
        "            self.lines.pop(c, None)\n",
        "",
    ),
    Mutant(
        "model-reserved-sent",
        "only the innermost fork has places for what was sent",
        _SPECULATION,
        "    staged = sender.levels if sender is not None else ()\n",
        "    staged = sender.levels[-1:] if sender is not None else ()\n",
    ),
    Mutant(
        "model-reserved-taken",
        "only the innermost fork has places for what was received",
        _SPECULATION,
        "    taken = receiver.levels if receiver is not None else ()\n",
        "    taken = receiver.levels[-1:] if receiver is not None else ()\n",
    ),
    Mutant(
        "model-merged-sent",
        "what was sent in an inner fork is queued first",
        _SPECULATION,
        "staged=(*outer.staged, *inner.staged)",
        "staged=(*inner.staged, *outer.staged)",
    ),
    Mutant(
        "model-merged-taken",
        "what was received in an inner fork goes back first",
        _SPECULATION,
        "taken=(*outer.taken, *inner.taken)",
        "taken=(*inner.taken, *outer.taken)",
    ),
    Mutant(
        "model-without-innermost",
        "a session that is over is in the outer forks still",
        _SPECULATION,
        "taken=tuple(one for one in level.taken if one.session != session),\n"
        "            )\n            for level in me.levels\n",
        "taken=tuple(one for one in level.taken if one.session != session),\n"
        "            )\n            if level is me.levels[-1]\n            else level\n"
        "            for level in me.levels\n",
    ),
    Mutant(
        "model-tag-remember-new",
        "a fork does not keep an endpoint where a fact is noted that is known",
        _KNOWLEDGE,
        "replace(remember(me, channel).with_register(",
        "replace((me if fact in channel.side.facts else remember(me, channel)).with_register(",
    ),
)
"""Killed by the cases of the corpus in which forks are joined, undone or stripped in forks."""
