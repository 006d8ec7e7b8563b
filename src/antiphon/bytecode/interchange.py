"""Instructions and images as JSON, and back.

An image is ``{"format": "antiphon-image", "version": 1, "name": ..., "roles": [...]}``; a role has
``role``, ``registers``, ``type`` and ``code``. An image whose code may be handed endpoints has
``delegated`` too: arrays of protocol, role and type. An instruction is an object with its name
under ``op`` and its operands under the names that the instruction table gives them; a value from
the host is the text ``"host"``. A local type is the table of its nodes (``codec.type_to_plain``).

The readers are strict: every key must be there, and no other.
"""

from __future__ import annotations

import json
from typing import Final, cast

from antiphon.bytecode.codec import (
    SIZE_MAX,
    build_instruction,
    integer,
    malformed,
    operand_from_plain,
    operand_to_plain,
    require_form,
    type_from_plain,
    type_to_plain,
)
from antiphon.bytecode.instruction import CLASSES, HOST, Instruction
from antiphon.bytecode.program import Delegated, Image, RoleProgram
from antiphon.bytecode.table import INSTRUCTIONS, Operand
from antiphon.errors import Refusal
from antiphon.values import wire
from antiphon.values.canonical import Plain
from antiphon.values.value import require_text

FORMAT: Final = "antiphon-image"
VERSION: Final = 1
JSON_SIZE_MAX: Final = 4 * SIZE_MAX
"""How many bytes of JSON are read."""

DEPTH_MAX: Final = 6
"""How deep the arrays of an operand may nest: branches of a type of a session that is opened."""

_NAME_OF: Final = {kind: name for name, kind in CLASSES.items()}


def image_to_json(image: Image) -> dict[str, object]:
    """An image as a JSON object.

    Raises ``ProgramError`` (``malformed-image``) for an image that has no form.
    """
    require_form(image)
    result: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "name": image.name,
        "roles": [_program_to_json(program) for program in image.programs],
    }
    if image.delegated:
        result["delegated"] = [
            [protocol, role, _lists(type_to_plain(local))]
            for protocol, role, local in image.delegated
        ]
    return result


def image_from_json(data: object) -> Image:
    """The image that ``data`` stands for.

    Raises ``Refusal`` for data of another format or version and ``ProgramError``
    (``malformed-image``) for an image that is damaged. The image is not verified.
    """
    check_format(data, FORMAT, VERSION)
    try:
        names = ("format", "version", "name", "roles")
        if "delegated" in cast("dict[str, object]", data):
            names = (*names, "delegated")
        _, _, name, programs, *more = fields(data, names)
        return Image(
            text(name),
            tuple(map(_program_from_json, array(programs))),
            tuple(_delegated(item) for given in more for item in _some(given)),
        )
    except ValueError as error:
        raise malformed(f"this is not an image in JSON: {error}") from None


def _some(data: object) -> list[object]:
    if not array(data):
        raise ValueError("an image that hands over nothing has no list of it")
    return array(data)


def _delegated(data: object) -> Delegated:
    match array(data):
        case [str(protocol), str(role), table]:
            return protocol, role, type_from_plain(_tuples(table))
        case _:
            raise ValueError("a protocol, a role and a type belong here")


def _program_to_json(program: RoleProgram) -> dict[str, object]:
    return {
        "role": program.role,
        "registers": program.registers,
        "type": _lists(type_to_plain(program.local_type)),
        "code": [instruction_to_json(instruction) for instruction in program.code],
    }


def _program_from_json(data: object) -> RoleProgram:
    role, registers, table, code = fields(data, ("role", "registers", "type", "code"))
    return RoleProgram(
        text(role),
        type_from_plain(_tuples(table)),
        tuple(map(instruction_from_json, array(code))),
        integer(registers),
    )


def instruction_to_json(instruction: Instruction) -> dict[str, object]:
    """An instruction as a JSON object: ``op``, then its operands in the table's order."""
    name = _NAME_OF[type(instruction)]
    result: dict[str, object] = {"op": name}
    for field, kind in INSTRUCTIONS[name].operands:
        operand = getattr(instruction, field)
        if kind is Operand.VALUE:
            result[field] = wire.to_json(operand)
        elif kind is Operand.SOURCE and operand == HOST:
            result[field] = "host"
        else:
            result[field] = _lists(operand_to_plain(kind, operand))
    return result


