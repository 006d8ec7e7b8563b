"""A row of the matrix: a place where both machines must say the same thing."""

from __future__ import annotations

from dataclasses import dataclass

from antiphon.parity.surfaces.place import Place


@dataclass(frozen=True, slots=True)
class Row:
    """``area`` is the first cell, the places the next two, unless there are words for them.

    ``sources`` are the files that decide the row, or folders of them, below the package: when one
    of them changes, the evidence for the row is stale. ``least``: so often it must be reached.
    ``waits`` says for what a row waits that nothing can reach yet. ``is_enveloped``: the sides may
    order independent steps differently. ``shape`` is the declared shape of a type, as text.
    """

    id: str
    section: str
    area: str
    model: tuple[Place, ...]
    engine: tuple[Place, ...]
    scope: str
    sources: tuple[str, ...]
    least: int = 1
    waits: str = ""
    is_enveloped: bool = False
    model_words: str = ""
    engine_words: str = ""
    shape: str = ""

    @property
    def model_cell(self) -> str:
        """The place in the model, as the page has it."""
        return self.model_words or ", ".join(f"`{place}`" for place in self.model)

    @property
    def engine_cell(self) -> str:
        """The place in the engine."""
        return self.engine_words or ", ".join(f"`{place}`" for place in self.engine)
