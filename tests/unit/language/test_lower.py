"""Lowering: the type says what the text says, shares what is shared, and never nests too deep."""

from pathlib import Path

import pytest
from hypothesis import given

from antiphon.errors import ProgramError
from antiphon.language.diagnostic import Problems
from antiphon.language.expand import Expander
from antiphon.language.load import load_text, parse_text
from antiphon.language.lower import Lowering
from antiphon.language.resolve import declare
from antiphon.theory.global_type import Comm, GlobalRec, nodes
from tests.unit.language.reading import EXAMPLES, THREE, meaning
from tests.unit.language.second_opinion import text_traces, type_traces
from tests.unit.language.trees import protocol_texts

A, B = "a() from A to B;", "b() from A to B;"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "end"),
        ("a(nat) from A to B;", "A->B:a<nat>.end"),
        ("(nat, x: bool) from A to B;", "A->B:<(nat * bool)>.end"),
        ("1(nat, nat, nat) from A to B;", "A->B:1<(nat * (nat * nat))>.end"),
        ("a(int, float) from A to B, C;", "A->B:a<(int * float)>.A->C:a<(int * float)>.end"),
        (f"choice at A {{ {A} }} or {{ {B} }}", "A->B:{a.end, b.end}"),
        (f"choice at A {{ {A} }} or {{ {B} c() from B to C; }} d() from C to A;",
         "A->B:{a.C->A:d.end, b.B->C:c.C->A:d.end}"),
        (f"choice at A {{ choice at A {{ {A} }} or {{ {B} }} }} or {{ c() from A to B; }}",
         "A->B:{a.end, b.end, c.end}"),
        (f"rec X {{ {A} continue X; }}", "rec X.A->B:a.X"),
        (f"rec X {{ {A} }} {B}", "A->B:a.A->B:b.end"),
        (f"rec X {{ rec Y {{ {A} choice at A {{ {A} continue X; }} or {{ {B} continue Y; }} }} }}",
         "rec X.A->B:a.A->B:{a.X, b.X}"),
        (f"rec X {{ choice at A {{ {A} continue X; }} or {{ {B} }} }} c() from B to C;",
         "rec X.A->B:{a.X, b.B->C:c.end}"),
        (f"rec X {{ {A} rec Y {{ choice at A {{ {A} continue X; }} or {{ {B} continue Y; }} }} }}",
         "rec X.A->B:a.rec Y.A->B:{a.X, b.Y}"),
        (f"choice at A {{ rec X {{ {A} continue X; }} }} or {{ {B} }}",
         "A->B:{a.rec X.A->B:a.X, b.end}"),
        (f"rec X {{ {A} choice at A {{ continue X; }} or {{ {B} }} }}",
         "A->B:a.rec Loop_1.A->B:{a.Loop_1, b.end}"),
    ],
)  # fmt: skip
def test_lowering(body: str, expected: str) -> None:
    """Each statement, and the ways in which choices and recursions stand in each other."""
    assert meaning(body) == expected


def test_mutual_recursion() -> None:
    """Protocols that do each other in last place are one loop."""
    text = (
        "protocol P(role A, role B) { a() from A to B; do Q(B, A); }"
        "protocol Q(role A, role B) { choice at A { b() from A to B; do P(B, A); } or "
        "{ c() from A to B; } }"
    )
    root = load_text(text)["P"].global_type
    assert isinstance(root, GlobalRec)
    assert root.name == "P"
    assert [type(node).__name__ for node in nodes(root)] == [
        "GlobalRec", "Comm", "Comm", "GlobalVar", "GlobalEnd",
    ]  # fmt: skip


def test_invented_names_are_free() -> None:
    """A loop without a ``rec`` of its own gets a name that no ``rec`` has."""
    body = f"rec Loop_1 {{ {A} choice at A {{ continue Loop_1; }} or {{ {B} }} }}"
    assert meaning(body) == "A->B:a.rec Loop_2.A->B:{a.Loop_2, b.end}"


