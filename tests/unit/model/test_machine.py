"""The model as a machine of the treaty."""

import pytest

from antiphon.bytecode.instruction import HOST, Halt, Receive, Send, Yield
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Answer, Ask
from antiphon.machine.buffer import Buffer
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeRequest, unadmitted
from antiphon.machine.event import Opened
from antiphon.model.machine import Model
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT
from antiphon.values.value import Nat
from tests.unit.model.bench import HEARS, ONE, SENDS, image, part


def test_load_verifies() -> None:
    """A verified image is loaded; any other is rejected, and nothing has happened."""
    model = Model(Config(), lambda _: Nat(1))
    with pytest.raises(ProgramError):
        model.load(image(part(ONE, Yield()), HEARS))
    assert model.snapshot().next_session == 0
    assert list(model.events()) == []
    assert model.load(image(SENDS, HEARS)) == 0


def test_load_unverified() -> None:
    """What the verifier would reject is loaded when that is asked for."""
    model = Model(Config(), lambda _: Nat(1))
    wrong = image(part(ONE, Yield()), HEARS)
    assert [model.load(wrong, unverified=True) for _ in range(2)] == [0, 1]
    with pytest.raises(ProgramError):
        model.load(wrong)


def test_events_grow() -> None:
    """The trace starts at the beginning, and its ticks are those of the steps."""
    model = Model(Config(), lambda _: Nat(1))
    model.load(image(SENDS, HEARS))
    assert list(model.events()) == [Opened(0, 0, ("A", "B"))]
    model.step(Pick(0))
    model.load(image(SENDS, HEARS))
    assert [event.tick for event in model.events()] == [0, 0, 1]
    assert model.enabled() == (1, 0, 2, 3)


def test_refuses_what_a_buffer_may_lose() -> None:
    """A queue that may lose needs messages of one kind, unless the image is not to be verified."""
    model = Model(Config(buffers=(("A", "B", Buffer("latest")),)), lambda _: Nat(1))
    says = output("B", (("x", NAT, output("B", (("y", NAT, END),))),))
    hears = input_("A", (("x", NAT, input_("A", (("y", NAT, END),))),))
    sound = image(
        part(says, Send(0, HOST), Send(0, HOST), Halt()),
        part(hears, Receive(0, 1), Receive(0, 1), Halt()),
    )
    with pytest.raises(ProgramError, match="lossy-buffer"):
        model.load(sound)
    assert model.load(sound, unverified=True) == 0
    assert Model(Config(), lambda _: Nat(1)).load(sound) == 0


def test_the_host_may_not_move_its_machine() -> None:
    """It may look; what it is told then is its own fault, and no step."""
    asked: list[Ask] = []

    def host(ask: Ask) -> Answer:
        asked.append(ask)
        assert model.enabled() == (0, 1)
        model.step(Pick(1))
        return Nat(1)

    model = Model(Config(), host)
    model.load(image(SENDS, HEARS))
    before = model.snapshot()
    with pytest.raises(Refusal, match="look at its machine, not move it"):
        model.step(Pick(0))
    assert len(asked) == 1
    assert model.snapshot() == before


def test_passes_a_gate() -> None:
    """It is made for what it is admitted for, and under test for anything."""
    asked = RuntimeRequest("aging")
    with pytest.raises(Refusal) as caught:
        Model(Config(), lambda _: Nat(1), request=asked)
    assert caught.value.code == "missing-contracts"
    assert Model(Config(), lambda _: Nat(1), request=unadmitted()).request.stamp == "unadmitted"
