"""Text to tokens. Whitespace is dropped, comments are put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from antiphon.language.diagnostic import Problems
from antiphon.language.source import Source
from antiphon.language.syntax import Comment

KEYWORDS: Final = frozenset(
    {"module", "import", "global", "protocol", "aux", "role", "from", "to"}
    | {"choice", "at", "or", "rec", "continue", "do"}
)
WORD: Final = "a name"
STRING: Final = "a string"
END: Final = "the end of the file"
NESTING_MAX: Final = 256
NAME_MAX: Final = 255
PROBLEMS_MAX: Final = 100

_TOKEN = re.compile(
    r"""[ \t\r\n\f\v]* (?:
      (?P<word> [A-Za-z0-9_][A-Za-z0-9_']* )
    | (?P<line> //[^\r\n]* | \(\*\)[^\r\n]* )
    | (?P<block> /\* )
    | (?P<nested> \(\* )
    | (?P<mark> [][{}()<>,;:.@=+\-&|] )
    | (?P<string> "[^"\r\n]*" )
    | (?P<open> "[^"\r\n]* )
    | (?P<other> [^][\s{}()<>,;:.@=+\-&|"A-Za-z0-9_/]+ | . )
    | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_NESTING: Final = {"{": 1, "}": -1}
_NESTED = re.compile(r"\(\*\)|\(\*|\*\)")


class Abandoned(Exception):
    """The rest of the text is not read; the reason has been reported."""


class Token(NamedTuple):
    """``kind`` is a keyword or a mark itself, or one of WORD, STRING and END."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.start + len(self.text)


def tokens(source: Source, comments: list[Comment], problems: Problems) -> Iterator[Token]:
    """Every token, then END for ever. Comments and problems are added to what is given.

    Raises ``Abandoned`` at a brace nested too deep, and when there are too many problems.
    """
    text, scan = source.text, _TOKEN.match
    offset, size, depth = 0, len(text), 0
    enough = len(problems) + PROBLEMS_MAX
    while offset < size:
        match = scan(text, offset)
        kind = match and match.lastgroup
        if match is None or kind is None:
            break
        start, offset = match.span(kind)
        if kind == "word":
            word = text[start:offset]
            if word in KEYWORDS:
                yield Token(word, word, start)
            elif len(word) <= NAME_MAX:
                yield Token(WORD, word, start)
                continue
            else:
                yield Token(WORD, shortened(word, source, start, problems), start)
        elif kind == "mark":
            mark = text[start]
            depth += _NESTING.get(mark, 0)
            if depth > NESTING_MAX:
                message = f"this block is nested more than {NESTING_MAX} deep"
                problems.report("nesting-too-deep", message, source, (start, offset))
                raise Abandoned
            yield Token(mark, mark, start)
        elif kind in {"line", "block", "nested"}:
            if kind != "line":
                offset = _comment_end(source, kind, start, problems)
            comments.append(Comment(text[start:offset], start=start, end=offset))
        else:
            if kind != "string":
                _complain(source, kind, (start, offset), problems)
            if kind != "other":
                yield Token(STRING, text[start:offset], start)
        if len(problems) >= enough:
            message = f"these are {PROBLEMS_MAX} errors; the text from here on is not read"
            problems.report("too-many-errors", message, source, (offset, offset))
            raise Abandoned
    while True:
        yield Token(END, "", size)


def shortened(name: str, source: Source, start: int, problems: Problems) -> str:
    """Report a name that is too long; as much of it as is read."""
    message = f"this name has {len(name)} characters, more than {NAME_MAX}"
    problems.report("name-too-long", message, source, (start, start + len(name)))
    return name[:NAME_MAX]


def _comment_end(source: Source, kind: str, start: int, problems: Problems) -> int:
    text = source.text
    if kind == "block":
        end = text.find("*/", start + 2)
        if end >= 0:
            return end + 2
    else:
        depth = 0
        for match in _NESTED.finditer(text, start):
            depth += {"(*": 1, "*)": -1}.get(match.group(), 0)
            if not depth:
                return match.end()
    closing = "*/" if kind == "block" else "*)"
    message = f"this comment is never closed with `{closing}`"
    problems.report("unterminated-comment", message, source, (start, start + 2))
    return len(text)


def _complain(source: Source, kind: str, place: tuple[int, int], problems: Problems) -> None:
    start, end = place
    if kind == "open":
        message = "this string is never closed on its line"
        problems.report("unterminated-string", message, source, (start, start + 1))
    else:
        first = source.text[start]
        shown = f"`{first}`" if first.isprintable() else f"U+{ord(first):04X}"
        message = f"{shown} has no meaning here"
        problems.report("unexpected-character", message, source, (start, end))
