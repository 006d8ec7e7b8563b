"""The machines under test, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.interface import Machine, Runner
from antiphon.model.machine import Model
from antiphon.model.schedule import LAWS
from antiphon.parity.cramped import cramped_engine

Build: TypeAlias = Literal["pure", "compiled"]
BUILDS: Final[tuple[Build, ...]] = ("pure", "compiled")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make a machine that can take many steps in one call.

    ``is_traced`` says whether it keeps its events.
    """

    name: str
    make: Callable[[Config, Host], Runner]
    is_traced: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of machine.

    ``ways`` are those to make one that runs; there are none where there is no such thing. ``laws``
    says for each policy whether a pick is the one that it allows, if the machine knows.
    """

    name: str
    make: Callable[[Config, Host], Machine]
    ways: tuple[Way, ...] = ()
    laws: Mapping[str, Callable[[Any, int], bool]] | None = None

    def allows(self, machine: Machine, policy: str, ready: Iterable[int]) -> tuple[int, ...] | None:
        """Those of ``ready`` that the machine's law of the policy allows to be picked."""
        if self.laws is None:
            return None
        state: object = getattr(machine, "state", None)
        return tuple(one for one in ready if self.laws[policy](state, one))


MODEL: Final = Subject(
    "model", lambda config, host: Model(config, host, request=unadmitted()), laws=LAWS
)


def engine(name: Build) -> Subject:
    """The engine in one of its builds."""
    return engine_of(name, name, lambda: Engine, lambda: cramped_engine(name))


def engine_of(
    name: str,
    build: str,
    make: Callable[[], type[Engine]],
    cramped: Callable[[], type[Engine]],
) -> Subject:
    """The engine in one of its builds: the class that ``make`` gives.

    ``cramped`` gives the same with little room, see ``cramped``. Neither is asked for earlier than
    it is needed.
    """

    def of(chosen: Callable[[], type[Engine]], *, trace: bool) -> Callable[[Config, Host], Engine]:
        return lambda config, host: chosen()(
            config, host, build=build, trace=trace, request=unadmitted()
        )

    return Subject(
        name,
        of(make, trace=True),
        (
            Way("traced", of(make, trace=True)),
            Way("untraced", of(make, trace=False), is_traced=False),
            Way("cramped", of(cramped, trace=True)),
            Way("cramped and untraced", of(cramped, trace=False), is_traced=False),
        ),
    )
