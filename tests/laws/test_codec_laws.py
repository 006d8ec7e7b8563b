"""Whatever an image holds, it comes back from each of its forms; and no input breaks a decoder."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from antiphon.bytecode.assembly import render_assembly
from antiphon.bytecode.assembly_reader import parse_assembly
from antiphon.bytecode.codec import (
    build_instruction,
    decode_image,
    decode_instruction,
    encode_image,
    encode_instruction,
    image_digest,
)
from antiphon.bytecode.instruction import CLASSES, HOST, Instruction, Move, Offer, Set
from antiphon.bytecode.interchange import image_from_json, image_to_json, read_json
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.bytecode.verify import verify
from antiphon.errors import ProgramError, Refusal
from antiphon.machine.ask import Answer, Chosen, Pending, Position, Refused
from antiphon.machine.choice import Advance, Wake
from antiphon.machine.config import Config
from antiphon.replay.recording import (
    PICKS,
    Between,
    Digests,
    Load,
    Recording,
    Setup,
    decode_recording,
    encode_recording,
)
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import BOOL, NAT, STR, UNIT, Sort, named, product
from antiphon.values.value import DEPTH_MAX, Blob, Bool, Endpoint, Nat, Prod, Str, Value
from antiphon.values.value import UNIT as NOTHING

WORDS = st.sampled_from(["A", "B", "r0", "rec", "end", "type", "", "two words", "1", "\u00fc"])
NAMES = WORDS | st.text(max_size=4)
NATURALS = st.integers(0, 2**70) | st.sampled_from([10**4200, 2**53, 2**64, 2**512])
REGISTERS = st.integers(0, 9) | st.integers(-(2**31), 2**31 - 1)
ATOMS: st.SearchStrategy[Value] = st.one_of(
    st.just(NOTHING),
    NATURALS.map(Nat),
    st.booleans().map(Bool),
    NAMES.map(Str),
    st.builds(Endpoint, NATURALS, NAMES),
    st.builds(Blob, NAMES, st.binary(max_size=4)),
)
VALUES = st.recursive(ATOMS, lambda inner: st.builds(Prod, inner, inner), max_leaves=5)
SORTS: st.SearchStrategy[Sort] = st.recursive(
    st.sampled_from([UNIT, NAT, BOOL, STR, named("date")]),
    lambda inner: st.builds(product, inner, inner),
    max_leaves=4,
)
LEAVES: st.SearchStrategy[LocalType] = st.just(END) | NAMES.map(var)


def larger(inner: st.SearchStrategy[LocalType]) -> st.SearchStrategy[LocalType]:
    """Types over smaller ones, well-formed or not."""
    branches = st.lists(st.tuples(NAMES, SORTS, inner), max_size=3)
    return st.one_of(
        st.builds(output, NAMES, branches),
        st.builds(input_, NAMES, branches),
        st.builds(rec, NAMES, inner),
    )


TYPES = st.recursive(LEAVES, larger, max_leaves=8)
OPERANDS: dict[Operand, st.SearchStrategy[Any]] = {
    Operand.REGISTER: REGISTERS,
    Operand.SOURCE: REGISTERS | st.just(HOST),
    Operand.REGISTERS: st.lists(REGISTERS, max_size=3).map(tuple),
    Operand.LABEL: NAMES,
    Operand.TABLE: st.lists(st.tuples(NAMES, REGISTERS), max_size=3).map(tuple),
    Operand.ADDRESS: REGISTERS,
    Operand.VALUE: VALUES,
    Operand.ACTION: NAMES,
    Operand.PROTOCOL: NAMES,
    Operand.LAYER: NAMES,
    Operand.ENTRIES: st.lists(st.tuples(NAMES, TYPES, REGISTERS), max_size=2).map(tuple),
}


def instructions(name: str) -> st.SearchStrategy[Instruction]:
    """Every instruction of one name, made from the table."""
    operands = (OPERANDS[kind] for _, kind in INSTRUCTIONS[name].operands)
    return st.tuples(*operands).map(
        lambda given: build_instruction(name, list(given), lambda _, item: item)
    )


CODE = st.lists(st.one_of([instructions(name) for name in CLASSES]), max_size=6).map(tuple)
PROGRAMS = st.builds(RoleProgram, NAMES, TYPES, CODE, REGISTERS)
IMAGES = st.builds(
    Image,
    NAMES,
    st.lists(PROGRAMS, max_size=3, unique_by=lambda program: program.role).map(tuple),
)
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    VALUES, NAMES.map(Chosen), NAMES.map(Refused), st.just(Pending())
)
PLACES = st.builds(Position, st.integers(0, 9), NAMES, st.integers(0, 9), st.integers(0, 9))
DIGEST = st.binary(min_size=32, max_size=32).map(bytes.hex)


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    """Recordings of any content that fits together."""
    picks = draw(st.lists(st.integers(0, 9), max_size=5).map(tuple))
    policy = draw(st.sampled_from(["cooperative", "round-robin", PICKS]))
    images = draw(st.lists(IMAGES, max_size=2).map(tuple))
    events: list[st.SearchStrategy[Between]] = [st.builds(Wake, st.integers(0, 9))]
    if draw(st.booleans()):
        events.append(st.builds(Advance, st.integers(0, 2**40)))
        if images:
            loads = st.builds(Load, st.integers(0, len(images) - 1), st.integers(0, 9))
            events.append(loads)
    places = st.tuples(st.integers(0, len(picks)), st.one_of(events))
    return Recording(
        Setup(
            images,
            tuple(draw(st.integers(0, 9)) for _ in images),
            policy,
            Config(draw(st.integers(1, 2**31 - 1))),
            draw(st.booleans()),
        ),
        len(picks),
        picks if policy == PICKS else None,
        tuple(sorted(draw(st.lists(places, max_size=3)), key=lambda item: item[0])),
        draw(st.dictionaries(PLACES, st.lists(ANSWERS, max_size=3).map(tuple), max_size=3)),
        Digests(draw(DIGEST), draw(DIGEST), draw(DIGEST), draw(DIGEST)),
    )


@given(CODE)
def test_instructions_come_back_from_bytes(code: tuple[Instruction, ...]) -> None:
    """Decoding undoes encoding."""
    assert tuple(decode_instruction(encode_instruction(one)) for one in code) == code


@given(IMAGES)
def test_images_come_back_from_every_form(image: Image) -> None:
    """Bytes, JSON and assembly each give back the same name, programs and digest."""
    assert_comes_back(image)


def assert_comes_back(image: Image) -> None:
    """Every form of the image gives back the image."""
    text = json.dumps(image_to_json(image)).encode()
    for back in (
        decode_image(encode_image(image)),
        image_from_json(read_json(text)),
        parse_assembly(render_assembly(image)),
    ):
        assert (back.name, back.programs) == (image.name, image.programs)
        assert image_digest(back) == image_digest(image)


@st.composite
def deepest(draw: st.DrawFn) -> Value:
    """Pairs nested as deep as they may, on whichever side."""
    value = draw(ATOMS)
    for left in draw(st.lists(st.booleans(), min_size=DEPTH_MAX, max_size=DEPTH_MAX)):
        value = Prod(value, NOTHING) if left else Prod(NOTHING, value)
    return value


@given(deepest())
def test_the_deepest_values_come_back(value: Value) -> None:
    """A constant that nests as deep as a value may survives every form, and an answer its file."""
    sort = NAT
    for _ in range(DEPTH_MAX):
        sort = product(sort, UNIT)
    local = output("B", [("l", sort, END)])
    assert_comes_back(Image("deep", (RoleProgram("A", local, (Set(1, value),), 2),)))
    setup = Setup((), (), "cooperative")
    answers = {Position(0, "A", 0, 0): (value,)}
    recording = Recording(setup, 0, None, (), answers, Digests(*4 * ("0" * 64,)))
    assert decode_recording(encode_recording(recording)).answers == answers


FREE_NAMES = NAMES | st.text(st.characters(exclude_categories=()), min_size=2, max_size=2)
ODD_CODE = st.builds(Move, st.integers(-(2**40), 2**40), REGISTERS) | st.builds(
    Offer, REGISTERS, FREE_NAMES, REGISTERS
)
ODD_PROGRAMS = st.builds(
    RoleProgram,
    FREE_NAMES,
    st.builds(var, FREE_NAMES) | st.builds(rec, FREE_NAMES, st.just(END)),
    st.lists(ODD_CODE, max_size=2).map(tuple),
    st.integers(-(2**40), 2**40),
)


@given(st.builds(Image, FREE_NAMES, st.lists(ODD_PROGRAMS, max_size=1).map(tuple)))
def test_what_is_written_can_be_read(image: Image) -> None:
    """An image that has no form is refused by every writer alike; any other comes back."""
    refused = [
        has_no_form(image, write) for write in (encode_image, image_to_json, render_assembly)
    ]
    assert len(set(refused)) == 1
    if not refused[0]:
        assert_comes_back(image)


def has_no_form(image: Image, write: Callable[[Image], object]) -> bool:
    """Whether a writer refuses an image."""
    try:
        write(image)
    except ProgramError as error:
        return [problem.code for problem in error.diagnostics] == ["malformed-image"]
    return False


@given(IMAGES)
def test_the_verifier_only_accepts_or_rejects(image: Image) -> None:
    """Whatever an image holds, the verifier ends, and raises nothing but its complaint."""
    with suppress(ProgramError):
        verify(image)


@given(recordings())
def test_recordings_come_back(recording: Recording) -> None:
    """A file is decoded to what encodes to it."""
    data = encode_recording(recording)
    assert encode_recording(decode_recording(data)) == data


def edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Bytes with some stretches replaced."""
    for place, length, new in edits:
        start = place % (len(data) + 1)
        data = data[:start] + new + data[start + length :]
    return data


