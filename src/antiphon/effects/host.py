"""Hosts: whatever answers a machine's questions (S4, S9).

A host never raises. All but ``ScriptedHost`` and ``tape`` answer from the question alone, so that
their answers do not depend on the schedule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias, TypeVar, cast

from antiphon.effects.conversion import default_value, to_value, value_of_sort
from antiphon.errors import Refusal
from antiphon.machine.ask import Answer, Ask, Chosen, Host, Pending, Position, Refused
from antiphon.values.canonical import encode
from antiphon.values.sort import BOOL, CORE, NAT, STR, UNIT, Sort
from antiphon.values.value import VARIANTS, Blob, Bool, Endpoint, Nat, Str, Unit, Value

T = TypeVar("T")
Log: TypeAlias = dict[Position, list[Answer]]
"""What was answered at each position, in order; an answer other than ``Pending`` is the last."""


class DefaultHost:
    """The plainest answers: the default value of each sort, unit for actions and layers, labels by
    turns.

    To hand over an endpoint it takes the first that the role holds in a register and that is of the
    right role; without one it refuses.

    A choice among n labels that is asked after k answers of the role gets label number
    floor(n * frac(k * phi)), phi the golden ratio: the first label when it is the role's first
    question. Whatever the number of answers in one turn of a loop, every label comes up before
    long, so that loops are left. Source: Knuth, The Art of Computer Programming 3, section 6.4.
    """

    def __call__(self, ask: Ask) -> Answer:
        """The answer to one question."""
        if ask.kind == "choice":
            turn = ask.position.iteration * _GOLDEN % 2**64
            return Chosen(ask.labels[turn * len(ask.labels) >> 64])
        if ask.sort is not None and ask.sort.delegates:
            return _held(ask, ask.sort.delegates)
        return Unit() if ask.sort is None else default_value(ask.sort)


_GOLDEN: Final = 0x9E3779B97F4A7C15
"""The golden ratio less 1, times 2^64, to the nearest odd integer."""

NATS: Final = (
    *(0, 1, 2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53),
    *(2**63 - 1, 2**63, 2**63 + 1, 2**64 - 1, 2**64, 2**64 + 1, 10**30),
)
TEXTS: Final = ("", "a", "yes", "no", "two words", "\u00fcber", "\U0001d11e", '"\\', "\n", "0" * 40)


class SeededHost:
    """Answers drawn by a seed: small naturals and short texts, and now and then a boundary.

    The draws are SHA-256 of (seed, session, role, node, iteration), so that the same question of
    the same seed gets the same answer on every machine, in every version and under every schedule.
    Endpoints are handed over as ``DefaultHost`` does.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def __call__(self, ask: Ask) -> Answer:
        """The answer to one question."""
        place = ask.position
        draws = _Draws(encode((self._seed, place.session, place.role, place.node, place.iteration)))
        if ask.kind == "choice":
            return Chosen(draws.one_of(ask.labels))
        if ask.sort is not None and ask.sort.delegates:
            return _held(ask, ask.sort.delegates)
        return value_of_sort(ask.sort or draws.one_of(CORE), draws.leaf)


def _held(ask: Ask, delegates: tuple[str, str]) -> Answer:
    """An endpoint to hand over, other than the one that the question is asked at."""
    own = Endpoint(ask.position.session, ask.position.role)
    protocol, role = delegates
    for value in ask.registers:
        if isinstance(value, Endpoint) and value.role == role and value != own:
            return value
    return Refused(f"role {own.role} holds no endpoint of role {role} of {protocol}")


