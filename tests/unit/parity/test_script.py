"""Scripts: written, read again, and what is damaged refused."""

import json

import pytest

from antiphon.errors import Refusal
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.parity.act import Act, Open, Stretch
from antiphon.parity.script import Script, decode_script, encode_script, script_of
from tests.unit.parity.test_corpus import recording
from tests.unit.parity.test_ensemble import IMAGE

ACTS: tuple[Act, ...] = (
    Open(IMAGE, 2),
    Stretch("cooperative", 3),
    Pick(1),
    Wake(0),
    Open(IMAGE, 1),
)
SCRIPT = Script(Config(2), True, ACTS, {}, "0" * 64, "1" * 64)


def test_round_trip() -> None:
    """What is read is what was written, to the byte; an image is written once."""
    data = encode_script(SCRIPT)
    again = decode_script(data)
    assert encode_script(again) == data
    assert again.acts[1:4] == ACTS[1:4]
    assert len(json.loads(data)["images"]) == 1
    assert (again.config, again.unverified) == (Config(2), True)
    first, last = again.acts[0], again.acts[4]
    assert isinstance(first, Open)
    assert isinstance(last, Open)
    assert (first.image, first.count, last.count) == (last.image, 2, 1)


@pytest.mark.parametrize(
    "acts",
    [[["open", 1, 1]], [["open", -1, 1]], [["run", "fair", 1]], [["pick"]], [["jump", 1]], [1], 5],
)
def test_rejects_acts_that_are_none(acts: object) -> None:
    """An image that is not there, an unknown policy, and whatever else cannot be done."""
    data = json.loads(encode_script(SCRIPT)) | {"acts": acts}
    with pytest.raises(Refusal) as refused:
        decode_script(json.dumps(data).encode())
    assert refused.value.code == "malformed-script"


def test_a_recording_as_a_script() -> None:
    """What a policy picks is a stretch, what was picked otherwise are picks; digests stay."""
    made = recording("round-robin")
    script = script_of(made)
    assert [type(act) for act in script.acts] == [Open, Stretch]
    assert (script.state, script.trace) == (made.expected.state, made.expected.trace)
    picks = script_of(recording("random")).acts
    assert sum(isinstance(act, Pick) for act in picks) == recording("random").steps
