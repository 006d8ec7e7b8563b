"""All rules, each broken by itself; and whether broken checkers say what healthy ones say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

from antiphon.parity.bites.bite import Bite, Load
from antiphon.parity.bites.of_ledger import LEDGER, UPDATE
from antiphon.parity.bites.of_matrix import MATRIX, RELEASE, STATUS
from antiphon.parity.bites.of_surfaces import SURFACES
from antiphon.parity.mutant import GOVERNED
from antiphon.parity.mutants_load import loader

_OF_FOLDER: Final = dict(
    zip(GOVERNED, ({**LEDGER, **UPDATE}, {**STATUS, **MATRIX, **RELEASE}, SURFACES), strict=True)
)
BITES: Final[Mapping[str, Bite]] = {
    name: bite for cases in _OF_FOLDER.values() for name, bite in cases.items()
}
"""Each rule, broken by itself."""


def said(load: Load = import_module) -> dict[str, tuple[str, ...]]:
    """What the checkers that ``load`` gives say of each case."""
    return {name: bite.said(load) for name, bite in BITES.items()}


def missed(patches: Mapping[str, str]) -> str:
    """A case of which patched checkers of one folder do not say what healthy ones say, if any."""
    (place,) = patches
    folder = next(each for each in GOVERNED if place.startswith(each))
    load = loader((f"antiphon.{folder.strip('/').replace('/', '.')}",), patches)
    cases = _OF_FOLDER[folder].items()
    return next((name for name, bite in cases if bite.said(load) != _healthy()[name]), "")


@cache
def _healthy() -> Mapping[str, tuple[str, ...]]:
    return said()
