"""Types in the symbols of the literature."""

import pytest

from antiphon.errors import Refusal
from antiphon.theory import local_type as local
from antiphon.theory import notation
from antiphon.theory.global_type import END, comm, message, rec, var
from antiphon.theory.notation import indented, message_text, one_line, payload_text
from antiphon.values.sort import BOOL, NAT, STR, UNIT, product

LOOP = rec(
    "X",
    comm("A", "B", [("more", NAT, message("B", "C", "go", var("X"))), ("stop", UNIT, END)]),
)


def test_payloads() -> None:
    """Unit is not written, pairs are lists."""
    assert payload_text(UNIT) == ""
    assert payload_text(product(NAT, product(STR, BOOL))) == "nat, string, bool"
    assert payload_text(product(product(NAT, STR), BOOL)) == "(nat * string), bool"
    assert message_text("l", UNIT) == "l"
    assert message_text("", UNIT) == "()"
    assert message_text("l", NAT) == "l(nat)"


def test_one_line() -> None:
    """Braces stand only around a choice."""
    assert one_line(LOOP) == "μX . A → B : { more(nat) . B → C : go . X, stop . end }"
    branches = [("l", NAT, local.END), ("r", UNIT, local.var("X"))]
    assert one_line(local.rec("X", local.output("B", branches))) == (
        "μX . B ⊕ { l(nat) . end, r . X }"
    )
    assert one_line(local.input_("A", branches[:1])) == "A & l(nat) . end"
    assert one_line(END) == "end"


def test_one_line_is_cut_off() -> None:
    """A width bounds the text, however large the type is."""
    assert one_line(LOOP, 20) == "μX . A → B : { more…"
    huge = END
    for _ in range(60):
        huge = comm("A", "B", [("l", UNIT, huge), ("r", UNIT, huge)])
    assert len(one_line(huge, 100)) == 100


def test_indented() -> None:
    """A line follows a line, only choices are indented."""
    assert indented(LOOP).splitlines() == [
        "μX .",
        "A → B : {",
        "  more(nat) .",
        "    B → C : go .",
        "    X",
        "  stop .",
        "    end",
        "}",
    ]


def test_long_lines_do_not_nest() -> None:
    """20,000 messages are 20,001 lines."""
    long = END
    for _ in range(20_000):
        long = message("A", "B", "l", long)
    assert len(indented(long).splitlines()) == 20_001
    assert one_line(long).count("→") == 20_000


def test_rejects_text_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is small as a type and huge as a text is refused."""
    monkeypatch.setattr(notation, "PIECES_MAX", 1_000)
    huge = END
    for _ in range(60):
        huge = comm("A", "B", [("l", UNIT, huge), ("r", UNIT, huge)])
    for render in (one_line, indented):
        with pytest.raises(Refusal) as caught:
            render(huge)
        assert caught.value.code == "text-too-large"
