"""The statements without blocks: messages, ``continue`` and ``do``."""

from __future__ import annotations

from antiphon.language.cursor import Cursor
from antiphon.language.lexer import STRING, WORD
from antiphon.language.syntax import (
    Continue,
    Do,
    Name,
    Payload,
    Signature,
    Statement,
    Transfer,
)

_ADVICE = "a message is written `label(type) from A to B;`"
_CONSTRUCTS = {
    "connect": "`connect`",
    "disconnect": "`disconnect`",
    "wrap": "`wrap`",
    "par": "`par`",
    "interruptible": "`interruptible`",
}


class StatementParser:
    """Reads statements at a cursor."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def statement(self) -> Statement:
        """``continue name;`` | ``do name [<arguments>] (roles);`` | message"""
        kind = self._cursor.token.kind
        if kind == "continue":
            return self._continue()
        if kind == "do":
            return self._do()
        if kind in {WORD, "("}:
            return self._transfer()
        raise self._cursor.mistake("a statement", _ADVICE)

    def annotation(self) -> str | None:
        """``[@ "text"]``"""
        cursor = self._cursor
        if not cursor.take("@"):
            return None
        if cursor.token.kind != STRING:
            raise cursor.mistake(STRING)
        return cursor.advance().text.strip('"')

    def _continue(self) -> Continue:
        cursor = self._cursor
        start = cursor.advance().start
        variable = cursor.expect_name("the name of a recursion")
        if cursor.token.kind == "[" or cursor.is_word("with"):
            raise cursor.unsupported("`continue` with arguments", start)
        cursor.expect_semicolon()
        return Continue(variable, start=start, end=cursor.last_end)

    def _do(self) -> Do:
        cursor = self._cursor
        start = cursor.advance().start
        protocol = cursor.expect_path("the name of a protocol")
        arguments: list[Signature | Name] = []
        if cursor.take("<") and not cursor.take(">"):
            arguments.append(self._message())
            while cursor.take(","):
                arguments.append(self._message())
            cursor.expect(">", ",")
        cursor.expect("(", "<")
        roles = [cursor.expect_name("a role")]
        while cursor.take(","):
            roles.append(cursor.expect_name("a role"))
        cursor.expect(")", ",")
        cursor.expect_semicolon()
        note = self.annotation()
        end = cursor.last_end
        return Do(protocol, tuple(arguments), tuple(roles), note, start=start, end=end)

    def _transfer(self) -> Transfer:
        """``message from role to role, ...; [annotation]``"""
        cursor = self._cursor
        start, first = cursor.token.start, cursor.token.text
        message = self._message()
        if cursor.is_word("connect"):
            raise cursor.unsupported("`connect`", cursor.token.start)
        if cursor.is_word("calls"):
            raise cursor.unsupported("`calls`", start)
        if isinstance(message, Name) and cursor.token.kind != "from":
            if first in _CONSTRUCTS:
                raise cursor.unsupported(_CONSTRUCTS[first], start)
            raise cursor.mistake("`(` or `from`", _ADVICE)
        cursor.expect("from")
        sender = cursor.expect_name("the sender")
        cursor.expect("to")
        receivers = [cursor.expect_name("the receiver")]
        while cursor.take(","):
            receivers.append(cursor.expect_name("a receiver"))
        cursor.expect_semicolon(",")
        note = self.annotation()
        end = cursor.last_end
        return Transfer(message, sender, tuple(receivers), note, start=start, end=end)

    def _message(self) -> Signature | Name:
        """``[operator] ( payload, ... )`` or the name of a signature"""
        cursor = self._cursor
        start = cursor.token.start
        operator = Name("", start=start, end=start)
        if cursor.token.kind != "(":
            operator = cursor.expect_path("a message")
            if cursor.token.kind != "(" or "." in operator.text:
                return operator
        cursor.advance()
        payloads: list[Payload] = []
        if not cursor.take(")"):
            payloads.append(self._payload())
            while cursor.take(","):
                payloads.append(self._payload())
            cursor.expect(")", ",")
        return Signature(operator, tuple(payloads), start=start, end=cursor.last_end)

    def _payload(self) -> Payload:
        """``[name :] type`` | ``protocol @ role``"""
        cursor = self._cursor
        start = cursor.token.start
        variable = None
        sort = cursor.expect_path("a payload type")
        if cursor.take(":"):
            variable = sort
            if "." in sort.text:
                raise cursor.unsupported("a name with dots before `:`", start)
            sort = cursor.expect_path("a payload type")
        role = cursor.expect_name("a role") if cursor.take("@") else None
        if cursor.token.kind == "{":
            raise cursor.unsupported("a refinement", start)
        return Payload(sort, variable, role, start=start, end=cursor.last_end)
