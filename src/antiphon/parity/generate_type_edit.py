"""Local types gone wrong, still closed and contractive: one change at a random node."""

from __future__ import annotations

from antiphon.parity.generate_global import ROLES, sort
from antiphon.parity.generate_value import ABSENT, near_sort
from antiphon.parity.source import Source
from antiphon.theory import local_type
from antiphon.theory.local_type import END, Input, LocalBranch, LocalType, Output, input_, output

_LABELS = ("a", "b", "zz", "")


def edit_type(source: Source, root: LocalType) -> LocalType:
    """``root`` with one of its choices changed; the same if it has none."""
    choices = [node for node in local_type.nodes(root) if isinstance(node, Output | Input)]
    if not choices:
        return root
    place = source.pick(choices)
    return _replaced(root, place, _edited(source, place))


def starve(source: Source, root: LocalType) -> LocalType:
    """``root`` without one of its choices or with nothing after it; the same if it has none.

    The others are not told, so that they wait, for a message or for room.
    """
    choices = [node for node in local_type.nodes(root) if isinstance(node, Output | Input)]
    if not choices:
        return root
    place = source.pick(choices)
    then = source.pick((END, place.branches[0][2]))
    return _replaced(root, place, then if _may_stand_alone(then) else END)


def _edited(source: Source, node: Output | Input) -> LocalType:
    chosen = source.below(len(node.branches))
    label, payload, then = node.branches[chosen]
    match source.below(12):
        case 0:
            return then if _may_stand_alone(then) else END
        case 1:
            return END
        case 2:
            return _rebuilt(
                node, node.peer, (*node.branches[:chosen], *node.branches[chosen + 1 :])
            )
        case 3:
            return _with_branch(node, chosen, (_other(source, node, label), payload, then))
        case 4:
            return _with_branch(node, chosen, (label, sort(source), then))
        case 9:
            return _with_branch(node, chosen, (label, near_sort(source, payload), then))
        case 5:
            more = (_other(source, node, label), sort(source), then)
            return _rebuilt(node, node.peer, (*node.branches, more))
        case 6:
            return _rebuilt(node, source.pick((*ROLES[:3], ABSENT)), node.branches)
        case 7:
            turned = input_ if isinstance(node, Output) else output
            return turned(node.peer, node.branches)
        case _:
            return _swapped(node)


def _may_stand_alone(then: LocalType) -> bool:
    return not isinstance(then, local_type.LocalVar)


def _other(source: Source, node: Output | Input, label: str) -> str:
    taken = {name for name, _, _ in node.branches}
    return source.pick([name for name in (*_LABELS, "y", "x") if name not in taken] or [label])


def _with_branch(node: Output | Input, place: int, branch: LocalBranch) -> LocalType:
    before, after = node.branches[:place], node.branches[place + 1 :]
    return _rebuilt(node, node.peer, (*before, branch, *after))


def _rebuilt(node: Output | Input, peer: str, branches: tuple[LocalBranch, ...]) -> LocalType:
    if not branches:
        return END
    return output(peer, branches) if isinstance(node, Output) else input_(peer, branches)


def _swapped(node: Output | Input) -> LocalType:
    """The first branch's next action before this one, where there is one."""
    label, payload, then = node.branches[0]
    if not isinstance(then, Output | Input):
        return node
    name, carried, rest = then.branches[0]
    return _rebuilt(
        then, then.peer, ((name, carried, _rebuilt(node, node.peer, ((label, payload, rest),))),)
    )


def _replaced(root: LocalType, place: LocalType, by: LocalType) -> LocalType:
    """``root`` with every occurrence of ``place`` replaced."""
    if root is place:
        return by
    parts = tuple(_replaced(part, place, by) for part in local_type.children(root))
    return local_type.with_children(root, parts)
