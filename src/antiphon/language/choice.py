"""What makes a choice a choice: its chooser speaks first, to one role, with different labels."""

from __future__ import annotations

from collections.abc import Iterable

from antiphon.language.diagnostic import Problems
from antiphon.language.flow import (
    COPIES_MAX,
    Fork,
    Link,
    Message,
    heads,
    reachable,
    silent_cycles,
)


def check_flow(roots: Iterable[Link], problems: Problems) -> None:
    """Report unguarded recursion; where there is none, every choice that nobody can follow."""
    found = list(reachable(roots))
    unguarded = False
    for link in silent_cycles(found):
        unguarded = True
        code = "unguarded-do" if link.keyword == "do" else "unguarded-recursion"
        message = f"this `{link.keyword}` comes back to itself without a message"
        _report(code, message, link, problems)
    if unguarded:
        return
    count = 0
    for node in found:
        if isinstance(node, Fork):
            count += _check_fork(node, problems) - len(node.branches)
            if count > COPIES_MAX:
                message = (
                    f"with the choices inside them, these come to over {COPIES_MAX:,} branches"
                )
                _report("expansion-too-large", message, node, problems)
                return


def _check_fork(fork: Fork, problems: Problems) -> int:
    """Report what is wrong with a choice; the number of its first messages."""
    count = 0
    labels: dict[str, Message] = {}
    receiver = ""
    for branch in fork.branches:
        for head in heads(branch):
            count += 1
            if not isinstance(head, Message):
                message = f"this branch of the choice at `{fork.chooser}` may say nothing"
                _report("empty-choice-branch", message, branch, problems)
            elif head.sender != fork.chooser:
                message = f"`{head.sender}` starts a branch of the choice at `{fork.chooser}`"
                _report("branch-not-started-by-chooser", message, head, problems)
            elif receiver not in {"", head.receiver}:
                message = f"this branch starts at `{head.receiver}`, another at `{receiver}`"
                _report("branch-receivers-differ", message, head, problems)
            elif head.label in labels:
                other = labels[head.label]
                message = f"two branches of this choice start with `{head.label}`"
                line = other.place[0].position(other.place[1])[0]
                note = f"the other is on line {line}"
                _report("duplicate-label", message, head, problems, note)
            else:
                labels[head.label] = head
                receiver = head.receiver
    return count


def _report(
    code: str, message: str, node: Link | Fork | Message, problems: Problems, *notes: str
) -> None:
    source, start, end = node.place
    problems.report(code, message, source, (start, end), notes=notes)
