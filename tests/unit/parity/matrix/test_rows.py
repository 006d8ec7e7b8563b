"""All rows of the matrix."""

from antiphon.bytecode.table import ROWS
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.interface import POLICIES
from antiphon.parity.matrix.rows import SEED_GATES, SEED_SHAPES, all_rows
from antiphon.parity.surfaces.registry import SURFACES
from tests.house.promise import PROMISE


def test_whatever_a_table_lists_has_a_row() -> None:
    """Surfaces, gates, profiles, policies and outcomes, each once."""
    ids = [row.id for row in all_rows()]
    assert len(ids) == len(set(ids))
    wanted = {f"shape.{each.name}" for each in SURFACES}
    wanted |= {f"gate.{names[-1]}" for names in SEED_GATES.values()}
    wanted |= {f"profile.{mode.value}" for mode in DeterminismMode}
    wanted |= {f"scheduler.{policy}" for policy in POLICIES}
    wanted |= {f"instruction.{row.id}" for row in ROWS}
    waves, recovery = ("exact", "fallback", "envelope"), ("whole", "cut")
    others = {*(f"wave.{name}" for name in waves), *(f"recovery.{name}" for name in recovery)}
    assert set(ids) - wanted == others
    assert wanted <= set(ids)


def test_those_of_the_founding_document_come_first() -> None:
    """In its order, under its names."""
    first = [(row.section, row.area) for row in all_rows()[: len(PROMISE["rows"])]]
    assert first == [(row["section"], row["area"]) for row in PROMISE["rows"]]
    assert len(SEED_SHAPES) == 5


def test_places_are_there() -> None:
    """Each row that waits for nothing names a place on each side, and no two are one object."""
    for row in all_rows():
        if row.waits:
            continue
        assert len(row.model) == len(row.engine) > 0
        for model, engine in zip(row.model, row.engine, strict=True):
            assert model.resolve() is not engine.resolve()


def test_a_rule_of_its_own() -> None:
    """Instructions have the places of their rules; that of no instruction is the step's."""
    named = {row.id: row for row in all_rows()}
    assert named["instruction.send.ok.commit"].model_cell == "`model/rules/communication.py::send`"
    assert named["instruction.set.ok.commit"].model_cell == "`model/rules/control.py::set_`"
    fetch = next(row for row in all_rows() if row.id.startswith("instruction.fetch."))
    assert fetch.model_cell == "`model/step.py::step`"
