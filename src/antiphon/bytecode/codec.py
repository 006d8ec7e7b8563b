"""Instructions, role programs and images as canonical bytes, and back; the digest of an image.

Everything becomes plain data first (``*_to_plain``), then the bytes of ``values.canonical``, as the
triple (format, version, content). The decoders accept exactly what the encoders write, so that each
image has one encoding:

* an instruction is its name and its operands, in the order of the instruction table;
* a local type is the table of its nodes (``theory.interchange``);
* an image is its name and, for each role, (role, registers, type, code).

Bytes that are something else are refused; bytes that are nearly an image are a ``ProgramError``.
Whether the code makes sense is not asked here: see ``verify``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from antiphon.bytecode.instruction import CLASSES, Instruction
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Diagnostic, ProgramError, Refusal
from antiphon.theory.interchange import BINDINGS_MAX, canonical_local
from antiphon.theory.local_type import END, LocalBranch, LocalType, input_, output, rec, var
from antiphon.values import wire
from antiphon.values.canonical import Plain, digest, encode
from antiphon.values.sort import parse_sort
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value

VERSION: Final = 1
SIZE_MAX: Final = 2**24
"""How many bytes may be decoded."""
DEPTH_MAX: Final = 96
"""How deep decoded plain data may nest: a value's 64 levels and what is around it."""
NAT_LIMIT: Final = 10**4000
"""Decoded naturals are below this."""

_NAME_OF: Final = {kind: name for name, kind in CLASSES.items()}
_CONSTANTS: Final[dict[bytes, Plain]] = {b"N": None, b"T": True, b"F": False}
_TEXT: Final = ("utf-8", "surrogatepass")
_INTEGER_BYTES_MAX = 1900
_LENGTH_BYTES_MAX = 5
T = TypeVar("T")


def encode_instruction(instruction: Instruction) -> bytes:
    """The canonical bytes of one instruction."""
    return encode(("antiphon.instruction", VERSION, instruction_to_plain(instruction)))


def decode_instruction(data: bytes) -> Instruction:
    """The instruction that ``data`` encodes; raises as ``decode_image``."""
    return _decode("antiphon.instruction", data, instruction_from_plain, encode_instruction)


def encode_program(program: RoleProgram) -> bytes:
    """The canonical bytes of what one role runs."""
    return encode(("antiphon.program", VERSION, _program_to_plain(program)))


def decode_program(data: bytes) -> RoleProgram:
    """The role program that ``data`` encodes; raises as ``decode_image``."""
    return _decode("antiphon.program", data, _program_from_plain, encode_program)


def encode_image(image: Image) -> bytes:
    """The canonical bytes of an image."""
    return encode(("antiphon.image", VERSION, _image_to_plain(image)))


def decode_image(data: bytes) -> Image:
    """The image that ``data`` encodes.

    Raises ``Refusal`` for bytes that are no image, of another version or too many, and
    ``ProgramError`` (``malformed-image``) for an image that is damaged. The image is not verified.
    """
    return _decode("antiphon.image", data, _image_from_plain, encode_image)


_DIGESTS: WeakKeyDictionary[Image, str] = WeakKeyDictionary()


def image_digest(image: Image) -> str:
    """The name of an image's content: SHA-256 in the domain ``antiphon.image.1`` (S29)."""
    found = _DIGESTS.get(image)
    if found is None:
        found = _DIGESTS[image] = digest("antiphon.image.1", (_image_to_plain(image),))
    return found


def malformed(what: str) -> ProgramError:
    """The complaint about an encoding of an image that is damaged."""
    return ProgramError([Diagnostic("malformed-image", what)])


def instruction_to_plain(instruction: Instruction) -> Plain:
    """An instruction as its name and its operands."""
    name = _NAME_OF[type(instruction)]
    operands = (
        wire.to_plain(getattr(instruction, field))
        if kind is Operand.VALUE
        else getattr(instruction, field)
        for field, kind in INSTRUCTIONS[name].operands
    )
    return (name, *operands)


def instruction_from_plain(plain: Plain) -> Instruction:
    """The instruction that ``plain`` stands for; raises ``ValueError`` on any other shape."""
    match plain:
        case (str(name), *given) if name in CLASSES:
            return build_instruction(name, given, operand_from_plain)
        case _:
            raise ValueError("not an instruction")


