"""``antiphon diff``: two recorded runs compared, each had again first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from antiphon.bytecode.codec import image_digest
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.recording_file import read_stored
from antiphon.cli.replay import run_again
from antiphon.cli.telling import divergence_json, print_divergence
from antiphon.cli.terminal import say, say_json
from antiphon.machine.event import Event
from antiphon.replay.appended import Stored
from antiphon.replay.divergence import first_divergence, likenesses
from antiphon.replay.recording import Setup
from antiphon.replay.replayer import Difference, Replayed

SIDES = ("A", "B")


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two: its file, what is in it, and what came of that here."""

    file: str
    stored: Stored
    found: Replayed
    events: Sequence[Event]

    @property
    def stray(self) -> Difference | None:
        """How the run that was had again differs from the recorded one, if it does."""
        return self.found.difference


def diff(one: str, other: str, engine: str, under: str, *, as_json: bool) -> ExitCode:
    """Compare, and say under which relation the runs are the same, or where they part.

    ``full``: everything is the same, the digest of the run says. ``normal``: all that happened is,
    up to the order of independent steps.
    """
    both = (_side(one, engine), _side(other, engine))
    relation = _relation(*both)
    is_equal = relation == "full" or (relation == "normal" and under == "normal")
    a, b = both
    parted = None if relation == "full" else first_divergence(a.events, b.events)
    likeness = likenesses(a.events, b.events)
    setups = _setup_differences(a.stored.recording.setup, b.stored.recording.setup)
    sources = (a.stored.source, b.stored.source)
    if as_json:
        say_json(
            {
                "a": a.file,
                "b": b.file,
                "engine": engine,
                "under": under,
                "equal": is_equal,
                "relation": relation,
                "digests": {
                    name.lower(): {
                        field.name: getattr(side.found.digests, field.name)
                        for field in fields(side.found.digests)
                    }
                    for name, side in zip(SIDES, both, strict=True)
                },
                "replayed": {
                    name.lower(): side.stray is None for name, side in zip(SIDES, both, strict=True)
                },
                "setup": setups,
                "dimensions": likeness,
                "divergence": parted and divergence_json(parted, SIDES, sources),
            }
        )
        return ExitCode.YES if is_equal else ExitCode.NO
    for name, side in zip(SIDES, both, strict=True):
        if side.stray is not None:
            say(f"{name} is not what was recorded here: its {side.stray.what} differs.")
    if relation == "full":
        say(f"The same run: digest {a.found.digests.run}")
    elif relation == "normal":
        say(f"The same up to the order of independent steps: normal {a.found.digests.normal}")
    else:
        say("Different runs.")
    if setups:
        say(f"They are set up differently: {', '.join(setups)}.")
    if parted is not None:
        print_divergence(parted, SIDES, sources)
    if relation != "full":
        for name, word in likeness.items():
            say(f"  {name.replace('_', ' ')}: {word}")
    return ExitCode.YES if is_equal else ExitCode.NO


def _side(file: str, engine: str) -> _Side:
    stored = read_stored(file)
    found, events = run_again(stored.recording, engine)
    return _Side(file, stored, found, events)


def _relation(a: _Side, b: _Side) -> str | None:
    """The strictest relation under which both are the same; a run that strays is like no other."""
    if a.stray is not None or b.stray is not None:
        return None
    if a.found.digests.run == b.found.digests.run:
        return "full"
    return "normal" if a.found.digests.normal == b.found.digests.normal else None


def _setup_differences(a: Setup, b: Setup) -> list[str]:
    """In what two runs are set up differently: ``images``, ``config`` and the like."""
    images = [tuple(map(image_digest, setup.images)) for setup in (a, b)]
    names = ("sessions", "policy", "config", "unverified")
    found = ["images"] if images[0] != images[1] else []
    return found + [name for name in names if getattr(a, name) != getattr(b, name)]
