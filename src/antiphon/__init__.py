"""Conversations between programs: a protocol for all of them, checked, compiled and run.

    import antiphon

    greeting = antiphon.protocol("global protocol Greet(role A, role B) { hello() from A to B; }")
    print(greeting.run().outcome)

Everything public is named here and loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antiphon.errors import AntiphonError, Bug, Diagnostic, ProgramError, Refusal, Span
    from antiphon.machine.ask import Ask
    from antiphon.protocols import Conversation, Protocol, load, protocol
    from antiphon.values.value import Blob, Bool, Endpoint, Nat, Prod, Str, Unit

__all__ = [
    "AntiphonError",
    "Ask",
    "Blob",
    "Bool",
    "Bug",
    "Conversation",
    "Diagnostic",
    "Endpoint",
    "Nat",
    "Prod",
    "ProgramError",
    "Protocol",
    "Refusal",
    "Span",
    "Str",
    "Unit",
    "load",
    "protocol",
]

_HOMES = {
    "antiphon.errors": "AntiphonError Bug Diagnostic ProgramError Refusal Span",
    "antiphon.machine.ask": "Ask",
    "antiphon.protocols": "Conversation Protocol load protocol",
    "antiphon.values.value": "Blob Bool Endpoint Nat Prod Str Unit",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("antiphon")
        except PackageNotFoundError:
            return "unknown"
    if name not in _HOME_OF:
        raise AttributeError(f"module 'antiphon' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
