"""Questions to the host, between the kernel's integers and the treaty's records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from antiphon.bytecode.program import RECEIVED
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.kernel import (
    CHOICE,
    EVIDENCE,
    LAYER,
    NAT_TAG,
    PAYLOAD,
    PENDING,
    PERMIT,
    REFUSED,
    TAG,
    TAG_BITS,
    UNIT_TAG,
    UNKNOWN,
    WRONG,
)
from antiphon.engine.load import known_label
from antiphon.engine.policies import FlowTable
from antiphon.engine.words import NAT_LIMIT
from antiphon.errors import Bug
from antiphon.machine.ask import (
    Ask,
    Chosen,
    Host,
    Makers,
    Pending,
    Position,
    Refused,
    makers_of,
)
from antiphon.values.sort import NAT, Sort
from antiphon.values.value import VARIANTS, Endpoint, Nat, Prod, Str, Value


class Asking:
    """The kernel's host: a function of integers that asks the user's host.

    ``quick`` has for branches that were asked for once, and whose payload a function of the host
    makes, what makes the payload's word out of that of what the role received last.
    """

    def __init__(self, host: Host, catalogue: Catalogue, flow: FlowTable) -> None:
        self.quick: dict[int, Callable[[int], int]] = {}
        self._makers = makers_of(host)
        self._host = host
        self._flow = flow
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
        action, that of a guard layer, also for the evidence, which nobody is asked for. ``own`` is
        the image of the coroutine that asks; ``line`` is None if it asks for an endpoint of the
        image ``image``.
        """
        if kind == EVIDENCE:
            return self._evidence(detail, *registers)
        if kind == PERMIT:
            return self._is_permitted(*registers)
        tables = self._catalogue.images[image]
        position = Position(session, tables.roles[role], node, answers, line)
        values = tuple(map(self._catalogue.words.decode, registers))
        if kind == PAYLOAD:
            _, peer, label, sort = self._catalogue.transitions[detail]
            if self._makers is not None and label in self._makers.functions:
                self.quick[detail] = maker = self._maker(self._makers, label, sort)
                return maker(registers[RECEIVED] if len(registers) > RECEIVED else UNIT_TAG)
            ask = Ask("payload", position, peer, (label,), sort, "", (), values)
        elif kind == CHOICE:
            state = tables.automata[role][node]
            labels = tuple(branch.label for branch in state.branches)
            ask = Ask("choice", position, state.peer, labels, None, "", (), values)
        elif kind == LAYER:
            layer = self._catalogue.layer_names[detail]
            ask = Ask("acquire", position, "", (), None, layer, (), values)
        else:
            action, args = self._catalogue.images[own].calls[detail]
            given = tuple(values[register] for register in args)
            ask = Ask("invoke", position, "", (), None, action, given, values)
        return self.verdict(kind, self._host(ask))

    def _maker(self, makers: Makers, label: str, sort: Sort | None) -> Callable[[int], int]:
        """What makes the word of a payload; small naturals stay numbers all the way."""
        function, decode = makers.functions[label], self._catalogue.words.decode
        is_nat = sort is NAT

        def maker(last: int) -> int:
            try:
                if last & TAG == NAT_TAG:
                    given = function(last >> TAG_BITS)
                else:
                    given = function(makers.plain(decode(last)))
            except KeyboardInterrupt:
                raise
            except BaseException:  # noqa: BLE001 (a function may raise anything)
                return REFUSED
            if is_nat and type(given) is int and 0 <= given < NAT_LIMIT:
                return given << TAG_BITS | NAT_TAG
            return self.verdict(PAYLOAD, makers.answer(given, sort))

        return maker

    def _evidence(self, layer: int, nonce: int, holder: int) -> int:
        """The word of what shows that a layer was granted."""
        name = self._catalogue.layer_names[layer]
        return self._catalogue.words.encode(Prod(Nat(nonce), Prod(Str(name), Nat(holder))))

    def _is_permitted(self, endpoint: int, fact: int, target: int) -> bool:
        """Whether the flow policy lets a fact go from an endpoint to a target; all are words."""
        match tuple(map(self._catalogue.words.decode, (endpoint, fact, target))):
            case Endpoint(_, role), Str(known), Str(receiver):
                return self._flow.allows(role, known, receiver)
            case _:
                raise Bug("the kernel asks about an endpoint and two texts")

    def verdict(self, kind: int, answer: object) -> int:
        """What an answer is to the kernel, that asked a question of this kind."""
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
