"""What a machine is asked for, what the contracts for it hold, and how a gate may answer.

Words only: ``model.gates`` and ``engine.gates`` each decide by themselves. Evidence is an honesty
check and no security boundary (S36).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol, runtime_checkable

from antiphon.errors import Refusal
from antiphon.machine.capability import CAPABILITIES, CLAIM_OF, CLAIMS, SWITCHES
from antiphon.machine.determinism import DeterminismMode, EffectDeterminismTier
from antiphon.machine.interface import POLICIES
from antiphon.values.canonical import Plain, digest

EVIDENCE_DOMAIN: Final = "antiphon.evidence.1"
RENEWAL: Final = "antiphon parity evidence --write"
"""The command that makes all evidence anew."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a claim was seen to hold: ``lane`` looked, on the semantic sources with the digest
    ``sources``. ``counts`` says at how much; ``result`` is the digest of all that the lane found.
    ``hash`` is over all of that. Raises ``Refusal`` (``unknown-claim``).
    """

    claim: str
    lane: str
    sources: str
    counts: tuple[tuple[str, int], ...]
    result: str
    hash: str

    def __post_init__(self) -> None:
        if self.claim not in CLAIMS:
            raise Refusal("unknown-claim", f"there is no claim {self.claim!r}")

    @property
    def content(self) -> tuple[Plain, ...]:
        """What the hash is over, in the domain ``antiphon.evidence.1``."""
        return (self.claim, self.lane, self.sources, self.counts, self.result)


def evidence(
    claim: str, lane: str, sources: str, counts: tuple[tuple[str, int], ...], result: str
) -> Evidence:
    """A piece of evidence, with its hash."""
    parts: tuple[Plain, ...] = (claim, lane, sources, counts, result)
    return Evidence(claim, lane, sources, counts, result, digest(EVIDENCE_DOMAIN, parts))


@dataclass(frozen=True, slots=True)
class DeterminismArtifacts:
    """For which profiles a second run has been seen to be like the first."""

    full: bool = False
    modulo_effect_trace: bool = False
    modulo_commutativity: bool = False
    replay: bool = False


@dataclass(frozen=True, slots=True)
class RuntimeContracts:
    """What may be asked for. Nothing may that is not said here to be allowed.

    ``capability_inventory`` says of other capabilities whether they have been shown; ``sources`` is
    the digest of the semantic sources that run, and ``evidence`` what was found of them, one piece
    for a claim. Raises ``Refusal`` (``unknown-capability``), and ``ValueError`` for a name or a
    claim that is there twice.
    """

    determinism_artifacts: DeterminismArtifacts = field(default_factory=DeterminismArtifacts)
    can_use_mixed_determinism_profiles: bool = False
    live_migration: bool = False
    autoscale_repartition: bool = False
    placement_refinement: bool = False
    relaxed_reordering: bool = False
    capability_inventory: tuple[tuple[str, bool], ...] = ()
    sources: str = ""
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        names = [name for name, _ in self.capability_inventory]
        for name in names:
            require_capability(name)
        if len({*names, *SWITCHES}) < len(names) + len(SWITCHES):
            raise ValueError("capability_inventory: each name is there once, a switch never")
        if len({each.claim for each in self.evidence}) < len(self.evidence):
            raise ValueError("evidence: a claim has one piece")

    @classmethod
    def full(cls, sources: str, evidence: tuple[Evidence, ...]) -> RuntimeContracts:
        """Contracts that allow everything, for which there is this evidence."""
        every = (True, True, True, True)
        names = tuple((name, True) for name in CAPABILITIES if name not in SWITCHES)
        return cls(DeterminismArtifacts(*every), True, *every, names, sources, evidence)


def require_capability(name: str) -> None:
    """Raises ``Refusal`` (``unknown-capability``) for a name that is none."""
    if name not in CAPABILITIES:
        words = f"there is no capability {name!r}, only {', '.join(CAPABILITIES)}"
        raise Refusal("unknown-capability", words)


@dataclass(frozen=True, slots=True)
class RuntimeRequest:
    """What a machine is asked for. As it stands it asks for nothing that needs a contract.

    ``policy`` picks; ``speculation``: programs may fork. ``wave_width`` is the most picks in a
    wave (n), ``wave_widening`` that a wave may hold both ends of an edge. ``determinism`` is how
    runs will be compared, ``tier`` what the host promises, if anything. ``is_gated`` is false only
    for ``unadmitted``. Raises ``Refusal`` (``unknown-policy``), and ``ValueError`` for a width
    below 1.
    """

    policy: str = "cooperative"
    speculation: bool = False
    determinism: DeterminismMode = DeterminismMode.Full
    wave_width: int = 1
    wave_widening: bool = False
    live_migration: bool = False
    autoscale_repartition: bool = False
    placement_refinement: bool = False
    relaxed_reordering: bool = False
    tier: EffectDeterminismTier | None = None
    is_gated: bool = True

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            known = ", ".join(POLICIES)
            raise Refusal("unknown-policy", f"there is no policy {self.policy!r}, only {known}")
        if self.wave_width < 1:
            raise ValueError(f"a wave has at least one pick, not {self.wave_width}")

    @property
    def stamp(self) -> str:
        """Whether a machine that is made so has passed a gate: ``admitted`` or ``unadmitted``."""
        return "admitted" if self.is_gated else "unadmitted"


PLAIN: Final = RuntimeRequest()
"""Asks for nothing that needs a contract."""


def unadmitted() -> RuntimeRequest:
    """For a machine under test: it passes no gate, and runs under every policy."""
    return RuntimeRequest(is_gated=False)


@runtime_checkable
class Gated(Protocol):
    """A machine that was made for a request, and keeps to it."""

    @property
    def request(self) -> RuntimeRequest:
        """What it was made for."""
        ...


class RuntimeAdmissionResult(Enum):
    """Whether the contracts are there for what is asked."""

    Admitted = "admitted"
    RejectedMissingContracts = "missing-contracts"
    RejectedStaleEvidence = "stale-evidence"


class RuntimeGateResult(Enum):
    """Whether a machine may be made; the first that applies of those below."""

    Admitted = "admitted"
    RejectedMissingContracts = "missing-contracts"
    RejectedStaleEvidence = "stale-evidence"
    RejectedUnsupportedDeterminismProfile = "unsupported-determinism-profile"


class Lack(Enum):
    """What is wrong with something that is needed."""

    NO_CONTRACTS = "there are no contracts"
    NO_EVIDENCE = "there is no evidence for it"
    STALE = "its evidence is stale: the machines have changed since"
    DAMAGED = "its evidence is damaged"
    NOT_ALLOWED = "the contracts do not allow it"
    NOT_PROMISED = "it allows more than the tier of the host's answers does"


RENEWABLE: Final = (Lack.NO_CONTRACTS, Lack.NO_EVIDENCE, Lack.STALE, Lack.DAMAGED)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A capability that is asked for and not to be had, the claim it rests on, and why."""

    capability: str
    claim: str
    lack: Lack

    def __str__(self) -> str:
        return f"{self.capability} needs {self.claim}: {self.lack.value}"


