"""Automata of local types as pictures."""

from antiphon.theory.graph import Automaton, Transition, automaton, render_dot, render_mermaid
from antiphon.theory.local_type import END, input_, output, rec, var
from antiphon.values.sort import NAT, UNIT

LOOP = rec("X", output("B", [("l", NAT, input_("B", [("m", UNIT, var("X"))])), ("r", UNIT, END)]))


def test_the_automaton() -> None:
    """A choice is narrowed, then sent; states have their canonical numbers."""
    assert automaton(LOOP) == Automaton(
        5,
        (4,),
        (
            Transition(0, 1, "choose l"),
            Transition(0, 3, "choose r"),
            Transition(1, 2, "B!l(nat)"),
            Transition(2, 0, "B?m"),
            Transition(3, 4, "B!r"),
        ),
    )
    assert automaton(END) == Automaton(1, (0,), ())


def test_mermaid() -> None:
    """The start and the final states are marked."""
    assert render_mermaid(LOOP).splitlines() == [
        "stateDiagram-v2",
        "  [*] --> s0",
        "  s0 --> s1 : choose l",
        "  s0 --> s3 : choose r",
        "  s1 --> s2 : B!l(nat)",
        "  s2 --> s0 : B?m",
        "  s3 --> s4 : B!r",
        "  s4 --> [*]",
    ]


def test_dot() -> None:
    """The same in DOT."""
    assert render_dot(input_("A", [("l", UNIT, END)]), "P").splitlines() == [
        'digraph "P" {',
        "  rankdir=LR;",
        "  node [shape=circle];",
        '  start [shape=point, label=""];',
        "  1 [shape=doublecircle];",
        "  start -> 0;",
        '  0 -> 1 [label="A?l"];',
        "}",
    ]


def test_names_cannot_break_out() -> None:
    """Characters that mean something to a renderer are written as what they are."""
    odd = input_("A", [('x"] --> \\', UNIT, END)])
    assert '[label="A?x\\"] --> \\\\"];' in render_dot(odd)
    assert "s0 --> s1 : A?x#34;#93; #45;#45;#62; #92;" in render_mermaid(odd)
