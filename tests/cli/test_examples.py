"""Every example, through the command, on both machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import EXAMPLES, REJECTED, call

SAME = ("outcome", "steps", "sessions", "events", "event_list", "digest", "state_digest")


@pytest.mark.parametrize("policy", ["cooperative", "round-robin"])
@pytest.mark.parametrize("host", [(), ("--seed", "7")], ids=["default", "seed"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_machines_agree(
    path: Path, host: tuple[str, ...], policy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Model and engine give the same document for every example, but for their names."""
    words = ("run", path, "--policy", policy, "--sessions", 5, "--events", "--json", *host)
    words = (*words, "--max-steps", 20_000)
    model = call(capsys, *words, "--engine", "model")
    engine = call(capsys, *words, "--engine", "engine")
    assert (model.code, engine.code) == (0, 0)
    assert model.json | {"engine": ""} == engine.json | {"engine": ""}
    assert set(SAME) <= model.json.keys()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_accepted_and_in_the_layout(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every example is accepted, formatted, drawn to its end, and replayed."""
    assert call(capsys, "check", path).code == 0
    assert call(capsys, "fmt", "--check", path).code == 0
    answer = call(capsys, "run", path)
    assert (answer.code, answer.err) == (0, "")
    assert "\nDone: " in answer.out


@pytest.mark.parametrize("path", REJECTED, ids=lambda path: path.stem)
def test_rejects_examples(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rejected example has the code that it is named for."""
    answer = call(capsys, "check", path, "--json")
    assert (answer.code, answer.json["accepted"]) == (1, False)
    wanted = path.stem.partition("_")[0]
    assert wanted in {found["code"] for found in answer.json["diagnostics"]}
