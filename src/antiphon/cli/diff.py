"""``antiphon diff``: two recorded runs compared, each had again first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from antiphon.bytecode.codec import image_digest
from antiphon.cli.envelope_file import read_envelope
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.recording_file import read_stored
from antiphon.cli.replay import run_again
from antiphon.cli.telling import divergence_json, print_divergence
from antiphon.cli.terminal import say, say_json
from antiphon.errors import printable
from antiphon.machine.course import Course
from antiphon.machine.determinism import DeterminismMode
from antiphon.machine.envelope import Dimension, Envelope, Likeness, Run
from antiphon.machine.event import Event
from antiphon.replay.divergence import Divergence, first_divergence, likenesses
from antiphon.replay.envelope import Artifact, artifact, breaches
from antiphon.replay.profiles import replay_consistent
from antiphon.replay.replayer import Difference, Replayed
from antiphon.replay.stored import Stored

SIDES = ("A", "B")
ONE_PICK: Final = 1
"""How wide the waves of a recorded run are: its picks are made one at a time."""


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

    @property
    def run(self) -> Run:
        """The run and what it was under."""
        recording = self.stored.recording
        return Run(
            Course(tuple(self.events), recording.answers),
            tuple(map(image_digest, recording.setup.images)),
            recording.setup.policy,
            ONE_PICK,
            recording.setup.config,
            self.found.report.outcome,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """What two runs come to.

    ``relation`` is the strictest under which they are the same; ``breaches`` is where they are
    farther from each other than was declared, None if nothing was.
    """

    sides: tuple[_Side, _Side]
    runs: tuple[Run, Run]
    relation: str | None
    is_equal: bool
    artifact: Artifact
    profiles: Mapping[DeterminismMode, bool]
    breaches: tuple[Dimension, ...] | None

    @property
    def admitted(self) -> bool | None:
        """Whether the declared envelope admits them; a run that strays is admitted by none."""
        if self.breaches is None:
            return None
        return not self.breaches and all(side.stray is None for side in self.sides)

    @property
    def parted(self) -> Divergence | None:
        """Where they part, if they do."""
        a, b = self.sides
        return None if self.relation == "full" else first_divergence(a.events, b.events)

    @property
    def setups(self) -> list[str]:
        """In what they are set up differently: ``images``, ``config`` and the like."""
        a, b = (side.stored.recording.setup for side in self.sides)
        names = ("sessions", "policy", "config", "unverified")
        first = [] if self.runs[0].images == self.runs[1].images else ["images"]
        return first + [name for name in names if getattr(a, name) != getattr(b, name)]


def diff(
    one: str, other: str, engine: str, under: str, envelope: str | None, *, as_json: bool
) -> ExitCode:
    """Compare, and say under which relation the runs are the same, or where they part.

    ``full``: everything is the same, the digest of the run says. ``normal``: all that happened is,
    up to the order of independent steps. If an ``envelope`` is declared, a file, that decides.
    """
    declared = None if envelope is None else read_envelope(envelope)
    found = _compared((_side(one, engine), _side(other, engine)), under, declared)
    if as_json:
        head = {"a": one, "b": other, "engine": engine, "under": under}
        say_json(head | _to_json(found))
    else:
        _print(found)
        if found.relation != "full" or envelope is not None:
            _print_classes(found)
        if envelope is not None:
            _print_verdict(found, envelope)
    is_good = found.is_equal if found.admitted is None else found.admitted
    return ExitCode.YES if is_good else ExitCode.NO


def _compared(sides: tuple[_Side, _Side], under: str, declared: Envelope | None) -> _Found:
    runs = (sides[0].run, sides[1].run)
    relation = _relation(*sides)
    found = artifact(*runs)
    courses = (runs[0].course, runs[1].course)
    return _Found(
        sides,
        runs,
        relation,
        relation == "full" or (relation == "normal" and under == "normal"),
        found,
        {mode: replay_consistent(mode, *courses) for mode in DeterminismMode},
        None if declared is None else breaches(declared, found),
    )


def _to_json(found: _Found) -> dict[str, object]:
    a, b = found.sides
    sources = (a.stored.source, b.stored.source)
    broken, parted = found.breaches, found.parted
    return {
        "equal": found.is_equal,
        "relation": found.relation,
        "digests": {
            name.lower(): {
                field.name: getattr(side.found.digests, field.name)
                for field in fields(side.found.digests)
            }
            for name, side in zip(SIDES, found.sides, strict=True)
        },
        "replayed": {
            name.lower(): side.stray is None for name, side in zip(SIDES, found.sides, strict=True)
        },
        "setup": found.setups,
        "dimensions": likenesses(a.events, b.events),
        "divergence": parted and divergence_json(parted, SIDES, sources),
        "policies": _of_both([run.policy for run in found.runs]),
        "wave_widths": _of_both([run.wave_width for run in found.runs]),
        "profiles": {mode.value: is_alike for mode, is_alike in found.profiles.items()},
        "envelope": found.artifact.to_json(),
        "admitted": found.admitted,
        "breaches": None if broken is None else [each.value for each in broken],
    }


def _of_both(items: Sequence[str | int]) -> dict[str, str | int]:
    return {name.lower(): item for name, item in zip(SIDES, items, strict=True)}


def _print(found: _Found) -> None:
    a, b = found.sides
    for name, side in zip(SIDES, found.sides, strict=True):
        if side.stray is not None:
            say(f"{name} is not what was recorded here: its {side.stray.what} differs.")
    if found.relation == "full":
        say(f"The same run: digest {a.found.digests.run}")
    elif found.relation == "normal":
        say(f"The same up to the order of independent steps: normal {a.found.digests.normal}")
    else:
        say("Different runs.")
    if found.setups:
        say(f"They are set up differently: {', '.join(found.setups)}.")
    parted = found.parted
    if parted is not None:
        print_divergence(parted, SIDES, (a.stored.source, b.stored.source))


def _print_classes(found: _Found) -> None:
    for name, run in zip(SIDES, found.runs, strict=True):
        say(f"{name} ran under {run.policy}, in waves of {run.wave_width}.")
    alike = [mode.value for mode, is_alike in found.profiles.items() if is_alike]
    say(f"They are alike by {', '.join(alike) if alike else 'no profile'}.")
    for dimension, what in found.artifact.classes.items():
        why = found.artifact.reasons[dimension]
        word = what.value if isinstance(what, Likeness) else what
        say(f"  {_words(dimension)}: {word}{why and f' ({why})'}")


def _print_verdict(found: _Found, envelope: str) -> None:
    if found.admitted:
        say(f"{printable(envelope)} admits them: artifact {found.artifact.digest}")
    elif found.breaches:
        where = ", ".join(map(_words, found.breaches))
        say(f"{printable(envelope)} does not admit them: {where}.")
    else:
        say(f"{printable(envelope)} does not admit them: what was recorded is not had here.")


def _words(dimension: Dimension) -> str:
    return dimension.value.replace("_", " ")


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
