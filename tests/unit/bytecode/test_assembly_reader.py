"""Images read from text."""

import pytest

from antiphon.bytecode.assembly import SIZE_MAX
from antiphon.bytecode.assembly_reader import parse_assembly
from antiphon.bytecode.instruction import Choose, Jump
from antiphon.errors import ProgramError, Refusal
from tests.unit.bytecode.samples import TICKET, with_code


def test_layout_is_free() -> None:
    """Comments, blank lines, indentation, and labels before an instruction do not matter."""
    text = with_code("", "; a comment", "x: \ty: jump x ; back", "  end:", "jump end", "jump #7\r")
    assert parse_assembly(text).programs[0].code == (Jump(0), Jump(1), Jump(7))
    assert parse_assembly(TICKET.replace("\n", "\r\n").rstrip()).name == "Ticket"


def test_words_are_names_where_names_belong() -> None:
    """A label or a role may be called like an instruction, a register or a keyword."""
    text = TICKET.replace("L2", "role").replace("Server", "rec").replace("price", "r0")
    parsed = parse_assembly(text.replace("Client", '"end"'))
    assert parsed.roles == ("end",)
    assert parsed.programs[0].code[1] == Choose(0, 1, (("r0", 2), ("sold.out", 2)))


@pytest.mark.parametrize(
    "line",
    [
        "say r0",
        "send r0",
        "send r0 r1 r2",
        "send @host r0",
        "send r0 r-1",
        "send r0 host",
        "send r99999999999 r0",
        "jump nowhere",
        "jump # 99999999999",
        "choose r0 r1 {a: L, }",
        "choose r0 r1 {a nowhere}",
        "invoke f (r0, r1) r2",
        "invoke f (r0",
        "set r0",
        "set r0 -1",
        "set r0 1.5",
        "set r0 'a'",
        'set r0 "a',
        'set r0 "\\x"',
        "set r0 (1 2)",
        "set r0 endpoint -1 A",
        'set r0 blob date "0"',
        "set r0 " + "(" * 100_000,
        "set r0 " + "9" * 5000,
        "open Inner",
        "open Inner {A r0}",
        "open Inner {A r0 []}",
        "open Inner {A r0 [end, end]}",
        "open Inner {A r0 [stop]}",
        "open Inner {A 0 [end]}",
        "close",
        "x: x: halt",
        "halt halt",
        "\x00",
    ],
    ids=lambda line: line[:24],
)
def test_rejects_wrong_code(line: str) -> None:
    """A line of code that is wrong is named, with its place."""
    with pytest.raises(ProgramError) as caught:
        parse_assembly(with_code("halt", line), "ticket.asm")
    (problem,) = caught.value.diagnostics
    assert problem.code == "malformed-assembly"
    assert problem.span is not None
    assert (problem.span.file, problem.span.line) == ("ticket.asm", 8)
    assert 1 <= problem.span.column < problem.span.end_column <= len(line) + 2


@pytest.mark.parametrize(
    ("was", "becomes", "line"),
    [
        ("assembly 1", "assembly 2", 1),
        ("image Ticket", "image", 2),
        ("image Ticket", "image Ticket 2", 2),
        ("role Client", "delegated\nrole Client", 3),
        ("role Client", "delegated P\nrole Client", 3),
        ("role Client", "delegated P A\nrole Client", 3),
        ("role Client", "delegated P A\ntype 0 = stop\nrole Client", 4),
        ("role Client", "type 0 = end\nrole Client", 3),
        ("  halt", "delegated P A", 10),
        ("role Client registers 2", "role Client", 3),
        ("type 0", "type 1", 4),
        ("= end", "= end end", 4),
        ("= end", "= stop", 4),
        ("receive", "hear", 5),
        ("price nat 0", "price nat 1", 3),
        ("price nat 0", 'price "a nat" 0', 3),
        ("price nat 0", "price nat", 5),
    ],
)
def test_rejects_wrong_declarations(was: str, becomes: str, line: int) -> None:
    """A declaration that is wrong is named first, with its line."""
    with pytest.raises(ProgramError) as caught:
        parse_assembly(TICKET.replace(was, becomes, 1))
    span = caught.value.diagnostics[0].span
    assert span is not None
    assert span.line == line


def test_rejects_a_text_without_a_start() -> None:
    """A text needs its first two lines, and a role before code."""
    for text in ("", "\n\n", "assembly 1", TICKET.replace("role", "; role")):
        with pytest.raises(ProgramError, match="malformed-assembly"):
            parse_assembly(text)


def test_every_wrong_line_is_named() -> None:
    """One pass finds everything, in the order of the lines."""
    with pytest.raises(ProgramError) as caught:
        parse_assembly(with_code("say", "halt", "jump x", "type 3 = stop"))
    spans = [problem.span for problem in caught.value.diagnostics]
    assert [span.line for span in spans if span] == [7, 9, 10]


def test_rejects_long_texts() -> None:
    """Before anything is parsed, the length is looked at."""
    with pytest.raises(Refusal) as caught:
        parse_assembly(" " * (SIZE_MAX + 1))
    assert caught.value.code == "too-large"


def test_rejects_deep_values() -> None:
    """Values are parsed up to 256 levels."""
    text = "set r0 " + 257 * "(1, " + "1" + 257 * ")"
    with pytest.raises(ProgramError, match="malformed-assembly"):
        parse_assembly(with_code(text))
