"""One host for two machines that take the same steps: each question is asked once.

What was asked when a wave was tried is answered again when it is committed, or when a draft is made
anew. So a host is asked once at a position (S9), and keeps no more than it would for one machine.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from antiphon.machine.ask import Answer, Ask, Host, Position


class Answers:
    """The answers of a host so far, by position, those of one position in order."""

    def __init__(self, host: Host) -> None:
        self._host: Final = host
        self._given: dict[Position, list[Answer]] = defaultdict(list)

    def side(self) -> Host:
        """A host for one more machine, which hears from the beginning what was answered."""
        heard: dict[Position, int] = defaultdict(int)

        def answer(ask: Ask) -> Answer:
            given = self._given[ask.position]
            place = heard[ask.position]
            if place == len(given):
                given.append(self._host(ask))
            heard[ask.position] = place + 1
            return given[place]

        return answer
