"""Trials of copies of the modules in which there is a fault."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from antiphon.parity.mutants_load import loader

_COPIED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gates": ("model.gates", "engine.gates", "parity.gate_lane"),
        "admission": ("machine.contracts", "model", "engine", "scheduler.drive"),
        "forms": ("machine.standing", "replay.normal_form", "replay.profiles"),
        "recordings": ("replay", "parity.recorded", "parity.recorded_lane"),
        "evidence": ("evidence",),
        "threads": ("engine", "waves", "model.stretch", "parity.thread_lane"),
    }
)
"""What each trial needs a copy of, beside this module: never where types or values are made."""


def tried(trial: str, patches: Mapping[str, str]) -> tuple[str, str]:
    """What a trial says of copies in which files have other texts: how it fails and where, or two
    empty texts.
    """
    copied = (*_COPIED[trial], "parity.trials")
    load = loader(tuple(f"antiphon.{name}" for name in copied), patches)
    try:
        wrong = next(load("antiphon.parity.trials").TRIALS[trial](), "")
    except Exception as error:  # noqa: BLE001  (what is broken may raise anything)
        return "exception", f"{type(error).__name__}: {error}"
    return ("difference" if wrong else ""), wrong
