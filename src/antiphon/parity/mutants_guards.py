"""The seeded faults of guard layers, of the model and of the engine."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"
_GUARDS: Final = "model/guards.py"
_RULE: Final = "model/rules/guard.py"
_COMMIT: Final = "model/commit.py"
_RELEASE: Final = "model/release.py"

GUARD_MUTANTS: Final = (
    Mutant(
        "model-acquire-shared",
        "two may hold a layer",
        _RULE,
        "    if holder not in (None, me.id):\n",
        "    if holder not in (None, me.id) and False:\n",
    ),
    Mutant(
        "model-acquire-twice",
        "who holds a layer can take it again",
        _RULE,
        '    at.require(holder is None, ACQUIRE_FAULT, "holder")\n',
        "",
    ),
    Mutant(
        "model-acquire-any-answer",
        "any answer is a grant",
        _RULE,
        '    at.require(isinstance(answer, VARIANTS), INVOKE_FAULT, "answer")\n',
        "",
    ),
    Mutant(
        "model-acquire-free-answer",
        "a grant uses no answer",
        _RULE,
        "    me, sessions = used(me, home)\n",
        "    sessions = ()\n",
    ),
    Mutant(
        "model-release-of-another",
        "whoever has the evidence gives a layer back",
        _RULE,
        '    at.require(guards.holder(i.layer) == me.id, ACQUIRE_FAULT, "holder")\n',
        '    at.require(guards.holder(i.layer) is not None, ACQUIRE_FAULT, "holder")\n',
    ),
    Mutant(
        "model-release-any-evidence",
        "any value is evidence",
        _RULE,
        "    at.require(me.registers[i.evidence] == guards.evidence(i.layer), ",
        "    at.require(me.registers[i.evidence] is not None, ",
    ),
    Mutant(
        "model-release-wakes-one",
        "only one of those who wait for a layer wakes",
        _RULE,
        "    woken = waiting_for(at.state, i.layer)\n",
        "    woken = waiting_for(at.state, i.layer)[:1]\n",
    ),
    Mutant(
        "model-release-wakes-all-layers",
        "whoever waits for any layer wakes",
        _RELEASE,
        "one.block.code == ACQUIRE_WAIT and one.block.layer == layer",
        "one.block.code == ACQUIRE_WAIT",
    ),
    Mutant(
        "model-nonce-reused",
        "a grant has the number of the one before",
        _GUARDS,
        "{**self.grants, layer: grant}, self.next_nonce + 1)",
        "{**self.grants, layer: grant}, self.next_nonce)",
    ),
    Mutant(
        "model-evidence-of-nobody",
        "evidence does not say who holds the layer",
        _GUARDS,
        "Prod(Str(layer), Nat(grant.holder)))",
        "Prod(Str(layer), Nat(0)))",
    ),
    Mutant(
        "model-halt-holding",
        "who halts keeps its layers",
        "model/rules/control.py",
        '    at.require(not at.state.guards.held_by(me.id), ACQUIRE_FAULT, "held")\n',
        "",
    ),
    Mutant(
        "model-fault-holding",
        "who fails keeps its layers",
        _RELEASE,
        "    for layer in state.guards.held_by(me.id):\n",
        "    for layer in state.guards.held_by(-1):\n",
    ),
    Mutant(
        "model-crash-holding",
        "who crashes keeps its layers",
        _COMMIT,
        "    ending = ending.then(give_back(state, me, tick))\n    waiting = set",
        "    waiting = set",
    ),
    Mutant(
        "model-fault-wakes-nobody",
        "those who wait for one who failed wait for ever",
        _RELEASE,
        "frozenset(waiting_for(state, layer))",
        "frozenset()",
    ),
    Mutant(
        "model-held-by-age",
        "the layers of one who fails are given back in the order in which they were taken",
        _GUARDS,
        "return tuple(sorted(one for one, grant",
        "return tuple(list(one for one, grant",
    ),
    Mutant(
        "engine-acquire-shared",
        "two may hold a layer",
        _KERNEL,
        "        if self.l_holder[layer] >= 0:\n            return ACQUIRE_HELD\n",
        "",
    ),
    Mutant(
        "engine-acquire-twice",
        "who holds a layer waits for itself",
        _KERNEL,
        "        if self.l_holder[layer] == c:\n            return ACQUIRE_HOLDER\n",
        "",
    ),
    Mutant(
        "engine-acquire-nonce",
        "a grant has the number of the one before",
        _KERNEL,
        "        self.next_nonce += 1\n",
        "        self.next_nonce += 0\n",
    ),
    Mutant(
        "engine-acquire-uncounted",
        "who takes a layer may halt with it",
        _KERNEL,
        "        self.c_held[c] += 1\n",
        "        self.c_held[c] += 0\n",
    ),
    Mutant(
        "engine-acquire-answer",
        "the answer is taken for the evidence",
        _KERNEL,
        "        value = self.host(EVIDENCE, 0, 0, 0, 0, 0, None, layer, 0, grant)\n",
        "        self.host(EVIDENCE, 0, 0, 0, 0, 0, None, layer, 0, grant)\n",
    ),
    Mutant(
        "engine-release-of-another",
        "whoever has the evidence gives a layer back",
        _KERNEL,
        "        if self.l_holder[layer] != c:\n            return RELEASE_HOLDER\n",
        "        if self.l_holder[layer] < 0:\n            return RELEASE_HOLDER\n",
    ),
    Mutant(
        "engine-release-any-evidence",
        "any value is evidence",
        _KERNEL,
        "        if self.r_value[self.c_base[c] + self.k_a[pc]] != self.l_word[layer]:\n"
        "            return RELEASE_EVIDENCE\n",
        "",
    ),
    Mutant(
        "engine-release-last",
        "who waits for a layer comes in the place of those who do already",
        _KERNEL,
        "                self.c_next[self.l_last[layer]] = c\n",
        "                self.l_waiter[layer] = c\n",
    ),
    Mutant(
        "engine-free-layer-silent",
        "that a layer is free is not told",
        _KERNEL,
        "        self.record(RELEASED, self.c_id[c], layer, 0)\n",
        "",
    ),
    Mutant(
        "engine-free-layer-waits",
        "who waits for a layer counts as waiting for ever",
        _KERNEL,
        "        while c >= 0:\n            self.queue_waits -= 1\n",
        "        while c >= 0:\n",
    ),
    Mutant(
        "engine-free-layer-one",
        "only one of those who wait for a layer wakes",
        _KERNEL,
        "            self.woken += 1\n            c = self.c_next[c]\n",
        "            self.woken += 1\n            c = -1\n",
    ),
    Mutant(
        "engine-halt-holding",
        "who halts keeps its layers",
        _KERNEL,
        "        if self.c_held[c] > 0:\n            return HALT_HELD\n",
        "",
    ),
    Mutant(
        "engine-fail-holding",
        "who fails keeps its layers",
        _KERNEL,
        "            if self.l_holder[layer] == c:\n",
        "            if self.l_holder[layer] == -9:\n",
    ),
    Mutant(
        "engine-crash-holding",
        "who crashes keeps its layers",
        _KERNEL,
        "        first: cython.longlong\n        if self.c_held[c] > 0:\n",
        "        first: cython.longlong\n        if self.c_held[c] < 0:\n",
    ),
    Mutant(
        "engine-layers-forgotten",
        "a layer that another image brought in is free again",
        _KERNEL,
        "        for i in range(known, len(order)):\n",
        "        for i in range(len(order)):\n",
    ),
    Mutant(
        "engine-layers-by-age",
        "the layers of one who fails are given back in the order in which they were named",
        "engine/catalogue.py",
        "        kernel.layers([layers[layer] for layer in sorted(layers)])\n",
        "        kernel.layers([layers[layer] for layer in layers])\n",
    ),
    Mutant(
        "engine-guards-holder",
        "a layer is said to be held by the slot of its holder",
        _KERNEL,
        "            (i, self.c_id[self.l_holder[i]], self.l_nonce[i])\n",
        "            (i, self.l_holder[i], self.l_nonce[i])\n",
    ),
    Mutant(
        "engine-layer-of-all",
        "whoever waits is said to wait for the layer of its instruction",
        _KERNEL,
        "or self.outcome[self.c_reason[c]] != LAYER_WAIT:\n",
        "or self.outcome[self.c_reason[c]] == HOST_WAIT:\n",
    ),
    Mutant(
        "engine-block-layer",
        "who waits for a layer is not noted with it",
        _KERNEL,
        "            if self.l_waiter[layer] < 0:\n                self.l_waiter[layer] = c\n",
        "            if self.l_waiter[layer] < 0:\n                self.l_waiter[layer] = -1\n",
    ),
)
