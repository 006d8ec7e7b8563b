"""Run-time values: a closed union, compared by structure (S5).

A value holds what its fields say, of exactly that type: a subclass could change, or lie about being
equal. Anything else is a ``ValueError`` where the value is made, so that no machine meets it. A
text is a sequence of Unicode characters; a surrogate is none, and JSON could not keep two of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

DEPTH_MAX: Final = 256
"""How deep pairs may nest."""


class _Variant:
    """What has no subclasses but those of this module."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        if cls.__module__ != __name__:
            raise TypeError(f"{cls.__bases__[0].__name__} has no subclasses")


def require_text(text: str) -> None:
    """Raises ``ValueError`` unless this is a text, and every part of it a character."""
    if type(text) is not str:
        raise ValueError(f"a text is a str, not {type(text).__name__}")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            lone = ascii(text[error.start])
            raise ValueError(f"a text has no lone surrogates: {lone} is one") from None


def _require_natural(number: int, what: str) -> None:
    if type(number) is not int:
        raise ValueError(f"{what} is an int, not {type(number).__name__}")
    if number < 0:
        raise ValueError(f"{what} is not negative")


@dataclass(frozen=True, slots=True)
class Unit(_Variant):
    """The value that carries nothing."""


@dataclass(frozen=True, slots=True)
class Nat(_Variant):
    """A natural number of any size."""

    value: int

    def __post_init__(self) -> None:
        _require_natural(self.value, "a Nat")

    def __repr__(self) -> str:
        number = self.value  # Python writes long numbers in decimal only on request
        return f"Nat(value={number if number < 2**1000 else hex(number)})"


@dataclass(frozen=True, slots=True)
class Bool(_Variant):
    """A truth value."""

    value: bool

    def __post_init__(self) -> None:
        if type(self.value) is not bool:
            raise ValueError(f"a Bool is a bool, not {type(self.value).__name__}")


@dataclass(frozen=True, slots=True)
class Str(_Variant):
    """A text."""

    value: str

    def __post_init__(self) -> None:
        require_text(self.value)


@dataclass(frozen=True, slots=True)
class Prod(_Variant):
    """A pair of values. Raises ``ValueError`` if pairs would nest deeper than ``DEPTH_MAX``."""

    left: Value
    right: Value
    depth: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        depth = 1 + max(_depth(self.left), _depth(self.right))
        if depth > DEPTH_MAX:
            raise ValueError(f"pairs may nest at most {DEPTH_MAX} deep")
        object.__setattr__(self, "depth", depth)


@dataclass(frozen=True, slots=True)
class Endpoint(_Variant):
    """The capability to act as ``role`` in session ``session``."""

    session: int
    role: str

    def __post_init__(self) -> None:
        _require_natural(self.session, "the number of a session")
        require_text(self.role)


@dataclass(frozen=True, slots=True)
class Blob(_Variant):
    """A value of a user's sort, as the bytes its codec made."""

    sort: str
    data: bytes

    def __post_init__(self) -> None:
        require_text(self.sort)
        if type(self.data) is not bytes:
            raise ValueError(f"the data of a Blob are bytes, not {type(self.data).__name__}")


Value: TypeAlias = Unit | Nat | Bool | Str | Prod | Endpoint | Blob

UNIT = Unit()
VARIANTS: Final = (Unit, Nat, Bool, Str, Prod, Endpoint, Blob)


def _depth(part: Value) -> int:
    if type(part) not in VARIANTS:
        raise ValueError(f"a Prod is of values, not of {type(part).__name__}")
    return part.depth if isinstance(part, Prod) else 0
