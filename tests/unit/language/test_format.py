"""The formatter: one layout for each tree, comments kept, and nothing left to change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.language.format import render_module
from antiphon.language.load import parse_text
from antiphon.language.syntax import Module
from tests.unit.language.reading import EXAMPLES
from tests.unit.language.trees import modules

TEXTS = sorted(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.scr"))
COMMENTS = ["// c\n", "/* c */", "(* a\n(* b *) *)", "(*) c\n", "\n", "\n\n\n", "// {\n", " "]


def layout(text: str) -> str:
    """The text in canonical layout."""
    return render_module(parse_text(text))


def test_everything() -> None:
    """Each form of item and statement has one layout."""
    text = """\
module a.b;

import c.d as e;
import f;

type <java> "x" from "y" as T;
data D;
sig M;

aux explicit global protocol P<type T, sig N>(role A, role B) @"note" {
    a(x: nat, e.T) from A to B; @"note"
    () from A to B, C;
    M from A to B;
    take(P@A) from A to B;
    choice at A {
        rec X {
            continue X;
        }
    } or {}
    do f.Q<T, op(nat), ()>(A, B);
}

global protocol Q(role A) {}
"""
    assert layout(text) == text
    assert layout(" ".join(text.split())) == text


def test_nothing() -> None:
    """An empty file stays empty; one of comments keeps them."""
    assert layout("") == ""
    assert layout("\n\n// a\n\n\n// b") == "// a\n\n// b\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a() from A to B;   // x", ["    a() from A to B; // x"]),
        ("// x\na() from A to B;", ["    // x", "    a() from A to B;"]),
        ("a() /* x */ from A to B;", ["    /* x */", "    a() from A to B;"]),
        ("a() from A to B; /* x */ b() from A to B; // y",
         ["    a() from A to B; /* x */", "    b() from A to B; // y"]),
        ("a() from A to B;\n\n\n\nb() from A to B;",
         ["    a() from A to B;", "", "    b() from A to B;"]),
        ("rec X { // x\n}", ["    rec X { // x", "    }"]),
        ("rec X { // x {\n}", ["    rec X { // x {", "    }"]),
        ("rec X {\n// x\n}", ["    rec X {", "        // x", "    }"]),
        ("rec X\n{\n\n} // x", ["    rec X {} // x"]),
        ("choice at A { } /* x */ or { }", ["    choice at A {} or { /* x */", "    }"]),
        ("choice /* x */ at A { } or { } // y",
         ["    /* x */", "    choice at A {} or {} // y"]),
        ("rec X { /* x\n y */ }", ["    rec X { /* x", " y */", "    }"]),
    ],
)  # fmt: skip
def test_comments(body: str, expected: list[str]) -> None:
    """A comment stays on its line, or stands before what follows it."""
    text = layout(f"protocol P(role A, role B) {{\n{body}\n}}")
    assert text.splitlines()[1:-1] == expected
    assert layout(text) == text


def test_items_stand_apart() -> None:
    """Protocols and different kinds of items have an empty line between them, comments with it."""
    imports = "import a;import b;// b\n// T\ntype T;\n"
    assert layout(f"{imports}protocol P(role A){{}}// P\n// Q\nprotocol Q(role A){{}}") == (
        "import a;\nimport b; // b\n\n// T\ntype T;\n\n"
        "global protocol P(role A) {} // P\n\n// Q\nglobal protocol Q(role A) {}\n"
    )


@given(modules())
def test_any_tree_comes_back(module: Module) -> None:
    """A tree that was written is read again as the same tree, and written the same again."""
    text = render_module(module)
    again = parse_text(text)
    assert again == module
    assert render_module(again) == text


@given(st.sampled_from(TEXTS), st.data())
def test_comments_anywhere_are_kept(text: str, data: st.DataObject) -> None:
    """Comments and space between any two tokens change nothing, and one layout settles them."""
    bare = re.sub(r"//[^\n]*", "", text)
    words = bare.replace(";", " ; ").replace("(", " ( ").replace("}", " } ").split(" ")
    for _ in range(data.draw(st.integers(1, 6))):
        words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(COMMENTS)))
    disturbed = " ".join(words)
    before = parse_text(disturbed)
    once = render_module(before)
    after = parse_text(once)
    assert after == before == parse_text(bare)
    assert [found.text.rstrip() for found in after.comments] == [
        found.text.rstrip() for found in before.comments
    ]
    assert render_module(after) == once


def test_deep_trees_are_laid_out() -> None:
    """256 blocks inside each other are no recursion."""
    text = layout("protocol P(role A) {" + "rec X {" * 255 + "}" * 256)
    assert text.splitlines()[255] == "    " * 255 + "rec X {}"
