"""Hypothesis profiles: `ci` is quick and always the same, `deep` looks further.

Tests have evidence of their own where that of the package is stale, as it is while one works on
the machines. At the end of every run, the lanes of parity that were not run are named.
"""

import gc
import os
from typing import Protocol

from hypothesis import settings

from tests.fresh_evidence import fresh_evidence
from tests.parity.machines import BUILDS, missing

gc.set_threshold(20_000, 20, 20)  # a fifth of the time goes into looking for garbage else

settings.register_profile("ci", derandomize=True, max_examples=40, deadline=None)
settings.register_profile("deep", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure() -> None:
    """Before any process of its own is started, which then has the same evidence."""
    if "ANTIPHON_EVIDENCE" not in os.environ and (path := fresh_evidence()) is not None:
        os.environ["ANTIPHON_EVIDENCE"] = str(path)


class Terminal(Protocol):
    """Where a line can be written."""

    def write_line(self, line: str, /) -> None:
        """Write a line."""
        ...


def pytest_terminal_summary(terminalreporter: Terminal) -> None:
    """One line for each machine that should have been compared here and could not be."""
    for lane in missing(BUILDS):
        terminalreporter.write_line(str(lane))
