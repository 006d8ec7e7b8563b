"""What a machine lets see, kept by type: the records that it makes while it plays the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import Field, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Final, cast

from antiphon.machine.ask import Answer, Ask, Host
from antiphon.machine.choice import Choice
from antiphon.machine.config import Config
from antiphon.machine.fault import Fault
from antiphon.machine.interface import Machine
from antiphon.machine.outcome import Report
from antiphon.machine.snapshot import Block, Snapshot
from antiphon.parity.corpus import Case, play
from antiphon.parity.ensemble import Differs
from antiphon.parity.subject import Subject, Way
from antiphon.parity.surfaces.reflect import default_value, name_of, said_fields
from antiphon.parity.surfaces.shape import FieldShape, Shape, VariantShape

FAULTS: Final = "FaultCode"
BLOCKS: Final = "BlockCode"


_PLAIN: Final = frozenset((int, str, bool, bytes, NoneType))


@cache
def _names(kind: type) -> frozenset[str]:
    return frozenset((name_of(kind),))


class Seen:
    """The records that were seen. ``codes`` are those of faults and of blocks, by what they are of;
    ``choices`` the kinds of choices that did something.
    """

    def __init__(self) -> None:
        self.codes: dict[str, set[str]] = {FAULTS: set(), BLOCKS: set()}
        self.choices: set[type] = set()
        self.rows: set[str] = set()
        self._records: dict[type, dict[str, _Field]] = {}
        self._samples: dict[type, object] = {}
        self._members: defaultdict[type, set[str]] = defaultdict(set)
        self._known: dict[int, object] = {}

    def note(self, thing: object) -> frozenset[str]:
        """See a thing and all that is in it; the names of its types, as in a shape."""
        kind = type(thing)
        if kind is tuple:
            inside = map(self.note, cast("tuple[object, ...]", thing))
            return frozenset(("tuple",)).union(*inside)
        names = _names(kind)
        if kind not in _PLAIN and id(thing) not in self._known:
            self._known[id(thing)] = thing
            if isinstance(thing, Enum):
                self._members[kind].add(thing.name)
            elif is_dataclass(thing):
                self._record(thing)
        return names

    def _record(self, record: object) -> None:
        fields = self._records.get(type(record))
        if fields is None:
            fields = self._records[type(record)] = {
                each.name: _Field(each) for each in said_fields(type(record))
            }
            self._samples[type(record)] = record
        for name, field in fields.items():
            value = getattr(record, name)
            field.types |= self.note(value)
            if value == field.default:
                field.says_default = True
            else:
                field.says_other = True
        if isinstance(record, Fault):
            self.codes[FAULTS].add(record.row)
        elif isinstance(record, Block):
            self.codes[BLOCKS].add(record.code)

    def shape(
        self,
        name: str,
        kinds: Iterable[type],
        tag_of: Callable[[Any], str] | None = None,
    ) -> Shape:
        """What was seen of a type with these variants: dataclasses, or one enumeration.

        A field that always was as by default was not seen. ``tag_of`` names a record in JSON.
        """
        found: list[VariantShape] = []
        for kind in kinds:
            if issubclass(kind, Enum):
                found += (VariantShape(each.name) for each in kind if each.name in self.of(kind))
            elif kind in self._records:
                shapes = (
                    field.shape(each)
                    for each, field in self._records[kind].items()
                    if field.says_other
                )
                tag = "" if tag_of is None else tag_of(self._samples[kind])
                found.append(VariantShape(kind.__name__, tuple(shapes), tag))
        return Shape(name, tuple(found))

    def of(self, kind: type) -> frozenset[str]:
        """The members of an enumeration that were seen."""
        return frozenset(self._members[kind])


class _Field:
    """What was seen in one field."""

    def __init__(self, field: Field[Any]) -> None:
        self.default = default_value(field)
        self.types: frozenset[str] = frozenset()
        self.says_default = self.says_other = False

    def shape(self, name: str) -> FieldShape:
        """The field as far as it was seen; with its default, if that was."""
        default = repr(self.default) if self.says_default else None
        return FieldShape(name, tuple(sorted(self.types)), default)


class Watched:
    """A machine, seen through: all that it shows is noted."""

    def __init__(self, machine: Machine, seen: Seen) -> None:
        self.machine = machine
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        return getattr(self.machine, name)

    def step(self, choice: Choice) -> object:
        """Make one choice."""
        before = self.machine.enabled()
        row = self.machine.step(choice)
        if row is not None or self.machine.enabled() != before:
            self._seen.choices.add(type(choice))
        if row is not None:
            self._seen.rows.add(row.id)
        return row

    def snapshot(self) -> Snapshot:
        """The whole state, and the tokens in it."""
        found = self.machine.snapshot()
        self._seen.note(found)
        if any(session.queues for session in found.sessions):
            self._seen.note(cast("Any", self.machine).progress_tokens())
        return found

    def run(self, policy: str, max_steps: int | None = None) -> Report:
        """Many steps."""
        found = cast("Any", self.machine).run(policy, max_steps)
        self._seen.note(found)
        return found


def observe(cases: Iterable[Case], subject: Subject) -> Seen:
    """What a machine shows of itself while it plays these cases, whatever else goes wrong."""
    seen, machines = Seen(), list[Watched]()

    def make(config: Config, host: Host) -> Any:
        def asked(ask: Ask) -> Answer:
            seen.note(ask)
            return host(ask)

        watched = Watched(subject.make(config, asked), seen)
        machines.append(watched)
        return watched

    ways = (Way("watched", make),) if subject.ways else ()
    for case in cases:
        with suppress(Differs):
            play(case, (Subject(subject.name, make, ways),))
        for watched in machines:
            seen.note(tuple(watched.machine.events()))
        machines.clear()
    return seen


def codes(name: str, found: frozenset[str]) -> Shape:
    """The codes of a kind, as the variants of a type."""
    return Shape(name, tuple(map(VariantShape, sorted(found))))
