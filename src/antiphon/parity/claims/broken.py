"""A claim about something that has a fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from antiphon.parity.claims.claim import Result, judge
from antiphon.parity.claims.ground import Ground
from antiphon.parity.claims.registry import named
from antiphon.parity.mutants_load import loader

_COPIED: Final = {
    "model": ("model",),
    "engine": ("engine",),
    "waves": ("waves",),
    "machine": ("machine.envelope", "model.envelope", "replay.classes", "replay.envelope"),
    "replay": ("replay",),
    "compiler": ("compiler",),
    "theory": (
        "theory.conflict",
        "theory.horizon",
        "theory.interpreter",
        "theory.merge",
        "theory.path",
        "theory.positions",
        "theory.projection",
        "theory.readback",
    ),
    "parity": ("parity.claims",),
    "conformance": ("conformance",),
}
"""What is copied together, by the package of the fault: never where types or values are made."""


def broken(id_: str, patches: Mapping[str, str]) -> Result:
    """What becomes of a claim, in the smallest scope, if files have other texts."""
    (place,) = patches
    package = place.partition("/")[0]
    module = place.removesuffix(".py").replace("/", ".")
    copied = _COPIED.get(package, (module,))
    load = loader(tuple(f"antiphon.{name}" for name in copied), patches)
    if package == "parity":
        registry = load("antiphon.parity.claims.registry")
        (result,) = registry.run("quick", (registry.named(id_),)).results
        return result
    return judge(named(id_), "quick", Ground(load))
