"""Messages, ``continue`` and ``do``: every form, and the forms that are not accepted."""

import pytest

from antiphon.language.load import parse_text
from antiphon.language.syntax import Do, Name, Signature, Statement, Transfer
from tests.unit.language.reading import body_places


def statement(text: str) -> Statement:
    """The tree of one statement."""
    (tree,) = parse_text(f"protocol P(role A) {{{text}}}").protocols[0].body.statements
    return tree


@pytest.mark.parametrize(
    ("text", "operator", "payloads"),
    [
        ("a() from A to B;", "a", []),
        ("() from A to B;", "", []),
        ("(nat) from A to B;", "", [(None, "nat")]),
        ("1() from A to B;", "1", []),
        ("a'(x: nat, y.T) from A to B;", "a'", [("x", "nat"), (None, "y.T")]),
        ("data(sig) from A to B;", "data", [(None, "sig")]),
        ("connect() from A to B;", "connect", []),
    ],
)
def test_messages(text: str, operator: str, payloads: list[tuple[str | None, str]]) -> None:
    """An operator may be empty or start with a digit; payloads may be named or qualified."""
    tree = statement(text)
    assert isinstance(tree, Transfer)
    assert isinstance(tree.message, Signature)
    found = [
        (item.variable.text if item.variable else None, item.sort.text)
        for item in tree.message.payloads
    ]
    assert (tree.message.operator.text, found) == (operator, payloads)


def test_named_messages() -> None:
    """Without parentheses a message is a name, perhaps with dots."""
    tree = statement("m.M from A to B;")
    assert isinstance(tree, Transfer)
    assert isinstance(tree.message, Name)
    assert tree.message.text == "m.M"


def test_receivers_and_annotation() -> None:
    """A message may go to several roles and carry a note."""
    tree = statement('a() from A to B, C, D; @"note"')
    assert isinstance(tree, Transfer)
    assert tree.sender.text == "A"
    assert [role.text for role in tree.receivers] == ["B", "C", "D"]
    assert tree.annotation == "note"


def test_delegation_is_read() -> None:
    """The role of a delegation stands in the tree; whether it is accepted is another matter."""
    tree = statement("a(P@R) from A to B;")
    assert isinstance(tree, Transfer)
    assert isinstance(tree.message, Signature)
    (payload,) = tree.message.payloads
    assert payload.role is not None
    assert (payload.sort.text, payload.role.text) == ("P", "R")


def test_do() -> None:
    """Arguments are types, messages and message names; an empty list is no list."""
    tree = statement("do a.P<T, op(nat), ()>(A, B);")
    assert isinstance(tree, Do)
    assert tree.protocol.text == "a.P"
    kinds = [type(argument).__name__ for argument in tree.arguments]
    assert kinds == ["Name", "Signature", "Signature"]
    assert [role.text for role in tree.roles] == ["A", "B"]
    assert statement("do P<>(A);") == statement("do P(A);")


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("connect A to B;", "unsupported-construct", 1),
        ("a() connect A to B;", "unsupported-construct", 5),
        ("disconnect A and B;", "unsupported-construct", 1),
        ("wrap A to B;", "unsupported-construct", 1),
        ("par { } and { }", "unsupported-construct", 1),
        ("interruptible X { } with { }", "unsupported-construct", 1),
        ("A calls P(A, B);", "unsupported-construct", 1),
        ("a(x: int{x}) from A to B;", "unsupported-construct", 3),
        ("a(x.y: int) from A to B;", "unsupported-construct", 3),
        ("continue X [1];", "unsupported-construct", 1),
        ("continue X with { }", "unsupported-construct", 1),
        ("continue;", "syntax-error", 9),
        ("do P;", "syntax-error", 5),
        ("do P<T(A, B);", "syntax-error", 13),
        ("a;", "syntax-error", 2),
        ("a.b() from A to B;", "syntax-error", 4),
        ("a(nat from A to B;", "syntax-error", 7),
        ("a() from A;", "syntax-error", 11),
        ("a() from A to B; @note", "syntax-error", 19),
    ],
)
def test_rejects(text: str, code: str, column: int) -> None:
    """Each wrong form is reported once, where it goes wrong."""
    assert body_places(text) == [(code, 2, column)]
