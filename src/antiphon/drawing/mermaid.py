"""A conversation as a Mermaid sequence diagram."""

from __future__ import annotations

from collections.abc import Iterable

from antiphon.drawing.brief import brief, message
from antiphon.drawing.sequence import fault_text, fork_text
from antiphon.machine.event import (
    Aborted,
    Acquired,
    Checked,
    Closed,
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Forked,
    Halted,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Received,
    Released,
    Selected,
    Sent,
    SessionFaulted,
    Spawned,
    Tagged,
    Transferred,
)

_TEXT_MAX = 60


def render_mermaid(events: Iterable[Event], roles: tuple[str, ...], session: int = 0) -> str:
    """The diagram of one session: an arrow where a message is sent, a note for the rest.

    A message is drawn with an open arrow; Mermaid has no way to show when it was taken.
    """
    name = {role: f"r{index}" for index, role in enumerate(roles)}
    lines = ["sequenceDiagram"]
    lines += (f"    participant {name[role]} as {_escaped(role)}" for role in roles)
    for event in events:
        if event.session != session:
            continue
        match event:
            case Sent(_, _, _, sender, receiver, label, value):
                text = _escaped(message(label, value, _TEXT_MAX))
                lines.append(f"    {name[sender]}-){name[receiver]}: {text}")
            case Selected(_, _, _, role, label):
                lines.append(f"    Note over {name[role]}: {_escaped(f'chooses {label}')}")
            case Invoked(_, _, _, role, action, value):
                answer = brief(value, _TEXT_MAX)
                text = f"{action} = {answer}" if answer else action
                lines.append(f"    Note over {name[role]}: {_escaped(text)}")
            case Faulted(_, _, _, role, fault):
                lines.append(f"    Note over {name[role]}: {_escaped(fault_text(fault))}")
            case SessionFaulted() | Closed():
                over = ",".join(dict.fromkeys((name[roles[0]], name[roles[-1]])))
                what = "is closed" if isinstance(event, Closed) else "has failed"
                lines.append(f"    Note over {over}: the session {what}")
            case Dropped(_, _, _, sender, receiver, label, reason):
                over = ",".join(dict.fromkeys((name[sender], name[receiver])))
                lines.append(f"    Note over {over}: {_escaped(f'{label} is lost: {reason}')}")
            case Transferred(_, _, _, role, target):
                lines.append(f"    Note over {name[role]}: goes to coroutine {target}")
            case Spawned(_, _, _, role, child):
                lines.append(f"    Note over {name[role]}: spawns coroutine {child}")
            case Corrupted(_, _, _, sender, receiver, label, value):
                over = ",".join(dict.fromkeys((name[sender], name[receiver])))
                text = f"arrives as {message(label, value, _TEXT_MAX)}"
                lines.append(f"    Note over {over}: {_escaped(text)}")
            case Acquired(_, _, _, role, layer):
                lines.append(f"    Note over {name[role]}: {_escaped(f'takes the layer {layer}')}")
            case Released(_, _, _, role, layer):
                text = _escaped(f"gives the layer {layer} back")
                lines.append(f"    Note over {name[role]}: {text}")
            case Tagged(_, _, _, role, fact):
                lines.append(f"    Note over {name[role]}: {_escaped(f'knows {fact}')}")
            case Checked(_, _, _, role, fact, target, permitted):
                may = "may" if permitted else "may not"
                text = _escaped(f"{may} tell {target} {fact}")
                lines.append(f"    Note over {name[role]}: {text}")
            case OutputDenied(_, _, _, role, label):
                lines.append(f"    Note over {name[role]}: {_escaped(f'may not send {label}')}")
            case Forked(_, _, _, role, _) | Joined(_, _, _, role, _) | Aborted(_, _, _, role, _):
                lines.append(f"    Note over {name[role]}: {_escaped(fork_text(event))}")
            case Opened() | Received() | Halted() | Ended():
                pass
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Mermaid writes a character that means something to it as ``#code;``."""
    return "".join(
        char if char.isalnum() or char in " !?_.,()=*-'" else f"#{ord(char)};" for char in text
    )
