"""A host of functions of plain values, for which a machine need not ask a question each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from antiphon.effects.conversion import from_value, to_value
from antiphon.effects.host import DefaultHost, reason
from antiphon.machine.ask import Answer, Ask, Makers, Refused
from antiphon.values.sort import Sort


class PlainHost:
    """Functions that make messages, by label; all else is answered as ``DefaultHost`` does.

    Each takes what its role received last, None if that is nothing or unit, and gives what it sends
    (``conversion``). What it raises but an interrupt, and what is no value of the label's sort, is
    ``Refused``. The functions must not depend on who else sends, for they are not told who asks.
    """

    def __init__(self, functions: Mapping[str, Callable[[Any], object]]) -> None:
        self.makers = Makers(dict(functions), from_value, _answer)
        self._default = DefaultHost()

    def __call__(self, ask: Ask) -> Answer:
        """The answer to one question."""
        function = self.makers.functions.get(ask.labels[0]) if ask.kind == "payload" else None
        if function is None:
            return self._default(ask)
        try:
            given = function(from_value(ask.last))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 (a function may raise anything)
            return Refused(reason(error))
        return _answer(given, ask.sort)


def _answer(given: object, sort: Sort | None) -> Answer:
    try:
        return to_value(given, sort)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 (an object may raise when it is looked at)
        return Refused(reason(error))
