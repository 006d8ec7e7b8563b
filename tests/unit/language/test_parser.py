"""The parser: every form of item and block, and what it makes of broken ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antiphon.errors import ProgramError, Refusal
from antiphon.language.diagnostic import Problems
from antiphon.language.load import load_text, parse_text
from antiphon.language.parser import parse
from antiphon.language.source import Source
from antiphon.language.syntax import (
    Choice,
    Continue,
    Declaration,
    Import,
    ModuleName,
    Recursion,
    Transfer,
)
from tests.unit.language.reading import EXAMPLES, body_places, places

ODD = ["import", "module", "sig", "M", "T", "as", "@", '"', "/*", "*/", "(*", "*)", "{", "}", "\n"]
TEXTS = sorted(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.scr"))
TOKENS = [*ODD, *sorted({word for text in TEXTS for word in re.findall(r"\w+|[^\w\s]", text)})]


def test_declarations() -> None:
    """Module name, imports, types and messages, with and without their origin."""
    module = parse_text(
        'module a.b; import c.d as e; import f; type <java> "x.Y" from "z" as T; data D; sig M;'
    )
    name, first, second, foreign, plain, message = module.items
    assert isinstance(name, ModuleName)
    assert name.name.text == "a.b"
    assert isinstance(first, Import)
    assert first.alias is not None
    assert (first.name.text, first.alias.text) == ("c.d", "e")
    assert isinstance(second, Import)
    assert second.alias is None
    assert isinstance(foreign, Declaration)
    assert (foreign.schema, foreign.external, foreign.origin) == ("java", "x.Y", "z")
    assert isinstance(plain, Declaration)
    assert isinstance(message, Declaration)
    found = [(tree.keyword, tree.name.text) for tree in (foreign, plain, message)]
    assert found == [("type", "T"), ("data", "D"), ("sig", "M")]


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("global protocol P(role A) {}", (False, False)),
        ("protocol P(role A) {}", (False, False)),
        ("global P(role A) {}", (False, False)),
        ("aux global protocol P(role A) {}", (True, False)),
        ("aux explicit global protocol P(role A) {}", (True, True)),
        ("explicit global protocol P(role A) {}", (False, True)),
    ],
)
def test_headers(text: str, modifiers: tuple[bool, bool]) -> None:
    """Scribble's headers and nuScr's shorter ones."""
    (tree,) = parse_text(text).protocols
    assert (tree.name.text, (tree.aux, tree.explicit)) == ("P", modifiers)


def test_parameters_and_roles() -> None:
    """Parameters are types or messages; roles are in order; an annotation may follow."""
    (tree,) = parse_text('protocol P<type T, sig M, data D>(role A, role B) @"n" {}').protocols
    assert [(item.keyword, item.name.text) for item in tree.parameters] == [
        ("type", "T"),
        ("sig", "M"),
        ("data", "D"),
    ]
    assert ([role.text for role in tree.roles], tree.annotation) == (["A", "B"], "n")


def test_blocks() -> None:
    """Choices have branches in order, recursions a body; what follows stands outside."""
    text = "choice at A { a() from A to B; } or { rec X { continue X; } } or { } b() from A to B;"
    (tree,) = parse_text(f"protocol P(role A, role B) {{{text}}}").protocols
    choice, after = tree.body.statements
    assert isinstance(choice, Choice)
    assert isinstance(after, Transfer)
    assert [len(branch.statements) for branch in choice.branches] == [1, 1, 0]
    inner = choice.branches[1].statements[0]
    assert isinstance(inner, Recursion)
    assert isinstance(inner.body.statements[0], Continue)


def test_places_of_blocks() -> None:
    """A node starts at its first character and ends after its last."""
    text = "protocol P(role A, role B) { choice at A { a() from A to B; } or { b() from A to B; } }"
    (tree,) = parse_text(text).protocols
    choice = tree.body.statements[0]
    assert text[choice.start : choice.end] == text[29:-2]
    assert (text[tree.body.start], text[tree.body.end - 1]) == ("{", "}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello", [("syntax-error", 1, 1)]),
        ("protocol P() {}", [("syntax-error", 1, 12)]),
        ("protocol P(A, role B) {}", [("syntax-error", 1, 12)]),
        ("protocol P(role A; new role B) {}", [("unsupported-construct", 1, 18)]),
        ("protocol P(role A) {} module a;", [("syntax-error", 1, 23)]),
        ("import to;", [("syntax-error", 1, 8)]),
        ("type <java> x from y as T;", [("syntax-error", 1, 13)]),
        ('type <java> "x" from "y" to T;', [("syntax-error", 1, 26)]),
        ("protocol P<role A>(role A) {}", [("syntax-error", 1, 12)]),
        ("local protocol P at A(role A) {}", [("unsupported-construct", 1, 1)]),
        ("nested protocol P(role A) {}", [("unsupported-construct", 1, 1)]),
        ("protocol P(role A) { { } }", [("syntax-error", 1, 22)]),
        ("protocol P(role A) { rec X [v<A>: int = 0] { } }", [("unsupported-construct", 1, 22)]),
        ("protocol P(role A) {", [("unclosed-block", 1, 20)]),
        ("protocol P(role A) { protocol Q(role A) {}", [("unclosed-block", 1, 20)]),
        ("protocol P(role A) {} }", [("syntax-error", 1, 23)]),
    ],
)
def test_rejects(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Each form of broken item is reported once, where it breaks."""
    assert places(text) == expected


