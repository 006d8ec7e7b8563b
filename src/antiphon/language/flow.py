"""A protocol as a graph: what comes after what, once every ``do`` has been written out.

A node stands for all that can still happen. Several nodes may be followed by the same one, and
loops are cycles, so that the graph is no larger than the text. Links say nothing by themselves:
they are the places of ``rec``, ``continue``, ``do`` and of the protocols themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from antiphon.errors import Span
from antiphon.language.source import Source
from antiphon.values.sort import Sort

Place: TypeAlias = tuple[Source, int, int]


class ExpansionTooLarge(Exception):
    """Written out, a file has many more messages than its text."""


class Stop:
    """Nothing follows."""

    __slots__ = ()


class Message:
    """``label(sort) from sender to receiver``, then ``following``."""

    __slots__ = ("following", "label", "place", "receiver", "sender", "sort")

    def __init__(
        self,
        sender: str,
        receiver: str,
        message: tuple[str, Sort],
        following: Flow,
        place: Place,
    ) -> None:
        self.sender: Final = sender
        self.receiver: Final = receiver
        self.label, self.sort = message
        self.following: Final = following
        self.place: Final = place


class Fork:
    """One of the branches, by the choice of ``chooser``."""

    __slots__ = ("branches", "chooser", "place")

    def __init__(self, chooser: str, branches: tuple[Link, ...], place: Place) -> None:
        self.chooser: Final = chooser
        self.branches: Final = branches
        self.place: Final = place


class Link:
    """What ``target`` is; the target and the final name are set when its block is read.

    ``keyword`` is what was written: ``rec`` and ``protocol`` have a name, and recursion comes back
    to them from a ``continue`` or a ``do``. A branch of a choice has no keyword.
    """

    __slots__ = ("end", "keyword", "name", "place", "target")

    def __init__(self, place: Place, target: Flow, keyword: str = "", name: str = "") -> None:
        self.place: Final = place
        self.target = target
        self.keyword: Final = keyword
        self.name = name
        self.end: End | None = None


Flow: TypeAlias = Stop | Message | Fork | Link
Head: TypeAlias = Message | Stop
End: TypeAlias = tuple[Stop | Message | Fork, str]

STOP: Final = Stop()
COPIES_MAX: Final = 100_000


def span(place: Place) -> Span:
    """The place as it is shown."""
    source, start, end = place
    return source.span(start, end)


def resolve(node: Flow) -> End:
    """What a node is behind its links, and the name of the first link that has one."""
    path: list[Link] = []
    while isinstance(node, Link) and node.end is None:
        path.append(node)
        node = node.target
    found, name = (node, "") if not isinstance(node, Link) else node.end or (STOP, "")
    for link in reversed(path):
        name = link.name or name
        link.end = found, name
    return found, name


def heads(node: Flow) -> Iterator[Head]:
    """The messages that can come first, in order, and the stop if it can."""
    seen: set[Fork] = set()
    stack = [node]
    while stack:
        found, _ = resolve(stack.pop())
        if isinstance(found, Fork):
            if found not in seen:
                seen.add(found)
                stack.extend(reversed(found.branches))
        else:
            yield found


def reachable(roots: Iterable[Flow]) -> Iterator[Flow]:
    """Every node once, in depth-first preorder."""
    seen: set[Flow] = set()
    stack = [*roots]
    stack.reverse()
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack.extend([node.following] if isinstance(node, Message) else _silent(node)[::-1])


def silent_cycles(nodes: Iterable[Flow]) -> Iterator[Link]:
    """Each ``continue`` and ``do`` that comes back to where it was without a message."""
    on_path: dict[Flow, bool] = {}
    for root in nodes:
        if root in on_path:
            continue
        on_path[root] = True
        stack = [(root, iter(_silent(root)))]
        while stack:
            node, successors = stack[-1]
            for successor in successors:
                if successor not in on_path:
                    on_path[successor] = True
                    stack.append((successor, iter(_silent(successor))))
                    break
                if on_path[successor]:
                    links = (entered for entered, _ in reversed(stack) if isinstance(entered, Link))
                    yield next(link for link in links if link.keyword in {"continue", "do"})
            else:
                on_path[node] = False
                stack.pop()


def _silent(node: Flow) -> tuple[Flow, ...]:
    """What a node may turn into without a message."""
    match node:
        case Fork():
            return node.branches
        case Link():
            return (node.target,)
        case Message() | Stop():
            return ()
