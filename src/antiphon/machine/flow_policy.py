"""Flow policies: which facts may go to which roles. A closed union, compared by structure.

What a policy says is decided elsewhere, in each machine on its own. As JSON a variant is its name,
or an object of its name and its field: ``"AllowAll"``, ``{"AllowRoles": ["A", "B"]}``,
``{"PredicateExpr": {"Any": ["EndpointRoleMatchesTarget", {"FactContains": "public"}]}}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from antiphon.bytecode.interchange import array, text
from antiphon.values.value import require_text

DEPTH_MAX: Final = 32
"""How deep predicates may nest."""
PARTS_MAX: Final = 4096
"""How many predicates one may consist of, itself included."""


@dataclass(frozen=True, slots=True)
class TargetRolePrefix:
    """The name of the target role begins with ``prefix``."""

    prefix: str

    def __post_init__(self) -> None:
        require_text(self.prefix)


@dataclass(frozen=True, slots=True)
class FactContains:
    """The fact contains ``text``."""

    text: str

    def __post_init__(self) -> None:
        require_text(self.text)


@dataclass(frozen=True, slots=True)
class EndpointRoleMatchesTarget:
    """The endpoint at which the fact is known is that of the target role."""


@dataclass(frozen=True, slots=True)
class All:
    """Each of ``parts`` holds; so it does if there are none."""

    parts: tuple[FlowPredicate, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of ``parts`` holds at least; so it does not if there are none."""

    parts: tuple[FlowPredicate, ...]


FlowPredicate: TypeAlias = TargetRolePrefix | FactContains | EndpointRoleMatchesTarget | All | Any


@dataclass(frozen=True, slots=True)
class AllowAll:
    """Every fact may go to every role."""


@dataclass(frozen=True, slots=True)
class DenyAll:
    """No fact may go to any role."""


def _roles(roles: tuple[str, ...]) -> tuple[str, ...]:
    for role in roles:
        require_text(role)
    return tuple(sorted(set(roles)))


@dataclass(frozen=True, slots=True)
class AllowRoles:
    """Every fact may go to these roles; kept in order of their names, each once."""

    roles: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _roles(self.roles))


@dataclass(frozen=True, slots=True)
class DenyRoles:
    """Every fact may go to all roles but these; kept in order of their names, each once."""

    roles: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", _roles(self.roles))


@dataclass(frozen=True, slots=True)
class Predicate:
    """What the predicate says that the configuration has under ``name``."""

    name: str

    def __post_init__(self) -> None:
        require_text(self.name)


@dataclass(frozen=True, slots=True)
class PredicateExpr:
    """What ``predicate`` says."""

    predicate: FlowPredicate


FlowPolicy: TypeAlias = AllowAll | DenyAll | AllowRoles | DenyRoles | Predicate | PredicateExpr


def require_bounded(predicate: FlowPredicate) -> None:
    """Raises ``ValueError`` for a predicate that nests too deep, or has too many parts."""
    count, waiting = 0, [(predicate, 1)]
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if depth > DEPTH_MAX:
            raise ValueError(f"a predicate may nest at most {DEPTH_MAX} deep")
        if count > PARTS_MAX:
            raise ValueError(f"a predicate has at most {PARTS_MAX} parts")
        if isinstance(one, All | Any):
            waiting += ((part, depth + 1) for part in one.parts)


def policy_to_json(policy: FlowPolicy) -> object:
    """A policy as JSON."""
    match policy:
        case AllowRoles(roles) | DenyRoles(roles):
            return {type(policy).__name__: list(roles)}
        case Predicate(name):
            return {"Predicate": name}
        case PredicateExpr(predicate):
            return {"PredicateExpr": predicate_to_json(predicate)}
        case AllowAll() | DenyAll():
            return type(policy).__name__


def policy_from_json(data: object) -> FlowPolicy:
    """The policy that ``data`` stands for; raises ``ValueError`` for anything else."""
    match _variant(data):
        case "AllowAll", None:
            return AllowAll()
        case "DenyAll", None:
            return DenyAll()
        case "AllowRoles", roles:
            return AllowRoles(tuple(map(text, array(roles))))
        case "DenyRoles", roles:
            return DenyRoles(tuple(map(text, array(roles))))
        case "Predicate", str(name):
            return Predicate(name)
        case "PredicateExpr", predicate if predicate is not None:
            return PredicateExpr(predicate_from_json(predicate))
        case name, _:
            raise ValueError(f"{name}: not a flow policy")


def predicate_to_json(predicate: FlowPredicate) -> object:
    """A predicate as JSON."""
    match predicate:
        case TargetRolePrefix(prefix):
            return {"TargetRolePrefix": prefix}
        case FactContains(words):
            return {"FactContains": words}
        case EndpointRoleMatchesTarget():
            return "EndpointRoleMatchesTarget"
        case All(parts) | Any(parts):
            return {type(predicate).__name__: [predicate_to_json(part) for part in parts]}


def predicate_from_json(data: object, depth: int = 1) -> FlowPredicate:
    """The predicate that ``data`` stands for; raises ``ValueError`` for anything else, and for one
    that nests too deep.
    """
    if depth > DEPTH_MAX:
        raise ValueError(f"a predicate may nest at most {DEPTH_MAX} deep")
    match _variant(data):
        case "TargetRolePrefix", str(prefix):
            return TargetRolePrefix(prefix)
        case "FactContains", str(words):
            return FactContains(words)
        case "EndpointRoleMatchesTarget", None:
            return EndpointRoleMatchesTarget()
        case ("All" | "Any") as name, given:
            parts = (predicate_from_json(part, depth + 1) for part in array(given))
            return (All if name == "All" else Any)(tuple(parts))
        case name, _:
            raise ValueError(f"{name}: not a flow predicate")


def _variant(data: object) -> tuple[str, object]:
    """A variant's name, and what it has; None if it has nothing."""
    if isinstance(data, str):
        return data, None
    if isinstance(data, dict) and len(cast("dict[str, object]", data)) == 1:
        return next(iter(cast("dict[str, object]", data).items()))
    raise ValueError("a name, or an object of one name and what belongs to it, is wanted here")
