"""Places in the sources: a file of the package and a symbol in it, as ``model/step.py::step``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from antiphon.errors import Refusal

SAME_OBJECT = "same-object"
UNKNOWN_PLACE = "unknown-place"


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a symbol in it."""

    text: str

    def __str__(self) -> str:
        return self.text

    def resolve(self) -> object:
        """What stands there. Raises ``Refusal`` (``unknown-place``) if nothing does."""
        file, _, symbol = self.text.partition("::")
        try:
            found: object = import_module(f"antiphon.{file.removesuffix('.py').replace('/', '.')}")
            for name in symbol.split("."):
                found = getattr(found, name)
        except (ImportError, AttributeError) as error:
            raise Refusal(UNKNOWN_PLACE, f"{self.text}: {error}") from None
        return found

    @property
    def is_there(self) -> bool:
        """Whether something stands there."""
        try:
            self.resolve()
        except Refusal:
            return False
        return True


def place_problems(name: str, model: Place, engine: Place) -> tuple[str, ...]:
    """What is wrong with the two places of a surface, each with its code."""
    found: list[object] = []
    problems: list[str] = []
    for place in (model, engine):
        try:
            found.append(place.resolve())
        except Refusal:
            problems.append(f"{UNKNOWN_PLACE}:{name}:{place}")
    if len(found) == 2 and found[0] is found[1]:
        problems.append(f"{SAME_OBJECT}:{name}:{engine}")
    return tuple(problems)
