"""Records read back from the engine's tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from antiphon.engine import catalogue, failures, output_condition, policies, surface
from antiphon.machine import failure
from antiphon.machine.ask import Chosen, Pending, Refused
from antiphon.machine.buffer import Buffer
from antiphon.machine.flow_policy import AllowAll, FactContains
from antiphon.machine.output_condition import DenyAll
from antiphon.parity.surfaces import coded

Again: TypeAlias = Callable[[Any], object]
EACH: tuple[tuple[Again, tuple[object, ...]], ...] = (
    (surface.value_again, coded.VALUES),
    (surface.flow_predicate_again, coded.PREDICATES),
    (surface.outputs_again, coded.OUTPUTS),
    (surface.buffer_again, coded.BUFFERS),
    (surface.failure_again, coded.FAILURES),
    (surface.answer_again, coded.ANSWERS),
)
UNTABLED: tuple[tuple[Again, object], ...] = (
    (surface.flow_policy_again, AllowAll()),
    (surface.flow_predicate_again, FactContains("f")),
    (surface.outputs_again, DenyAll()),
    (surface.buffer_again, Buffer(full="drop", capacity=3)),
    (surface.failure_again, failure.Corrupt(1, "A", "B", 0, failure.ERASE)),
)


def test_everything_comes_back() -> None:
    """Each sample of each type, by way of the numbers."""
    for again, samples in EACH:
        for sample in samples:
            assert again(sample) == sample
    for policy in coded.POLICIES:
        assert surface.flow_policy_again(policy, coded.NAMED) == policy


def test_why_is_for_people_only() -> None:
    """The reason for a refusal goes no further; nor is a label of no image an answer."""
    assert surface.answer_again(Refused("why")) == Refused("")
    assert surface.answer_again(Pending()) == Pending()
    assert surface.answer_again(Chosen("seen nowhere before")) == Chosen("seen nowhere before")


def test_rejects_what_no_table_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that is taken out of a table is missed on the way."""
    monkeypatch.delitem(policies.POLICY, AllowAll)
    monkeypatch.delitem(policies.PREDICATE, FactContains)
    monkeypatch.delitem(output_condition.MODES, DenyAll)
    monkeypatch.delitem(catalogue.WHEN_FULL, "drop")
    monkeypatch.delitem(failures.CORRUPTION, failure.ERASE)
    for again, sample in UNTABLED:
        with pytest.raises(KeyError):
            again(sample)