def instruction_from_json(data: object) -> Instruction:
    """The instruction that ``data`` stands for; raises ``ValueError`` on any other shape."""
    given = cast("dict[str, object]", data) if isinstance(data, dict) else {}
    name = given.get("op")
    if not isinstance(name, str) or name not in CLASSES:
        raise ValueError(f"there is no instruction {name!r}")
    names = (field for field, _ in INSTRUCTIONS[name].operands)
    _, *operands = fields(given, ("op", *names))
    return build_instruction(name, operands, _operand)


def _operand(kind: Operand, data: object) -> object:
    if kind is Operand.VALUE:
        return wire.from_json(data)
    if kind is Operand.SOURCE and data == "host":
        return HOST
    operand = operand_from_plain(kind, _tuples(data))
    if kind is Operand.SOURCE and operand == HOST:
        raise ValueError('a value from the host is written "host"')
    return operand


def _lists(plain: Plain) -> object:
    """Plain data without bytes as JSON: each tuple as an array."""
    return list(map(_lists, plain)) if isinstance(plain, tuple) else plain


def _tuples(data: object, depth: int = 0) -> Plain:
    if isinstance(data, str | int):
        return data
    if depth == DEPTH_MAX:
        raise ValueError("the arrays nest too deep")
    return tuple(_tuples(item, depth + 1) for item in array(data))


# Reading JSON strictly, for every format of ours --------------------------------------------------


def read_json(data: bytes, size_max: int = JSON_SIZE_MAX) -> object:
    """The JSON value that ``data`` is, in UTF-8.

    Raises ``Refusal``: ``too-large``, or ``not-json`` for anything that is not one JSON value whose
    objects have no key twice, without fractions and exponents.
    """
    if len(data) > size_max:
        raise Refusal("too-large", f"at most {size_max} bytes of JSON are read, not {len(data)}")
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except RecursionError:
        raise Refusal("not-json", "this is not JSON that we read: it nests too deep") from None
    except ValueError as error:
        raise Refusal("not-json", f"this is not JSON that we read: {error}") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("an object has a key twice")
    return result


def _no_float(text: str) -> object:
    raise ValueError(f"{text} is not an integer")


def check_format(data: object, form: str, *versions: int) -> int:
    """Which of the ``versions`` of this format ``data`` says it is; raises ``Refusal`` if none."""
    given = cast("dict[str, object]", data) if isinstance(data, dict) else {}
    if given.get("format") != form:
        raise Refusal("unknown-format", f"this is not JSON of the format {form}")
    version = given.get("version")
    if type(version) is not int or version not in versions:
        known = " and ".join(map(str, versions))
        raise Refusal("unknown-version", f"this version reads only version {known} of {form}")
    return version


def fields(data: object, names: tuple[str, ...]) -> list[object]:
    """The values of an object that has exactly these keys; raises ``ValueError`` otherwise."""
    if not isinstance(data, dict):
        raise ValueError(f"an object with {', '.join(names)} belongs here")
    given = cast("dict[str, object]", data)
    if given.keys() != set(names):
        wrong = sorted(given.keys() ^ set(names))
        raise ValueError(f"an object needs exactly {', '.join(names)}; wrong: {', '.join(wrong)}")
    return [given[name] for name in names]


def array(data: object) -> list[object]:
    """An array; raises ``ValueError`` for anything else."""
    if not isinstance(data, list):
        raise _misplaced(data, "an array")
    return cast("list[object]", data)


def text(data: object) -> str:
    """A text without lone surrogates; raises ``ValueError`` for anything else."""
    if not isinstance(data, str):
        raise _misplaced(data, "a text")
    require_text(data)
    return data


def natural(data: object, limit: int = 2**31) -> int:
    """An integer from 0 to below ``limit``; raises ``ValueError`` for anything else."""
    if type(data) is not int or not 0 <= data < limit:
        raise _misplaced(data, f"an integer from 0 to {limit - 1}")
    return data


def _misplaced(data: object, wanted: str) -> ValueError:
    words = json.dumps(data)
    return ValueError(
        f"{wanted} belongs here, not {words if len(words) < 80 else words[:76] + ' ...'}"
    )
