"""A ``Config`` as JSON and as plain data: the one reader and writer of it.

Recordings, scripts and files that a user writes hold ``config_to_json``; digests are taken over
``config_to_plain``. But for ``capacity`` a field is written only if it is not as by default, so a
field that is added changes no file and no digest that was made before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar, cast

from antiphon.bytecode.interchange import array, integer, natural, text
from antiphon.machine.buffer import Buffer
from antiphon.machine.config import BUDGET_MAX, LIMIT_MAX, Config
from antiphon.machine.failure import Corrupt, Crash, Delay, Drop, Failure, Partition, Pause
from antiphon.machine.flow_policy import (
    FlowPredicate,
    policy_from_json,
    policy_to_json,
    predicate_from_json,
    predicate_to_json,
)
from antiphon.machine.output_condition import outputs_from_json, outputs_to_json
from antiphon.values.canonical import Plain

T = TypeVar("T")
_Read: TypeAlias = Callable[[object], Any]
_Reads: TypeAlias = Mapping[str, _Read]


class _Form(NamedTuple):
    """How one field is written and read; ``read`` raises ``ValueError`` for what it is not."""

    write: Callable[[Any], object]
    read: Callable[[object], Any]


def _priorities(data: object) -> tuple[tuple[str, int], ...]:
    """``{"A": 3, "B": -1}``"""
    if not isinstance(data, dict):
        raise ValueError("priorities are an object, roles with numbers")
    pairs = cast("dict[str, object]", data).items()
    return tuple((role, integer(priority)) for role, priority in pairs)


def _each(data: object, read: Callable[[object], T]) -> tuple[T, ...]:
    """The items of an array; what is wrong with one is said with its number."""
    found: list[T] = []
    for place, item in enumerate(array(data)):
        try:
            found.append(read(item))
        except ValueError as error:
            raise _placed(f"[{place}]", error) from None
    return tuple(found)


def _record(data: object, needed: _Reads, optional: _Reads) -> Any:
    """The fields of an object; what is wrong with one is said with its name."""
    known = {**needed, **optional}
    given = cast("dict[str, object]", data) if isinstance(data, dict) else None
    if given is None or not needed.keys() <= given.keys() <= known.keys():
        words = "".join(f", perhaps {name}" for name in optional)
        raise ValueError(f"an object with {', '.join(needed)}{words} belongs here")
    found: dict[str, object] = {}
    for name, item in given.items():
        try:
            found[name] = known[name](item)
        except ValueError as error:
            raise _placed(f".{name}", error) from None
    return found


def _buffers_to_json(buffers: tuple[tuple[str, str, Buffer], ...]) -> object:
    default = Buffer()
    return [
        {"sender": sender, "receiver": receiver}
        | {
            field.name: getattr(buffer, field.name)
            for field in fields(Buffer)
            if getattr(buffer, field.name) != getattr(default, field.name)
        }
        for sender, receiver, buffer in buffers
    ]


def _buffers_from_json(data: object) -> tuple[tuple[str, str, Buffer], ...]:
    return _each(data, _buffer_from_json)


def _buffer_from_json(data: object) -> tuple[str, str, Buffer]:
    given = _record(data, {"sender": text, "receiver": text}, _BUFFER)
    return given.pop("sender"), given.pop("receiver"), Buffer(**given)


def _failures_to_json(failures: tuple[Failure, ...]) -> object:
    names = {kind: name for name, (kind, _, _) in _FAILURES.items()}
    return [
        {"failure": names[type(failure)]}
        | {field.name: getattr(failure, field.name) for field in fields(failure)}
        for failure in failures
    ]


def _failures_from_json(data: object) -> tuple[Failure, ...]:
    return _each(data, _failure_from_json)


def _failure_from_json(data: object) -> Failure:
    known = cast("dict[str, object]", data) if isinstance(data, dict) else {}
    name = known.get("failure")
    if not isinstance(name, str) or name not in _FAILURES:
        raise ValueError(f"an object with failure, one of {', '.join(_FAILURES)}, belongs here")
    kind, needed, optional = _FAILURES[name]
    given = _record(known, {"failure": text, **needed}, optional)
    del given["failure"]
    return kind(**given)


def _ticks(data: object) -> int | None:
    return None if data is None else natural(data)


_STEP: Final = {"session": natural, "role": text, "step": natural}
_MESSAGE: Final = {"session": natural, "sender": text, "receiver": text, "index": natural}
_FAILURES: Final[Mapping[str, tuple[Callable[..., Failure], _Reads, _Reads]]] = MappingProxyType(
    {
        "crash": (Crash, _STEP, {}),
        "pause": (Pause, {**_STEP, "ticks": natural}, {}),
        "drop": (Drop, _MESSAGE, {}),
        "corrupt": (Corrupt, _MESSAGE, {"kind": text}),
        "delay": (Delay, {**_MESSAGE, "ticks": natural}, {}),
        "partition": (Partition, _MESSAGE, {"ticks": _ticks}),
    }
)
_BUFFER: Final = MappingProxyType(
    {"mode": text, "full": text, "capacity": natural, "maximum": natural}
)


def _predicates_to_json(pairs: tuple[tuple[str, FlowPredicate], ...]) -> object:
    return {name: predicate_to_json(predicate) for name, predicate in pairs}


def _predicates_from_json(data: object) -> tuple[tuple[str, FlowPredicate], ...]:
    """``{"public": {"FactContains": "public"}}``"""
    if not isinstance(data, dict):
        raise ValueError("predicates are an object, names with predicates")
    pairs = cast("dict[str, object]", data).items()
    return tuple((name, predicate_from_json(predicate)) for name, predicate in pairs)


def _texts(data: object) -> tuple[str, ...]:
    return tuple(map(text, array(data)))


_ALWAYS: Final = "capacity"
_FORMS: Final[Mapping[str, _Form]] = MappingProxyType(
    {
        "capacity": _Form(int, natural),
        "priorities": _Form(dict, _priorities),
        "buffers": _Form(_buffers_to_json, _buffers_from_json),
        "budget": _Form(int, partial(natural, limit=BUDGET_MAX)),
        "max_coroutines": _Form(int, partial(natural, limit=LIMIT_MAX + 1)),
        "failures": _Form(_failures_to_json, _failures_from_json),
        "max_sessions": _Form(int, partial(natural, limit=LIMIT_MAX + 1)),
        "flow": _Form(policy_to_json, policy_from_json),
        "flow_predicates": _Form(_predicates_to_json, _predicates_from_json),
        "outputs": _Form(outputs_to_json, outputs_from_json),
        "pure_actions": _Form(list, _texts),
    }
)
"""Every field of ``Config``, in the order in which they are written."""


def config_to_json(config: Config) -> dict[str, object]:
    """A configuration as a JSON object, the same for the same configuration."""
    default = Config()
    return {
        name: form.write(getattr(config, name))
        for name, form in _FORMS.items()
        if name == _ALWAYS or getattr(config, name) != getattr(default, name)
    }


def config_from_json(data: object) -> Config:
    """The configuration that ``data`` stands for; a field that is not there is as by default.

    Raises ``ValueError`` for what is none, with the place in it: ``buffers[1].mode: ...``.
    """
    if not isinstance(data, dict):
        raise ValueError("a configuration is an object")
    given = cast("dict[str, object]", data)
    unknown = sorted(given.keys() - _FORMS.keys())
    if unknown:
        raise ValueError(f"{unknown[0]}: a configuration has only {', '.join(_FORMS)}")
    return Config(**{name: _read(name, given[name]) for name in _FORMS if name in given})


def _read(name: str, data: object) -> Any:
    try:
        return _FORMS[name].read(data)
    except ValueError as error:
        raise _placed(name, error) from None


def _placed(place: str, error: ValueError) -> ValueError:
    """The same complaint, one level further out: ``buffers[1].mode: ...``."""
    words = str(error)
    return ValueError(f"{place}{words}" if words[:1] in ("[", ".") else f"{place}: {words}")


def config_to_plain(config: Config) -> Plain:
    """A configuration as canonical plain data.

    The capacity alone if all else is as by default; else a pair of it and the other fields, each a
    pair of its name and its JSON with arrays as tuples and objects as tuples of pairs.
    """
    written = config_to_json(config)
    capacity = _plain(written.pop(_ALWAYS))
    return (capacity, _plain(written)) if written else capacity


def _plain(data: object) -> Plain:
    if isinstance(data, dict):
        pairs = cast("dict[str, object]", data)
        return tuple((name, _plain(item)) for name, item in pairs.items())
    if isinstance(data, list):
        return tuple(map(_plain, cast("list[object]", data)))
    return cast("Plain", data)
