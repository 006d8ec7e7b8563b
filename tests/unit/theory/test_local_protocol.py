"""Local types as Scribble text."""

import pytest

from antiphon.errors import Refusal
from antiphon.theory import local_protocol
from antiphon.theory.local_protocol import render_local_protocol
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.values.sort import NAT, STR, UNIT, product


def test_every_constructor() -> None:
    """Loops, choices of this role and of a peer, messages with and without payloads."""
    answer = input_("B", [("yes", product(NAT, STR), END), ("no", UNIT, var("X"))])
    root = rec("X", output("B", [("ask", NAT, answer), ("", UNIT, END)]))
    assert render_local_protocol("Ask", "A", ("A", "B"), root) == (
        "local protocol Ask at A(role A, role B) {\n"
        "  rec X {\n"
        "    choice at A {\n"
        "      ask(nat) to B;\n"
        "      choice at B {\n"
        "        yes(nat, string) from B;\n"
        "      } or {\n"
        "        no() from B;\n"
        "        continue X;\n"
        "      }\n"
        "    } or {\n"
        "      () to B;\n"
        "    }\n"
        "  }\n"
        "}\n"
    )


def test_nothing_to_do() -> None:
    """A role that is done has an empty body."""
    assert render_local_protocol("P", "A", ["A"], END) == "local protocol P at A(role A) {\n}\n"


def test_rejects_text_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is small as a type and huge as a text is refused."""
    monkeypatch.setattr(local_protocol, "PIECES_MAX", 1_000)
    huge: LocalType = END
    for _ in range(60):
        huge = output("B", [("l", UNIT, huge), ("r", UNIT, huge)])
    with pytest.raises(Refusal) as caught:
        render_local_protocol("P", "A", ["A", "B"], huge)
    assert caught.value.code == "text-too-large"
