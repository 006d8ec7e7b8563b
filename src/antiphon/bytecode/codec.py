"""Instructions, role programs and images as canonical bytes, and back; the digest of an image.

Everything becomes plain data first (``*_to_plain``), then the bytes of ``values.canonical``, as the
triple (format, version, content). The decoders accept exactly what the encoders write, so that each
image has one encoding:

* an instruction is its name and its operands, in the order of the instruction table;
* a local type is the table of its nodes (``theory.interchange``);
* an image is its name and, for each role, (role, registers, type, code); if endpoints are handed
  over, ("delegated", ((protocol, role, type), ...)) as well.

What is encoded can be decoded: an encoder reads back what it is about to write, and refuses what
has no form, such as a name with half a character in it or a register of 40 bits. Bytes that are
something else are refused; bytes that are nearly an image are a ``ProgramError``. Whether the code
makes sense is not asked here: see ``verify``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from antiphon.bytecode.instruction import CLASSES, Entries, Instruction
from antiphon.bytecode.program import Delegated, Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Diagnostic, ProgramError, Refusal
from antiphon.theory.interchange import BINDINGS_MAX, canonical_local
from antiphon.theory.local_type import END, LocalBranch, LocalType, input_, output, rec, var
from antiphon.values import value, wire
from antiphon.values.canonical import Plain, decode, digest, encode
from antiphon.values.sort import parse_sort
from antiphon.values.value import UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Value

VERSION: Final = 1
SIZE_MAX: Final = 2**24
"""How many bytes may be encoded, and decoded."""
DEPTH_MAX: Final = value.DEPTH_MAX + 6
"""How deep decoded plain data may nest: pairs in a constant in the code of a role of an image."""

_NAME_OF: Final = {kind: name for name, kind in CLASSES.items()}
T = TypeVar("T")


def encode_instruction(instruction: Instruction) -> bytes:
    """The canonical bytes of one instruction; raises as ``encode_image``."""
    return _INSTRUCTION.encode(instruction)


def decode_instruction(data: bytes) -> Instruction:
    """The instruction that ``data`` encodes; raises as ``decode_image``."""
    return _INSTRUCTION.decode(data)


def encode_program(program: RoleProgram) -> bytes:
    """The canonical bytes of what one role runs; raises as ``encode_image``."""
    return _PROGRAM.encode(program)


def decode_program(data: bytes) -> RoleProgram:
    """The role program that ``data`` encodes; raises as ``decode_image``."""
    return _PROGRAM.decode(data)


def encode_image(image: Image) -> bytes:
    """The canonical bytes of an image.

    Raises ``ProgramError`` (``malformed-image``) for an image that has no form, and ``Refusal``
    (``too-large``) for one of more than ``SIZE_MAX`` bytes.
    """
    return _IMAGE.encode(image)


def require_form(image: Image) -> None:
    """Raises ``ProgramError`` (``malformed-image``) unless the image can be written in every form
    and come back from it.
    """
    _IMAGE.plain(image)


def decode_image(data: bytes) -> Image:
    """The image that ``data`` encodes.

    Raises ``Refusal`` for bytes that are no image, of another version or too many, and
    ``ProgramError`` (``malformed-image``) for an image that is damaged. The image is not verified.
    """
    return _IMAGE.decode(data)


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
        operand_to_plain(kind, getattr(instruction, field))
        for field, kind in INSTRUCTIONS[name].operands
    )
    return (name, *operands)


def operand_to_plain(kind: Operand, operand: Any) -> Plain:
    """One operand of a kind as plain data."""
    if kind is Operand.VALUE:
        return wire.to_plain(operand)
    if kind is Operand.ENTRIES:
        entries = cast("Entries", operand)
        return tuple((role, type_to_plain(local), register) for role, local, register in entries)
    return operand


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
        case Operand.LABEL | Operand.ACTION | Operand.PROTOCOL | Operand.LAYER:
            return _text(plain)
        case Operand.REGISTERS:
            return tuple(map(integer, _items(plain, "a list of registers")))
        case Operand.TABLE:
            return tuple(map(_entry, _items(plain, "a table")))
        case Operand.VALUE:
            return value_from_plain(plain)
        case Operand.ENTRIES:
            return tuple(map(_role, _items(plain, "a list of roles")))


def _entry(plain: Plain) -> tuple[str, int]:
    label, address = _items(plain, "an entry of a table", 2)
    return _text(label), integer(address)


def _role(plain: Plain) -> tuple[str, LocalType, int]:
    role, table, register = _items(plain, "a role of a session", 3)
    return _text(role), type_from_plain(table), integer(register)


def value_from_plain(plain: Plain, depth: int = 0) -> Value:
    """The value that ``plain`` stands for; raises ``ValueError`` on any other shape."""
    if depth > value.DEPTH_MAX:
        raise ValueError(f"a value may nest at most {value.DEPTH_MAX} deep")
    match plain:
        case ("Unit",):
            return UNIT
        case ("Bool", bool(truth)):
            return Bool(truth)
        case ("Nat", int(number)):
            return Nat(number)
        case ("Str", str(text)):
            return Str(text)
        case ("Prod", left, right):
            return Prod(value_from_plain(left, depth + 1), value_from_plain(right, depth + 1))
        case ("Endpoint", int(session), str(role)):
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
        case ("var", name):
            return var(_text(name))
        case ("rec", name, body):
            return rec(_text(name), _made(body, made))
        case ("send" | "receive" as way, peer, tuple(branches)):
            make = output if way == "send" else input_
            return make(_text(peer), [_branch(branch, made) for branch in branches])
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
    delegated = tuple(
        (protocol, role, type_to_plain(local)) for protocol, role, local in image.delegated
    )
    later = (("delegated", delegated),) if delegated else ()
    return (image.name, tuple(map(_program_to_plain, image.programs)), *later)


def _image_from_plain(plain: Plain) -> Image:
    delegated: Plain = ()
    match plain:
        case (name, programs):
            pass
        case (name, programs, ("delegated", (_, *_) as delegated)):
            pass
        case _:
            raise ValueError("not an image")
    return Image(
        _text(name),
        tuple(map(_program_from_plain, _items(programs, "roles"))),
        tuple(map(_delegated, _items(delegated, "a list of endpoints"))),
    )


def _delegated(plain: Plain) -> Delegated:
    protocol, role, table = _items(plain, "an endpoint that is handed over", 3)
    return _text(protocol), _text(role), type_from_plain(table)


def _items(plain: Plain, what: str, count: int | None = None) -> tuple[Plain, ...]:
    if not isinstance(plain, tuple) or count not in (None, len(plain)):
        raise ValueError(f"not {what}")
    return plain


def _text(plain: Plain) -> str:
    value.require_text(cast("str", plain))
    return cast("str", plain)


def integer(data: object) -> int:
    """An integer of 32 bits; raises ``ValueError`` for anything else."""
    if type(data) is not int or not -(2**31) <= data < 2**31:
        raise ValueError("not an integer of 32 bits")
    return data


@dataclass(frozen=True, slots=True)
class _Format(Generic[T]):
    """One kind of thing in bytes, by way of plain data."""

    name: str
    to_plain: Callable[[T], Plain]
    from_plain: Callable[[Plain], T]

    @property
    def _kind(self) -> str:
        return f"antiphon.{self.name}"

    def plain(self, thing: T) -> Plain:
        """The thing as plain data that can be read back."""
        plain = self.to_plain(thing)
        try:
            self.from_plain(plain)
        except ValueError as error:
            raise malformed(f"this {self.name} cannot be written down: {error}") from None
        return plain

    def encode(self, thing: T) -> bytes:
        """The thing as bytes."""
        data = encode((self._kind, VERSION, self.plain(thing)))
        self._require_size(data)
        return data

    def decode(self, data: bytes) -> T:
        """The thing that the bytes are."""
        words = f"an encoded {self.name}"
        self._require_size(data)
        prefix = encode((self._kind, VERSION, None))[:-1]
        if not data.startswith(prefix[:-1]):
            raise Refusal("unknown-format", f"these bytes are not {words}")
        if not data.startswith(prefix):
            message = f"this version reads only version {VERSION} of {words}"
            raise Refusal("unknown-version", message)
        try:
            result = self.from_plain(decode(data, DEPTH_MAX, len(prefix)))
        except ValueError as error:
            raise malformed(f"this is not {words}: {error}") from None
        if encode((self._kind, VERSION, self.to_plain(result))) != data:
            raise malformed(f"this is not the canonical form of {words}")
        return result

    def _require_size(self, data: bytes) -> None:
        if len(data) > SIZE_MAX:
            words = f"an encoded {self.name} has at most {SIZE_MAX} bytes, not {len(data)}"
            raise Refusal("too-large", words)


_INSTRUCTION: Final = _Format("instruction", instruction_to_plain, instruction_from_plain)
_PROGRAM: Final = _Format("program", _program_to_plain, _program_from_plain)
_IMAGE: Final = _Format("image", _image_to_plain, _image_from_plain)
