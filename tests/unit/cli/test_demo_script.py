"""What the demo plays."""

from __future__ import annotations

import pytest

from antiphon.bytecode.verify import verify
from antiphon.cli.demo_script import CULPRIT, PROTOCOL, Travellers, hasty, program_of
from antiphon.errors import ProgramError
from antiphon.machine.outcome import Outcome
from antiphon.protocols import load


def test_first_act() -> None:
    """The customer turns one offer down and takes the next."""
    run = load(PROTOCOL).run(Travellers())
    assert run.outcome is Outcome.DONE
    labels = [message.label for message in run.messages]
    asking = ["journey", "query", "price", "offer"]
    assert labels == [*asking, *asking, "accept", "book", "ticket"]


def test_second_act() -> None:
    """One instruction of one role is changed, and the verifier notices."""
    image = load(PROTOCOL).image
    edited, address = hasty(image)
    before, after = (program_of(one, CULPRIT).code for one in (image, edited))
    assert [
        at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
    ] == [address]
    with pytest.raises(ProgramError) as rejected:
        verify(edited)
    assert rejected.value.diagnostics[0].code == "not-an-output"
