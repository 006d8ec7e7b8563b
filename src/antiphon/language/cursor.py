"""The token under the parser's eye: what it is, taking it, and finding the way after a mistake."""

from __future__ import annotations

from typing import Final

from antiphon.language.diagnostic import Problems
from antiphon.language.lexer import END, KEYWORDS, NAME_MAX, WORD, Token, shortened, tokens
from antiphon.language.source import Source
from antiphon.language.syntax import Comment, Name

MODIFIERS: Final = frozenset({"global", "protocol", "aux"})
ITEM_KEYWORDS: Final = MODIFIERS | {"module", "import"}
STATEMENT_KEYWORDS: Final = frozenset({"choice", "rec", "continue", "do"})
_STARTS: Final = STATEMENT_KEYWORDS | ITEM_KEYWORDS | {WORD, "(", "}", END}
_SEPARATORS: Final = frozenset({"or", "and", "with"})


class Mistake(Exception):
    """The text at the cursor is wrong, which has been reported: recover and go on."""


class Cursor:
    """A stream of tokens with one token of lookahead. ``depth`` counts the open braces."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.comments: Final[list[Comment]] = []
        self.source: Final = source
        self.problems: Final = problems
        self.depth = 0
        self.last_end = 0
        self._tokens = tokens(source, self.comments, problems)
        self.token = next(self._tokens)

    def advance(self) -> Token:
        """Take the token and look at the next."""
        token = self.token
        kind = token.kind
        if kind == "{":
            self.depth += 1
        elif kind == "}":
            self.depth -= 1
        self.last_end = token.start + len(token.text)
        self.token = next(self._tokens)
        return token

    def is_word(self, text: str) -> bool:
        """Whether the token is this word, which is a keyword in this position only."""
        return self.token.text == text and self.token.kind == WORD

    def take(self, kind: str) -> Token | None:
        """Take the token if it is of this kind."""
        return self.advance() if self.token.kind == kind else None

    def expect(self, kind: str, *others: str) -> Token:
        """Take a token of this kind, or complain; ``others`` could have stood here, too."""
        if self.token.kind == kind:
            return self.advance()
        raise self.mistake(" or ".join(f"`{mark}`" for mark in (*others, kind)))

    def expect_word(self, text: str) -> None:
        """Take this word, which is a keyword in this position only."""
        if not self.is_word(text):
            raise self.mistake(f"`{text}`")
        self.advance()

    def expect_semicolon(self, *others: str) -> None:
        """Take a semicolon; one that is missing at the end of a line is supplied."""
        token = self.token
        if token.kind == ";":
            self.advance()
            return
        gap = self.source.text[self.last_end : token.start]
        if "\n" in gap or token.kind in {"}", END}:
            place = (self.last_end, self.last_end)
            message = "a `;` is missing here"
            self.problems.report("missing-semicolon", message, self.source, place)
            return
        raise self.mistake(" or ".join(f"`{mark}`" for mark in (*others, ";")))

    def expect_name(self, what: str) -> Name:
        """Take a name without dots."""
        token = self.token
        if token.kind != WORD:
            raise self.mistake(what)
        self.advance()
        return Name(token.text, start=token.start, end=self.last_end)

    def expect_path(self, what: str) -> Name:
        """Take a name, perhaps with dots."""
        first = self.expect_name(what)
        if self.token.kind != ".":
            return first
        parts = [first.text]
        while self.take("."):
            parts.append(self.expect_name("a name after the dot").text)
        path = ".".join(parts)
        if len(path) > NAME_MAX:
            path = shortened(path, self.source, first.start, self.problems)
        return Name(path, start=first.start, end=self.last_end)

    def mistake(self, expected: str, advice: str | None = None) -> Mistake:
        """Report that something else was expected here; ``advice`` replaces the usual help."""
        kind, text, start = self.token
        if kind == END:
            found = END
        elif kind in KEYWORDS:
            found = f"the keyword `{text}`"
        else:
            found = f"`{text[:40]}`"
        message = f"expected {expected}, found {found}"
        place = (start, start + len(text))
        self.problems.report("syntax-error", message, self.source, place, help=advice)
        return Mistake()

    def unsupported(self, what: str, start: int) -> Mistake:
        """Report a construct that is known and not accepted."""
        end = max(self.last_end, start + 1)
        message = f"{what} is not accepted here"
        self.problems.report("unsupported-construct", message, self.source, (start, end))
        return Mistake()

    def skip_statement(self, depth: int) -> None:
        """Go to where the next statement of the block at ``depth`` may begin, or to its end."""
        moved = False
        while (kind := self.token.kind) != END and kind not in ITEM_KEYWORDS:
            if self.depth == depth:
                if kind == ";":
                    self.advance()
                    return
                if kind == "}" or (moved and kind in STATEMENT_KEYWORDS):
                    return
            self.advance()
            moved = True
            if kind == "}" and self.depth == depth and self._at_start():
                return

    def skip_item(self) -> None:
        """Go to where the next declaration or protocol may begin."""
        self.advance()
        while (kind := self.token.kind) != END and kind not in ITEM_KEYWORDS:
            self.advance()
            if self.depth <= 0 and kind in {";", "}"}:
                break
        self.depth = 0

    def _at_start(self) -> bool:
        return self.token.kind in _STARTS and self.token.text not in _SEPARATORS
