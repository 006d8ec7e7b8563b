"""What a role does, and what two roles say to each other, as forms that can be compared.

*Equal up to equi-recursion*: two local types have equal forms exactly when their unfoldings are the
same tree. Source: Amadio and Cardelli, Subtyping Recursive Types, TOPLAS 1993.

*Dual*: the conversation of ``A`` and ``B`` is told from the local type of either, with whatever
else it does left out. A message is named by its sender and receiver, so the two views of a pair
that fits are equal. Source: Gheri and Yoshida, Hybrid Multiparty Session Types, OOPSLA 2023, where
protocols that share roles must agree on what these say to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from antiphon.composition.form import Action, Form, Mark, form, require_small
from antiphon.theory.local_type import Input, LocalType, Output
from antiphon.theory.unfold import head

GOES_ON: Mark = ("goes on",)
OVER: Mark = ("may be over",)


@lru_cache(maxsize=1024)
def type_form(local_type: LocalType) -> Form:
    """The form of a closed local type. Raises ``Refusal`` (``composition-too-large``)."""
    return form(head(local_type), _look)


def _look(state: LocalType) -> tuple[Mark, Mapping[Action, LocalType]]:
    if not isinstance(state, Output | Input):
        return ("end",), {}
    mark = ("sends to" if isinstance(state, Output) else "receives from", state.peer)
    return mark, {(label, sort.name): head(then) for label, sort, then in state.branches}


@lru_cache(maxsize=1024)
def conversation(local_type: LocalType, role: str, peer: str) -> Form:
    """What ``role``, which does ``local_type``, and ``peer`` say to each other.

    An action is (sender, receiver, label, sort). A state is marked ``OVER`` if, for all that the
    two have said, they may never speak again. Raises ``Refusal`` (``composition-too-large``).
    """
    leads = _states(local_type)
    lasting = _before(leads, peer)

    def reached(states: Iterable[LocalType]) -> frozenset[LocalType]:
        """With those that the role gets to without ``peer``."""
        found: dict[LocalType, None] = {}
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in found:
                found[state] = None
                if _peer(state) != peer:
                    waiting += leads[state]
        return frozenset(found)

    def look(
        states: frozenset[LocalType],
    ) -> tuple[Mark, Mapping[Action, frozenset[LocalType]]]:
        found: dict[Action, set[LocalType]] = {}
        for state in states:
            if isinstance(state, Output | Input) and state.peer == peer:
                ends = (role, peer) if isinstance(state, Output) else (peer, role)
                for label, sort, then in state.branches:
                    found.setdefault((*ends, label, sort.name), set()).add(head(then))
        mark = GOES_ON if states <= lasting else OVER
        return mark, {action: reached(thens) for action, thens in found.items()}

    return form(reached((head(local_type),)), look)


def _peer(state: LocalType) -> str | None:
    return state.peer if isinstance(state, Output | Input) else None


def _states(local_type: LocalType) -> dict[LocalType, tuple[LocalType, ...]]:
    """The unfolded heads of a type, and where each leads."""
    found: dict[LocalType, tuple[LocalType, ...]] = {}
    waiting = [head(local_type)]
    while waiting:
        state = waiting.pop()
        if state not in found:
            require_small(len(found) + 1)
            branches = state.branches if isinstance(state, Output | Input) else ()
            found[state] = tuple(head(then) for _, _, then in branches)
            waiting += found[state]
    return found


def _before(leads: Mapping[LocalType, tuple[LocalType, ...]], peer: str) -> frozenset[LocalType]:
    """The states from which the role can still come to speak with ``peer``."""
    sources: dict[LocalType, list[LocalType]] = {}
    for state, thens in leads.items():
        for then in thens:
            sources.setdefault(then, []).append(state)
    found = {state for state in leads if _peer(state) == peer}
    waiting = list(found)
    while waiting:
        for state in sources.get(waiting.pop(), ()):
            if state not in found:
                found.add(state)
                waiting.append(state)
    return frozenset(found)
