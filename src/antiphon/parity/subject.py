"""The machines under test, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.interface import Machine, Runner
from antiphon.model.machine import Model
from antiphon.model.schedule import LAWS

Build: TypeAlias = Literal["pure", "compiled"]
BUILDS: Final[tuple[Build, ...]] = ("pure", "compiled")


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of machine.

    ``runner`` makes one that can take many steps in one call, and keeps no trace; None where there
    is no such thing. ``laws`` says for each policy whether a pick is the one that it allows, if the
    machine knows.
    """

    name: str
    make: Callable[[Config, Host], Machine]
    runner: Callable[[Config, Host], Runner] | None = None
    laws: Mapping[str, Callable[[Any, int], bool]] | None = None

    def allows(self, machine: Machine, policy: str, ready: Iterable[int]) -> tuple[int, ...] | None:
        """Those of ``ready`` that the machine's law of the policy allows to be picked."""
        if self.laws is None:
            return None
        state: object = getattr(machine, "state", None)
        return tuple(one for one in ready if self.laws[policy](state, one))


MODEL: Final = Subject("model", Model, laws=LAWS)


def engine(name: Build) -> Subject:
    """The engine in one of its builds."""
    return engine_of(name, name)


def engine_of(name: str, build: str, make: type[Engine] = Engine) -> Subject:
    """The engine, or a class that stands for it, in one of its builds."""
    return Subject(
        name,
        lambda config, host: make(config, host, build=build),
        lambda config, host: make(config, host, build=build, trace=False),
    )
