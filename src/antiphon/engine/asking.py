"""Questions to the host, between the kernel's integers and the treaty's records."""

from __future__ import annotations

from collections.abc import Sequence

from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import CHOICE, PAYLOAD, PENDING, REFUSED, UNKNOWN, WRONG
from antiphon.engine.load import known_label
from antiphon.machine.ask import Ask, Chosen, Host, Pending, Position, Refused
from antiphon.values.value import VARIANTS, Value


class Asking:
    """The kernel's host: a function of integers that asks the user's host."""

    def __init__(self, host: Host, catalogue: Catalogue) -> None:
        self._host = host
        self._catalogue = catalogue

    def __call__(
        self,
        kind: int,
        image: int,
        session: int,
        role: int,
        node: int,
        answers: int,
        line: tuple[int, ...] | None,
        detail: int,
        own: int,
        registers: Sequence[int],
    ) -> int:
        """The answer's word or label, or one of the kernel's negative answers; ``UNKNOWN`` is a
        label that no image has.

        ``detail`` is a branch for a payload, the number of a call of the image ``own`` for an
        action. ``own`` is the image of the coroutine that asks; ``line`` is None if it asks for an
        endpoint of the image ``image``.
        """
        tables = self._catalogue.images[image]
        position = Position(session, tables.roles[role], node, answers, line)
        values = tuple(map(self._catalogue.words.decode, registers))
        if kind == PAYLOAD:
            _, peer, label, sort = self._catalogue.transitions[detail]
            ask = Ask("payload", position, peer, (label,), sort, "", (), values)
        elif kind == CHOICE:
            state = tables.automata[role][node]
            labels = tuple(branch.label for branch in state.branches)
            ask = Ask("choice", position, state.peer, labels, None, "", (), values)
        else:
            action, args = self._catalogue.images[own].calls[detail]
            given = tuple(values[register] for register in args)
            ask = Ask("invoke", position, "", (), None, action, given, values)
        return self._verdict(kind, self._host(ask))

    def _verdict(self, kind: int, answer: object) -> int:
        match answer:
            case Chosen(label) if kind == CHOICE:
                number = known_label(label)
                return UNKNOWN if number is None else number
            case Pending():
                return PENDING
            case Refused():
                return REFUSED
            case _ if isinstance(answer, VARIANTS) and kind != CHOICE:
                value: Value = answer
                return self._catalogue.words.encode(value)
            case _:
                return WRONG
