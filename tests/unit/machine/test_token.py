"""Tokens of progress."""

from antiphon.machine.token import ProgressToken
from antiphon.values.value import Endpoint


def test_compared_by_structure() -> None:
    """Two tokens of one endpoint are alike; the names of the fields are the seed's."""
    token = ProgressToken(sid=2, endpoint=Endpoint(2, "A"))
    assert token == ProgressToken(2, Endpoint(2, "A"))
    assert token != ProgressToken(2, Endpoint(2, "B"))
