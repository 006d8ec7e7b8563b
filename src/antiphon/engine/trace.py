"""The trace: three columns of integers in chunks, read as events only when somebody looks.

A row is the clock and the event's kind, the coroutine and a number that the kind explains, and a
word. Sessions and roles follow from the coroutine, so that reading does not need the session to be
alive still.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, overload

from antiphon.bytecode.table import ROWS
from antiphon.engine.build import Recorded
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import (
    CHUNK,
    COROUTINE_BITS,
    FAR,
    KIND_BITS,
    OPENED,
    PAYLOAD_BITS,
    REASON_BITS,
)
from antiphon.engine.load import label_of
from antiphon.errors import Bug
from antiphon.machine.digest import output_digest
from antiphon.machine.event import (
    KINDS,
    Aborted,
    Acquired,
    Checked,
    Closed,
    Corrupted,
    Dropped,
    Ended,
    Event,
    Faulted,
    Forked,
    Halted,
    Invoked,
    Joined,
    Opened,
    OutputDenied,
    Received,
    Released,
    Selected,
    Sent,
    SessionFaulted,
    Spawned,
    Tagged,
    Transferred,
)
from antiphon.machine.event_print import event_print, event_what
from antiphon.machine.fault import Fault
from antiphon.values.value import Endpoint, Nat, Str

FAULTS: Final = tuple(
    Fault(row.instruction, row.outcome.code, row.outcome.clause)
    if row.outcome.kind == "fault"
    else None
    for row in ROWS
)
"""The fault that a row of the instruction table stands for."""

REASONS: Final = ("full", "overwritten", "lost")
"""Why a message was lost, by the kernel's number."""


def events_in(recorded: Recorded) -> int:
    """How many events the chunks hold."""
    chunks, filled, *_ = recorded
    return CHUNK * (len(chunks) - 1) + filled if chunks else 0


