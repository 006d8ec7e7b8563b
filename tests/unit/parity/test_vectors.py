"""The vectors are what the model does."""

from dataclasses import replace
from pathlib import Path

import pytest

from antiphon.conformance.scenarios.registry import SCENARIOS
from antiphon.conformance.vectors import Vector, decode_vectors, shipped, vector_to_json
from antiphon.parity import vectors
from antiphon.parity.corpus import load
from antiphon.parity.vectors import Plot, complete, make_vectors, of_scenario

CORPUS = Path(__file__).parents[2] / "corpus"
AGAIN = "run antiphon conformance --write-vectors src/antiphon/conformance"


def plot(vector: Vector) -> Plot:
    """A vector without what must come of it."""
    doings = tuple((step.do, step.number, step.host) for step in vector.steps)
    return Plot(vector.config, vector.images, doings)


def test_the_shipped_ones_are_fresh() -> None:
    """Each is what the model does."""
    for vector in shipped():
        again = complete(plot(vector), vector.id, vector.about)
        assert again == vector, f"{vector.id} is stale: {AGAIN}"


def test_a_scenario_says_when_the_host_is_asked() -> None:
    """An answer too many, or one that is missing, is a mistake of who wrote it."""
    one = next(one for one in SCENARIOS if one.name == "rules.a-label-for-a-payload")
    *others, (do, number, host) = one.doings
    assert host is not None
    with pytest.raises(ValueError, match="a-label-for-a-payload, step 2: asked"):
        of_scenario(replace(one, doings=(*others, (do, number, None))))
    with pytest.raises(ValueError, match="step 3: asked, None"):
        of_scenario(replace(one, doings=(*one.doings, (do, number, host))))


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
    whole = [v for v in found if v.id.startswith(("conversation", "rules."))]
    assert len(whole) > len(SCENARIOS)
    known = {v.id: vector_to_json(v) for v in shipped()}
    stale = [v.id for v in whole if known.get(v.id) != vector_to_json(v)]
    assert not stale, f"stale: {', '.join(stale)}: {AGAIN}"
