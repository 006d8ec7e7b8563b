"""The corpus: every case that was ever kept, on all machines, for ever."""

from collections import Counter
from pathlib import Path

import pytest

from antiphon.bytecode.table import ROWS
from antiphon.parity.corpus import load, play, play_alone
from antiphon.parity.subject import MODEL, Subject, engine
from antiphon.replay.recording import Recording
from tests.parity.machines import BUILDS

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = load(CORPUS)
RECORDINGS = {name: case for name, case in CASES.items() if isinstance(case, Recording)}
MACHINES = (MODEL, *map(engine, BUILDS))
BYTES_MAX = 8192


@pytest.mark.parametrize("name", CASES)
def test_plays_in_step(name: str) -> None:
    """All machines make the recorded run, and agree after every step."""
    play(CASES[name], MACHINES)


@pytest.mark.parametrize("name", RECORDINGS)
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_plays_alone(name: str, machine: Subject) -> None:
    """Each machine makes the recorded run by itself, step by step and in one call."""
    play_alone(RECORDINGS[name], machine)


def test_reaches_every_row() -> None:
    """Together the recordings reach every row of the instruction table."""
    rows: Counter[str] = Counter()
    for case in CASES.values():
        rows += play(case, (MODEL,))
    assert [row.id for row in ROWS if not rows[row.id]] == []


def test_files_are_small() -> None:
    """A case of the corpus was shrunk before it was kept."""
    large = [place.name for place in CORPUS.glob("*.json") if place.stat().st_size > BYTES_MAX]
    assert large == []
