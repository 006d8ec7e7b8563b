"""Values as plain data and as JSON, and back; every decoder checks shape, size and depth."""

from __future__ import annotations

import base64
import binascii
import re
from typing import cast

from antiphon.values.canonical import Plain
from antiphon.values.value import DEPTH_MAX, UNIT, Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

_HEXADECIMAL = re.compile("0x[0-9a-f]{14,}")


def to_plain(value: Value) -> Plain:
    """A value as canonical plain data: its variant's name, then its content."""
    match value:
        case Unit():
            return ("Unit",)
        case Nat(number):
            return ("Nat", number)
        case Bool(truth):
            return ("Bool", truth)
        case Str(text):
            return ("Str", text)
        case Prod(left, right):
            return ("Prod", to_plain(left), to_plain(right))
        case Endpoint(session, role):
            return ("Endpoint", session, role)
        case Blob(sort, data):
            return ("Blob", sort, data)


def to_json(value: Value) -> object:
    """A value as JSON: ``"Unit"`` or an object with the variant's name as its one key.

    A Nat is a number up to 2^53 - 1 and a hexadecimal string above, so that no reader loses digits.
    """
    match value:
        case Unit():
            return "Unit"
        case Nat(number):
            return {"Nat": number if number < 2**53 else hex(number)}
        case Bool(truth):
            return {"Bool": truth}
        case Str(text):
            return {"Str": text}
        case Prod(left, right):
            return {"Prod": [to_json(left), to_json(right)]}
        case Endpoint(session, role):
            return {"Endpoint": {"session": session, "role": role}}
        case Blob(sort, data):
            return {"Blob": {"sort": sort, "data": base64.b64encode(data).decode("ascii")}}


def from_json(data: object, depth: int = 0) -> Value:
    """The value that ``data`` stands for; raises ``ValueError`` on any other shape."""
    if data == "Unit":
        return UNIT
    if depth > DEPTH_MAX:
        raise ValueError(f"a value may nest at most {DEPTH_MAX} deep")
    if not isinstance(data, dict) or len(cast("dict[object, object]", data)) != 1:
        raise ValueError('a value is "Unit" or an object with one key, its variant')
    ((variant, content),) = cast("dict[str, object]", data).items()
    match variant, content:
        case "Nat", bool():
            raise ValueError("a Nat is a number or a hexadecimal string")
        case "Nat", int(number) if number >= 0:
            return Nat(number)
        case "Nat", str(text) if _HEXADECIMAL.fullmatch(text):
            return Nat(int(text, 16))
        case "Bool", bool(truth):
            return Bool(truth)
        case "Str", str(text):
            return Str(text)
        case _:
            return _compound(variant, content, depth)


def _compound(variant: str, content: object, depth: int) -> Value:
    if variant == "Prod" and isinstance(content, list):
        parts = cast("list[object]", content)
        if len(parts) == 2:
            return Prod(from_json(parts[0], depth + 1), from_json(parts[1], depth + 1))
    if variant == "Endpoint" and isinstance(content, dict):
        match cast("dict[str, object]", content):
            case {"session": int(session), "role": str(role), **rest} if not rest and session >= 0:
                return Endpoint(session, role)
            case _:
                pass
    if variant == "Blob" and isinstance(content, dict):
        match cast("dict[str, object]", content):
            case {"sort": str(sort), "data": str(text), **rest} if not rest:
                return Blob(sort, _bytes(text))
            case _:
                pass
    raise ValueError(f"not a value: variant {variant!r}")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"a Blob's data is base64: {error}") from None
