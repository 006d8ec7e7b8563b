"""``antiphon capabilities``: what a machine may be asked for here, what not, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.terminal import say, say_json
from antiphon.engine import gates as engine
from antiphon.errors import Bug, Refusal
from antiphon.evidence.shipped import evidence_path, shipped_contracts
from antiphon.machine.capability import CLAIM_OF, SWITCHES
from antiphon.machine.contracts import (
    PLAIN,
    RENEWAL,
    RuntimeContracts,
    RuntimeGateResult,
    RuntimeRequest,
    Unmet,
)
from antiphon.machine.determinism import DeterminismMode
from antiphon.model import gates as model

_MODES: Final = {f"determinism_{mode.value}": mode for mode in DeterminismMode}


@dataclass(frozen=True, slots=True)
class Capability:
    """A capability, whether a machine that is asked for it is admitted, and what is missing."""

    name: str
    claim: str
    is_admitted: bool
    unmet: tuple[Unmet, ...]

    @property
    def why(self) -> str:
        """The reasons, in words."""
        if self.is_admitted:
            return f"shown by {self.claim}"
        return "; ".join(str(each).removeprefix(f"{self.name} ") for each in self.unmet)


def capabilities(*, as_json: bool) -> ExitCode:
    """Ask both gates for one capability after the other, and print what they say."""
    contracts, trouble = _contracts()
    found = [judged(name, contracts) for name in CLAIM_OF]
    if as_json:
        say_json(
            {
                "evidence": str(evidence_path()),
                "sources": None if contracts is None else contracts.sources,
                "trouble": trouble,
                "capabilities": [_to_json(each, contracts) for each in found],
            }
        )
        return ExitCode.YES
    for each in found:
        say(f"{'yes' if each.is_admitted else 'no':<5}{each.name:<34}{each.why}")
    say()
    if trouble is not None:
        say(trouble)
    say(f"{RENEWAL} makes evidence anew for what a lane of parity can show.")
    return ExitCode.YES


def judged(name: str, contracts: RuntimeContracts | None) -> Capability:
    """What the gates say of one capability. Raises ``Bug`` if they do not agree."""
    request = asking_for(name)
    results = tuple(gate.enforce_vm_runtime_gates(request, contracts) for gate in (model, engine))
    unmet = tuple(gate.unmet_requirements(request, contracts) for gate in (model, engine))
    if results[0] is not results[1] or unmet[0] != unmet[1]:
        raise Bug(f"the gates differ about {name}: {results}, {unmet}")
    is_admitted = results[0] is RuntimeGateResult.Admitted
    return Capability(name, CLAIM_OF[name], is_admitted, unmet[0])


def asking_for(name: str) -> RuntimeRequest:
    """A request for one capability and what it cannot be without."""
    if name.startswith("scheduler."):
        return RuntimeRequest(name.removeprefix("scheduler."))
    if name in _MODES:
        return RuntimeRequest(determinism=_MODES[name])
    if name in SWITCHES:
        return replace(PLAIN, **{name: True})
    match name:
        case "speculation":
            return RuntimeRequest(speculation=True)
        case "waves":
            return RuntimeRequest(wave_width=2)
        case "wave_widening":
            return RuntimeRequest(wave_width=2, wave_widening=True)
        case _:
            return RuntimeRequest(determinism=DeterminismMode.Replay)


def _contracts() -> tuple[RuntimeContracts | None, str | None]:
    """What comes with the package, and what is wrong with it."""
    try:
        return shipped_contracts(), None
    except Refusal as error:
        return None, str(error)


def _to_json(found: Capability, contracts: RuntimeContracts | None) -> dict[str, object]:
    pieces = () if contracts is None else contracts.evidence
    counts = next((dict(each.counts) for each in pieces if each.claim == found.claim), None)
    return {
        "name": found.name,
        "admitted": found.is_admitted,
        "needs": found.claim,
        "unmet": [
            {"capability": each.capability, "needs": each.claim, "lack": each.lack.name.lower()}
            for each in found.unmet
        ],
        "why": found.why,
        "counts": counts,
    }
