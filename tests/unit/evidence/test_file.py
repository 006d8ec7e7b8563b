"""The file of evidence: every byte of it counts."""

from __future__ import annotations

import pytest

from antiphon.errors import Refusal
from antiphon.evidence.file import decode_evidence, encode_evidence
from tests.unit.machine.gate_rows import fresh, stale

PIECES = (
    fresh("lockstep.aging"),
    stale("profiles.full"),
    fresh("lockstep.speculation"),
)


def test_round_trip() -> None:
    """What is written is read."""
    assert decode_evidence(encode_evidence(PIECES)) == PIECES
    assert decode_evidence(encode_evidence(())) == ()


def test_rejects_an_edited_byte() -> None:
    """Any byte that is changed, left out or added is noticed, and the renewal is named."""
    data = encode_evidence(PIECES)
    edits = [data[:-1], data + b" ", b" " + data]
    for place, byte in enumerate(data):
        edits += [data[:place] + bytes((other,)) + data[place + 1 :] for other in (byte ^ 1, 32)]
    for edited in edits:
        if edited == data:
            continue
        with pytest.raises(Refusal) as caught:
            decode_evidence(edited)
        assert caught.value.code == "damaged-evidence"
        assert "antiphon parity evidence --write" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"counts": {\n    "cases": 7\n   }', b'"counts": 7', "counts is an object"),
        (b"lockstep.aging", b"lockstep.lottery", "there is no claim 'lockstep.lottery'"),
        (b'"cases": 7', b'"cases": 8', "the hash of lockstep.aging does not fit"),
        (b'"version": 1', b'"version": 2', "version"),
        (b'"format"', b'"form"', "format"),
    ],
)
def test_rejects(old: bytes, new: bytes, words: str) -> None:
    """What is wrong is said."""
    data = encode_evidence(PIECES)
    assert old in data
    with pytest.raises(Refusal, match="damaged") as caught:
        decode_evidence(data.replace(old, new, 1))
    assert words in str(caught.value)
