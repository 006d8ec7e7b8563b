"""Diagnostics: collected once each, in source order, and drawn."""

import pytest

from antiphon.errors import Diagnostic, ProgramError, Span
from antiphon.language.diagnostic import InvalidProtocol, Problems, render, render_error
from antiphon.language.load import load_text
from antiphon.language.source import Source


def picture(line: str, start: int, end: int) -> list[str]:
    """The drawn source line and its carets."""
    source = Source(line)
    diagnostic = Diagnostic("code", "message", source.span(start, end))
    return render(diagnostic, source).splitlines()[3:]


def test_one_per_code_and_place_in_source_order() -> None:
    """The same thing found twice is one diagnostic; the main file comes first."""
    main, other = Source("abc", "main"), Source("xyz", "other")
    problems = Problems()
    problems.report("self-message", "third", other, (0, 1))
    problems.report("self-message", "second", main, (1, 2))
    problems.report("self-message", "first", main, (0, 1), help="do this")
    problems.report("self-message", "again", main, (0, 1))
    assert len(problems) == 3
    with pytest.raises(InvalidProtocol) as caught:
        problems.check(main)
    assert [found.message for found in caught.value.diagnostics] == ["first", "second", "third"]
    assert caught.value.diagnostics[0].help == "do this"
    assert caught.value.diagnostics[1].help == "remove it, or name another role"
    assert caught.value.sources == {"main": main, "other": other}


def test_nothing_is_no_error() -> None:
    """Without problems nothing is raised."""
    Problems().check(Source(""))


def test_guess() -> None:
    """The nearest name is offered; after fifty guesses no more time is spent on them."""
    problems = Problems()
    assert problems.guess("Sellr", ["Buyer", "Seller"], "other") == "did you mean `Seller`?"
    assert problems.guess("X", ["Buyer", "Seller"], "other") == "other"
    for _ in range(50):
        problems.guess("X", [], None)
    assert problems.guess("Sellr", ["Seller"], "other") == "other"


def test_render() -> None:
    """Code, message, place, the line with carets, notes and help."""
    diagnostic = Diagnostic("a-code", "what", Span("f.scr", 12, 3, 12, 5), "do this", ("see",))
    source = Source("\n" * 11 + "abcdef", "f.scr")
    assert render(diagnostic, source).splitlines() == [
        "error[a-code]: what",
        "  --> f.scr:12:3",
        "   |",
        "12 | abcdef",
        "   |   ^^",
        "  note: see",
        "  help: do this",
    ]


def test_render_without_source_or_place() -> None:
    """Without its text a diagnostic is drawn without the line, without a place without both."""
    span = Span("f.scr", 1, 2, 1, 3)
    assert render(Diagnostic("c", "m", span)) == "error[c]: m\n --> f.scr:1:2"
    assert render(Diagnostic("c", "m")) == "error[c]: m"


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "carets"),
    [
        ("abc", 1, 2, "abc", " ^"),
        ("abc", 3, 3, "abc", "   ^"),
        ("\tabc", 1, 3, "\tabc", "\t^^"),
        ("漢字ab", 2, 3, "漢字ab", "    ^"),
        ("a\u0301b", 2, 3, "a\u0301b", " ^"),
        ("\x1b[31mab", 5, 6, "\N{REPLACEMENT CHARACTER}[31mab", "     ^"),
        ("abc\ndef", 1, 6, "abc", " ^^"),
    ],
)
def test_pictures(line: str, start: int, end: int, shown: str, carets: str) -> None:
    """Carets stand under the place, whatever comes before; nothing reaches the terminal raw."""
    assert picture(line, start, end) == [f"1 | {shown}", f"  | {carets}"]


def test_long_lines_are_cut() -> None:
    """Of a long line only what surrounds the place is drawn."""
    shown, carets = picture("a" * 5_000 + "X" + "b" * 5_000_000, 5_000, 5_001)
    assert shown == f"1 | ...{'a' * 60}X{'b' * 39}..."
    assert carets == f"  | {' ' * 63}^"


def test_render_error() -> None:
    """All diagnostics of an error, with the texts that it carries or that are given."""
    with pytest.raises(ProgramError) as caught:
        load_text("protocol P(role A, role B) {\n    a() from A to A;\n    b() from B to B;\n}")
    drawn = render_error(caught.value)
    assert drawn.count("error[self-message]") == 2
    assert "3 |     b() from B to B;\n  |                   ^" in drawn
    bare = ProgramError([Diagnostic("c", "m", Span("f", 1, 1, 1, 2)), Diagnostic("d", "n")])
    assert "1 | text" in render_error(bare, {"f": Source("text", "f")})
    assert "1 | text" not in render_error(bare)
