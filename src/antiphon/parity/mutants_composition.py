"""Seeded faults in composition: links, certificates, budgets, gates and runs."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_FORM = "composition/form.py"
_TALK = "composition/conversation.py"
_BUNDLE = "composition/bundle.py"
_LINKS = "composition/links.py"
_CERTIFICATE = "composition/certificate.py"
_MEMORY = "composition/memory.py"
_ADMISSION = "composition/admission.py"
_RUNTIME = "composition/runtime.py"

COMPOSITION_MUTANTS: Final = (
    Mutant(
        "form-two-rounds",
        "that states are told apart however late they differ",
        _FORM,
        "        if len(names) == count:",
        "        if len(names) >= count > 0:",
    ),
    Mutant(
        "talk-never-over",
        "that two roles may be done with each other",
        _TALK,
        "GOES_ON if states <= lasting else OVER",
        "GOES_ON",
    ),
    Mutant(
        "talk-blocked-by-others",
        "that what a role does with others is left out",
        _TALK,
        "                if _peer(state) != peer:",
        "                if _peer(state) is None:",
    ),
    Mutant(
        "talk-both-ways-alike",
        "who sends a message",
        _TALK,
        "ends = (role, peer) if isinstance(state, Output) else (peer, role)",
        "ends = (role, peer)",
    ),
    Mutant(
        "talk-without-sorts",
        "the sorts on a shared edge",
        _TALK,
        "found.setdefault((*ends, label, sort.name), set())",
        'found.setdefault((*ends, label, ""), set())',
    ),
    Mutant(
        "private-shared",
        "that a private role is shared with nobody",
        _BUNDLE,
        "for role in self.image.roles if role not in self.private",
        "for role in self.image.roles",
    ),
    Mutant(
        "image-believed",
        "that an image is of its protocol",
        _BUNDLE,
        "if wanted is not compiled and type_form(wanted) != type_form(compiled):",
        "if wanted is not compiled and not type_form(compiled).rows:",
    ),
    Mutant(
        "bundle-digest-without-private",
        "that a certificate is of bundles with just these private roles",
        _BUNDLE,
        "(*parts, tuple(sorted(self.private)))",
        "(*parts, ())",
    ),
    Mutant(
        "names-twice",
        "that a name is of one bundle",
        _LINKS,
        "        if times > 1:",
        "        if times > 2:",
    ),
    Mutant(
        "edges-unseen",
        "that the conversations of shared roles are compared",
        _LINKS,
        "            if not mine.actions or not theirs.actions:",
        "            if not mine.actions or theirs.actions:",
    ),
    Mutant(
        "edges-by-their-messages",
        "that the order of messages counts",
        _LINKS,
        "            if mine == theirs:",
        "            if mine.actions == theirs.actions:",
    ),
    Mutant(
        "types-by-their-size",
        "that what is expected is what is offered",
        _LINKS,
        "    if sides[0] == sides[1]:",
        "    if len(sides[0].rows) == len(sides[1].rows):",
    ),
    Mutant(
        "expectations-of-nobody",
        "that an expected role is there",
        _LINKS,
        "if part[0] == beside.image.name and part not in beside.offers:",
        "if part[0] == beside.image.name and part in beside.offers:",
    ),
    Mutant(
        "hash-unchecked",
        "that a changed certificate is noticed",
        _CERTIFICATE,
        "    if certificate.hash != content_hash(certificate.members, certificate.links):",
        "    if not certificate.hash:",
    ),
    Mutant(
        "hash-of-bundles",
        "that the hash is over the links too",
        _CERTIFICATE,
        "(each.kind, each.one, each.other, each.subject, each.evidence)",
        "(each.kind, each.one, each.other)",
    ),
    Mutant(
        "members-by-number",
        "that a certificate is of these bundles",
        _CERTIFICATE,
        "    if certificate.members != members:",
        "    if len(certificate.members) != len(members):",
    ),
    Mutant(
        "links-believed",
        "that links are computed again",
        _CERTIFICATE,
        "    if not computed.problems and certificate.links != computed.links:",
        "    if not computed.problems and not {*certificate.links} >= {*computed.links}:",
    ),
    Mutant(
        "budget-to-the-brim",
        "that a budget can be used up",
        _MEMORY,
        "        if needed > getattr(budget, limit)",
        "        if needed >= getattr(budget, limit)",
    ),
    Mutant(
        "first-excess-only",
        "that all that is too much is told",
        _MEMORY,
        "    if budget.allows_unbounded:\n        return problems",
        "    if problems or budget.allows_unbounded:\n        return problems[:1]",
    ),
    Mutant(
        "sessions-without-messages",
        "that full queues are counted",
        _MEMORY,
        "MESSAGE_BYTES * _messages(image, config)",
        "MESSAGE_BYTES",
    ),
    Mutant(
        "latest-keeps-many",
        "that a latest buffer keeps one message",
        _MEMORY,
        "            most += 1\n",
        "            most += buffer.capacity\n",
    ),
    Mutant(
        "resize-never",
        "how far a queue grows",
        _MEMORY,
        "most += buffer.capacity if buffer.maximum is None else buffer.maximum",
        "most += buffer.capacity",
    ),
    Mutant(
        "endless-trace",
        "that a trace without an end has no bound",
        _MEMORY,
        "    if found.trace is None:",
        "    if found.trace == 0:",
    ),
    Mutant(
        "gates-of-the-first",
        "that every bundle passes the gates",
        _ADMISSION,
        "    for bundle in bundles:\n        problems += gate_problems",
        "    for bundle in bundles[:1]:\n        problems += gate_problems",
    ),
    Mutant(
        "ungated",
        "that no bundle goes past the gates",
        _ADMISSION,
        "    if not all(each.is_gated for each in requests):",
        "    if not any(each.is_gated for each in requests):",
    ),
    Mutant(
        "one-of-the-policies",
        "that bundles agree on a policy",
        _ADMISSION,
        "        if len(found) > 1:",
        "        if len(found) > 2:",
    ),
    Mutant(
        "plan-unlimited",
        "that a plan keeps to the limits of the configuration",
        _ADMISSION,
        "        if limit is not None and count > limit",
        "        if limit is not None and count > 2 * limit",
    ),
    Mutant(
        "sessions-never-used-up",
        "that only what is planned is opened",
        _RUNTIME,
        "        self._left[place] -= count",
        "        self._left[place] -= 0 * count",
    ),
    Mutant(
        "hosts-see-all",
        "that a host sees the sessions of its own bundle only",
        _RUNTIME,
        "        position = replace(ask.position, session=number)",
        "        position = replace(ask.position, session=ask.position.session + 0 * number)",
    ),
    Mutant(
        "steps-without-end",
        "that only the steps that are planned are taken",
        _RUNTIME,
        "            self._steps_left -= report.steps",
        "            self._steps_left -= 0 * report.steps",
    ),
)
