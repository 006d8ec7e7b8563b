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
from functools import lru_cache
from typing import Final, TypeAlias, Union

Plain: TypeAlias = Union[None, bool, int, str, bytes, "tuple[Plain, ...]"]

_LONG: Final = 2**512
_NONE, _TRUE, _FALSE = b"N", b"T", b"F"
_CONSTANTS: Final[dict[bytes, Plain]] = {_NONE: None, _TRUE: True, _FALSE: False}


_SMALL: Final = tuple(b"i" + bytes((number,)) for number in range(0x80))
_OPEN: Final = tuple(b"(" + bytes((number,)) for number in range(0x80))
_SHORT: Final = 64
"""Texts shorter than this, most of them names, are encoded once."""


def varint(number: int) -> bytes:
    """``number`` >= 0 in unsigned LEB128: seven bits a byte, the low ones first."""
    if number < 0x80:
        return bytes((number,))
    if number >= _LONG:
        return _long_varint(number)
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _long_varint(number: int) -> bytes:
    """The same in time linear in the length: each shift copies the whole number."""
    count = -(-number.bit_length() // 7)
    bits = f"{number:0{7 * count}b}"
    low_first = [int(bits[at : at + 7], 2) for at in range(7 * (count - 1), -1, -7)]
    return bytes([0x80 | group for group in low_first[:-1]] + low_first[-1:])


def encode(plain: Plain) -> bytes:
    """The canonical bytes of plain data, nested to any depth."""
    out: list[bytes] = []
    stack: list[Plain] = [plain]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(_short_text(item) if len(item) < _SHORT else _text(item))
        elif isinstance(item, tuple):
            count = len(item)
            out.append(_OPEN[count] if count < 0x80 else b"(" + varint(count))
            stack.extend(item[::-1])
        elif item is None:
            out.append(_NONE)
        elif item is True:
            out.append(_TRUE)
        elif item is False:
            out.append(_FALSE)
        elif isinstance(item, int):
            if 0 <= item < 0x80:
                out.append(_SMALL[item])
            else:
                out.append(b"i" + varint(item) if item >= 0 else b"j" + varint(-1 - item))
        else:
            out.append(b"b" + varint(len(item)) + item)
    return b"".join(out)


def _text(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"s" + varint(len(data)) + data


_short_text = lru_cache(maxsize=4096)(_text)


def digest(domain: str, parts: Iterable[Plain]) -> str:
    """SHA-256, in hex, of a domain name and the canonical bytes of each part in order."""
    sha = hashlib.sha256(encode(domain))
    for part in parts:
        sha.update(encode(part))
    return sha.hexdigest()


def decode(data: bytes, depth_max: int, start: int = 0) -> Plain:
    """The plain data that starts at ``start`` and ends where the bytes end.

    Raises ``ValueError`` if it is not exactly one piece, nests deeper than ``depth_max``, or has a
    text that is not UTF-8. An integer that is longer than it need be is not noticed.
    """
    return _Reader(data, depth_max, start).plain()


class _Reader:
    """Reads one piece of plain data that ends where the bytes end."""

    def __init__(self, data: bytes, depth_max: int, at: int) -> None:
        self._data = data
        self._depth_max = depth_max
        self._at = at

    def plain(self) -> Plain:
        """Everything that is left."""
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
            if len(open_tuples) > self._depth_max:
                raise ValueError(f"it nests more than {self._depth_max} deep")
            open_tuples.append((self._length(), []))
        elif tag == b"s":
            items.append(self._take(self._length()).decode())
        elif tag == b"b":
            items.append(self._take(self._length()))
        elif tag == b"i":
            items.append(self._varint())
        elif tag == b"j":
            items.append(-1 - self._varint())
        elif tag in _CONSTANTS:
            items.append(_CONSTANTS[tag])
        else:
            raise ValueError(f"{tag!r} starts nothing")

    def _take(self, count: int) -> bytes:
        start, self._at = self._at, self._at + count
        if self._at > len(self._data):
            raise ValueError("it stops early")
        return self._data[start : self._at]

    def _varint(self) -> int:
        start = self._at
        while self._take(1)[0] >= 0x80:
            pass
        return _from_varint(self._data[start : self._at])

    def _length(self) -> int:
        number = self._varint()
        if number > len(self._data):
            raise ValueError("it stops early")
        return number


def _from_varint(data: bytes) -> int:
    """The number whose ``varint`` this is; the last byte alone has its high bit clear."""
    return int("".join(f"{byte & 0x7F:07b}" for byte in reversed(data)), 2)
