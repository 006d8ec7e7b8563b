"""The file of what the lanes have found."""

from __future__ import annotations

import pytest

from antiphon.errors import Refusal
from antiphon.parity.matrix.record import EMPTY, Found, Record, decode_record, encode_record

RECORD = Record(
    "2026-11-28",
    {"lockstep": {"cases": 6}},
    {"a": Found({"model": 3, "pure": 2}, "x"), "b": Found({}, "y", ("T:order_differs:T",))},
)


def test_round_trip() -> None:
    """What is written is read again, a line for a row."""
    data = encode_record(RECORD)
    assert decode_record(data) == RECORD
    assert encode_record(decode_record(data)) == data
    assert len(data.splitlines()) == 4
    assert decode_record(encode_record(EMPTY)) == EMPTY


def test_what_it_says() -> None:
    """A row is reached as often as by the side that reached it least."""
    assert [found.reached for found in RECORD.rows.values()] == [2, 0]
    assert RECORD.fingerprints == {"T:order_differs:T"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"antiphon-rows"', b'"antiphon-row"'),
        (b'"version": 1', b'"version": 2'),
        (b'{"model": 3', b'{"model": -3'),
        (b'"sources": "x"', b'"source": "x"'),
        (b'"sources": "x"', b'"sources": 1'),
        (b'{"lockstep": {"cases": 6}}', b"[]"),
        (b"}}\n", b"}\n"),
    ],
)
def test_rejects(old: bytes, new: bytes) -> None:
    """Anything else is damaged."""
    data = encode_record(RECORD)
    assert old in data
    with pytest.raises(Refusal) as caught:
        decode_record(data.replace(old, new))
    assert caught.value.code == "damaged-rows"
