"""The binary form of images."""

from dataclasses import replace

import pytest

from antiphon.bytecode.codec import (
    SIZE_MAX,
    decode_image,
    decode_instruction,
    decode_program,
    encode_image,
    encode_instruction,
    encode_program,
    image_digest,
    require_form,
    type_from_plain,
    type_to_plain,
    value_from_plain,
)
from antiphon.bytecode.instruction import Instruction, Jump, Send, Set
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.errors import AntiphonError, ProgramError, Refusal
from antiphon.theory.local_type import END, output, rec, var
from antiphon.values.canonical import Plain, encode, varint
from antiphon.values.sort import NAT
from antiphon.values.value import Nat, Prod, Str
from tests.unit.bytecode.samples import HANDING, IMAGE, INSTRUCTIONS, TYPE

END_TABLE = (("end",),)


@pytest.mark.parametrize("instruction", INSTRUCTIONS, ids=repr)
def test_instructions_come_back(instruction: Instruction) -> None:
    """Every instruction, with every kind of operand, is decoded to itself."""
    assert decode_instruction(encode_instruction(instruction)) == instruction


def test_images_come_back() -> None:
    """An image is decoded to one with the same name and programs, of the same digest."""
    back = decode_image(encode_image(IMAGE))
    assert (back.name, back.programs) == (IMAGE.name, IMAGE.programs)
    assert image_digest(back) == image_digest(IMAGE)
    assert decode_program(encode_program(IMAGE.programs[0])) == IMAGE.programs[0]


def test_endpoints_that_are_handed_over_come_back() -> None:
    """Their types are part of an image, and of its digest, only where there are some."""
    back = decode_image(encode_image(HANDING))
    assert back.delegated == HANDING.delegated
    assert image_digest(back) == image_digest(HANDING)
    digests = [image_digest(replace(HANDING, delegated=HANDING.delegated[:n])) for n in range(3)]
    assert len(set(digests)) == 3


@pytest.mark.parametrize(
    "later",
    [
        ("delegated", ()),
        ("delegated", (("P", "A", END_TABLE), ("P", "A", END_TABLE))),
        ("delegated", (("P", END_TABLE),)),
        ("delegated", (("P", "A", ()),)),
        ("delegated", 1),
        ("other", (("P", "A", END_TABLE),)),
    ],
    ids=repr,
)
def test_rejects_other_additions(later: Plain) -> None:
    """Besides its name and its roles an image has that list, which is not empty, or nothing."""
    whole = encode(("antiphon.image", 1, ("x", (), ("delegated", (("P", "A", END_TABLE),)))))
    assert decode_image(whole).delegated == (("P", "A", END),)
    with pytest.raises(ProgramError, match="malformed-image"):
        decode_image(encode(("antiphon.image", 1, ("x", (), later))))


def test_an_encoding_is_golden() -> None:
    """Version 1 of the encoding never changes."""
    assert encode_instruction(Send(0, -1)) == (
        b"(\x03s\x14antiphon.instructioni\x01(\x03s\x04sendi\x00j\x00"
    )


def test_the_digest_is_golden() -> None:
    """Version 1 of the image digest never changes, and what an image holds counts."""
    assert image_digest(IMAGE) == "ead18a2eea64cae114099b8642a79ab511160336dcf393974010df8856442c9a"
    assert image_digest(Image("other", IMAGE.programs)) != image_digest(IMAGE)
    assert image_digest(Image(IMAGE.name, IMAGE.programs[:1])) != image_digest(IMAGE)


def test_types_are_tables_of_nodes() -> None:
    """Parts come before the whole, and what is shared is there once."""
    table = type_to_plain(rec("X", output("B", [("a", NAT, var("X")), ("b", NAT, END)])))
    assert table == (
        ("var", "X"),
        ("end",),
        ("send", "B", (("a", "nat", 0), ("b", "nat", 1))),
        ("rec", "X", 2),
    )
    assert type_from_plain(type_to_plain(TYPE)) is TYPE


@pytest.mark.parametrize(
    "table",
    [
        (),
        (("end",), ("end",)),
        (("end",), ("var", "X")),
        (("rec", "X", 0),),
        (("rec", "X", -1),),
        (("rec", "X", True), ("end",)),
        (("var", "X"), ("rec", "X", 0, 0)),
        (("end",), ("send", "B", (("a", "nat", 1),))),
        (("end",), ("send", "B", (("a", "a nat", 0),))),
        (("end",), ("send", "B", (("a", 0),))),
        (("end",), ("talk", "B", ())),
        ("end",),
        "end",
    ],
    ids=repr,
)
def test_rejects_other_tables(table: Plain) -> None:
    """Only the table that a type is written as is read."""
    with pytest.raises(ValueError, match=r"\w"):
        type_from_plain(table)


