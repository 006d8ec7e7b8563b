"""What is admitted here, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.cli import capabilities
from antiphon.engine import gates
from antiphon.errors import Bug
from antiphon.evidence.file import encode_evidence
from antiphon.evidence.sources import sources_digest
from antiphon.machine.capability import CAPABILITIES
from antiphon.machine.contracts import RuntimeGateResult, evidence
from tests.cli.command import call


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where evidence is looked for."""
    path = tmp_path / "evidence.json"
    monkeypatch.setenv("ANTIPHON_EVIDENCE", str(path))
    return path


def test_all(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    """Every capability is judged by its evidence, and the reason is given."""
    sources, counts = sources_digest(), (("cases", 9),)
    file.write_bytes(
        encode_evidence(
            (
                evidence("lockstep.aging", "lockstep", sources, counts, ""),
                evidence("lockstep.priority", "lockstep", "before", counts, ""),
                evidence("profiles.full", "lockstep", sources, counts, ""),
            )
        )
    )
    answer = call(capsys, "capabilities", "--json")
    found = {each["name"]: each for each in answer.json["capabilities"]}
    assert answer.code == 0
    assert list(found) == list(CAPABILITIES)
    assert [name for name, each in found.items() if each["admitted"]] == [
        "scheduler.aging",
        "determinism_full",
    ]
    assert found["scheduler.aging"]["counts"] == {"cases": 9}
    assert found["scheduler.priority"]["unmet"] == [
        {"capability": "scheduler.priority", "needs": "lockstep.priority", "lack": "stale"}
    ]
    lacks = [each["lack"] for each in found["live_migration"]["unmet"]]
    assert lacks == ["no_evidence"]
    lacks = [each["lack"] for each in found["wave_widening"]["unmet"]]
    assert lacks == ["no_evidence", "no_evidence"]
    assert answer.json["sources"] == sources
    lines = call(capsys, "capabilities").out.splitlines()
    assert "yes  scheduler.aging                   shown by lockstep.aging" in lines
    assert (
        "no   waves                             needs waves.envelope: there is no evidence for it"
        in lines
    )


def test_damaged(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    """A damaged file shows nothing, and that is said."""
    file.write_bytes(b"{}")
    answer = call(capsys, "capabilities", "--json")
    assert answer.json["trouble"].startswith("the evidence is damaged")
    admitted = [each["name"] for each in answer.json["capabilities"] if each["admitted"]]
    assert admitted == ["determinism_full"]
    assert "the evidence is damaged" in call(capsys, "capabilities").out


def test_no_file(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    """Without evidence there are no contracts."""
    assert not file.exists()
    found = call(capsys, "capabilities", "--json").json
    assert (found["sources"], found["trouble"]) == (None, None)
    lacks = {each["lack"] for one in found["capabilities"] for each in one["unmet"]}
    assert lacks == {"no_contracts"}


def test_gates_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gates that do not agree are a bug."""

    def lets_all_in(*_: object) -> RuntimeGateResult:
        return RuntimeGateResult.Admitted

    monkeypatch.setattr(gates, "enforce_vm_runtime_gates", lets_all_in)
    with pytest.raises(Bug, match="the gates differ about waves"):
        capabilities.judged("waves", None)
