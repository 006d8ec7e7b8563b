"""Claims about data: policies of flow, and codecs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from antiphon.bytecode.program import Image
from antiphon.machine.flow_policy import (
    All,
    AllowAll,
    AllowRoles,
    Any,
    DenyAll,
    DenyRoles,
    EndpointRoleMatchesTarget,
    FactContains,
    FlowPolicy,
    FlowPredicate,
    Predicate,
    PredicateExpr,
    TargetRolePrefix,
    policy_from_json,
    policy_to_json,
)
from antiphon.parity.claims.claim import Claim, Finding, Profile
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.scope import Scope
from antiphon.parity.claims.survey import projections
from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit, Value

# Claim 22: flow ------------------------------------------------------------------------------

_ROLES: Final = ("A", "B", "AB")
_FACTS: Final = ("", "x", "yx")
_LEAVES: Final[tuple[FlowPredicate, ...]] = (
    TargetRolePrefix(""),
    TargetRolePrefix("A"),
    TargetRolePrefix("AB"),
    FactContains(""),
    FactContains("x"),
    FactContains("yx"),
    EndpointRoleMatchesTarget(),
)
_QUESTIONS: Final = tuple(product(_ROLES, _FACTS, _ROLES))
_PART: Final = 40
"""Of so many predicates of depth two those of depth three are made."""
_SUBSETS: Final = tuple(
    tuple(role for role, taken in zip(_ROLES, chosen, strict=True) if taken)
    for chosen in product((False, True), repeat=3)
)


def predicates(profile: Profile) -> tuple[FlowPredicate, ...]:
    """All predicates of depth two, with at most two parts; of depth three in larger profiles."""
    found = _combined(_LEAVES)
    return found if profile == "quick" else (*found, *_combined(found[:_PART]))


def _combined(parts: tuple[FlowPredicate, ...]) -> tuple[FlowPredicate, ...]:
    lists = [(), *((one,) for one in parts), *product(parts, repeat=2)]
    return (*parts, *map(All, lists), *map(Any, lists))


def policies(profile: Profile) -> Iterator[FlowPolicy]:
    """All policies over three roles, and with those predicates, by value and by name."""
    yield from (AllowAll(), DenyAll())
    yield from map(AllowRoles, _SUBSETS)
    yield from map(DenyRoles, _SUBSETS)
    yield from map(PredicateExpr, predicates(profile))
    yield from (Predicate(str(number)) for number in range(len(_LEAVES)))


def flow(profile: Profile, ground: Ground) -> Finding:
    """Model, engine and the laws say the same of each policy and question."""
    knowledge, tables = ground.module("model.knowledge"), ground.module("engine.policies")
    named = tuple((str(number), one) for number, one in enumerate(_LEAVES))
    generated = checked = 0
    for policy in policies(profile):
        generated += 1
        flows, table = knowledge.Flow(policy, dict(named)), tables.FlowTable(policy, named)
        if policy_from_json(policy_to_json(policy)) != policy:
            return Finding(generated, generated, checked, f"{policy} does not come back from JSON")
        for question in _QUESTIONS:
            checked += 1
            answers = (knowledge.allows(flows, *question), table.allows(*question))
            if answers != (_allowed(policy, *question),) * 2:
                words = f"{policy} of {question}: model and engine say {answers}"
                return Finding(generated, generated, checked, words)
    return Finding(generated, generated, checked, cardinality=policy_count(profile))


def policy_count(profile: Profile) -> int:
    """How many ``policies`` there are: of n predicates n + 2 (1 + n + n^2) are made."""
    count = len(_LEAVES) + 2 * (1 + len(_LEAVES) + len(_LEAVES) ** 2)
    if profile != "quick":
        count += _PART + 2 * (1 + _PART + _PART**2)
    return 2 + 2 * len(_SUBSETS) + count + len(_LEAVES)


def _allowed(policy: FlowPolicy, role: str, fact: str, target: str) -> bool:
    """The laws: denying is not allowing, and predicates are what their parts are."""
    match policy:
        case AllowRoles(roles):
            return target in roles
        case DenyRoles(roles):
            return not _allowed(AllowRoles(roles), role, fact, target)
        case Predicate(name):
            return _holds(_LEAVES[int(name)], role, fact, target)
        case PredicateExpr(predicate):
            return _holds(predicate, role, fact, target)
        case _:
            return isinstance(policy, AllowAll)


def _holds(predicate: FlowPredicate, role: str, fact: str, target: str) -> bool:
    match predicate:
        case TargetRolePrefix(prefix):
            return target[: len(prefix)] == prefix
        case FactContains(text):
            return fact.replace(text, "") != fact or not text
        case EndpointRoleMatchesTarget():
            return target == role
        case All(parts):
            return False not in [_holds(part, role, fact, target) for part in parts]
        case Any(parts):
            return True in [_holds(part, role, fact, target) for part in parts]


# Claim 23: codecs ----------------------------------------------------------------------------

_ATOMS: Final[tuple[Value, ...]] = (
    Unit(),
    *map(Nat, (0, 1, 127, 128, 255, 256, 2**63 - 1, 2**63, 2**64, 2**64 + 1)),
    Bool(value=False),
    Bool(value=True),
    *map(Str, ("", "a", "b", "\u00e9")),
    Endpoint(0, "A"),
    Endpoint(1, "A"),
    Endpoint(0, "B"),
    Blob("int", b""),
    Blob("int", b"a"),
    Blob("float", b"a"),
)


_IMAGES: Final = Scope(3, 1, 2, is_recursive=True, bound=1)
_EVERY: Final = 7
"""One of so many values is a part of pairs of pairs."""


def values(profile: Profile) -> tuple[Value, ...]:
    """Atoms and pairs of them; in larger profiles pairs of a part of these."""
    pairs = (*_ATOMS, *(Prod(one, other) for one, other in product(_ATOMS, repeat=2)))
    if profile == "quick":
        return pairs
    fewer = pairs[::_EVERY]
    return (*pairs, *(Prod(one, other) for one, other in product(fewer, repeat=2)))


def codecs(profile: Profile, ground: Ground) -> Finding:
    """Every value and image comes back, from bytes and JSON, and no two are written alike."""
    wire, canonical = ground.module("values.wire"), ground.module("values.canonical")
    codec = ground.module("bytecode.codec")
    known: dict[bytes, Value] = {}
    size = value_count(profile) + _IMAGES.cardinality
    count = 0
    for count, value in enumerate(dict.fromkeys(values(profile)), 1):
        data: bytes = canonical.encode(wire.to_plain(value))
        back = codec.value_from_plain(canonical.decode(data, 64))
        if back != value or wire.from_json(wire.to_json(value)) != value:
            return Finding(count, count, count, f"{value} does not come back")
        if known.setdefault(data, value) != value:
            return Finding(count, count, count, f"{value} and {known[data]} are written alike")
    images = types = 0
    for root in _IMAGES.types():
        types += 1
        local = projections(root, ground)
        if not local:
            continue
        images += 1
        image = ground.module("compiler.compile").compile_protocol("p", local)
        data = codec.encode_image(image)
        back = codec.decode_image(data)
        if _fields(back) != _fields(image) or codec.encode_image(back) != data:
            whole = count + images
            return Finding(whole, whole, whole, f"the image of {root!r} does not come back")
    whole = count + images
    return Finding(count + types, whole, whole, cardinality=size, counts=(("images", images),))


def value_count(profile: Profile) -> int:
    """How many different ``values`` there are: pairs of atoms that come twice count once."""
    atoms = len(_ATOMS)
    pairs = atoms + atoms**2
    if profile == "quick":
        return pairs
    again = -(-atoms // _EVERY)
    return pairs + (-(-pairs // _EVERY)) ** 2 - again**2


def _fields(image: Image) -> tuple[object, ...]:
    programs = ((one.role, one.local_type, one.code, one.registers) for one in image.programs)
    return (image.name, image.delegated, *programs)


CLAIMS: Final = (
    Claim(
        "flow-laws",
        22,
        "Flow policies say what their parts say, in both machines",
        "For every policy and question, model and engine give the answer that the laws give: to"
        " deny roles is not to allow them, All is every part, Any is some part, a name is what it"
        " names; and each policy comes back from JSON.",
        "parity/claims/of_data.py _allowed",
        scopes=(
            "policies over 3 roles; predicates of depth 2; 27 questions",
            "policies over 3 roles; predicates of depth 2, some of depth 3; 27 questions",
        ),
        witness="All(TargetRolePrefix(A), Any()): never, though a part holds",
        look=flow,
    ),
    Claim(
        "codecs",
        23,
        "What is written comes back, and is written in one way",
        "Every value comes back from its bytes and its JSON, no two values have the same bytes, and"
        " the image of each projectable type comes back from its bytes, which are the same again.",
        "parity/claims/of_data.py codecs",
        scopes=(
            f"atoms at the limits of each kind and pairs; images of {_IMAGES}",
            f"atoms at the limits, pairs, some pairs of pairs; images of {_IMAGES}",
        ),
        witness="Nat(2^64), beyond one machine word",
        look=codecs,
    ),
)
