"""When a role may go on alike at several positions that it cannot tell apart.

*Full merge*: it receives, everywhere from the same peer, and what it hears tells it more (labels
are united, a common label has one sort); or it sends, everywhere to the same peer and with the
same labels and sorts; or it is done everywhere. Source: Yoshida, Denielou, Bejleri and Hu,
Parameterised Multiparty Session Types, FoSSaCS 2010; Denielou and Yoshida, ESOP 2012.

*Plain merge*: the projections are equal. Source: Honda, Yoshida and Carbone, POPL 2008.
"""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.theory.global_type import Comm
from antiphon.theory.horizon import Horizon, Horizons, members, union
from antiphon.theory.local_type import LocalType
from antiphon.theory.positions import END
from antiphon.values.sort import Sort


@dataclass(frozen=True, slots=True)
class Merged:
    """What a role does at all positions of a horizon: per label, its sort and the next horizon."""

    sends: bool
    peer: str
    branches: tuple[tuple[str, Sort, Horizon], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two positions (or ``END``) of one horizon at which a role would have to act differently."""

    first: int
    second: int
    reason: str


def merge_full(horizons: Horizons, horizon: Horizon, role: str) -> Merged | Disagreement | None:
    """What ``role`` does at ``horizon`` under full merge; ``None`` if it is done."""
    if horizon == END:
        return None
    if isinstance(horizon, int):
        comm = horizons.graph.comms[horizon]
        sends = comm.sender == role
        return Merged(
            sends,
            comm.receiver if sends else comm.sender,
            tuple(
                (label, sort, horizons.after(horizon, number, role))
                for number, (label, sort, _) in enumerate(comm.branches)
            ),
        )
    here = members(horizon)
    comms = horizons.graph.comms
    if here[0] == END:
        return Disagreement(END, here[1], "only one of the two runs goes on for it")
    united: dict[str, tuple[Sort, set[Horizon]]] = {}
    owner: dict[str, int] = {}
    for position in here:
        reason = _disagreement(comms[here[0]], comms[position], role)
        if reason:
            return Disagreement(here[0], position, reason)
        for number, (label, sort, _) in enumerate(comms[position].branches):
            then = horizons.after(position, number, role)
            known = united.get(label)
            if known is None:
                united[label] = sort, {then}
                owner[label] = position
            elif known[0] is not sort:
                return Disagreement(owner[label], position, f"{label} must carry one sort")
            else:
                known[1].add(then)
    comm = comms[here[0]]
    sends = comm.sender == role
    branches = tuple((label, sort, union(thens)) for label, (sort, thens) in united.items())
    return Merged(sends, comm.receiver if sends else comm.sender, branches)


def merge_plain(parts: tuple[LocalType, ...]) -> LocalType | None:
    """The one projection that all branches have, or ``None`` if they differ."""
    return parts[0] if all(part is parts[0] for part in parts) else None


def _disagreement(left: Comm, right: Comm, role: str) -> str:
    """Why ``role`` cannot act alike at both communications; nothing if it can."""
    if (left.sender == role) != (right.sender == role):
        return "it must either send or receive"
    if left.sender != right.sender:
        return "it waits for one role, not for either of two"
    if left.sender == role:
        if left.receiver != right.receiver:
            return "it must know to whom it sends"
        if {branch[0] for branch in left.branches} != {branch[0] for branch in right.branches}:
            return "it must know which labels it may send"
    return ""
