"""Tokens: words, marks, strings, comments, and text that is none of these."""

from itertools import islice

import pytest

from antiphon.errors import ProgramError
from antiphon.language.diagnostic import Problems
from antiphon.language.lexer import END, STRING, WORD, Abandoned, tokens
from antiphon.language.source import Source
from antiphon.language.syntax import Comment


def read(text: str) -> tuple[list[tuple[str, str, int]], list[str], list[str]]:
    """Tokens, comments and codes of a text."""
    comments: list[Comment] = []
    problems = Problems()
    source = Source(text)
    found: list[tuple[str, str, int]] = []
    for token in tokens(source, comments, problems):
        if token.kind == END:
            break
        found.append((token.kind, token.text, token.start))
    codes: list[str] = []
    try:
        problems.check(source)
    except ProgramError as error:
        codes = [diagnostic.code for diagnostic in error.diagnostics]
    return found, [comment.text for comment in comments], codes


def test_words_marks_and_strings() -> None:
    """Keywords are kinds of their own; names may start with a digit and contain primes."""
    assert read('choice a\' 1x_ ("s t") @') == (
        [
            ("choice", "choice", 0),
            (WORD, "a'", 7),
            (WORD, "1x_", 10),
            ("(", "(", 14),
            (STRING, '"s t"', 15),
            (")", ")", 20),
            ("@", "@", 22),
        ],
        [],
        [],
    )


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("a // b\nc", "// b"),
        ("a /* b /* */c", "/* b /* */"),
        ("a (* b (* *) (*) *)c", "(* b (* *) (*) *)"),
        ("a (*) b *)\nc", "(*) b *)"),
        ("a (*# Pragma #*)c", "(*# Pragma #*)"),
    ],
)
def test_comments(text: str, comment: str) -> None:
    """C comments do not nest, ML comments do, and a nuScr pragma is a comment."""
    found, comments, codes = read(text)
    assert ([token for _, token, _ in found], comments, codes) == (["a", "c"], [comment], [])


@pytest.mark.parametrize(
    ("text", "code", "kept"),
    [
        ("a § $ b", ["unexpected-character"] * 2, ["a", "b"]),
        ("a \x1b b", ["unexpected-character"], ["a", "b"]),
        ("a /* b", ["unterminated-comment"], ["a"]),
        ("a (* (* *) b", ["unterminated-comment"], ["a"]),
        ('a "b\nc', ["unterminated-string"], ["a", '"b', "c"]),
    ],
)
def test_rejects(text: str, code: list[str], kept: list[str]) -> None:
    """What is no token is reported and left out."""
    found, _, codes = read(text)
    assert (codes, [token for _, token, _ in found]) == (code, kept)


def test_end_repeats() -> None:
    """After the text the end comes for ever."""
    kinds = [token.kind for token in islice(tokens(Source("a"), [], Problems()), 4)]
    assert kinds == [WORD, END, END, END]


def test_rejects_deep_nesting() -> None:
    """256 braces are read; the 257th is not, however many follow."""
    assert len(read("{" * 256)[0]) == 256
    stream = tokens(Source("{" * 100_000), [], Problems())
    assert len(list(islice(stream, 256))) == 256
    with pytest.raises(Abandoned):
        next(stream)


def test_braces_are_counted_in_the_text_only() -> None:
    """Braces that are closed, or stand in comments, do not nest."""
    assert len(read("{}" * 300)[0]) == 600
    assert read("//" + "{" * 300)[2] == []


def test_rejects_too_many_problems() -> None:
    """A text of nothing but errors is left after a hundred of them."""
    problems = Problems()
    with pytest.raises(Abandoned):
        list(tokens(Source("§ " * 10_000), [], problems))
    assert len(problems) == 101


def test_a_long_name_is_shortened() -> None:
    """Whatever is said of a name that is too long has only as much of it as a name may have."""
    found, _, codes = read("a" * 255 + " " + "b" * 256 + ";")
    assert [text for _, text, _ in found] == ["a" * 255, "b" * 255, ";"]
    assert codes == ["name-too-long"]
