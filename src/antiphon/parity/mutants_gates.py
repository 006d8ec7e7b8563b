"""Seeded faults of the gates, on both sides, and of what they rest on: the evidence."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant


def _gate(side: str, name: str, breaks: str, old: str, new: str) -> Mutant:
    return Mutant(f"{side}-gate-{name}", breaks, f"{side}/gates.py", old, new, trial="gates")


def _admission(name: str, breaks: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(f"admission-{name}", breaks, file, old, new, trial="admission")


def _evidence(name: str, breaks: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(f"evidence-{name}", breaks, f"evidence/{file}.py", old, new, trial="evidence")


MODEL_GATE_MUTANTS: Final = (
    _gate(
        "model",
        "no-evidence",
        "that a claim without evidence is none",
        "        return Lack.NO_EVIDENCE\n",
        "        return None\n",
    ),
    _gate(
        "model",
        "stale",
        "that evidence is of what runs",
        "return None if found[0].sources == contracts.sources else Lack.STALE",
        "return None",
    ),
    _gate(
        "model",
        "damaged",
        "that evidence is as it was made",
        "    return evidence.hash == digest(EVIDENCE_DOMAIN, evidence.content)",
        "    return bool(evidence.hash)",
    ),
    _gate(
        "model",
        "switch",
        "that contracts have to allow it",
        "if capability in SWITCHES and not getattr(contracts, capability):",
        "if capability not in CLAIM_OF:",
    ),
    _gate(
        "model",
        "order",
        "that what is missing comes before what is stale",
        "    if lacks & {Lack.NO_EVIDENCE, Lack.NOT_ALLOWED}:\n",
        "    if lacks == {Lack.NO_EVIDENCE} or lacks == {Lack.NOT_ALLOWED}:\n",
    ),
    _gate(
        "model",
        "waves",
        "that two picks are a wave",
        "    if request.wave_width > 1:",
        "    if request.wave_width > 2:",
    ),
    _gate(
        "model",
        "mixed",
        "that mixed profiles have to be allowed",
        "mode is DeterminismMode.Full or contracts.can_use_mixed_determinism_profiles",
        "True",
    ),
    _gate(
        "model",
        "tier",
        "that a host which promises more is held to it",
        "    return request.tier is None or request.determinism in MODES_OF_TIER[request.tier]",
        "    return True",
    ),
    _gate(
        "model",
        "profile-without",
        "that a profile needs contracts",
        "        granted = mode is DeterminismMode.Full\n",
        "        granted = True\n",
    ),
    _gate(
        "model",
        "forks-unseen",
        "that a program is looked through",
        "isinstance(i, Fork) for program in image.programs for i",
        "isinstance(i, Fork) for program in image.programs[1:] for i",
    ),
)

ENGINE_GATE_MUTANTS: Final = (
    _gate(
        "engine",
        "no-evidence",
        "that a claim without evidence is none",
        "        return self.allowed & self.shown & ~self.damaged & ~self.stale",
        "        return self.allowed & ~self.damaged & ~self.stale",
    ),
    _gate(
        "engine",
        "stale",
        "that evidence is of what runs",
        "        elif piece.sources != contracts.sources:",
        "        elif not piece.sources:",
    ),
    _gate(
        "engine",
        "damaged",
        "that evidence is as it was made",
        "        if _hash(piece) != piece.hash:",
        "        if not piece.hash:",
    ),
    _gate(
        "engine",
        "switch",
        "that contracts have to allow it",
        "    allowed = _ALL ^ _SWITCHED\n",
        "    allowed = _ALL\n",
    ),
    _gate(
        "engine",
        "order",
        "that what is missing comes before what is stale",
        "    if asked & ~(word.allowed & word.shown):\n"
        "        return RuntimeGateResult.RejectedMissingContracts\n"
        "    if asked & ~word.sound:\n"
        "        return RuntimeGateResult.RejectedStaleEvidence\n",
        "    if asked & (word.damaged | word.stale):\n"
        "        return RuntimeGateResult.RejectedStaleEvidence\n"
        "    if asked & ~word.sound:\n"
        "        return RuntimeGateResult.RejectedMissingContracts\n",
    ),
    _gate(
        "engine",
        "widening",
        "that wider waves are asked for",
        '    asked |= _BIT["wave_widening"] * request.wave_widening\n',
        "",
    ),
    _gate(
        "engine",
        "mixed",
        "that mixed profiles have to be allowed",
        "    if contracts.can_use_mixed_determinism_profiles:\n",
        "    if artifacts is not None:\n",
    ),
    _gate(
        "engine",
        "tier",
        "that a host which promises more is held to it",
        "_PROFILES ^ _PROFILE[DeterminismMode.ModuloEffects],",
        "_PROFILES,",
    ),
    _gate(
        "engine",
        "snapshot",
        "that a capability which is not allowed is not to be had",
        "    listed.extend((name, allowed & _BIT[name] != 0) for name in SWITCHES)",
        "    listed.extend((name, allowed != 0) for name in SWITCHES)",
    ),
    _gate(
        "engine",
        "forks-unseen",
        "that a program is looked through",
        '    used = _BIT["speculation"] * tables(image).forks\n',
        "    used = 0\n",
    ),
)

ADMISSION_MUTANTS: Final = (
    _admission(
        "model-made",
        "that the model passes its gate when it is made",
        "model/machine.py",
        "        if request.is_gated:\n",
        "        if not request.is_gated:\n",
    ),
    _admission(
        "engine-made",
        "that the engine passes its gate when it is made",
        "engine/machine.py",
        "            require_admitted(result, unmet_requirements(request, contracts))\n",
        "            unmet_requirements(request, contracts)\n",
    ),
    _admission(
        "model-forks",
        "that the model runs no fork which it was not admitted for",
        "model/machine.py",
        '            require_programs(self.request, forks="speculation" in program_needs(image))\n',
        "",
    ),
    _admission(
        "engine-forks",
        "that the engine runs no fork which it was not admitted for",
        "engine/machine.py",
        'forks="speculation" in program_needs(image))',
        "forks=False)",
    ),
    _admission(
        "engine-policy",
        "that an engine runs under the policy which it was admitted for",
        "engine/machine.py",
        "        require_policy(self.request, policy)\n",
        "",
    ),
    _admission(
        "driven",
        "that who drives a machine meets its gate",
        "scheduler/drive.py",
        "    if isinstance(machine, Gated):\n",
        "    if isinstance(machine, Gated) and not isinstance(policy, str):\n",
    ),
    _admission(
        "policy-of-ones-own",
        "that nothing is known of a policy without a name",
        "scheduler/drive.py",
        "policy if isinstance(policy, str) else None)",
        'policy if isinstance(policy, str) else "cooperative")',
    ),
)

EVIDENCE_MUTANTS: Final = (
    _evidence(
        "hash",
        "that a hash fits what stands before it",
        "file",
        "        if each.hash != digest(EVIDENCE_DOMAIN, each.content):",
        "        if not each.hash:",
    ),
    _evidence(
        "form",
        "that every byte counts",
        "file",
        "    if encode_evidence(pieces) != data:",
        "    if len(encode_evidence(pieces)) > len(data):",
    ),
    _evidence(
        "stale",
        "that the inventory has what is fresh",
        "shipped",
        "    fresh = {name for name, each in shown.items() if each.sources == sources}",
        "    fresh = {name for name, each in shown.items() if sources}",
    ),
    _evidence(
        "switch",
        "that nothing is allowed which was not shown",
        "shipped",
        '        "live_migration" in shown,',
        "        True,",
    ),
    _evidence(
        "names",
        "that it counts which file has which text",
        "sources",
        "        sorted((name, sha256(",
        '        sorted(("", sha256(',
    ),
    _evidence(
        "line-ends",
        "that the ends of lines do not count",
        "sources",
        'data.replace(b"\\r\\n", b"\\n")',
        "data",
    ),
)
