"""The two machines by name, and one way to step either."""

from __future__ import annotations

from antiphon.bytecode.program import Image
from antiphon.engine.machine import Engine
from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.outcome import Report
from antiphon.model.machine import Model
from antiphon.scheduler.drive import drive


def machine_named(name: str, config: Config, host: Host, *, trace: bool = True) -> Model | Engine:
    """A new ``model`` or ``engine``."""
    return Model(config, host) if name == "model" else Engine(config, host, trace=trace)


def open_sessions(machine: Model | Engine, image: Image, count: int) -> None:
    """Open ``count`` sessions of an image."""
    if isinstance(machine, Engine):
        machine.load_many(image, count)
    else:
        for _ in range(count):
            machine.load(image)


def advance(machine: Model | Engine, policy: str, max_steps: int) -> Report:
    """Take at most ``max_steps`` steps; both machines come to the same."""
    if isinstance(machine, Engine):
        return machine.run(policy, max_steps)
    return drive(machine, policy, max_steps)
