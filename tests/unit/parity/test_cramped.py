"""The engine with little room is the same machine."""

import pytest

from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.digest import state_digest, trace_digest
from antiphon.parity.cramped import CRAMPS, PURE_CRAMPS, cramp, cramped_engine
from antiphon.parity.mutants_load import source_of
from tests.unit.parity.test_ensemble import IMAGE


@pytest.mark.parametrize(("file", "old"), [(file, old) for file, old, _ in PURE_CRAMPS])
def test_each_number_is_where_it_is_looked_for(file: str, old: str) -> None:
    """A text that has moved away would leave all the room that there was."""
    assert source_of(file).count(old) == 1


def test_the_same_run() -> None:
    """In little room everything is as it is in much, though every table grows and chunks fill."""
    machines = (Engine(Config(), DefaultHost(), build="pure", request=unadmitted()), *made())
    for machine in machines:
        machine.load_many(IMAGE, 40)
        machine.run("round-robin")
    states = {state_digest(machine.snapshot()) for machine in machines}
    traces = {trace_digest(machine.events()) for machine in machines}
    assert (len(states), len(traces)) == (1, 1)


def made() -> tuple[Engine, ...]:
    """The cramped engine, and one made from the same texts given as changed."""
    texts = {file: source_of(file) for file, _, _ in CRAMPS}
    makers = (cramped_engine("pure"), cramp(texts, "pure"))
    return tuple(
        make(Config(), DefaultHost(), build="pure", request=unadmitted()) for make in makers
    )


def test_there_is_less_room() -> None:
    """A table that has grown holds one more than it needs, not a quarter more and 64."""
    cramped, roomy = made()[0], Engine(Config(), DefaultHost(), build="pure")
    for machine in (cramped, roomy):
        machine.load(IMAGE)
    assert cramped.sizes["sessions"] < roomy.sizes["sessions"]
