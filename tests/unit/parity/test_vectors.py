"""The vectors are what the model does."""

from pathlib import Path

import pytest

from antiphon.conformance.vectors import Vector, decode_vectors, shipped, vector_to_json
from antiphon.parity import vectors
from antiphon.parity.corpus import load
from antiphon.parity.vectors import Plot, complete, make_vectors

CORPUS = Path(__file__).parents[2] / "corpus"


def plot(vector: Vector) -> Plot:
    """A vector without what must come of it."""
    doings = tuple((step.do, step.number, step.host) for step in vector.steps)
    return Plot(vector.config, vector.images, doings)


def test_the_shipped_ones_are_fresh() -> None:
    """Run antiphon conformance --write-vectors after a change of what machines do."""
    for vector in shipped():
        assert complete(plot(vector), vector.id, vector.about) == vector


def test_they_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some rows, by what made them: the same bytes come of the same corpus."""
    few = tuple(row for row in vectors.ROWS if row.id == "send.ok.commit")
    monkeypatch.setattr(vectors, "ROWS", few)
    monkeypatch.setattr(vectors, "_CHOICES", {})
    monkeypatch.setattr(vectors, "_EVENTS", {})
    shortest = dict(list(load(CORPUS).items())[:20])
    data = make_vectors(shortest)
    found = decode_vectors(data)
    assert make_vectors(shortest) == data
    assert found[0].id == "send.ok.commit#1"
    assert found[0].steps[-1].then["row"] == "send.ok.commit"
    known = {v.id: v for v in shipped()}
    whole = [v for v in found if v.id.startswith("conversation")]
    assert whole
    assert all(vector_to_json(known[v.id]) == vector_to_json(v) for v in whole)
