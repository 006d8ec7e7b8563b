"""Fresh memory."""

from __future__ import annotations

import pytest

from antiphon.waves import pages
from antiphon.waves.pages import fresh


def test_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of zeros that can be written to, and stay when their maker has gone."""
    page = fresh(5_000)
    assert (len(page), page.itemsize, sum(page)) == (5_000, 8, 0)
    part = page[4_990:]
    page[4_999] = -(2**63)
    del page
    assert part[9] == -(2**63)
    monkeypatch.setattr(pages, "_HUGE", None)
    assert fresh(1).tolist() == [0]
