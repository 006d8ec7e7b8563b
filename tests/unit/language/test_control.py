"""What ends and what recurs: nothing after what never ends, recursion in last place."""

import pytest

from tests.unit.language.reading import body_places, places

B = "b() from A to B;"
SELF = "do P(A, B, C);"
LOOP = "rec X { a() from A to B; continue X;"
EACH = "rec X { choice at A { a() from A to B; continue X; } or { b() from A to B; continue X; }"
SOME = "rec X { choice at A { a() from A to B; continue X; } or { b() from A to B; }"
NOT_LAST = [("non-tail-do", 3, 1)]
NOT_REACHED = [("unreachable-statement", 3, 1)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{LOOP} }}", []),
        (f"{LOOP} }}\nb() from A to B;", NOT_REACHED),
        (f"{LOOP}\nb() from A to B; c() from A to B; }}", NOT_REACHED),
        (f"{EACH}\nc() from A to B; }}", NOT_REACHED),
        (f"{SOME}\nc() from A to B; }}", []),
        (f"a() from A to B; {SELF}", []),
        (f"a() from A to B;\n{SELF} b() from A to B;", NOT_LAST),
        (f"rec X {{ a() from A to B;\n{SELF} continue X; }}", NOT_LAST),
        (f"rec X {{ a() from A to B;\n{SELF} }} b() from A to B;", NOT_LAST),
        (f"rec X {{ choice at A {{ a() from A to B; {SELF} }} or {{ b() from A to B; }} }}", []),
        (f"choice at A {{ a() from A to B;\n{SELF} }} or {{ {B} }} c() from A to B;", NOT_LAST),
    ],
)
def test_rejects(body: str, expected: list[tuple[str, int, int]]) -> None:
    """The first statement that no run reaches is reported, and each recursion that is not last."""
    assert body_places(body) == expected


def mutual(first: str, second: str) -> list[tuple[str, int, int]]:
    """What is wrong with two protocols."""
    header = "(role A, role B) {"
    return places(f"protocol P{header} {first} }}\nprotocol Q{header} {second} }}")


def test_endless_protocols_end_nothing() -> None:
    """After a ``do`` of a protocol that never ends nothing is reached, whichever comes first."""
    loop = "rec X { a() from A to B; continue X; }"
    expected = [("unreachable-statement", 1, 42)]
    assert mutual("do Q(A, B); b() from A to B;", loop) == expected
    assert mutual("do Q(A, B); b() from A to B;", "a() from A to B; do Q(B, A);") == expected


def test_rejects_mutual_recursion_before_the_end() -> None:
    """Recursion through another protocol must be last, too, at each of its calls."""
    found = mutual(
        "choice at A { a() from A to B; do Q(A, B); b() from A to B; } or { c() from A to B; }",
        "d() from A to B; do P(B, A);",
    )
    assert found == [("non-tail-do", 1, 61)]
    assert mutual("a() from A to B; do Q(A, B);", "b() from A to B; do P(A, B);") == []


def test_calls_that_do_not_recur_may_stand_anywhere() -> None:
    """A ``do`` of another protocol may be followed by more."""
    assert mutual("do Q(A, B); do Q(B, A); a() from A to B;", "b() from A to B;") == []


def test_protocols_that_use_broken_ones_are_left_alone() -> None:
    """Only the broken one is reported."""
    assert mutual("a() from A to B; do Q(A, B);", "b() from A to Z;") == [
        ("undeclared-role", 2, 44)
    ]