class _Draws:
    """A stream of draws from a key: draw n is SHA-256 of the key and n."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._count = 0

    def below(self, limit: int) -> int:
        """A natural below ``limit``, which is small against 2^256."""
        data = self._key + encode(self._count)
        self._count += 1
        return int.from_bytes(hashlib.sha256(data).digest()) % limit

    def one_of(self, things: Sequence[T]) -> T:
        """One of ``things``."""
        return things[self.below(len(things))]

    def leaf(self, sort: Sort) -> Value:
        """A value of a sort that is no pair."""
        if sort is UNIT:
            return Unit()
        if sort is NAT:
            return Nat(self.below(100) if self.below(4) else self.one_of(NATS))
        if sort is BOOL:
            return Bool(self.below(2) == 1)
        if sort is STR:
            return Str(self.one_of(TEXTS))
        return Blob(sort.name, bytes(self.below(256) for _ in range(self.below(5))))


class ScriptedHost:
    """Labels from a list, one for each choice in the order of asking; default values otherwise.

    When the list has run out, or its next label is not possible, the answer is ``Refused``.
    """

    def __init__(self, choices: Iterable[str]) -> None:
        self._choices = tuple(choices)
        self._used = 0
        self._default = DefaultHost()

    def __call__(self, ask: Ask) -> Answer:
        """The answer to one question."""
        if ask.kind != "choice":
            return self._default(ask)
        possible = f"role {ask.position.role} chooses one of {', '.join(ask.labels)}"
        if self._used == len(self._choices):
            return Refused(f"the list of {self._used} choices has run out: {possible}")
        label = self._choices[self._used]
        if label not in ask.labels:
            return Refused(f"choice number {self._used + 1} is {label}, but {possible}")
        self._used += 1
        return Chosen(label)


KINDS: Final = ("payload", "choice", "invoke", "acquire")


def guarded(handler: object) -> Host:
    """A host that asks a user's handler and never raises.

    A handler has one method or more named for a kind of question, ``payload(ask)``,
    ``choice(ask)``, ``invoke(ask)`` and ``acquire(ask)``; what it lacks is answered by default. Or
    it is one function for all. It may return an answer, or a plain Python value
    (``conversion.to_value``), or a label for a choice. Whatever it raises but an interrupt, and
    what cannot be converted, becomes ``Refused`` with the reason. Raises ``Refusal``
    (``not-a-handler``) for an object that is neither.
    """
    methods = _methods(handler)
    if isinstance(handler, type) or not (callable(handler) or any(map(callable, methods.values()))):
        words = "a function of one question, or an object with payload, choice, invoke or acquire"
        raise Refusal("not-a-handler", f"a handler is {words}, not {_shown(handler)}")
    default = DefaultHost() if any(map(callable, methods.values())) else handler

    def host(ask: Ask) -> Answer:
        method = methods[ask.kind]
        answer = cast("Callable[[Ask], object]", method if callable(method) else default)
        try:
            return _to_answer(answer(ask), ask)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 (a handler may raise anything)
            return Refused(reason(error))

    return host


def _methods(handler: object) -> dict[str, object]:
    try:
        return {kind: getattr(handler, kind, None) for kind in KINDS}
    except Exception as error:
        raise Refusal("not-a-handler", f"a handler must be readable: {reason(error)}") from error


def _shown(handler: object) -> str:
    try:
        return f"{handler!r:.80}"
    except Exception:  # noqa: BLE001 (how an object is shown is its author's code)
        return f"an object of {type(handler).__name__}"


def _to_answer(given: object, ask: Ask) -> Answer:
    if type(given) in (Chosen, Pending, Refused):
        return cast("Answer", given)
    if ask.kind == "choice" and isinstance(given, str):
        return Chosen(str.__str__(given))
    if ask.kind == "choice" and type(given) not in VARIANTS:
        raise ValueError(f"a label is wanted, not {type(given).__name__}")
    return to_value(given, ask.sort)


def reason(error: BaseException) -> str:
    """Why a handler did not answer, in words."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001 (an exception's text is its author's code)
        return type(error).__name__


def recording(host: Host) -> tuple[Host, Log]:
    """A host that answers as ``host`` does, and the log that it keeps of it."""
    log: Log = {}

    def recorder(ask: Ask) -> Answer:
        answer = host(ask)
        log.setdefault(ask.position, []).append(answer)
        return answer

    return recorder, log


def tape(log: Mapping[Position, Sequence[Answer]]) -> Host:
    """A host that answers from a log: at each position the same answers in the same order.

    A question that the log does not know is ``Refused``.
    """
    used: dict[Position, int] = {}

    def player(ask: Ask) -> Answer:
        answers = log.get(ask.position, ())
        number = used.get(ask.position, 0)
        if number == len(answers):
            return Refused(f"the recording has no answer number {number + 1} for {ask.position}")
        used[ask.position] = number + 1
        return answers[number]

    return player


def loose_tape(log: Mapping[Position, Sequence[Answer]]) -> Host:
    """``tape`` for another program than the log is of: the nodes of positions do not count."""
    plain = tape({replace(position, node=0): given for position, given in log.items()})
    return lambda ask: plain(replace(ask, position=replace(ask.position, node=0)))
