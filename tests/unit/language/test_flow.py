"""The flow graph: links, first messages, and cycles without a message."""

from antiphon.language.flow import (
    STOP,
    Fork,
    Link,
    Message,
    heads,
    reachable,
    resolve,
    silent_cycles,
    span,
)
from antiphon.language.source import Source
from antiphon.values.sort import UNIT

PLACE = (Source("abc", "f"), 1, 2)
LAST = Message("A", "B", ("last", UNIT), STOP, PLACE)
FIRST = Message("A", "B", ("first", UNIT), LAST, PLACE)


def test_span() -> None:
    """A place is shown by file, line and column."""
    assert (span(PLACE).file, span(PLACE).column, span(PLACE).end_column) == ("f", 2, 3)


def test_resolve_goes_through_links() -> None:
    """Behind links is what they lead to; the first name on the way is its name."""
    inner = Link(PLACE, FIRST, "rec", "X")
    middle = Link(PLACE, inner, "rec", "Y")
    outer = Link(PLACE, middle, "continue")
    assert resolve(outer) == (FIRST, "Y")
    assert resolve(inner) == (FIRST, "X")
    assert resolve(FIRST) == (FIRST, "")
    assert resolve(STOP) == (STOP, "")


def test_resolve_of_a_long_chain() -> None:
    """A chain of links is no recursion."""
    link = Link(PLACE, STOP)
    for _ in range(50_000):
        link = Link(PLACE, link, "do")
    assert resolve(link) == (STOP, "")


def test_heads_go_through_forks() -> None:
    """First messages are those of all branches, in order, nested choices included."""
    inner = Fork("A", (Link(PLACE, LAST), Link(PLACE, STOP)), PLACE)
    outer = Fork("A", (Link(PLACE, FIRST), Link(PLACE, inner)), PLACE)
    assert list(heads(outer)) == [FIRST, LAST, STOP]
    assert list(heads(FIRST)) == [FIRST]


def test_reachable() -> None:
    """Every node once, in preorder."""
    left, right = Link(PLACE, FIRST), Link(PLACE, LAST)
    fork = Fork("A", (left, right), PLACE)
    assert list(reachable([fork])) == [fork, left, FIRST, LAST, STOP, right]


def test_silent_cycles() -> None:
    """A ``continue`` that comes back without a message is found, one behind a message is not."""
    silent, spoken = Link(PLACE, STOP, "rec", "X"), Link(PLACE, STOP, "rec", "Y")
    back = Link(PLACE, silent, "continue")
    branch = Link(PLACE, back)
    silent.target = Fork("A", (Link(PLACE, LAST), branch), PLACE)
    again = Link(PLACE, spoken, "continue")
    spoken.target = Message("A", "B", ("a", UNIT), again, PLACE)
    assert list(silent_cycles(reachable([silent, spoken]))) == [back]
