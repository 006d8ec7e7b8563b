"""All rows: those of the founding document first, then those that follow from tables.

Whatever a table lists has a row, so a row cannot be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from antiphon.bytecode.outcome import Row as TableRow
from antiphon.bytecode.table import ROWS, TABLE
from antiphon.engine.kernel import Kernel
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.interface import POLICIES
from antiphon.parity.matrix.row import Row
from antiphon.parity.surfaces.place import Place
from antiphon.parity.surfaces.registry import SURFACES, Surface

SHAPES: Final = "Policy and Data Shapes"
GATES: Final = "Runtime Capability and Admission Gates"
PROFILES: Final = "Determinism Profiles"
WAVES: Final = "Threaded Concurrency Envelope"
MORE_SHAPES: Final = "Shapes of What Is Replayed"
SCHEDULERS: Final = "Scheduler Policies"
RECOVERY: Final = "Recordings and Recovery"
INSTRUCTIONS: Final = "Instructions and Their Outcomes"

SEED_SHAPES: Final = {
    "FlowPolicy": "`FlowPolicy` variants",
    "FlowPredicate": "`FlowPredicate` variants",
    "OutputConditionPolicy": "`OutputConditionPolicy`",
    "Value": "Runtime `Value` variants",
    "ProgressToken": "`ProgressToken` fields",
}
"""The types of the founding document, and what it calls their rows."""
SEED_GATES: Final = {
    "Advanced mode admission": ("requires_vm_runtime_contracts", "admit_vm_runtime"),
    "Determinism profile validation": ("request_determinism_profile",),
    "Runtime capability snapshot": ("runtime_capability_snapshot",),
}
_PROFILE_AREAS: Final = {
    DeterminismMode.Full: "Full",
    DeterminismMode.ModuloEffects: "Modulo effect trace",
    DeterminismMode.ModuloCommutativity: "Modulo commutativity",
    DeterminismMode.Replay: "Replay",
}
_STEP: Final = ("bytecode", "engine", "machine", "model")
_CONTRACTS: Final = ("machine/capability.py", "machine/contracts.py", "machine/determinism.py")
THREE_TIMES: Final = 3
"""So often a row is reached, at least, that says something of behaviour."""


@cache
def all_rows() -> tuple[Row, ...]:
    """Every row, in the order of the page."""
    return (
        *(_shape_row(each, SHAPES, SEED_SHAPES[each.name]) for each in _seed_surfaces()),
        *_gate_rows(),
        *_profile_rows(),
        *_wave_rows(),
        *(
            _shape_row(each, MORE_SHAPES, f"`{each.name}`")
            for each in SURFACES
            if each.name not in SEED_SHAPES
        ),
        *map(_scheduler_row, POLICIES),
        _recovery_row("whole", "A recording is had again", "generated runs"),
        _recovery_row("cut", "What a crash has left of one", "generated runs, cut off anywhere"),
        *map(_instruction_row, ROWS),
    )


def _seed_surfaces() -> Iterator[Surface]:
    named = {each.name: each for each in SURFACES}
    return (named[name] for name in SEED_SHAPES)


def _shape_row(surface: Surface, section: str, area: str) -> Row:
    declared = None if surface.declared is None else surface.declared()
    return Row(
        f"shape.{surface.name}",
        section,
        area,
        (surface.model,),
        (surface.engine,),
        "every variant and field",
        ("engine", "machine", "model", "values"),
        shape="" if declared is None else json.dumps(declared.to_json(), sort_keys=True),
    )


def _gate_rows() -> Iterator[Row]:
    for area, names in SEED_GATES.items():
        yield Row(
            f"gate.{names[-1]}",
            GATES,
            area,
            tuple(Place(f"model/gates.py::{name}") for name in names),
            tuple(Place(f"engine/gates.py::{name}") for name in names),
            "every small question",
            ("engine/gates.py", "model/gates.py", "values/canonical.py", *_CONTRACTS),
            THREE_TIMES,
        )


def _profile_rows() -> Iterator[Row]:
    form = "replay/profiles.py::profile_form"
    events = ("machine/event.py", "machine/standing.py", "machine/course.py", "machine/ask.py")
    replay = ("replay/normal_form.py", "replay/profiles.py")
    for mode, area in _PROFILE_AREAS.items():
        yield Row(
            f"profile.{mode.value}",
            PROFILES,
            area,
            (Place(f"model/determinism.py::{mode.value}"),),
            (Place(form),),
            "courses of generated cases",
            ("model/determinism.py", "machine/determinism.py", *events, *replay),
            THREE_TIMES,
            engine_words=f"`DeterminismMode.{mode.name}` in `{form}`",
        )


def _wave_rows() -> Iterator[Row]:
    claims, envelope = "parity/envelope.py::", "envelope_bounded_parity_holds_for_n_gt_1"
    yield _wave_row(
        "exact",
        "`n = 1` exact refinement",
        (f"{claims}run_scheduled_threaded_one_eq_run_scheduled",),
        ("waves/machine.py::WaveMachine.take_round",),
        ", `tests/parity/test_threaded_equivalence.py::test_threaded_matches_cooperative`"
        " (concurrency `1`)",
    )
    yield _wave_row(
        "fallback",
        "Certified-wave fallback",
        ("model/waves.py::execute_certified_round",),
        ("waves/machine.py::WaveMachine.execute_certified_round",),
        ": wave certificate check, then one-step fallback",
    )
    yield _wave_row(
        "envelope",
        "`n > 1` envelope-bounded parity",
        (f"{claims}threaded_round_refinement_premises", "model/waves.py::audit"),
        (f"{claims}{envelope}", "waves/certificate.py::rejection"),
        f", `tests/parity/test_parity_fixtures_v2.py::test_{envelope}`",
    )


def _wave_row(
    name: str, area: str, model: tuple[str, ...], engine: tuple[str, ...], more: str
) -> Row:
    is_enveloped = name == "envelope"
    row = Row(
        f"wave.{name}",
        WAVES,
        area,
        tuple(map(Place, model)),
        tuple(map(Place, engine)),
        "generated cases (premise-scoped)" if is_enveloped else "generated cases",
        (*_STEP, "waves"),
        THREE_TIMES,
        is_enveloped=is_enveloped,
    )
    return replace(row, engine_words=f"{row.engine_cell}{more}")


def _scheduler_row(policy: str) -> Row:
    return Row(
        f"scheduler.{policy}",
        SCHEDULERS,
        f"`{policy}`",
        (Place("model/schedule.py::LAWS"),),
        (Place("engine/kernel.py::Kernel.run"),),
        "every pick of generated cases",
        ("engine/kernel.py", "machine/interface.py", "model/schedule.py", "scheduler"),
        THREE_TIMES,
    )


def _recovery_row(name: str, area: str, scope: str) -> Row:
    return Row(
        f"recovery.{name}",
        RECOVERY,
        area,
        (Place("model/machine.py::Model.step"),),
        (Place("engine/machine.py::Engine.run"),),
        scope,
        (*_STEP, "replay", "scheduler"),
        THREE_TIMES,
    )


def _instruction_row(row: TableRow) -> Row:
    rule = _rules().get(row.instruction, "model/step.py::step")
    name = next(
        (name for name in (row.instruction, f"{row.instruction}_") if hasattr(Kernel, name)), "pick"
    )
    return Row(
        f"instruction.{row.id}",
        INSTRUCTIONS,
        f"`{row.id}`",
        (Place(rule),),
        (Place(f"engine/kernel.py::Kernel.{name}"),),
        "images that the verifier refuses" if row.outcome.static else "verified images",
        _STEP,
        THREE_TIMES,
    )


@cache
def _rules() -> dict[str, str]:
    """Where the rule of each instruction is."""
    families = {each.name: each.family for each in TABLE}
    found: dict[str, str] = {}
    for name, family in families.items():
        for symbol in (name, f"{name}_"):
            place = f"model/rules/{family}.py::{symbol}"
            if Place(place).is_there:
                found[name] = place
    return found