def test_spans_are_of_the_first_place() -> None:
    """A communication stands where it is written first, a choice at its head."""
    text = f"{A}\nchoice at A {{ {A} }} or {{ {B} }}\n{B}\n{B}"
    loaded = load_text(THREE.format(text))["P"]
    found = [(span.line, span.column) for span in loaded.spans.values()]
    assert found == [(2, 1), (3, 1), (4, 1), (5, 1)]
    assert set(loaded.spans) == {
        node for node in nodes(loaded.global_type) if isinstance(node, Comm)
    }


def test_a_type_is_made_once() -> None:
    """Two roots of one graph share their types, and a root inside a loop is closed again."""
    text = (
        "protocol P(role A, role B) { a() from A to B; do Q(A, B); }"
        "protocol Q(role A, role B) { b() from A to B; do P(A, B); }"
    )
    scope = declare(parse_text(text), "", Problems())
    expander = Expander(Problems())
    first, second = (expander.expand(entry) for entry in scope.protocols.values())
    lowering = Lowering(expander.names)
    types = [lowering.lower(first), lowering.lower(second), lowering.lower(first)]
    assert [root.free for root in types] == [frozenset()] * 3
    assert types[0] is types[2]


def test_many_messages_and_choices_stay_linear() -> None:
    """20,000 messages in a line, and 50 choices in a row, are as many nodes."""
    straight = load_text(THREE.format(A * 20_000))["P"].global_type
    assert sum(1 for _ in nodes(straight)) == 20_001
    choices = f"choice at A {{ {A} }} or {{ {B} }}" * 50
    assert sum(1 for _ in nodes(load_text(THREE.format(choices))["P"].global_type)) == 51


def test_deep_nesting() -> None:
    """255 choices inside each other, and as many recursions, are lowered."""
    deep = f"choice at A {{ {A}" * 255 + "}" * 255
    assert sum(1 for _ in nodes(load_text(THREE.format(deep))["P"].global_type)) == 256
    deep = "".join(f"rec X{n} {{ a{n}() from A to B; " for n in range(255)) + "continue X0;"
    root = load_text(THREE.format(deep + "}" * 255))["P"].global_type
    assert isinstance(root, GlobalRec)
    assert sum(1 for _ in nodes(root)) == 257


def test_chains_and_doublings_of_do_stay_linear() -> None:
    """A chain of 2,000 protocols, and 500 that each do the next in both branches."""
    header = "(role A, role B) {"
    last = f"protocol P2000{header} {A} }}"
    chain = "".join(f"protocol P{n}{header} {A} do P{n + 1}(A, B); }}" for n in range(2_000))
    root = load_text(chain + last)["P0"].global_type
    assert sum(1 for _ in nodes(root)) == 2_002
    double = "".join(
        f"protocol P{n}{header} choice at A {{ {A} do P{n + 1}(A, B); }} or "
        f"{{ {B} do P{n + 1}(A, B); }} }}"
        for n in range(500)
    )
    root = load_text(double + last.replace("P2000", "P500"))["P0"].global_type
    assert sum(1 for _ in nodes(root)) == 502


def test_rejects_types_that_grow_without_end() -> None:
    """Twenty protocols that can each go on with any other have no small type."""
    text = "".join(
        f"protocol P{n}(role A, role B) {{ choice at A {{ {A} }}"
        + "".join(f" or {{ m{k}() from A to B; do P{k}(A, B); }}" for k in range(20))
        + "}"
        for n in range(20)
    )
    with pytest.raises(ProgramError) as caught:
        load_text(text)
    assert [found.code for found in caught.value.diagnostics] == ["expansion-too-large"]


def agrees(text: str) -> None:
    """Text and types of every protocol of a file have the same runs, up to six messages."""
    module, loaded = parse_text(text), load_text(text)
    for tree in module.protocols:
        said = text_traces(module, tree, 6)
        assert type_traces(loaded[tree.name.text].global_type, 6) == said


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.scr")), ids=lambda path: path.stem)
def test_examples_mean_what_they_say(path: Path) -> None:
    """Followed statement by statement, an example has the runs of its global type."""
    agrees(path.read_text(encoding="utf-8"))


@given(protocol_texts())
def test_protocols_mean_what_they_say(text: str) -> None:
    """So has every protocol that is accepted."""
    try:
        load_text(text)
    except ProgramError:
        return
    agrees(text)