def build_instruction(
    name: str, given: list[Any], read: Callable[[Operand, Any], object]
) -> Instruction:
    """The instruction ``name``, each operand made by ``read`` from its kind and what is given.

    Raises ``ValueError`` if their number is wrong, and whatever ``read`` raises.
    """
    operands = INSTRUCTIONS[name].operands
    if len(given) != len(operands):
        raise ValueError(f"{name} has {len(operands)} operands, not {len(given)}")
    make = cast("Callable[..., Instruction]", CLASSES[name])
    return make(*(read(kind, item) for (_, kind), item in zip(operands, given, strict=True)))


def operand_from_plain(kind: Operand, plain: Plain) -> object:
    """One operand of a kind; raises ``ValueError`` on any other shape.

    Registers and addresses may be any integers of 32 bits: whether they exist is not asked here.
    """
    match kind:
        case Operand.REGISTER | Operand.SOURCE | Operand.ADDRESS:
            return integer(plain)
        case Operand.LABEL | Operand.ACTION:
            return _text(plain)
        case Operand.REGISTERS:
            return tuple(map(integer, _items(plain, "a list of registers")))
        case Operand.TABLE:
            return tuple(map(_entry, _items(plain, "a table")))
        case Operand.VALUE:
            return value_from_plain(plain)


def _entry(plain: Plain) -> tuple[str, int]:
    label, address = _items(plain, "an entry of a table", 2)
    return _text(label), integer(address)


def value_from_plain(plain: Plain, depth: int = 0) -> Value:
    """The value that ``plain`` stands for; raises ``ValueError`` on any other shape."""
    if depth > wire.DEPTH_MAX:
        raise ValueError(f"a value may nest at most {wire.DEPTH_MAX} deep")
    match plain:
        case ("Unit",):
            return UNIT
        case ("Bool", bool(truth)):
            return Bool(truth)
        case ("Nat", int(number)) if type(number) is int and 0 <= number < NAT_LIMIT:
            return Nat(number)
        case ("Str", str(text)):
            return Str(text)
        case ("Prod", left, right):
            return Prod(value_from_plain(left, depth + 1), value_from_plain(right, depth + 1))
        case ("Endpoint", int(session), str(role)) if type(session) is int and session >= 0:
            return Endpoint(session, role)
        case ("Blob", str(sort), bytes(data)):
            return Blob(sort, data)
        case _:
            raise ValueError("not a value")


def type_to_plain(root: LocalType) -> tuple[Plain, ...]:
    """The table of the nodes of a local type, as ``theory.interchange`` lists them.

    A node is ``("end",)``, ``("var", name)``, ``("rec", name, body)`` or ``("send" or "receive",
    peer, ((label, sort, then), ...))``; parts are named by their place and come before the whole.
    """
    return cast("tuple[Any, Any, tuple[Plain, ...]]", canonical_local(root))[2]


def type_from_plain(table: Plain) -> LocalType:
    """The local type that a table of nodes stands for, which need not be well-formed.

    Raises ``ValueError`` unless the table is the one that ``type_to_plain`` makes.
    """
    made: list[LocalType] = []
    bindings = 0
    for row in _items(table, "a table of nodes"):
        made.append(_node(row, made))
        bindings += len(made[-1].free)
        if bindings > BINDINGS_MAX:
            raise ValueError("too many recursions are open at too many nodes")
    if not made or type_to_plain(made[-1]) != table:
        raise ValueError("a table lists the nodes of one type, parts first, each once")
    return made[-1]


def _node(row: Plain, made: list[LocalType]) -> LocalType:
    match row:
        case ("end",):
            return END
        case ("var", str(name)):
            return var(name)
        case ("rec", str(name), body):
            return rec(name, _made(body, made))
        case ("send" | "receive" as way, str(peer), tuple(branches)):
            make = output if way == "send" else input_
            return make(peer, [_branch(branch, made) for branch in branches])
        case _:
            raise ValueError("not a node of a local type")


def _branch(plain: Plain, made: list[LocalType]) -> LocalBranch:
    label, sort, then = _items(plain, "a branch", 3)
    return _text(label), parse_sort(_text(sort)), _made(then, made)


def _made(plain: Plain, made: list[LocalType]) -> LocalType:
    number = integer(plain)
    if not 0 <= number < len(made):
        raise ValueError(f"{number} is not the place of an earlier node")
    return made[number]


