"""What a machine shows while it plays."""

from __future__ import annotations

import pytest

from antiphon.machine.config import Config
from antiphon.machine.fault import Fault
from antiphon.machine.outcome import Outcome, Waiting
from antiphon.machine.snapshot import Block, EndpointView
from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape
from antiphon.parity.surfaces.watch import BLOCKS, FAULTS, Seen, codes


def test_notes_records_and_members() -> None:
    """The types in each field, whatever is in tuples; a field that says nothing was not seen."""
    seen = Seen()
    side = EndpointView("A", 1, None, 0, 0, in_flight=True)
    assert seen.note((side, Outcome.DONE)) == {"tuple", "EndpointView", "Outcome"}
    assert seen.shape("Outcome", (Outcome,)).variants == (VariantShape("DONE"),)
    (found,) = seen.shape("EndpointView", (EndpointView,), lambda _: "tag").variants
    assert found.tag == "tag"
    assert [each.name for each in found.fields][-2:] == ["answers", "in_flight"]
    assert found.fields[2] == FieldShape("owner", ("None",))
    assert seen.shape("Waiting", (Waiting,)) == Shape("Waiting", ())


def test_notes_codes() -> None:
    """The rows of faults and the codes of blocks count by themselves."""
    seen = Seen()
    seen.note(Block("send-wait", 0))
    seen.note(Fault("send", "channel-closed", "session"))
    assert seen.codes == {FAULTS: {"send.channel-closed.session"}, BLOCKS: {"send-wait"}}
    assert codes("BlockCode", frozenset({"b", "a"})).variants == (
        VariantShape("a"),
        VariantShape("b"),
    )


@pytest.mark.parametrize("budget", [None, 3])
def test_a_default_counts_as_seen_only_if_it_was(budget: int | None) -> None:
    """A field is of the types that were in it, and has the default that was."""
    seen = Seen()
    seen.note(Config(budget=budget))
    seen.note(Config(budget=4))
    (found,) = seen.shape("Config", (Config,)).variants
    types = ("None", "int") if budget is None else ("int",)
    assert found.fields == (FieldShape("budget", types, "None" if budget is None else None),)
