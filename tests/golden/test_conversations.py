"""Example protocols become what they became before, from projection to digest."""

from pathlib import Path

import pytest

from antiphon.protocols import load
from tests.golden.conversations import FILES, GOLDEN, golden, text_of


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_become_the_same(path: Path) -> None:
    """Projections, program, conversation and digests are those of the golden text."""
    expected = golden(path).read_text(encoding="utf-8")
    assert text_of(load(path)) == expected, "python -m tests.golden.conversations writes it anew"


def test_every_golden_text_has_an_example() -> None:
    """No text is left over from an example that has gone."""
    assert {place.stem for place in GOLDEN.glob("*.txt")} == {path.stem for path in FILES}
