"""The evidence for rows, found by running lanes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from unittest.mock import Mock, patch

import pytest

from antiphon.conformance.vectors import shipped
from antiphon.errors import Refusal
from antiphon.machine.determinism import DeterminismMode
from antiphon.parity.directed_lane import DRIVES
from antiphon.parity.evidence import look
from antiphon.parity.ledger.check import is_fingerprint
from antiphon.parity.matrix import lanes
from antiphon.parity.matrix.lanes import Seen, look_at, record_of, sources_of
from antiphon.parity.matrix.rows import all_rows
from tests.parity.test_corpus import CASES

VECTORS = tuple(
    each for each in shipped() if each.id in ("send.ok.commit#1", "spawn.coroutine-limit.limit#1")
)
FEW = [case for number, case in enumerate(CASES.values()) if number % 40 == 0]


@cache
def seen() -> Seen:
    """What is seen of a few cases."""
    with patch.object(lanes, "shipped", lambda: VECTORS):
        return look_at(FEW, look(12, builds=("pure",)), ("pure",), 12, 4)


def test_what_was_looked_at() -> None:
    """Each row has the hits of its own lane; what no lane has reached is left out."""
    record = record_of(seen(), "2026-11-28")
    assert record.lanes["lockstep"]["cases"] == 12
    assert record.lanes["profiles"] == {"cases": 2}
    rows = seen().looked.lockstep.counts.rows
    reached = record.rows["instruction.halt.ok.commit"].hits
    played = seen().corpus["halt.ok.commit"]
    directed = seen().directed.counts.rows["model"]["halt.ok.commit"]
    assert reached == {
        name: hits["halt.ok.commit"] + played + directed for name, hits in rows.items()
    }
    alike = seen().looked.profiles.alike[DeterminismMode.Replay]
    assert record.rows["profile.replay"].hits == {"alike": alike}
    assert record.rows["gate.admit_vm_runtime"].reached > 1000
    verdicts = seen().tables.asked["flow"]
    assert record.rows["shape.FlowPolicy"].hits == {"model": 6, "engine": 6, "verdicts": verdicts}
    assert record.rows["shape.Value"].hits == {"model": 7, "engine": 7}
    assert record.rows["recovery.whole"].hits == {"model": 4, "engine": 4}
    assert 0 < record.rows["recovery.cut"].reached <= 4
    assert record.rows["wave.fallback"].hits == {"rounds": seen().envelope.fallbacks}
    assert record.rows["wave.envelope"].fingerprints == ("behaviour:waves:n>1:global_event_order",)
    assert "instruction.offer.transfer-fault.carried" not in record.rows
    assert set(record.rows) <= {row.id for row in all_rows()}


def test_rows_that_are_seldom_reached() -> None:
    """They have directed cases, the others have none; what differs there is no evidence."""
    assert {each.goal for each in VECTORS} == {"send.ok.commit", "spawn.coroutine-limit.limit"}
    assert seen().directed.cases == len(DRIVES)
    report = Mock(differences=("spawn by aging",))
    with patch.object(lanes, "run_directed", Mock(return_value=report)), pytest.raises(Refusal):
        lanes.look_further(seen().looked, Counter(), ("pure",))


def test_differences_belong_to_rows() -> None:
    """The fingerprints of a surface and of a gate are those of its row."""
    first = replace(seen().surfaces[0], fingerprints=("FlowPolicy:missing_in_engine:AllowAll",))
    gates = replace(seen().gates, differing=("admit_vm_runtime",))
    judged = "behaviour:flow:DenyAll:verdict"
    tables = replace(seen().tables, differing=(judged,))
    recorded = replace(seen().recorded, wrong=((3, "model: no"),))
    found = replace(seen(), surfaces=(first,), gates=gates, tables=tables, recorded=recorded)
    record = record_of(found, "")
    lost = record.rows["recovery.whole"].fingerprints
    assert lost == ("behaviour:recovery:recordings:course",)
    assert all(map(is_fingerprint, lost))
    assert record.rows["shape.FlowPolicy"].fingerprints == (*first.fingerprints, judged)
    assert record.rows["gate.admit_vm_runtime"].fingerprints == (
        "behaviour:gates:admit_vm_runtime:answer",
    )


def test_a_surface_that_was_not_looked_at() -> None:
    """What nobody could look at has no evidence."""
    first = seen().surfaces[0]
    empty = replace(first.model, variants=())
    record = record_of(replace(seen(), surfaces=(replace(first, model=empty, engine=empty),)), "")
    assert "shape.FlowPolicy" not in record.rows


def test_sources() -> None:
    """A digest of files and of whole folders; another file is another digest."""
    assert sources_of(("model/step.py",)) == sources_of(("model/step.py",))
    assert sources_of(("model/step.py",)) != sources_of(("model/load.py",))
    assert sources_of(("model",)) != sources_of(("model/step.py",))
    assert lanes.play_all(FEW[:2], ("pure",)).total() > 0
