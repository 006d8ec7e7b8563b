"""Whether bundles may run together: everything is asked before anything is live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from antiphon.bytecode.verify import verify
from antiphon.composition.bundle import ProtocolBundle
from antiphon.composition.certificate import CompositionCertificate, certificate_problems
from antiphon.composition.memory import MemoryBudget, MemoryUsage, Plan, budget_problems, usage
from antiphon.engine.gates import enforce_vm_runtime_gates, unmet_requirements
from antiphon.errors import Diagnostic, ProgramError
from antiphon.machine.buffer import check_buffers
from antiphon.machine.config import Config
from antiphon.machine.contracts import (
    PLAIN,
    RENEWABLE,
    RENEWAL,
    RuntimeContracts,
    RuntimeGateResult,
    RuntimeRequest,
)

_ALONE: Final = "let it run on a machine of its own, or let all bundles ask for the same"


@dataclass(frozen=True, slots=True)
class Admission:
    """What a composition asks of its machine and needs of memory, and every reason against it.

    ``memory`` is None if an image of it cannot be loaded at all.
    """

    request: RuntimeRequest
    memory: MemoryUsage | None
    problems: tuple[Diagnostic, ...]


def admit(
    plan: Plan,
    certificate: CompositionCertificate,
    budget: MemoryBudget,
    config: Config,
    *,
    contracts: RuntimeContracts | None = None,
    trace: bool = False,
    max_steps: int | None = None,
) -> Admission:
    """Look at gates, links, configuration and memory, all of them.

    Raises ``Refusal`` (``composition-too-large``).
    """
    bundles = [bundle for bundle, _ in plan]
    problems: list[Diagnostic] = []
    if not bundles:
        words = "there is no bundle to run"
        problems.append(Diagnostic("no-bundle", words, help="compose at least one protocol"))
    request, differing = merged([bundle.request for bundle in bundles])
    problems += differing
    for bundle in bundles:
        problems += gate_problems(bundle, contracts)
    problems += certificate_problems(certificate, bundles)
    found: MemoryUsage | None = None
    broken = [problem for bundle in bundles for problem in _image_problems(bundle, config)]
    problems += broken
    problems += _limit_problems(plan, config)
    if not broken:
        found = usage(plan, config, trace=trace, max_steps=max_steps)
        problems += budget_problems(plan, found, budget)
    return Admission(request, found, tuple(problems))


def merged(requests: Sequence[RuntimeRequest]) -> tuple[RuntimeRequest, list[Diagnostic]]:
    """What one machine is asked for that does for all, and what cannot be asked of one.

    ``policies-differ``, ``profiles-differ``, ``tiers-differ``; ``not-gated`` for a request that no
    gate has looked at. A bundle that asks for nothing runs under any policy.
    """
    problems: list[Diagnostic] = []
    result = PLAIN
    for name, code in (("policy", "policies"), ("determinism", "profiles"), ("tier", "tiers")):
        plain: object = getattr(PLAIN, name)
        found = dict.fromkeys(getattr(each, name) for each in requests)
        found.pop(plain, None)
        if len(found) > 1:
            words = ", ".join(str(getattr(each, "value", each)) for each in found)
            text = f"the bundles ask one machine for several {code}: {words}"
            problems.append(Diagnostic(f"{code}-differ", text, help=_ALONE))
        elif found:
            result = replace(result, **{name: next(iter(found))})
    if not all(each.is_gated for each in requests):
        words = "a bundle asks for a machine that passes no gate"
        problems.append(Diagnostic("not-gated", words, help="ask for what it needs instead"))
    return (
        replace(
            result,
            speculation=any(each.speculation for each in requests),
            wave_width=max((each.wave_width for each in requests), default=1),
            wave_widening=any(each.wave_widening for each in requests),
            live_migration=any(each.live_migration for each in requests),
            autoscale_repartition=any(each.autoscale_repartition for each in requests),
            placement_refinement=any(each.placement_refinement for each in requests),
            relaxed_reordering=any(each.relaxed_reordering for each in requests),
        ),
        problems,
    )


def gate_problems(bundle: ProtocolBundle, contracts: RuntimeContracts | None) -> list[Diagnostic]:
    """Every capability that a bundle needs and cannot have; the code is the gate's answer."""
    result = enforce_vm_runtime_gates(bundle.request, contracts)
    if result is RuntimeGateResult.Admitted:
        return []
    return [
        Diagnostic(
            result.value,
            f"{bundle.name}: {each}",
            help=f"{RENEWAL} makes evidence anew"
            if each.lack in RENEWABLE
            else "ask for less, or have contracts that allow it",
        )
        for each in unmet_requirements(bundle.request, contracts)
    ]


def _image_problems(bundle: ProtocolBundle, config: Config) -> list[Diagnostic]:
    """Why a machine would not load an image so."""
    found: list[Diagnostic] = []
    try:
        verify(bundle.image)
        check_buffers(bundle.image, config.buffers)
    except ProgramError as error:
        found += (
            replace(each, message=f"{bundle.name}: {each.message}") for each in error.diagnostics
        )
    return found


def _limit_problems(plan: Plan, config: Config) -> list[Diagnostic]:
    """What is more than the configuration lets a machine have."""
    rows = (
        ("sessions", sum(count for _, count in plan), config.max_sessions),
        (
            "coroutines",
            sum(count * len(bundle.image.programs) for bundle, count in plan),
            config.max_coroutines,
        ),
    )
    return [
        Diagnostic(
            f"{what[:-1]}-limit",
            f"the plan opens {count} {what}, and max_{what} is {limit}",
            help=f"ask for fewer sessions, or raise max_{what}",
        )
        for what, count, limit in rows
        if limit is not None and count > limit
    ]
