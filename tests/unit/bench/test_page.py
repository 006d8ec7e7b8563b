"""Tables of measurements."""

from __future__ import annotations

from antiphon.bench.measure import Measurement
from antiphon.bench.page import figure_lines, lines, page
from antiphon.bench.suite import Figure

MEASURED = [
    Measurement("ring-3", "pure", 2_000_000, 2.0, 500_000.0, load_seconds=0.0125),
    Measurement("control", "model", 10, 1.0, 0.0, bytes_per_session=650.4),
]
FIGURES = [Figure("good", 1.2345, at_most=2.0), Figure("bad", 1.0, at_least=2.0), Figure("mere", 7)]


def test_page() -> None:
    """Every measurement and every figure is a row."""
    text = page(MEASURED, FIGURES, "2 processors")
    assert "measured on 2 processors," in text.replace("\n", " ")
    assert "| ring-3 | pure | 1,000,000 | 250,000 |  | 12.5 |" in text
    assert "| control | model | 10 |  | 650 |  |" in text
    assert "| good | 1.23 | at most 2 | yes |" in text
    assert "| bad | 1 | at least 2 | no |" in text
    assert "| mere | 7 |  |  |" in text


def test_lines() -> None:
    """The same as text, in columns."""
    head, first, second = lines(MEASURED)
    assert head.split()[:3] == ["workload", "machine", "steps/s"]
    assert first.split() == ["ring-3", "pure", "1,000,000", "250,000", "12.5"]
    assert second.split() == ["control", "model", "10", "650"]
    assert [line.split() for line in figure_lines(FIGURES)] == [
        ["good", "1.23", "at", "most", "2", "yes"],
        ["bad", "1", "at", "least", "2", "no"],
        ["mere", "7"],
    ]
