"""Whether bundles fit together, computed from their types: every link, or every reason against one.

Two bundles are linked by each role that they share; by each pair of shared roles that talk to each
other in both, whose conversation must be the same from either side; and by each role of a protocol
that both know, because one is it, opens sessions of it or is handed its endpoints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from antiphon.composition.bundle import Part, ProtocolBundle
from antiphon.composition.conversation import OVER, conversation, type_form
from antiphon.composition.form import Action, Form, parting
from antiphon.errors import Diagnostic, printable
from antiphon.theory.local_type import LocalType

ROLE: Final = "role"
EDGE: Final = "edge"
TYPE: Final = "type"
KINDS: Final = (ROLE, EDGE, TYPE)
_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Link:
    """What the bundles ``one`` and ``other`` have in common, with a digest of what each says.

    ``role``: ``subject`` is a role; the digests are of what it does in each. ``edge``: two roles;
    the digests are of their conversation, as the first sees it in ``one`` and the second in
    ``other``, and are equal. ``type``: a protocol and a role; the digests are of what each takes
    the role to do, and are equal.
    """

    kind: str
    one: str
    other: str
    subject: tuple[str, ...]
    evidence: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compatibility:
    """All links between some bundles, and everything that is wrong with them."""

    links: tuple[Link, ...]
    problems: tuple[Diagnostic, ...]


def link(bundles: Sequence[ProtocolBundle]) -> Compatibility:
    """Look at every bundle and at every two of them.

    Raises ``Refusal`` (``composition-too-large``).
    """
    found: list[Link | Diagnostic] = []
    for name, times in Counter(bundle.name for bundle in bundles).items():
        if times > 1:
            words = f"{times} bundles are called {printable(name)}"
            found.append(Diagnostic("duplicate-bundle", words, help="give each its own name"))
    for bundle in bundles:
        found += bundle.problems()
    for one, other in combinations(bundles, 2):
        found += _roles(one, other)
        found += _edges(one, other)
        found += _types(one, other)
    return Compatibility(
        tuple(each for each in found if isinstance(each, Link)),
        tuple(each for each in found if isinstance(each, Diagnostic)),
    )


def shared_roles(one: ProtocolBundle, other: ProtocolBundle) -> tuple[str, ...]:
    """The roles that both share, in the order of ``one``."""
    return tuple(role for role in one.shared if role in other.shared)


def _roles(one: ProtocolBundle, other: ProtocolBundle) -> Iterator[Link]:
    for role in shared_roles(one, other):
        sides = type_form(one.local_types[role]), type_form(other.local_types[role])
        yield Link(ROLE, one.name, other.name, (role,), (sides[0].digest, sides[1].digest))


def _edges(one: ProtocolBundle, other: ProtocolBundle) -> Iterator[Link | Diagnostic]:
    for pair in combinations(shared_roles(one, other), 2):
        complaint: Diagnostic | None = None
        for role, peer in (pair, pair[::-1]):
            mine = conversation(one.local_types[role], role, peer)
            theirs = conversation(other.local_types[peer], peer, role)
            if not mine.actions or not theirs.actions:
                continue
            if mine == theirs:
                yield Link(EDGE, one.name, other.name, (role, peer), (mine.digest, theirs.digest))
            else:
                complaint = complaint or _unlike(one, other, pair, (mine, theirs))
        if complaint is not None:
            yield complaint


def _unlike(
    one: ProtocolBundle, other: ProtocolBundle, pair: tuple[str, str], sides: tuple[Form, Form]
) -> Diagnostic:
    """Why two bundles do not agree on what two roles say to each other: the plainest reason."""
    mine, theirs = (side.actions for side in sides)
    labels = tuple({action[:3] for action in actions} for actions in (mine, theirs))
    between = f"between {pair[0]} and {pair[1]}"
    keep = f"let both say the same {between}, or keep one of the two roles private in one bundle"
    if labels[0] != labels[1]:
        only = ((labels[0] - labels[1], one.name), (labels[1] - labels[0], other.name))
        words = "; ".join(f"{name} alone has {_listed(these)}" for these, name in only if these)
        return Diagnostic("edge-labels", f"{between}: {words}", help=keep)
    if mine != theirs:
        words = f"{one.name} has {_listed(mine - theirs)}, {other.name} {_listed(theirs - mine)}"
        return Diagnostic("edge-sorts", f"{between}: {words}", help=keep)
    found = parting(*sides)
    after = f"after {', '.join(map(_said, found.word))}" if found.word else "at first"
    views = (_possible(found.one), _possible(found.other))
    words = f"{between}, {after}: in {one.name} {views[0]}, in {other.name} {views[1]}"
    return Diagnostic("edge-order", words, help=keep)


def _types(one: ProtocolBundle, other: ProtocolBundle) -> Iterator[Link | Diagnostic]:
    ours, theirs = dict(one.offers) | dict(one.expects), dict(other.offers) | dict(other.expects)
    for part, local in ours.items():
        if part in theirs:
            yield _same_type(one, other, part, (local, theirs[part]))
    for bundle, beside in ((one, other), (other, one)):
        for part in bundle.expects:
            if part[0] == beside.image.name and part not in beside.offers:
                yield Diagnostic(
                    "interface-role",
                    f"{bundle.name} expects a role {part[1]} of {part[0]}; {beside.name} has none",
                    help="compile both from one text of the protocol",
                )


def _same_type(
    one: ProtocolBundle, other: ProtocolBundle, part: Part, types: tuple[LocalType, LocalType]
) -> Link | Diagnostic:
    sides = type_form(types[0]), type_form(types[1])
    if sides[0] == sides[1]:
        return Link(TYPE, one.name, other.name, part, (sides[0].digest, sides[1].digest))
    found = parting(*sides)
    after = f"after {', '.join(map(_said, found.word))}" if found.word else "at first"
    views = [
        f"{bundle.name} takes it to be that it {_duty(view)}"
        for bundle, view in ((one, found.one), (other, found.other))
    ]
    return Diagnostic(
        "interface-differs",
        f"{part[0]}@{part[1]}, {after}: {views[0]}, and {views[1]}",
        help="compile both from one text of the protocol",
    )


def _duty(view: tuple[tuple[str, ...], tuple[Action, ...]]) -> str:
    mark, actions = view
    if not actions:
        return "is done"
    return f"{' '.join(mark)} {', '.join(map(_said, actions))}"


def _possible(view: tuple[tuple[str, ...], tuple[Action, ...]]) -> str:
    """What two roles may say next."""
    mark, actions = view
    over = ("nothing",) if mark == OVER else ()
    return " or ".join((*map(_said, actions), *over))


def _listed(actions: set[Action] | frozenset[Action]) -> str:
    named = list(map(_said, sorted(actions)))
    more = [f"{len(named) - _SHOWN} more"] if len(named) > _SHOWN else []
    return ", ".join((*named[:_SHOWN], *more))


def _said(action: Action) -> str:
    """An action in words: (sender, receiver, label[, sort]), or (label, sort) of a local type."""
    if len(action) == 2:
        return printable(f"{action[0]}({action[1]})")
    sender, receiver, label, *sort = action
    return printable(f"{label}{f'({sort[0]})' if sort else ''} from {sender} to {receiver}")
