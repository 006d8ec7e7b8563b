"""The one binary encoding that digests are taken over, version 1.

Every value is a tag byte followed by its content; lengths and integers are unsigned LEB128
varints, a negative integer has its own tag. The encoding is prefix-free and therefore injective:

    ``N``                 None
    ``T`` / ``F``         True / False
    ``i`` varint          an integer >= 0
    ``j`` varint          an integer < 0, as -1 - n
    ``s`` length bytes    a text in UTF-8 (lone surrogates as they are)
    ``b`` length bytes    bytes
    ``(`` count items     a tuple

There are no floats, no sets and no maps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeAlias, Union

Plain: TypeAlias = Union[None, bool, int, str, bytes, "tuple[Plain, ...]"]

_NONE, _TRUE, _FALSE = b"N", b"T", b"F"


def varint(number: int) -> bytes:
    """``number`` >= 0 in unsigned LEB128: seven bits a byte, the low ones first."""
    if number < 0x80:
        return bytes((number,))
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def encode(plain: Plain) -> bytes:
    """The canonical bytes of plain data, nested to any depth."""
    out: list[bytes] = []
    stack: list[Plain] = [plain]
    while stack:
        item = stack.pop()
        if item is None:
            out.append(_NONE)
        elif item is True:
            out.append(_TRUE)
        elif item is False:
            out.append(_FALSE)
        elif isinstance(item, int):
            out.append(b"i" + varint(item) if item >= 0 else b"j" + varint(-1 - item))
        elif isinstance(item, str):
            data = item.encode("utf-8", "surrogatepass")
            out.append(b"s" + varint(len(data)) + data)
        elif isinstance(item, bytes):
            out.append(b"b" + varint(len(item)) + item)
        else:
            out.append(b"(" + varint(len(item)))
            stack.extend(reversed(item))
    return b"".join(out)


def digest(domain: str, parts: Iterable[Plain]) -> str:
    """SHA-256, in hex, of a domain name and the canonical bytes of each part in order."""
    sha = hashlib.sha256(encode(domain))
    for part in parts:
        sha.update(encode(part))
    return sha.hexdigest()
