"""Runs on the model that are recorded while they go on, for the tests of this folder."""

from __future__ import annotations

from functools import partial
from typing import Any

from antiphon.effects.host import SeededHost, tape
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.outcome import Report
from antiphon.model.machine import Model
from antiphon.replay.appended import Recorder
from antiphon.replay.recording import (
    Digests,
    Setup,
    digests,
)
from antiphon.replay.replayer import replay
from antiphon.replay.stored import Source, Stored
from antiphon.scheduler.drive import drive
from tests.unit.replay.runs import IMAGE

SOURCE = Source("q.scr", "question", "// nothing")


class Run:
    """A run on the model that is recorded, and its file so far."""

    def __init__(self, policy: str = "cooperative", *, traced: bool = True) -> None:
        self.data = b""
        self.setup = Setup((IMAGE,), (3,), policy, Config(1))
        self.recorder = Recorder(self.write, self.setup, source=SOURCE, traced=traced)
        self.model = Model(
            self.setup.config, self.recorder.host(SeededHost(3)), request=unadmitted()
        )
        for _ in range(3):
            self.model.load(IMAGE)
        assert self.data == b"", "nothing is written before the first mark"
        self.recorder.mark(self.model, 0)

    def write(self, data: bytes) -> None:
        """Append."""
        self.data += data

    def play(self, steps: int = 1000) -> Report:
        """Go on under the policy."""
        go = partial(drive, self.model, self.setup.policy)
        return self.recorder.play(self.model, go, steps)


def whole(*, traced: bool = True) -> bytes:
    """The file of a whole run."""
    run = Run(traced=traced)
    run.play()
    found = digests(run.model, run.setup)
    run.recorder.end(found if traced else Digests(found.state, "", "", ""))
    return run.data


WHOLE = whole()
LINES = WHOLE.splitlines(keepends=True)


def again(stored: Stored) -> Any:
    """What a replay on the model differs in."""
    recording = stored.recording
    return replay(
        lambda config: Model(config, tape(recording.answers), request=unadmitted()),
        recording,
        drive,
        stored.first_unknown,
    )
