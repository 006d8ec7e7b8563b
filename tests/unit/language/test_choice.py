"""A choice: its chooser speaks first, to one role, with different labels; loops say something."""

import pytest

from tests.unit.language.reading import body_places, diagnostics, places

A, B, C = "a() from A to B;", "b() from B to A;", "c() from A to C;"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"choice at A {{ {A} }} or {{ x() from A to B; }}", []),
        (f"choice at A {{ {A} }}", []),
        (f"choice at A {{ {A} }} or {{\n{B} }}", [("branch-not-started-by-chooser", 3, 1)]),
        (f"choice at A {{ {A} }} or {{\n{C} }}", [("branch-receivers-differ", 3, 1)]),
        (f"choice at A {{ {A} }} or {{\n{A} }}", [("duplicate-label", 3, 1)]),
        (f"choice at A {{ {A} }} or {{\na(nat) from A to B; }}", [("duplicate-label", 3, 1)]),
        (f"choice at A {{ {A} }} or\n{{ choice at A {{ }} }}", [("empty-choice-branch", 3, 1),
                                                                 ("empty-choice-branch", 3, 15)]),
        (f"choice at A {{ {A} }} or\n{{ rec X {{ }} }}", [("empty-choice-branch", 3, 1)]),
    ],
)  # fmt: skip
def test_rejects(body: str, expected: list[tuple[str, int, int]]) -> None:
    """Each branch that the receiver could not follow is reported at its first message."""
    assert body_places(body) == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("x() from A to B;", []),
        ("a() from A to B;", [("duplicate-label", 4, 1)]),
        ("x() from A to C;", [("branch-receivers-differ", 4, 1)]),
        ("x() from C to B;", [("branch-not-started-by-chooser", 4, 1)]),
    ],
)
def test_rejects_what_comes_first_inside(inner: str, expected: list[tuple[str, int, int]]) -> None:
    """The first message may stand in a nested choice, a recursion or another protocol."""
    for before, after in (("choice at A {", "}"), ("rec X {", "}")):
        body = f"choice at A {{ {A} }} or {{ {before}\n\n{inner} {after} }}"
        assert body_places(body) == expected
    text = f"protocol P(role A, role B, role C) {{ choice at A {{ {A} }} or {{ do Q(A, B, C); }} }}"
    callee = f"protocol Q(role A, role B, role C) {{\n\n{inner} }}"
    assert places(f"{text}\n{callee}") == expected


def test_rejects_signatures_that_turn_out_equal() -> None:
    """Labels are compared when parameters are known."""
    text = (
        "protocol P(role A, role B) { do Q<a()>(A, B); }\naux protocol Q<sig M>(role A, role B) {"
    )
    body = "choice at A { M from A to B; } or { a() from A to B; } }"
    assert places(f"{text} {body}") == [("duplicate-label", 2, 77)]


def test_words_are_those_of_the_protocol_that_is_wrong() -> None:
    """A mistake is told with the roles of the text it stands in, whoever uses that text."""
    text = "protocol P(role A, role B) { do Q(A, B); }\naux protocol Q(role X, role Y) {"
    body = "choice at X { a() from X to Y; } or { b() from Y to X; } }"
    assert [found.message for found in diagnostics(f"{text} {body}")] == [
        "`Y` starts a branch of the choice at `X`"
    ]


def test_the_other_label_is_noted() -> None:
    """A label that is there twice is reported with the line of the first."""
    (found,) = diagnostics(
        f"protocol P(role A, role B) {{ choice at A {{\n{A}\n}} or {{\n{A} }} }}"
    )
    assert found.notes == ("the other is on line 2",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("rec X {\ncontinue X; }", [("unguarded-recursion", 3, 1)]),
        ("rec X { rec Y {\ncontinue X; } }", [("unguarded-recursion", 3, 1)]),
        (
            f"rec X {{ choice at A {{ {A} }} or {{\ncontinue X; }} }}",
            [("unguarded-recursion", 3, 1)],
        ),
        (f"rec X {{ {A} choice at A {{ continue X; }} or {{ x() from A to B; }} }}", []),
        ("do P(A, B, C);", [("unguarded-do", 2, 1)]),
        ("rec X { do P(B, C, A); }", [("unguarded-do", 2, 9)]),
    ],
)
def test_rejects_loops_that_say_nothing(body: str, expected: list[tuple[str, int, int]]) -> None:
    """A ``continue`` or ``do`` that comes back to itself without a message is reported there."""
    assert body_places(body) == expected


def test_rejects_silent_mutual_recursion() -> None:
    """Protocols that only do each other say nothing."""
    text = "protocol P(role A, role B) { do Q(A, B); }\nprotocol Q(role A, role B) { do P(B, A); }"
    assert {code for code, _, _ in places(text)} == {"unguarded-do"}


def test_rejects_choices_that_multiply() -> None:
    """A long chain of choices that each begin with the next is not written out."""
    parts = [
        f"protocol P{n}(role A, role B) {{ choice at A {{ a{n}() from A to B; }} "
        f"or {{ do P{n + 1}(A, B); }} }}"
        for n in range(1_000)
    ]
    text = "\n".join([*parts, "protocol P1000(role A, role B) { a() from A to B; }"])
    assert [code for code, _, _ in places(text)] == ["expansion-too-large"]
