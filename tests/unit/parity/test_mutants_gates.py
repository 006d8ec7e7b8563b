"""The registry of the seeded faults of gates and evidence."""

from antiphon.parity.mutants_gates import (
    ADMISSION_MUTANTS,
    ENGINE_GATE_MUTANTS,
    EVIDENCE_MUTANTS,
    MODEL_GATE_MUTANTS,
)


def test_both_sides_are_broken() -> None:
    """As many of the model's gates as of the engine's, and what admits and what is shown."""
    assert len(MODEL_GATE_MUTANTS) == len(ENGINE_GATE_MUTANTS) >= 10
    assert {mutant.file for mutant in MODEL_GATE_MUTANTS} == {"model/gates.py"}
    assert {mutant.file for mutant in ENGINE_GATE_MUTANTS} == {"engine/gates.py"}
    places = {mutant.file for mutant in ADMISSION_MUTANTS}
    assert places == {"model/machine.py", "engine/machine.py", "scheduler/drive.py"}
    assert {mutant.file for mutant in EVIDENCE_MUTANTS} == {
        "evidence/file.py",
        "evidence/shipped.py",
        "evidence/sources.py",
    }
