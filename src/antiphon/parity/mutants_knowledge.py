"""The seeded faults of knowledge, of flow policies and of the output gate, on both machines."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"
_FLOW: Final = "model/knowledge.py"
_RULE: Final = "model/rules/knowledge.py"
_TABLES: Final = "engine/policies.py"
_SEND: Final = "model/rules/communication.py"

KNOWLEDGE_MUTANTS: Final = (
    Mutant(
        "model-tag-one",
        "an endpoint knows the last fact only",
        _RULE,
        "tuple(sorted({*channel.side.facts, fact}))",
        "(fact,)",
    ),
    Mutant(
        "model-tag-again",
        "a fact that is noted again is known twice",
        _RULE,
        "tuple(sorted({*channel.side.facts, fact}))",
        "tuple(sorted((*channel.side.facts, fact)))",
    ),
    Mutant(
        "model-check-unknown",
        "a fact that is not known may go where the policy says",
        _RULE,
        "    permitted = fact in channel.side.facts and allows(",
        "    permitted = allows(",
    ),
    Mutant(
        "model-check-target-first",
        "the target is looked at before the fact",
        _RULE,
        '    fact, target = _text(at, i.fact, "fact"), _text(at, i.target, "target")\n',
        '    target, fact = _text(at, i.target, "target"), _text(at, i.fact, "fact")\n',
    ),
    Mutant(
        "model-flow-deny-roles",
        "roles that are denied are the only ones that are allowed",
        _FLOW,
        "            return target not in roles\n",
        "            return target in roles\n",
    ),
    Mutant(
        "model-flow-prefix",
        "the fact is asked for the prefix of the target",
        _FLOW,
        "            return target.startswith(prefix)\n",
        "            return fact.startswith(prefix)\n",
    ),
    Mutant(
        "model-flow-all",
        "of all parts one is enough",
        _FLOW,
        "            return all(holds(part, role, fact, target) for part in parts)\n",
        "            return any(holds(part, role, fact, target) for part in parts)\n",
    ),
    Mutant(
        "model-flow-any",
        "of no parts any holds",
        _FLOW,
        "            return any(holds(part, role, fact, target) for part in parts)\n",
        "            return not parts or any(holds(part, role, fact, target) for part in parts)\n",
    ),
    Mutant(
        "model-gate-open",
        "a message that is not listed leaves",
        "model/output_condition.py",
        "            return predicate in names\n",
        "            return predicate in names or True\n",
    ),
    Mutant(
        "model-gate-silent",
        "what has met the condition does not say so",
        _SEND,
        "        (replace(sent, checked=is_checked) if is_checked else sent, *came.events),\n",
        "        (sent, *came.events),\n",
    ),
    Mutant(
        "model-gate-uncounted",
        "what has met the condition is not counted",
        _SEND,
        "        passed=is_checked,\n",
        "",
    ),
    Mutant(
        "model-gate-denies-late",
        "the denial is told after the fault",
        "model/step.py",
        "passed=False), (denied, *events)\n",
        "passed=False), (*events, denied)\n",
    ),
    Mutant(
        "engine-tag-any",
        "any value is a fact",
        _KERNEL,
        "        if sort_of(fact) != STR_SORT:\n            return TAG_FACT\n",
        "",
    ),
    Mutant(
        "engine-tag-twice",
        "a fact that is noted again is known twice",
        _KERNEL,
        "        if (e, fact) not in self.known:\n            self.learn(e, fact)\n",
        "        self.learn(e, fact)\n",
    ),
    Mutant(
        "engine-learn-one",
        "an endpoint knows the last fact only",
        _KERNEL,
        "        self.p_next[f] = self.e_facts[e]\n",
        "        self.p_next[f] = -1\n",
    ),
    Mutant(
        "engine-forget-nothing",
        "who gets the place of an endpoint knows what was known there",
        _KERNEL,
        "            self.known.discard((e, self.p_word[f]))\n",
        "",
    ),
    Mutant(
        "engine-check-unknown",
        "a fact that is not known may go where the policy says",
        _KERNEL,
        "        if (e, fact) in self.known:\n            permitted",
        "        if True:\n            permitted",
    ),
    Mutant(
        "engine-check-any-target",
        "any value is a target",
        _KERNEL,
        "        if sort_of(target) != STR_SORT:\n            return CHECK_TARGET\n",
        "",
    ),
    Mutant(
        "engine-facts-first",
        "of the facts that are known one is shown",
        _KERNEL,
        "            found.append(self.p_word[f])\n            f = self.p_next[f]\n",
        "            found.append(self.p_word[f])\n            f = -1\n",
    ),
    Mutant(
        "engine-flow-not-in",
        "roles that are denied are the only ones that are allowed",
        _TABLES,
        "                result = target not in names\n",
        "                result = target in names\n",
    ),
    Mutant(
        "engine-flow-parts",
        "the parts of a predicate are those of the one before",
        _TABLES,
        "size - first - count, count))",
        "size - first - count - (count > 1), count))",
    ),
    Mutant(
        "engine-flow-some",
        "of all parts one is enough",
        _TABLES,
        "                result = held == parts if test == ALL else held > 0\n",
        "                result = held > 0\n",
    ),
    Mutant(
        "engine-gate-open",
        "a message that is not listed leaves",
        _KERNEL,
        "            return self.b_label[b] not in self.listed\n",
        "            return self.b_label[b] in ()\n",
    ),
    Mutant(
        "engine-gate-answer",
        "a message that is denied has used an answer",
        _KERNEL,
        "                self.denied += 1\n",
        "                self.denied += 1\n                self.e_answers[e] += 1\n",
    ),
    Mutant(
        "engine-gate-unset",
        "there is no condition",
        _KERNEL,
        "        self.gate = gate\n        self.listed = listed\n",
        "        self.listed = listed\n",
    ),
    Mutant(
        "engine-outputs-mixed",
        "those that passed are taken for those that did not",
        _KERNEL,
        "        return (self.passed, self.denied)\n",
        "        return (self.denied, self.passed)\n",
    ),
    Mutant(
        "engine-gate-answers",
        "what a condition lets pass has used an answer of the host",
        _KERNEL,
        "        if source < 0:\n            self.e_answers[e] += 1\n        if carried >= 0:",
        "        self.e_answers[e] += source < 0 or self.gate == GATE_ALL\n"
        "        if carried >= 0:",
    ),
    Mutant(
        "model-check-any-fact",
        "any fact known at an endpoint stands for all others",
        _RULE,
        "    permitted = fact in channel.side.facts and allows(",
        "    permitted = bool(channel.side.facts) and allows(",
    ),
)
