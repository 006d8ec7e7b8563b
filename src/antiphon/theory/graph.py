"""A local type as a picture of its automaton, in Mermaid and in DOT.

States carry their canonical numbers (``transitions``), the same that snapshots show. A choice of
this role is drawn as it runs: first it is narrowed to one label, then that label is sent (S3).
"""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.theory.local_type import Input, LocalEnd, LocalType, Output
from antiphon.theory.notation import message_text
from antiphon.theory.transitions import number_states, successors


@dataclass(frozen=True, slots=True)
class Transition:
    """From one state to another by ``text``: ``B!l(nat)``, ``A?l`` or ``choose l``."""

    source: int
    target: int
    text: str


@dataclass(frozen=True, slots=True)
class Automaton:
    """States are 0 (the start) to ``states - 1``; ``final`` are those in which it is done."""

    states: int
    final: tuple[int, ...]
    transitions: tuple[Transition, ...]


def automaton(root: LocalType) -> Automaton:
    """The automaton of a closed local type."""
    numbers = number_states(root)
    transitions: list[Transition] = []
    for state, number in numbers.items():
        if not isinstance(state, Output | Input):
            continue
        narrows = isinstance(state, Output) and len(state.branches) > 1
        mark = "!" if isinstance(state, Output) else "?"
        for (label, sort, _), then in zip(state.branches, successors(state), strict=True):
            text = f"{state.peer}{mark}{message_text(label, sort)}"
            transitions.append(
                Transition(number, numbers[then], f"choose {label}" if narrows else text)
            )
    final = tuple(number for state, number in numbers.items() if isinstance(state, LocalEnd))
    return Automaton(len(numbers), final, tuple(transitions))


def render_mermaid(root: LocalType) -> str:
    """The automaton as a Mermaid state diagram."""
    drawn = automaton(root)
    lines = ["stateDiagram-v2", "  [*] --> s0"]
    lines.extend(
        f"  s{one.source} --> s{one.target} : {_mermaid(one.text)}" for one in drawn.transitions
    )
    lines.extend(f"  s{number} --> [*]" for number in drawn.final)
    return "\n".join(lines) + "\n"


def render_dot(root: LocalType, name: str = "automaton") -> str:
    """The automaton as a DOT digraph."""
    drawn = automaton(root)
    lines = [f"digraph {_dot(name)} {{", "  rankdir=LR;", "  node [shape=circle];"]
    lines.append('  start [shape=point, label=""];')
    lines.extend(f"  {number} [shape=doublecircle];" for number in drawn.final)
    lines.append("  start -> 0;")
    lines.extend(
        f"  {one.source} -> {one.target} [label={_dot(one.text)}];" for one in drawn.transitions
    )
    return "\n".join([*lines, "}"]) + "\n"


def _mermaid(text: str) -> str:
    """Mermaid writes any other character as ``#code;``."""
    return "".join(
        char if char.isalnum() or char in " !?_.,()*" else f"#{ord(char)};" for char in text
    )


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
