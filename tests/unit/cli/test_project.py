"""What each role has to do, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.cli import project
from tests.cli.command import TRIP, call


@pytest.fixture
def trip(tmp_path: Path) -> Path:
    """A protocol file."""
    path = tmp_path / "trip.scr"
    path.write_text(TRIP)
    return path


def test_text(trip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scribble's local protocols, one for each role, in order."""
    out = call(capsys, "project", trip).out
    assert [line for line in out.splitlines() if line.startswith("local")] == [
        "local protocol Trip at Customer(role Customer, role Agency) {",
        "local protocol Trip at Agency(role Customer, role Agency) {",
    ]
    one = call(capsys, "project", trip, "--role", "Agency").out
    assert one.rstrip("\n") == out[out.index("local protocol Trip at Agency") :].rstrip("\n")


@pytest.mark.parametrize("words", [("--json",), ("--format", "json")])
def test_json(words: tuple[str, ...], trip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Types as tables and in the symbols of the literature."""
    found = call(capsys, "project", trip, "--role", "Agency", *words).json
    assert found["protocol"] == "Trip"
    (only,) = found["roles"].values()
    assert only["local_type"]["format"] == "antiphon.local-type"
    assert only["notation"].startswith("μAsk . Customer & { journey(string) . ")


def test_pictures(trip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Automata for Mermaid and for DOT."""
    mermaid = call(capsys, "project", trip, "--role", "Agency", "--format", "mermaid").out
    assert mermaid.startswith("%% Trip at Agency\nstateDiagram-v2\n")
    dot = call(capsys, "project", trip, "--format", "dot").out
    assert dot.startswith('digraph "Trip at Customer" {')
    assert dot.count("digraph") == 2


def test_rejects_more_text_than_anybody_reads(
    trip: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each local protocol names every role: all of many roles come to very much text."""
    monkeypatch.setattr(project, "TEXT_MAX", 400)
    assert call(capsys, "project", trip, "--role", "Agency").code == 0
    answer = call(capsys, "project", trip)
    assert (answer.code, answer.out) == (2, "")
    assert "error[text-too-large]: " in answer.err
    assert "--role" in answer.err