@pytest.mark.parametrize(
    "plain",
    [
        (),
        ("Unit", 1),
        ("Nat", -1),
        ("Nat", True),
        ("Nat", "1"),
        ("Bool", 1),
        ("Str", b""),
        ("Prod", ("Unit",)),
        ("Endpoint", True, "A"),
        ("Blob", "date", "text"),
        ("Other",),
        None,
    ],
    ids=lambda plain: repr(plain)[:20],
)
def test_rejects_what_is_no_value(plain: Plain) -> None:
    """Only the plain form of a value is read as one."""
    with pytest.raises(ValueError, match=r"value|a Nat is|a session is"):
        value_from_plain(plain)


def test_rejects_deep_values() -> None:
    """A value of more than 256 levels is not decoded."""
    one = encode_instruction(Set(0, Prod(Nat(1), Nat(1))))
    start, pair, end = one.partition(encode(("Prod", ("Nat", 1), ("Nat", 1))))
    deep = (pair[: -len(encode(("Nat", 1)))] * 257) + encode(("Nat", 1))
    with pytest.raises(ProgramError, match="malformed-image"):
        decode_instruction(start + deep + end)


GOOD = encode_instruction(Set(0, Str("abc")))
EDITED = {
    "cut short": GOOD[:-1],
    "followed by more": GOOD + b"N",
    "an unknown tag": GOOD.replace(b"s\x03abc", b"x\x03abc"),
    "no UTF-8": GOOD.replace(b"abc", b"\xff\xff\xff"),
    "a length that is too long": GOOD.replace(b"s\x03abc", b"s\x7fabc"),
    "an integer not in its shortest form": GOOD.replace(b"i\x00", b"i\x80\x00"),
    "an integer without end": GOOD.replace(b"i\x00", b"i" + b"\x80" * 3000 + b"\x00"),
    "another instruction": GOOD.replace(b"s\x03set", b"s\x03say"),
    "fetch": GOOD.replace(b"s\x03set", b"s\x05fetch"),
    "a register that is a text": GOOD.replace(b"i\x00", b"s\x00"),
    "nested too deep": GOOD.replace(b"s\x03abc", b"(\x01" * 300 + b"N"),
    "too many operands": GOOD.replace(b"(\x03s\x03set", b"(\x04s\x03set") + b"N",
    "a register beyond 32 bits": GOOD.replace(b"i\x00", b"i" + varint(2**31)),
    "an address beyond 32 bits": encode(("antiphon.instruction", 1, ("jump", -(2**31) - 1))),
    "half a character": GOOD.replace(b"abc", b"\xed\xa0\x80"),
    "a length beyond all bytes": GOOD.replace(b"s\x03abc", b"s" + varint(2**900)),
}


@pytest.mark.parametrize("data", EDITED.values(), ids=EDITED)
def test_rejects_damaged_bytes(data: bytes) -> None:
    """Bytes that are nearly an instruction are a malformed one."""
    with pytest.raises(ProgramError) as caught:
        decode_instruction(data)
    assert [problem.code for problem in caught.value.diagnostics] == ["malformed-image"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unknown-format"),
        (b"hello", "unknown-format"),
        (encode_instruction(Jump(0)), "unknown-format"),
        (encode(("antiphon.image", 2, ())), "unknown-version"),
        (encode(("antiphon.image", 1, ())) + b"\x00" * SIZE_MAX, "too-large"),
    ],
    ids=["nothing", "text", "an instruction", "version 2", "too large"],
)
def test_rejects_what_is_no_image(data: bytes, code: str) -> None:
    """Bytes that do not say that they are an image of this version are refused."""
    with pytest.raises(Refusal) as caught:
        decode_image(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "image",
    [
        Image("\ud834\udd1e", ()),
        Image("x", (RoleProgram("\ud834", END, (), 1),)),
        Image("x", (RoleProgram("A", var("\ud834"), (), 1),)),
        Image("x", (RoleProgram("A", END, (Jump(2**31),), 1),)),
        Image("x", (RoleProgram("A", END, (), 2**31),)),
    ],
    ids=["name", "role", "variable", "address", "registers"],
)
def test_rejects_what_has_no_form(image: Image) -> None:
    """An image that could not be decoded is not encoded."""
    for write in (encode_image, require_form):
        with pytest.raises(ProgramError) as caught:
            write(image)
        assert [problem.code for problem in caught.value.diagnostics] == ["malformed-image"]


def test_rejects_what_is_too_large() -> None:
    """Nothing is encoded that has more bytes than are decoded."""
    with pytest.raises(Refusal) as caught:
        encode_instruction(Set(0, Str("a" * SIZE_MAX)))
    assert caught.value.code == "too-large"


def test_every_byte_counts() -> None:
    """An image with any one byte changed is another image, or none."""
    data = encode_image(IMAGE)
    for place in range(len(data)):
        changed = data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        try:
            back = decode_image(changed)
        except AntiphonError:
            continue
        assert encode_image(back) == changed


def test_long_types_and_code_are_coded_without_recursion() -> None:
    """Twenty thousand messages in a line are no problem."""
    line = END
    for _ in range(20_000):
        line = output("B", [("m", NAT, line)])
    image = Image("long", (RoleProgram("A", line, (Send(0, -1),) * 20_000, 1),))
    assert decode_image(encode_image(image)).programs == image.programs
