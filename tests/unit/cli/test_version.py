"""The versions of installed packages."""

from __future__ import annotations

from importlib import metadata

from antiphon.cli.version import version_of


def test_version_of() -> None:
    """What is installed has a version; what is not is unknown."""
    assert version_of("typer") == metadata.version("typer")
    assert version_of("no-such-package-here") == "unknown"
