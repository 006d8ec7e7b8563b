"""The cursor: taking tokens, and where it goes on after a mistake."""

import pytest

from antiphon.errors import ProgramError
from antiphon.language.cursor import Cursor, Mistake
from antiphon.language.diagnostic import Problems
from antiphon.language.lexer import WORD
from antiphon.language.source import Source


def at(text: str) -> Cursor:
    """A cursor at the start of a text."""
    return Cursor(Source(text), Problems())


def message(cursor: Cursor) -> str:
    """The one thing reported."""
    with pytest.raises(ProgramError) as caught:
        cursor.problems.check(cursor.source)
    (diagnostic,) = caught.value.diagnostics
    return f"{diagnostic.code}: {diagnostic.message}"


def test_take_and_expect() -> None:
    """A token of the right kind is taken, another one is not."""
    cursor = at("a ;")
    assert cursor.take(";") is None
    assert cursor.expect_name("a name").text == "a"
    assert cursor.expect(";").start == 2
    assert cursor.last_end == 3


def test_expect_path() -> None:
    """A path is names with dots between, spaces or not; its place is all of it."""
    name = at("a . b.c ;").expect_path("a name")
    assert (name.text, name.start, name.end) == ("a.b.c", 0, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to", "syntax-error: expected `,` or `)`, found the keyword `to`"),
        ("x", "syntax-error: expected `,` or `)`, found `x`"),
        ("", "syntax-error: expected `,` or `)`, found the end of the file"),
    ],
)
def test_rejects_with_what_was_expected(text: str, expected: str) -> None:
    """A mistake says what could have stood there, and what does."""
    cursor = at(text)
    with pytest.raises(Mistake):
        cursor.expect(")", ",")
    assert message(cursor) == expected


def test_a_missing_semicolon_is_supplied_at_the_end_of_a_line() -> None:
    """Before a new line, a brace or the end a semicolon is only missing; elsewhere it is not."""
    for text in ("a\nb", "a }", "a"):
        cursor = at(text)
        cursor.advance()
        cursor.expect_semicolon()
        assert message(cursor) == "missing-semicolon: a `;` is missing here"
    cursor = at("a b")
    cursor.advance()
    with pytest.raises(Mistake):
        cursor.expect_semicolon(",")
    assert message(cursor) == "syntax-error: expected `,` or `;`, found `b`"


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("x y; z", "z"),
        ("x { a; { b; } } z", "z"),
        ("x { a; } or { b; } and { c; } z", "z"),
        ("x } z", "}"),
        ("x choice z", "choice"),
        ("x { a; global z", "global"),
        ("x y", ""),
    ],
)
def test_skip_statement(text: str, following: str) -> None:
    """The next statement begins after a semicolon or a block, or with its keyword."""
    cursor = at(text)
    cursor.skip_statement(0)
    assert cursor.token.text == following


@pytest.mark.parametrize(
    ("text", "following"),
    [("x y; z", "z"), ("x { a; } z", "z"), ("} z", ""), ("x global z", "global"), ("x { a;", "")],
)
def test_skip_item(text: str, following: str) -> None:
    """The next item begins after a semicolon or a block outside braces, or with its keyword."""
    cursor = at(text)
    cursor.skip_item()
    assert (cursor.token.text, cursor.depth) == (following, 0)


def test_words_are_keywords_in_one_position_only() -> None:
    """``as`` is a name, and a keyword where one is looked for."""
    cursor = at("as")
    assert cursor.is_word("as")
    assert not cursor.is_word("type")
    assert cursor.token.kind == WORD
