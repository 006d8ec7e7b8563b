"""A snapshot and a question to the host as JSON, as they stand in vectors and answers.

A record is an object of its fields in the order of declaration; one that has a default is left out
while it is as that says, so that a field which is added later changes no vector. What policies
remember is left out, for a vector lists its picks.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Final, cast

from antiphon.machine.ask import Ask
from antiphon.machine.snapshot import Snapshot
from antiphon.values import wire
from antiphon.values.value import VARIANTS

_NOT_SHOWN: Final = ("since", "overtakes")


def state_to_json(snapshot: Snapshot) -> dict[str, object]:
    """A whole state as a JSON object."""
    return {
        name: item
        for name, item in cast("dict[str, object]", _plain(snapshot)).items()
        if name not in _NOT_SHOWN
    }


def question_to_json(ask: Ask) -> dict[str, object]:
    """A question to the host, without the registers of who asks; ``line`` only if it asks as
    itself.
    """
    position = ask.position
    line = {} if position.line is None else {"line": list(position.line)}
    return {
        "kind": ask.kind,
        "session": position.session,
        "role": position.role,
        "node": position.node,
        "iteration": position.iteration,
        **line,
        "peer": ask.peer,
        "labels": list(ask.labels),
        "sort": None if ask.sort is None else ask.sort.name,
        "action": ask.action,
        "args": [wire.to_json(value) for value in ask.args],
    }


def _plain(item: Any) -> object:
    if isinstance(item, VARIANTS):
        return wire.to_json(item)
    if isinstance(item, tuple):
        return [_plain(part) for part in cast("tuple[object, ...]", item)]
    if is_dataclass(item):
        return {
            name: _plain(getattr(item, name))
            for name, default in _fields(type(item))
            if getattr(item, name) != default
        }
    return item


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields, and their defaults: ``MISSING`` equals nothing that a field may hold."""
    found = fields(cast("Any", kind))
    return tuple((one.name, MISSING if one.default is MISSING else one.default) for one in found)
