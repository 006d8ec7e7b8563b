"""Values as data."""

import json

import pytest

from antiphon.values import wire
from antiphon.values.canonical import encode
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value

GOLDEN: tuple[tuple[Value, str], ...] = (
    (UNIT, '"Unit"'),
    (Nat(2**53 - 1), '{"Nat": 9007199254740991}'),
    (Nat(2**53), '{"Nat": "0x20000000000000"}'),
    (Bool(True), '{"Bool": true}'),
    (Str("Unit"), '{"Str": "Unit"}'),
    (Prod(UNIT, Nat(0)), '{"Prod": ["Unit", {"Nat": 0}]}'),
    (Endpoint(3, "A"), '{"Endpoint": {"session": 3, "role": "A"}}'),
    (Blob("date", b"\xff\x00"), '{"Blob": {"sort": "date", "data": "/wA="}}'),
)


@pytest.mark.parametrize(("value", "text"), GOLDEN, ids=lambda item: repr(item)[:24])
def test_json_is_as_written_down(value: Value, text: str) -> None:
    """Each variant has one form in JSON, and is read back from it."""
    assert json.dumps(wire.to_json(value)) == text
    assert wire.from_json(json.loads(text)) == value


def test_plain_forms_are_distinct() -> None:
    """Different values have different canonical bytes."""
    assert len({encode(wire.to_plain(value)) for value, _ in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (UNIT, ("Unit",)),
        (Nat(7), ("Nat", 7)),
        (Bool(False), ("Bool", False)),
        (Str("x"), ("Str", "x")),
        (Prod(UNIT, Nat(0)), ("Prod", ("Unit",), ("Nat", 0))),
        (Endpoint(3, "A"), ("Endpoint", 3, "A")),
        (Blob("date", b"\xff"), ("Blob", "date", b"\xff")),
    ],
    ids=lambda item: repr(item)[:24],
)
def test_plain_is_as_written_down(value: Value, plain: object) -> None:
    """Each variant has one plain form, which its digests are taken over."""
    assert wire.to_plain(value) == plain


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "1",
        "[]",
        "{}",
        '"unit"',
        '{"Nat": -1}',
        '{"Nat": true}',
        '{"Nat": 1.5}',
        '{"Nat": "1e3"}',
        '{"Nat": ""}',
        '{"Bool": 1}',
        '{"Str": 1}',
        '{"Prod": ["Unit"]}',
        '{"Prod": {"left": "Unit"}}',
        '{"Endpoint": {"session": -1, "role": "A"}}',
        '{"Endpoint": {"session": 1}}',
        '{"Blob": {"sort": "date", "data": "?"}}',
        '{"Blob": {"sort": "date", "data": "", "more": 1}}',
        '{"Nat": 1, "Str": ""}',
        '{"Other": 1}',
    ],
)
def test_rejects_what_is_no_value(text: str) -> None:
    """Every other shape is a ValueError."""
    with pytest.raises(ValueError, match=r"Nat|value|Blob"):
        wire.from_json(json.loads(text))


def test_rejects_deep_values() -> None:
    """Values are read up to 256 levels, and no further."""
    data: object = "Unit"
    for _ in range(256):
        data = {"Prod": ["Unit", data]}
    wire.from_json(data)
    with pytest.raises(ValueError, match="256"):
        wire.from_json({"Prod": [{"Prod": [data, data]}, "Unit"]})