def _program_to_plain(program: RoleProgram) -> Plain:
    code = tuple(map(instruction_to_plain, program.code))
    return (program.role, program.registers, type_to_plain(program.local_type), code)


def _program_from_plain(plain: Plain) -> RoleProgram:
    role, registers, table, code = _items(plain, "a role", 4)
    return RoleProgram(
        _text(role),
        type_from_plain(table),
        tuple(map(instruction_from_plain, _items(code, "code"))),
        integer(registers),
    )


def _image_to_plain(image: Image) -> Plain:
    return (image.name, tuple(map(_program_to_plain, image.programs)))


def _image_from_plain(plain: Plain) -> Image:
    name, programs = _items(plain, "an image", 2)
    return Image(_text(name), tuple(map(_program_from_plain, _items(programs, "roles"))))


def _items(plain: Plain, what: str, count: int | None = None) -> tuple[Plain, ...]:
    if not isinstance(plain, tuple) or count not in (None, len(plain)):
        raise ValueError(f"not {what}")
    return plain


def _text(plain: Plain) -> str:
    if not isinstance(plain, str):
        raise ValueError("not a text")
    return plain


def integer(data: object) -> int:
    """An integer of 32 bits; raises ``ValueError`` for anything else."""
    if type(data) is not int or not -(2**31) <= data < 2**31:
        raise ValueError("not an integer of 32 bits")
    return data


def _decode(kind: str, data: bytes, read: Callable[[Plain], T], write: Callable[[T], bytes]) -> T:
    words = f"an encoded {kind.removeprefix('antiphon.')}"
    if len(data) > SIZE_MAX:
        raise Refusal("too-large", f"{words} has at most {SIZE_MAX} bytes, not {len(data)}")
    prefix = encode((kind, VERSION, None))[:-1]
    if not data.startswith(prefix[:-1]):
        raise Refusal("unknown-format", f"these bytes are not {words}")
    if not data.startswith(prefix):
        raise Refusal("unknown-version", f"this version reads only version {VERSION} of {words}")
    try:
        result = read(_Reader(data, len(prefix)).plain())
    except ValueError as error:
        raise malformed(f"this is not {words}: {error}") from None
    if write(result) != data:
        raise malformed(f"this is not the canonical form of {words}")
    return result


class _Reader:
    """Reads one piece of plain data that ends where the bytes end."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def plain(self) -> Plain:
        """Everything that is left; raises ``ValueError`` if it is not exactly one piece."""
        open_tuples: list[tuple[int, list[Plain]]] = [(1, [])]
        while True:
            count, items = open_tuples[-1]
            if len(items) < count:
                self._item(open_tuples)
            elif len(open_tuples) > 1:
                open_tuples.pop()
                open_tuples[-1][1].append(tuple(items))
            elif self._at == len(self._data):
                return items[0]
            else:
                raise ValueError("it goes on after its end")

    def _item(self, open_tuples: list[tuple[int, list[Plain]]]) -> None:
        tag = self._take(1)
        items = open_tuples[-1][1]
        if tag == b"(":
            if len(open_tuples) > DEPTH_MAX:
                raise ValueError(f"it nests more than {DEPTH_MAX} deep")
            open_tuples.append((self._varint(_LENGTH_BYTES_MAX), []))
        elif tag == b"s":
            items.append(self._take(self._varint(_LENGTH_BYTES_MAX)).decode(*_TEXT))
        elif tag == b"b":
            items.append(self._take(self._varint(_LENGTH_BYTES_MAX)))
        elif tag == b"i":
            items.append(self._varint(_INTEGER_BYTES_MAX))
        elif tag == b"j":
            items.append(-1 - self._varint(_INTEGER_BYTES_MAX))
        elif tag in _CONSTANTS:
            items.append(_CONSTANTS[tag])
        else:
            raise ValueError(f"{tag!r} starts nothing")

    def _take(self, count: int) -> bytes:
        start, self._at = self._at, self._at + count
        if self._at > len(self._data):
            raise ValueError("it stops early")
        return self._data[start : self._at]

    def _varint(self, bytes_max: int) -> int:
        number = 0
        for place in range(bytes_max):
            (byte,) = self._take(1)
            number |= (byte & 0x7F) << 7 * place
            if byte < 0x80:
                return number
        raise ValueError(f"an integer has more than {bytes_max} bytes")