def require_admitted(result: RuntimeGateResult, unmet: Sequence[Unmet]) -> None:
    """Raises ``Refusal`` with the code of the result, unless it is ``Admitted``; it names all that
    is unmet.
    """
    if result is RuntimeGateResult.Admitted:
        return
    reasons = "; ".join(map(str, unmet))
    renewable = any(each.lack in RENEWABLE for each in unmet)
    advice = f"; {RENEWAL} makes evidence anew" if renewable else ""
    raise Refusal(result.value, f"not admitted: {reasons}{advice}")


def require_policy(request: RuntimeRequest, policy: str | None) -> None:
    """Raises ``Refusal`` (``not-admitted``) if a machine made for ``request`` is to run under a
    policy that it was not admitted for. None stands for one without a name, which nothing is
    known of.
    """
    if not request.is_gated or policy in ("cooperative", request.policy):
        return
    if policy is None:
        words = "a policy of your own has no evidence: only an unadmitted machine runs under it"
        raise Refusal("not-admitted", words)
    if policy not in POLICIES:
        known = ", ".join(POLICIES)
        raise Refusal("unknown-policy", f"there is no policy {policy!r}, only {known}")
    raise _not_admitted(policy, f"scheduler.{policy}", f"policy={policy!r}")


def require_programs(request: RuntimeRequest, *, forks: bool) -> None:
    """Raises ``Refusal`` (``not-admitted``) if a machine made for ``request`` is to run a program
    that ``forks``, and was not admitted for that.
    """
    if forks and request.is_gated and not request.speculation:
        raise _not_admitted("programs that fork", "speculation", "speculation=True")


def _not_admitted(what: str, capability: str, field: str) -> Refusal:
    claim = CLAIM_OF[capability]
    advice = f"ask for it when you make the machine: RuntimeRequest({field})"
    words = f"this machine was not admitted for {what}; {capability} needs {claim}; {advice}"
    return Refusal("not-admitted", words)
