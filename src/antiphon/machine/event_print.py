"""The print of an event: 32 bits by which it is known again, made in a few nanoseconds.

It begins as the CRC-32 of the event's canonical bytes (``event.to_plain``) without tick, session
and coroutine: without them many events of a run are alike, and it is known. Then these three are
stirred in, in this order; each has a low and a high half of 32 bits:

    h = (h ^ low) * 0x9E3779B1;     h = h ^ (h >> 15)
    h = (h ^ high) * 0x85EBCA77;    h = h ^ (h >> 13)

modulo 2^32. An ``Opened`` has the coroutine 0 for this, and its own among its bytes. It is no
digest: whoever wants to can make another event with the same print.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol, runtime_checkable
from zlib import crc32

from antiphon.machine import event as events
from antiphon.machine.event import Event, Opened
from antiphon.machine.interface import Machine
from antiphon.values.canonical import encode

_LOW: Final = 2**32 - 1
_ONE: Final = 0x9E3779B1
_OTHER: Final = 0x85EBCA77


@runtime_checkable
class Printing(Protocol):
    """A machine that knows the prints of its events faster than by looking at them."""

    def prints(self, first: int) -> bytes:
        """Those of all events from number ``first`` on, as ``prints_of`` has them."""
        ...


def event_print(event: Event) -> int:
    """The print of an event."""
    return _stirred(event_what(event), event)


def event_what(event: Event) -> int:
    """What the print begins as."""
    if isinstance(event, Opened) and event.coroutine is None:
        return _opened(event.roles)
    plain = events.to_plain(event)
    assert isinstance(plain, tuple)
    kind, _, _, *rest = plain
    return crc32(encode((kind, *(rest if isinstance(event, Opened) else rest[1:]))))


@lru_cache(maxsize=64)
def _opened(roles: tuple[str, ...]) -> int:
    """The same of sessions, of which there are many with the same roles."""
    return crc32(encode(("Opened", roles)))


def _stirred(print_: int, event: Event) -> int:
    coroutine = 0 if isinstance(event, Opened) else event.coroutine
    for number in (event.tick, event.session, coroutine):
        print_ = (print_ ^ number & _LOW) * _ONE & _LOW
        print_ ^= print_ >> 15
        print_ = (print_ ^ number >> 32) * _OTHER & _LOW
        print_ ^= print_ >> 13
    return print_


def prints_of(machine: Machine, first: int) -> bytes:
    """Of each event of a machine from number ``first`` on its print, in four bytes, the high ones
    first.
    """
    if isinstance(machine, Printing):
        return machine.prints(first)
    return b"".join(event_print(event).to_bytes(4) for event in machine.events()[first:])
