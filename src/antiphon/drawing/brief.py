"""Values and labels in few characters, and how many columns a text takes."""

from __future__ import annotations

import json
import unicodedata

from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

_DIGITS_MAX = 24
_TEXT_BYTES_MAX = 4096


def columns(text: str) -> int:
    """How many columns a terminal gives to ``text``."""
    return sum(_char_columns(char) for char in text)


def _char_columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clip(text: str, width: int, ellipsis: str) -> str:
    """``text`` in at most ``width`` columns; what is cut off is replaced by ``ellipsis``."""
    if columns(text) <= width:
        return text
    kept: list[str] = []
    room = width - columns(ellipsis)
    for char in text:
        room -= _char_columns(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept) + ellipsis if width >= columns(ellipsis) else ""


def brief(value: Value, width: int = 40, ellipsis: str = "…") -> str:
    """A value for people, in at most ``width`` columns; the empty text for Unit."""
    match value:
        case Unit():
            return ""
        case Prod():
            return clip(", ".join(_parts(value, width, ellipsis)), width, ellipsis)
        case _:
            return clip(_atom(value, width), width, ellipsis)


def _parts(value: Value, width: int, ellipsis: str) -> list[str]:
    """The components of right-nested pairs, as several payloads are carried, up to ``width``."""
    parts: list[str] = []
    while isinstance(value, Prod) and len(parts) < width:
        parts.append(_part(value.left, width, ellipsis))
        value = value.right
    return [*parts, _part(value, width, ellipsis)]


def _part(value: Value, width: int, ellipsis: str) -> str:
    return "(...)" if isinstance(value, Prod) else brief(value, width, ellipsis) or "()"


def _atom(value: Nat | Bool | Str | Endpoint | Blob, width: int) -> str:
    match value:
        case Nat(number):
            return str(number) if number < 10**_DIGITS_MAX else f"a {number.bit_length()}-bit nat"
        case Bool(truth):
            return "true" if truth else "false"
        case Str(text):
            return _quoted(text, width)
        case Endpoint(session, role):
            return f"{role}@{session}"
        case Blob(sort, data):
            return f"{sort}:{_content(data, width)}" if data else sort


def _content(data: bytes, width: int) -> str:
    """Bytes as the text that they are, if it can be shown, else in hex."""
    try:
        text = data.decode("utf-8") if len(data) <= _TEXT_BYTES_MAX else ""
    except UnicodeDecodeError:
        text = ""
    return text if text and text.isprintable() else data[:width].hex()


def _quoted(text: str, width: int) -> str:
    """A text in quotes, with whatever could move the cursor written as an escape."""
    start = text[: width + 1]
    return "".join(
        char if char.isprintable() else json.dumps(char)[1:-1]
        for char in json.dumps(start, ensure_ascii=False)
    )


def message(label: str, value: Value, width: int, ellipsis: str = "…") -> str:
    """``label(value)`` in at most ``width`` columns; the label is the last thing to be cut."""
    room = width - columns(label) - 2
    content = brief(value, room, ellipsis) if room > 0 else ""
    return clip(f"{label}({content})" if content else label, width, ellipsis)
