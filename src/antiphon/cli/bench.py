"""``antiphon bench``: how fast the machines are here, beside plain asyncio."""

from __future__ import annotations

from collections.abc import Iterator

from antiphon.bench.measure import Measurement
from antiphon.bench.page import figure_lines, lines
from antiphon.bench.suite import figures, run
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.terminal import say, say_json


def bench(*, quick: bool, as_json: bool) -> ExitCode:
    """Measure, and print what was measured."""
    if as_json:
        say_json([one.to_json() for one in run(quick=quick)])
        return ExitCode.YES
    measured: list[Measurement] = []

    def kept() -> Iterator[Measurement]:
        for one in run(quick=quick):
            measured.append(one)
            yield one

    for line in lines(kept()):
        say(line)
    say()
    for line in figure_lines(figures(measured)):
        say(line)
    return ExitCode.YES
