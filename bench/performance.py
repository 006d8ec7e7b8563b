"""Measures everything and writes the page about it, with its picture and its numbers.

    python bench/performance.py [--quick] [FOLDER]

The folder is ``docs``. Takes some minutes; nothing else should run meanwhile. With ``--quick`` it
takes seconds, and the numbers mean little.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from pathlib import Path

from antiphon.bench.chart import chart
from antiphon.bench.measure import Measurement
from antiphon.bench.page import lines, page
from antiphon.bench.suite import figures, run


def place() -> str:
    """What it is measured on."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} processors ({platform.machine()}), {python}"


def main() -> None:
    """Measure, print, write."""
    quick = "--quick" in sys.argv
    rest = [argument for argument in sys.argv[1:] if argument != "--quick"]
    folder = Path(rest[0]) if rest else Path(__file__).parents[1] / "docs"
    measured: list[Measurement] = []
    for one in run(quick=quick):
        measured.append(one)
        print(*lines([one]), sep="\n")
    document = json.dumps([one.to_json() for one in measured], indent=2)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "performance.json").write_text(document + "\n", encoding="utf-8")
    (folder / "performance.svg").write_text(chart(measured), encoding="utf-8")
    text = page(measured, figures(measured), place())
    (folder / "performance.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
