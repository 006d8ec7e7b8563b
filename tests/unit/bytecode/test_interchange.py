"""Images as JSON."""

import json
from copy import deepcopy
from typing import Any

import pytest

from antiphon.bytecode.instruction import Instruction, Offer, Send
from antiphon.bytecode.interchange import (
    image_from_json,
    image_to_json,
    instruction_from_json,
    instruction_to_json,
    natural,
    read_json,
)
from antiphon.errors import ProgramError, Refusal
from tests.unit.bytecode.samples import HANDING, IMAGE, INSTRUCTIONS


@pytest.mark.parametrize("instruction", INSTRUCTIONS, ids=repr)
def test_instructions_come_back(instruction: Instruction) -> None:
    """Every instruction is read back from its JSON."""
    text = json.dumps(instruction_to_json(instruction))
    assert instruction_from_json(json.loads(text)) == instruction


def test_images_come_back() -> None:
    """An image is read back from its JSON."""
    back = image_from_json(read_json(json.dumps(image_to_json(IMAGE)).encode()))
    assert (back.name, back.programs) == (IMAGE.name, IMAGE.programs)


def test_endpoints_that_are_handed_over_come_back() -> None:
    """Their types stand beside the roles, where there are some."""
    data: Any = json.loads(json.dumps(image_to_json(HANDING)))
    assert image_from_json(data).delegated == HANDING.delegated
    assert "delegated" not in image_to_json(IMAGE)
    for wrong in ([], None, [["P", "A"]], [[1, "A", [["end"]]]], data["delegated"] * 2):
        with pytest.raises(ProgramError, match="malformed-image"):
            image_from_json({**data, "delegated": wrong})


def test_operands_have_names() -> None:
    """An instruction is an object with its operands by name; the host is a word."""
    assert instruction_to_json(Offer(0, "ask", 2)) == {
        "op": "offer",
        "chan": 0,
        "label": "ask",
        "val": 2,
    }
    assert instruction_to_json(Send(0, -1)) == {"op": "send", "chan": 0, "val": "host"}


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "{}",
        '{"op": 1}',
        '{"op": "fetch"}',
        '{"op": "halt", "chan": 0}',
        '{"op": "jump"}',
        '{"op": "jump", "target": "1"}',
        '{"op": "jump", "target": true}',
        '{"op": "jump", "target": 2147483648}',
        '{"op": "acquire", "layer": "\\ud800", "dst": 0}',
        '{"op": "send", "chan": 0, "val": -1}',
        '{"op": "send", "chan": "host", "val": 0}',
        '{"op": "select", "chan": 0, "table": {"a": 0}}',
        '{"op": "select", "chan": 0, "table": [["a"]]}',
        '{"op": "select", "chan": 0, "table": [[[[[[[["a"]]]]]]]]}',
        '{"op": "open", "name": 1, "entries": []}',
        '{"op": "open", "name": "P", "entries": [["A", [["end"]]]]}',
        '{"op": "open", "name": "P", "entries": [["A", [], 0]]}',
        '{"op": "open", "name": "P", "entries": [["A", [["end"]], "0"]]}',
        '{"op": "set", "dst": 0, "val": "unit"}',
        '{"op": "invoke", "action": "a", "args": [null], "dst": 0}',
    ],
)
def test_rejects_what_is_no_instruction(text: str) -> None:
    """Every other shape is a ValueError."""
    with pytest.raises(ValueError, match=r"\w"):
        instruction_from_json(json.loads(text))


def edit(path: tuple[str | int, ...], value: object) -> object:
    """The JSON of the sample image with one part replaced."""
    data: Any = json.loads(json.dumps(image_to_json(IMAGE)))
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = deepcopy(value)
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), 1),
        (("roles",), {}),
        (("roles", 0), []),
        (("roles", 0, "more"), 1),
        (("roles", 0, "role"), None),
        (("roles", 0, "registers"), "3"),
        (("roles", 0, "registers"), 1.5),
        (("roles", 0, "type"), []),
        (("roles", 0, "type"), [["end"], ["end"]]),
        (("roles", 0, "code"), None),
        (("roles", 0, "code", 0), {"op": "say"}),
        (("more",), 1),
    ],
    ids=repr,
)
def test_rejects_damaged_images(path: tuple[str | int, ...], value: object) -> None:
    """An image with one part of another shape is a malformed one."""
    with pytest.raises(ProgramError) as caught:
        image_from_json(edit(path, value))
    assert [problem.code for problem in caught.value.diagnostics] == ["malformed-image"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "unknown-format"),
        ({}, "unknown-format"),
        (edit(("format",), "other"), "unknown-format"),
        (edit(("version",), 2), "unknown-version"),
        (edit(("version",), True), "unknown-version"),
    ],
    ids=["array", "empty", "format", "version", "truth"],
)
def test_rejects_what_is_no_image(data: object, code: str) -> None:
    """Data that does not say that it is an image of this version is refused."""
    with pytest.raises(Refusal) as caught:
        image_from_json(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"1.5",
        b"1e3",
        b"NaN",
        b"\xff",
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b"9" * 5000,
    ],
    ids=lambda data: repr(data)[:20],
)
def test_rejects_what_is_no_strict_json(data: bytes) -> None:
    """No fractions, no key twice, no depth without end: all of it is refused."""
    with pytest.raises(Refusal) as caught:
        read_json(data)
    assert caught.value.code == "not-json"


def test_rejects_large_json() -> None:
    """Before anything is read, the size is looked at."""
    with pytest.raises(Refusal) as caught:
        read_json(b"[1, 2]", 5)
    assert caught.value.code == "too-large"


def test_complaints_are_short() -> None:
    """What is wrong is quoted, but not the whole of it."""
    with pytest.raises(ValueError, match="belongs here") as caught:
        natural(["x" * 10_000])
    assert len(str(caught.value)) < 200
