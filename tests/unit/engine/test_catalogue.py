"""The catalogue: images installed once, numbers by the kernel's own addresses."""

from __future__ import annotations

from typing import cast

import pytest

from antiphon.bytecode.instruction import Halt, Invoke
from antiphon.engine import catalogue as module
from antiphon.engine.build import Kernel, kernel_class
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.load import tables
from antiphon.engine.machine import OUTCOMES
from antiphon.engine.words import Words
from antiphon.errors import Refusal
from antiphon.machine.config import Config
from antiphon.theory.local_type import END
from tests.unit.engine.images import alone, decided, handshake

FOUR = Config(priorities=(("B", 4),))


def test_images_are_installed_once(build: str) -> None:
    """An image keeps its number; addresses and branches follow those of earlier images."""
    kernel = kernel_class(build)(lambda *_: 0, OUTCOMES, -1, 9, 9, False)
    catalogue, first, second = Catalogue(Words(), FOUR), handshake(), decided()
    assert [catalogue.number(image, kernel) for image in (first, second, first)] == [0, 1, 0]
    cells = len(tables(first).cells)
    assert catalogue.addresses[:cells] == list(tables(first).addresses)
    assert catalogue.addresses[cells:] == list(tables(second).addresses)
    branches = len(tables(first).branches)
    assert catalogue.transitions[branches:] == list(tables(second).transitions)


def test_too_many_branches(build: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the trace could not tell apart is refused, and nothing is installed."""
    monkeypatch.setattr(module, "BRANCH_LIMIT", 3)
    kernel = kernel_class(build)(lambda *_: 0, OUTCOMES, -1, 9, 9, False)
    catalogue = Catalogue(Words(), FOUR)
    with pytest.raises(Refusal) as caught:
        catalogue.number(decided(), kernel)
    assert caught.value.code == "image-too-large"
    assert catalogue.images == []


def test_too_many_calls(build: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for the effects that an image calls."""
    monkeypatch.setattr(module, "BRANCH_LIMIT", 3)
    kernel = kernel_class(build)(lambda *_: 0, OUTCOMES, -1, 9, 9, False)
    calls = [Invoke("act", (), 1)] * 3
    assert Catalogue(Words(), FOUR).number(alone(END, *calls, Halt()), kernel) == 0
    with pytest.raises(Refusal) as caught:
        Catalogue(Words(), FOUR).number(alone(END, *calls, calls[0], Halt()), kernel)
    assert caught.value.code == "image-too-large"


class Starved:
    """A kernel that has no memory left."""

    def layers(self, _: object) -> int:
        """Take the order of the names of guard layers."""
        return 0

    def install(self, *_: object) -> int:
        """Fail."""
        raise MemoryError


def test_an_image_that_is_not_installed_is_not_in_the_catalogue(build: str) -> None:
    """The catalogue and the kernel count the same images, whatever happens."""
    catalogue = Catalogue(Words(), FOUR)
    with pytest.raises(MemoryError):
        catalogue.number(decided(), cast("Kernel", Starved()))
    assert catalogue.images == []
    assert (catalogue.transitions, catalogue.addresses) == ([], [])
    kernel = kernel_class(build)(lambda *_: 0, OUTCOMES, -1, 9, 9, False)
    assert catalogue.number(handshake(), kernel) == 0
    assert len(catalogue.images) == 1
