"""Names are declared and used as what they are."""

import pytest

from tests.unit.language.reading import body_places, diagnostics, places

INNER = "\naux protocol Q<type T, sig M>(role A, role B) { a(T) from A to B; M from B to A; }"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a() from A to B, C;", []),
        ("a() from A to D;", [("undeclared-role", 2, 15)]),
        ("a() from D to A, E;", [("undeclared-role", 2, 10), ("undeclared-role", 2, 18)]),
        ("choice at D { a() from A to B; }", [("undeclared-role", 2, 11)]),
        ("a() from A to A;", [("self-message", 2, 15)]),
        ("a() from A to B, A;", [("self-message", 2, 18)]),
        ("a() from A to B, B, B;", [("duplicate-role", 2, 18)]),
        ("a(nat, int, float, unit) from A to B;", []),
        ("a(nat, what) from A to B;", [("undeclared-sort", 2, 8)]),
        ("a(x: m.T) from A to B;", [("undeclared-sort", 2, 6)]),
        ("a(P@A) from A to B;", []),
        ("a(x: P@A) from A to B;", []),
        ("a(P@D) from A to B;", [("undeclared-role", 2, 5)]),
        ("a(m.R@A) from A to B;", [("undeclared-protocol", 2, 3)]),
        ("a(nat, P@A) from A to B;", [("delegation-not-alone", 2, 8)]),
        (
            "a(P@A, P@D) from A to B;",
            [
                ("delegation-not-alone", 2, 3),
                ("delegation-not-alone", 2, 8),
                ("undeclared-role", 2, 10),
            ],
        ),
        ("a from A to B;", [("undeclared-signature", 2, 1)]),
        ("continue X;", [("undeclared-recursion-variable", 2, 10)]),
        ("rec X { a() from A to B; } continue X;", [("undeclared-recursion-variable", 2, 37)]),
        ("rec X { a() from A to B; rec X { } }", [("duplicate-recursion-variable", 2, 30)]),
        ("rec X { a() from A to B; } rec X { b() from A to B; }", []),
        ("choice at A { } or { a() from A to B; }", [("empty-choice-branch", 2, 13)]),
        ("do R(A, B);", [("undeclared-protocol", 2, 4)]),
        ("do m.P(A, B, C);", [("undeclared-protocol", 2, 4)]),
    ],
)
def test_rejects_wrong_names(body: str, expected: list[tuple[str, int, int]]) -> None:
    """Each wrong name is reported at the name."""
    assert body_places(body) == expected


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        ("do Q<nat, m(bool)>(A, B);", []),
        ("do Q<U, S>(A, B);", []),
        ("do Q<X, Y>(A, B);", []),
        ("do Q<nat, m()>(A);", [("role-arity", 2, 4)]),
        ("do Q<nat>(A, B);", [("parameter-arity", 2, 4)]),
        ("do Q(A, B);", [("parameter-arity", 2, 4)]),
        ("do Q<m(), nat>(A, B);", [("parameter-kind", 2, 6), ("parameter-kind", 2, 11)]),
        ("do Q<S, U>(A, B);", [("parameter-kind", 2, 6), ("parameter-kind", 2, 9)]),
        ("do Q<V, W>(A, B);", [("undeclared-sort", 2, 6), ("undeclared-signature", 2, 9)]),
        ("do Q<nat, m(V)>(A, B);", [("undeclared-sort", 2, 13)]),
        ("do Q<nat, m(P@A)>(A, B);", [("delegation-parameters", 2, 13)]),
        (
            "do Q<nat, m(Q@C)>(A, B);",
            [("delegation-parameters", 2, 13), ("undeclared-role", 2, 15)],
        ),
        ("do Q<nat, m()>(A, A);", [("duplicate-role", 2, 19)]),
        ("do Q<nat, m()>(A, D);", [("undeclared-role", 2, 19)]),
    ],
)
def test_rejects_wrong_uses(do: str, expected: list[tuple[str, int, int]]) -> None:
    """A ``do`` gives as many roles and arguments as asked for, each of the right kind."""
    head = "type U; sig S; protocol P<type X, sig Y>(role A, role B) {"
    assert places(f"{head}\n{do}\n}}{INNER}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("protocol P(role A, role A) {}", [("duplicate-role", 1, 25)]),
        ("protocol P<type T, type T>(role A) {}", [("duplicate-parameter", 1, 25)]),
        ("protocol P<type T'>(role A) {}", [("invalid-sort-name", 1, 17)]),
    ],
)
def test_rejects_wrong_headers(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Roles and parameters of a header have different names."""
    assert places(text) == expected


def test_several_at_once_in_source_order() -> None:
    """Everything wrong with the names of a protocol is reported."""
    assert body_places("a(t) from A to D;\ncontinue X;\nrec Y { do Z(E); }") == [
        ("undeclared-sort", 2, 3),
        ("undeclared-role", 2, 16),
        ("undeclared-recursion-variable", 3, 10),
        ("undeclared-protocol", 4, 12),
        ("undeclared-role", 4, 14),
    ]


def test_help_offers_the_name_that_was_meant() -> None:
    """A name that looks like a known one is offered; otherwise the help says how to declare."""
    text = "protocol P(role Seller) { a(strin) from Seler to X; }"
    helps = {found.message: found.help for found in diagnostics(text)}
    assert helps == {
        "no payload type `strin` is declared": "did you mean `string`?",
        "`P` has no role `Seler`": "did you mean `Seller`?",
        "`P` has no role `X`": "declare it in the header: `role X`",
    }
