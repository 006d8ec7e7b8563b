"""The commands of parity about what is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.engine import policies
from antiphon.machine.flow_policy import AllowAll
from tests.cli.command import call
from tests.parity.test_corpus import CORPUS


def test_shapes_that_differ(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A difference is a no, with its fingerprint, as text and as JSON."""
    monkeypatch.delitem(policies.POLICY, AllowAll)
    answer = call(capsys, "parity", "shapes", "--corpus", CORPUS, "--json")
    assert answer.code == 1
    assert not answer.json["is_good"]
    first = answer.json["surfaces"][0]
    assert first["fingerprints"] == ["FlowPolicy:missing_in_engine:AllowAll"]
    assert first["model"]["place"] == "model/knowledge.py::allows"
    text = call(capsys, "parity", "shapes", "--corpus", CORPUS).out
    assert "differs  FlowPolicy" in text
    assert "    FlowPolicy:missing_in_engine:AllowAll\n" in text


def test_shapes_need_a_corpus(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without recordings there is nothing to see."""
    answer = call(capsys, "parity", "shapes", "--corpus", tmp_path / "none", "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "no-corpus"
