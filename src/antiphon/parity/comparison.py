"""Where two observations part: the path of the first field that differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Parting:
    """``path`` leads to the first difference; ``expected`` and ``actual`` are what stands there."""

    path: str
    expected: str
    actual: str


def first_difference(expected: Any, actual: Any, path: str) -> Parting | None:
    """The first place, depth first and in order of declaration, where the two are not equal."""
    if expected == actual and type(expected) is type(actual):
        return None
    here = Parting(path, repr(expected), repr(actual))
    if isinstance(expected, tuple | list) and isinstance(actual, tuple | list):
        return _in_sequence(cast("Sequence[Any]", expected), cast("Sequence[Any]", actual), path)
    return _in_record(expected, actual, path) or here


def _in_record(expected: Any, actual: Any, path: str) -> Parting | None:
    if is_dataclass(expected) and type(expected) is type(actual):
        parts = [
            (f"{path}.{field.name}", getattr(expected, field.name), getattr(actual, field.name))
            for field in fields(expected)
        ]
        return _first(parts)
    return None


def _in_sequence(expected: Sequence[Any], actual: Sequence[Any], path: str) -> Parting:
    parts = [
        (f"{path}[{place}]", one, other)
        for place, (one, other) in enumerate(zip(expected, actual, strict=False))
    ]
    found = _first(parts)
    if found is not None:
        return found
    shorter = min(len(expected), len(actual))
    return Parting(
        f"{path}[{shorter}]",
        repr(expected[shorter]) if shorter < len(expected) else "nothing",
        repr(actual[shorter]) if shorter < len(actual) else "nothing",
    )


def _first(parts: Sequence[tuple[str, object, object]]) -> Parting | None:
    for path, expected, actual in parts:
        found = first_difference(expected, actual, path)
        if found is not None:
            return found
    return None
