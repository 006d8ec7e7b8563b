"""A problem, as text and as JSON."""

from antiphon.parity.problem import Problem


def test_says_what_where_and_what_next() -> None:
    """The code stands first, as in every error."""
    problem = Problem("expired", "wave-order", "decide anew")
    assert str(problem) == "error[expired]: wave-order: decide anew"
    assert problem.to_json() == {
        "code": "expired",
        "place": "wave-order",
        "message": "decide anew",
    }
