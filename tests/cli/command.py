"""The command, called in this process or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from antiphon.cli.main import execute

ROOT = Path(__file__).parents[2]
EXAMPLES = tuple(sorted((ROOT / "examples" / "protocols").iterdir()))
REJECTED = tuple(sorted((ROOT / "examples" / "rejected").iterdir()))

TRIP = """\
global protocol Trip(role Customer, role Agency) {
    rec Ask {
        choice at Customer {
            journey(string) from Customer to Agency;
            offer(nat) from Agency to Customer;
            continue Ask;
        } or {
            leave() from Customer to Agency;
        }
    }
}
"""
FOREVER = "global protocol Forever(role A, role B) { rec X { tick() from A to B; continue X; } }"
UNPROJECTABLE = """\
global protocol Bad(role A, role B, role C) {
    choice at A {
        left() from A to B;
        x() from B to C;
    } or {
        right() from A to B;
    }
}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


def call(capsys: pytest.CaptureFixture[str], *words: object) -> Answer:
    """Run a command line in this process."""
    capsys.readouterr()
    code = execute([str(word) for word in words])
    printed = capsys.readouterr()
    return Answer(int(code), printed.out, printed.err)


def command(*words: object) -> list[str]:
    """A command line for a process of its own."""
    return [sys.executable, "-m", "antiphon", *map(str, words)]


def environment(**more: str) -> Mapping[str, str]:
    """The surroundings of such a process."""
    places = [str(ROOT / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places)), **more}


def spawn(*words: object, **more: str) -> Answer:
    """Run a command line in a process of its own."""
    done = subprocess.run(
        command(*words), env=environment(**more), capture_output=True, timeout=120, check=False
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