def test_rejects_several_at_once() -> None:
    """The parser goes on after each error, and the later text is still understood."""
    assert body_places(
        "a( from A to B;\n"
        "b() from A to B\n"
        "choice at { c() from A to B; } or { d() from A to B; }\n"
        "par { e() from A to B; } and { f() from A to B; }\n"
        "rec { g() from A to B; }\n"
        "h() from A to B; i() from A B;\n"
        "j() from A to B; or { }\n"
    ) == [
        ("syntax-error", 2, 4),
        ("missing-semicolon", 3, 16),
        ("syntax-error", 4, 11),
        ("unsupported-construct", 5, 1),
        ("syntax-error", 6, 5),
        ("syntax-error", 7, 29),
        ("syntax-error", 8, 18),
    ]


def test_broken_protocols_do_not_hide_errors_elsewhere() -> None:
    """Names are still checked in the protocols that were read whole."""
    text = "protocol P(role A) { a( }\nprotocol Q(role A) { a() from A to Z; }"
    assert places(text) == [("syntax-error", 1, 25), ("undeclared-role", 2, 36)]


def test_broken_items_do_not_make_their_names_unknown() -> None:
    """A protocol or a type that was lost to a syntax error is not reported as missing."""
    for use in ("a(T) from A to B;", "T from A to B;", "do T(A, B);"):
        text = f"type to T;\nprotocol P(role A, role B) {{ {use} }}"
        assert places(text) == [("syntax-error", 1, 6)]


def test_the_tree_of_a_broken_file_holds_what_was_read() -> None:
    """Items before and after an error are in the tree."""
    problems = Problems()
    module = parse(Source("type T; nonsense; protocol P(role A) {}"), problems)
    assert (len(module.items), module.intact, len(problems)) == (2, False, 1)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000 + "}" * 100_000,
        "protocol P(role A, role B) {" + "{" * 100_000,
        "protocol P(role A, role B) {" + "choice at A { " * 100_000,
        "protocol P(role A, role B) {" + "rec X { " * 100_000 + "}" * 100_000,
    ],
)
def test_rejects_deep_nesting_without_reading_on(text: str) -> None:
    """100,000 nested braces are left at the 257th."""
    problems = Problems()
    module = parse(Source(text), problems)
    with pytest.raises(ProgramError) as caught:
        problems.check(module.source)
    last = caught.value.diagnostics[-1]
    assert last.span is not None
    assert (last.code, last.span.line) == ("nesting-too-deep", 1)
    assert text[: last.span.end_column - 1].count("{") == 257


def test_rejects_too_many_errors() -> None:
    """After a hundred errors the rest is not read."""
    found = places("protocol P(role A) {" + "x; " * 10_000 + "}")
    assert len(found) == 101
    assert found[-1][0] == "too-many-errors"


def survives(text: str) -> None:
    """A text is loaded, or refused with located diagnostics."""
    try:
        load_text(text)
    except ProgramError as error:
        lines = text.count("\n") + text.count("\r") + 1
        for diagnostic in error.diagnostics:
            assert diagnostic.span is not None
            assert 1 <= diagnostic.span.line <= lines
            assert diagnostic.help
    except Refusal:
        pass


@given(st.text())
def test_survives_any_text(text: str) -> None:
    """No text makes anything but a located diagnostic escape."""
    survives(text)


@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_survives_any_tokens(words: list[str]) -> None:
    """No sequence of tokens makes anything but a located diagnostic escape."""
    survives(" ".join(words))


@given(st.sampled_from(TEXTS), st.data())
def test_survives_mutated_examples(text: str, data: st.DataObject) -> None:
    """Neither do examples with words removed, doubled or exchanged."""
    words = text.split(" ")
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(words) - 1))
        other = data.draw(st.integers(0, len(words) - 1))
        match data.draw(st.sampled_from(["remove", "double", "exchange", "cut"])):
            case "remove":
                words[index] = ""
            case "double":
                words[index] += f" {words[index]}"
            case "exchange":
                words[index], words[other] = words[other], words[index]
            case _:
                words[index] = words[index][: len(words[index]) // 2]
    survives(" ".join(words))
