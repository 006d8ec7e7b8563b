"""The commands of ``antiphon parity``."""

from __future__ import annotations

import typer

from antiphon.cli.main import app
from antiphon.cli.parity_verbs import parity_app


def test_group() -> None:
    """They are a group of the one command, and each takes ``--json``."""
    group = getattr(typer.main.get_command(app), "commands", {})["parity"]
    own = getattr(typer.main.get_command(parity_app), "commands", {})
    assert (
        list(group.commands)
        == list(own)
        == [
            "evidence",
            "suite",
            "lockstep",
            "mutants",
            "recordings",
            "waves",
            "claims",
            "shapes",
            "matrix",
            "ledger",
            "changed",
        ]
    )
    assert all(any("--json" in each.opts for each in one.params) for one in own.values())