SNIPPETS = st.sampled_from([b'"', b"(", b"[", b"{", b"}", b",", b"\n", b":", b"-", b"0", b"end"])
EDITS = st.lists(
    st.tuples(st.integers(0, 2**16), st.integers(0, 4), st.binary(max_size=3) | SNIPPETS),
    min_size=1,
    max_size=4,
)


def read_image(data: bytes) -> Image:
    """An image from JSON."""
    return image_from_json(read_json(data))


def read_assembly(data: bytes) -> Image:
    """An image from text."""
    return parse_assembly(data.decode("utf-8", "replace"))


def survives(data: bytes) -> None:
    """Every decoder reads this, or complains; anything else that is raised fails the test."""
    for decode in (decode_image, decode_recording, read_image, read_assembly):
        with suppress(ProgramError, Refusal):
            decode(data)


@given(st.binary(max_size=64))
def test_random_bytes_are_survived(data: bytes) -> None:
    """No bytes get anything but ProgramError or Refusal out of a decoder."""
    survives(data)


@given(IMAGES, EDITS)
def test_edited_images_are_survived(image: Image, edits: list[tuple[int, int, bytes]]) -> None:
    """Nor do images with some bytes replaced, in any form."""
    survives(edited(encode_image(image), edits))
    survives(edited(json.dumps(image_to_json(image)).encode(), edits))
    survives(edited(render_assembly(image).encode(), edits))


@given(recordings(), EDITS)
def test_edited_recordings_are_survived(
    recording: Recording, edits: list[tuple[int, int, bytes]]
) -> None:
    """Nor do recordings."""
    survives(edited(encode_recording(recording), edits))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every part of a JSON value: what it stands in, and under which key."""
    found: list[tuple[Any, Any]] = []
    pending = [data]
    while pending:
        whole = pending.pop()
        keys: list[Any] = [*whole] if hasattr(whole, "keys") else [*range(len(whole))]
        found += [(whole, key) for key in keys]
        pending += [whole[key] for key in keys if isinstance(whole[key], dict | list)]
    return found


@given(recordings(), st.integers(0, 2**16), JSON)
def test_json_of_another_shape_is_survived(recording: Recording, place: int, new: object) -> None:
    """Nor does any JSON in the place of any part of a recording."""
    data: Any = json.loads(encode_recording(recording))
    parts = places(data)
    whole, key = parts[place % len(parts)]
    whole[key] = new
    survives(json.dumps(data).encode())