class Loads:
    """Which session and role a coroutine belongs to, also after both have gone.

    Loads of one image that follow each other need one entry; so does a coroutine that was spawned.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._coroutines: list[int] = []
        self._sessions: list[int] = []
        self._images: list[int] = []
        self._parents: dict[int, int] = {}
        self._kin: Sequence[tuple[int, int]] = ()
        self._known = 0

    def with_children(self, kin: Sequence[tuple[int, int]]) -> Loads:
        """Itself, knowing the id and the parent's of everyone who was spawned.

        ``kin`` grows, or is another list that begins after it.
        """
        if kin is not self._kin:
            self._kin, self._known = kin, 0
        self._parents.update(kin[self._known :])
        self._known = len(kin)
        return self

    def keep(self, coroutines: Iterable[int], sessions: Iterable[int]) -> None:
        """From now on only these are asked for, and what comes. What is known of their kin must be
        told before.
        """
        roots = {one: self._root(one) for one in coroutines}
        self._parents = {one: root for one, root in roots.items() if one != root}
        used = {bisect_right(self._coroutines, root) - 1 for root in roots.values()}
        used |= {bisect_right(self._sessions, session) - 1 for session in sessions}
        used.add(len(self) - 1)
        kept = sorted(used - {-1})
        for column in (self._coroutines, self._sessions, self._images):
            column[:] = [column[entry] for entry in kept]

    def note(self, coroutine: int, session: int, image: int) -> None:
        """From these ids on, sessions of this image are opened."""
        if not self._images or not self._follows(coroutine, session, image):
            self._coroutines.append(coroutine)
            self._sessions.append(session)
            self._images.append(image)

    def _follows(self, coroutine: int, session: int, image: int) -> bool:
        """Whether the last entry stands for a load with these ids too."""
        roles = len(self._catalogue.images[image].roles)
        since = session - self._sessions[-1]
        return self._images[-1] == image and coroutine == self._coroutines[-1] + since * roles

    def place(self, coroutine: int) -> tuple[int, int, str]:
        """Image, session and role of a coroutine."""
        root = self._root(coroutine)
        entry = bisect_right(self._coroutines, root) - 1
        image = self._images[entry]
        roles = self._catalogue.images[image].roles
        sessions, role = divmod(root - self._coroutines[entry], len(roles))
        return image, self._sessions[entry] + sessions, roles[role]

    def _root(self, coroutine: int) -> int:
        """The coroutine itself, or whoever began the line that it was spawned in."""
        while coroutine in self._parents:
            coroutine = self._parents[coroutine]
        return coroutine

    def home(self, coroutine: int) -> tuple[int, int, int, int]:
        """A range of coroutines that this one is in, the session of the first, and how many
        coroutines one after the other are of the same session.
        """
        if self._parents:
            return coroutine, coroutine + 1, self.place(coroutine)[1], 1
        after = bisect_right(self._coroutines, coroutine)
        end = self._coroutines[after] if after < len(self) else coroutine + 2**COROUTINE_BITS
        roles = len(self._catalogue.images[self._images[after - 1]].roles)
        return self._coroutines[after - 1], end, self._sessions[after - 1], roles

    def roles(self, session: int) -> tuple[str, ...]:
        """The roles of a session."""
        image = self._images[bisect_right(self._sessions, session) - 1]
        return self._catalogue.images[image].roles

    def __len__(self) -> int:
        return len(self._images)

    @property
    def size(self) -> int:
        """How many entries there are, and children whose parents are known."""
        return len(self._images) + len(self._parents)


class Trace(Sequence[Event]):
    """The events up to the moment when it was asked for, from number ``first`` in the chunks on."""

    def __init__(
        self,
        recorded: Recorded,
        loads: Loads,
        catalogue: Catalogue,
        first: int = 0,
    ) -> None:
        self._chunks, _, self._notes, self._noted, kin = recorded
        self._first = first
        self._length = events_in(recorded) - first
        self._loads = loads.with_children(kin)
        self._catalogue = catalogue

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            numbers = range(self._first, self._first + self._length)
            return tuple(map(self._event, numbers[index]))
        at = index + self._length if index < 0 else index
        if not 0 <= at < self._length:
            raise IndexError(index)
        return self._event(self._first + at)

    def named(self) -> tuple[set[int], set[int]]:
        """The coroutines that events are of, and the sessions that were loaded, not opened."""
        coroutines: set[int] = set()
        sessions: set[int] = set()
        for index in range(self._first, self._first + self._length):
            chunk, at = self._chunks[index // CHUNK], index % CHUNK
            second = chunk[at + CHUNK]
            if chunk[at] & 2**KIND_BITS - 1 == OPENED and second & 2**PAYLOAD_BITS - 1 == 0:
                sessions.add(chunk[at + 2 * CHUNK])
            else:
                coroutines.add(second >> PAYLOAD_BITS)
        return coroutines, sessions

    # What the kernel asks for that makes prints. Numbers are those in the chunks.

    def print_of(self, number: int) -> int:
        """The print of an event."""
        return event_print(self._event(number))

    def what(self, number: int) -> int:
        """What the print of an event begins as."""
        return event_what(self._event(number))

    def home(self, coroutine: int) -> tuple[int, int, int, int]:
        """As ``Loads`` knows it."""
        return self._loads.home(coroutine)

    def _event(self, index: int) -> Event:
        chunk, at = self._chunks[index // CHUNK], index % CHUNK
        first, second, word = chunk[at], chunk[at + CHUNK], chunk[at + 2 * CHUNK]
        tick, row = first >> KIND_BITS, first & 2**KIND_BITS - 1
        elsewhere = None
        if row == FAR:
            row, elsewhere, word = self._notes[word - self._noted]
        kind = KINDS[row]
        coroutine, number = second >> PAYLOAD_BITS, second & 2**PAYLOAD_BITS - 1
        if kind is Opened:
            if number == 0:
                return Opened(tick, word, self._loads.roles(word))
            return Opened(tick, word, self._catalogue.images[number - 1].roles, coroutine)
        image, home, role = self._loads.place(coroutine)
        session = home if elsewhere is None else elsewhere
        if kind in (Sent, Received, Corrupted, OutputDenied):
            sender, receiver, label, _ = self._catalogue.transitions[number]
            value = self._catalogue.words.decode(word)
            if kind is Received or kind is Corrupted:
                return kind(tick, session, coroutine, sender, receiver, label, value)
            gated = self._catalogue.is_gated
            sent = Sent(tick, session, coroutine, sender, receiver, label, value, gated)
            if kind is Sent:
                return sent
            return OutputDenied(tick, session, coroutine, sender, label, output_digest(sent))
        if kind is Dropped:
            sender, receiver, _, _ = self._catalogue.transitions[number]
            label = label_of(word >> REASON_BITS)
            reason = REASONS[word & 2**REASON_BITS - 1]
            return Dropped(tick, session, coroutine, sender, receiver, label, reason)
        if kind is Selected:
            role, _, label, _ = self._catalogue.transitions[number]
            return Selected(tick, session, coroutine, role, label)
        if kind is Invoked:
            action, _ = self._catalogue.images[image].calls[number]
            value = self._catalogue.words.decode(word)
            return Invoked(tick, session, coroutine, role, action, value)
        if kind is Faulted:
            fault = FAULTS[number]
            assert fault is not None
            return Faulted(tick, session, coroutine, role, fault)
        if kind is Halted:
            return Halted(tick, session, coroutine, role)
        if kind is Acquired or kind is Released:
            return kind(tick, session, coroutine, role, self._catalogue.layer_names[number])
        if kind is Spawned:
            return Spawned(tick, session, coroutine, role, word)
        if kind is Transferred:
            endpoint, target = self._notes[word - self._noted]
            given = self._catalogue.words.decode(endpoint)
            assert isinstance(given, Endpoint)
            return Transferred(tick, given.session, coroutine, given.role, target)
        if kind is Tagged or kind is Checked:
            return self._knowledge(kind, tick, coroutine, *self._notes[word - self._noted])
        if kind is Forked or kind is Joined or kind is Aborted:
            return kind(tick, session, coroutine, role, self._number(kind, word))
        if kind is Closed:
            return Closed(tick, word, coroutine, 1)
        return (Ended if kind is Ended else SessionFaulted)(tick, word, coroutine)

    def _number(self, kind: type[Event], word: int) -> int:
        """The number of a fork, or the tick of the one that ends."""
        ghost = self._catalogue.words.decode(word) if kind is Forked else Nat(word)
        assert isinstance(ghost, Nat)
        return ghost.value

    def _knowledge(
        self,
        kind: type[Tagged | Checked],
        tick: int,
        coroutine: int,
        endpoint: int,
        fact: int,
        target: int = 0,
        permitted: int = 0,
    ) -> Event:
        """What was noted of an endpoint, or asked; the first three of the note are words."""
        match tuple(map(self._catalogue.words.decode, (endpoint, fact, target))):
            case Endpoint(session, role), Str(known), Str(receiver) if kind is Checked:
                is_permitted = permitted == 1
                return Checked(tick, session, coroutine, role, known, receiver, is_permitted)
            case Endpoint(session, role), Str(known), _:
                return Tagged(tick, session, coroutine, role, known)
            case _:
                raise Bug("a note about knowledge names an endpoint and texts")
