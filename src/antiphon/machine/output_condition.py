"""Output conditions: which messages may leave. A closed union, compared by structure.

The *predicate* of an output is its label. As JSON: ``"Disabled"``, ``"AllowAll"``, ``"DenyAll"``,
``{"PredicateAllowList": ["price", "offer"]}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, cast

from antiphon.bytecode.interchange import array, text
from antiphon.values.value import require_text


@dataclass(frozen=True, slots=True)
class Disabled:
    """Nothing is checked, and nothing noted."""


@dataclass(frozen=True, slots=True)
class AllowAll:
    """Every output passes the check."""


@dataclass(frozen=True, slots=True)
class DenyAll:
    """No output passes."""


@dataclass(frozen=True, slots=True)
class PredicateAllowList:
    """The outputs with these predicates pass; kept in order of their names, each once."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in self.names:
            require_text(name)
        object.__setattr__(self, "names", tuple(sorted(set(self.names))))


OutputConditionPolicy: TypeAlias = Disabled | AllowAll | DenyAll | PredicateAllowList
_PLAIN = {kind.__name__: kind for kind in (Disabled, AllowAll, DenyAll)}


def outputs_to_json(policy: OutputConditionPolicy) -> object:
    """A policy as JSON."""
    if isinstance(policy, PredicateAllowList):
        return {"PredicateAllowList": list(policy.names)}
    return type(policy).__name__


def outputs_from_json(data: object) -> OutputConditionPolicy:
    """The policy that ``data`` stands for; raises ``ValueError`` for anything else."""
    if isinstance(data, str) and data in _PLAIN:
        return _PLAIN[data]()
    if isinstance(data, dict):
        given = cast("dict[str, object]", data)
        if given.keys() == {"PredicateAllowList"}:
            return PredicateAllowList(tuple(map(text, array(given["PredicateAllowList"]))))
    raise ValueError(f"{', '.join(_PLAIN)} or an object with PredicateAllowList is wanted")
