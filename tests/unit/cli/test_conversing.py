"""Runs in front of an audience."""

from __future__ import annotations

from functools import partial

import pytest

from antiphon.cli.conversing import DRAWN_MAX, Reasons, Stage
from antiphon.cli.machines import advance, machine_named
from antiphon.effects.host import DefaultHost, ScriptedHost
from antiphon.machine.config import Config
from antiphon.machine.outcome import Outcome, Report
from antiphon.protocols import protocol
from tests.cli.command import FOREVER, TRIP


def perform(text: str, steps: int, *, quiet: bool = False, sessions: int = 1) -> Report:
    """A run on stage."""
    found = protocol(text)
    machine = machine_named("engine", Config(), DefaultHost())
    for _ in range(sessions):
        machine.load(found.image)
    stage = Stage(found, sessions, quiet=quiet)
    return stage.play(machine, partial(advance, machine, "cooperative"), steps)


def test_everything_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """A short run is drawn to its end, and its report is that of the whole."""
    report = perform(TRIP, 10_000)
    assert report == Report(protocol(TRIP).run().steps, Outcome.DONE)
    out = capsys.readouterr().out
    assert "leave" in out
    assert out.endswith("┴\n\n")


def test_long_runs_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """After a while nothing more is drawn; the run goes on to its limit all the same."""
    assert perform(FOREVER, 3000) == Report(3000, Outcome.EXHAUSTED)
    out = capsys.readouterr().out
    assert DRAWN_MAX <= len(out.splitlines()) < DRAWN_MAX + 10
    assert out.endswith("counted, not drawn\n")


@pytest.mark.parametrize("steps", [0, 1, 63, 64, 65, 200])
def test_limits_are_exact(steps: int, capsys: pytest.CaptureFixture[str]) -> None:
    """However the run is cut up, it takes as many steps as were asked for."""
    assert perform(FOREVER, steps).steps == steps
    assert capsys.readouterr().err == ""


def test_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is drawn for a program that only wants the result."""
    perform(TRIP, 100, quiet=True)
    assert capsys.readouterr() == ("", "")


def test_first_session_of_many(capsys: pytest.CaptureFixture[str]) -> None:
    """Of several sessions the first is drawn, and that is said."""
    perform(TRIP, 1000, sessions=3)
    out = capsys.readouterr().out
    assert out.startswith("Session 0 of 3 is drawn.\n")
    assert out.count("chooses leave") == 1


def test_reasons() -> None:
    """Why a host refused is remembered by session and role."""
    reasons = Reasons(ScriptedHost([]))
    machine = machine_named("engine", Config(), reasons)
    machine.load(protocol(TRIP).image)
    advance(machine, "cooperative", 10)
    assert "run out" in (reasons.of(0, "Customer") or "")
    assert reasons.of(0, "Agency") is None
    assert reasons.of(1, "Customer") is None
