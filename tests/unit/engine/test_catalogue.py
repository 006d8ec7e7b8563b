"""The catalogue: images installed once, numbers by the kernel's own addresses."""

from __future__ import annotations

import pytest

from antiphon.engine import catalogue as module
from antiphon.engine.build import kernel_class
from antiphon.engine.catalogue import Catalogue
from antiphon.engine.load import tables
from antiphon.engine.machine import OUTCOMES
from antiphon.engine.words import Words
from antiphon.errors import Refusal
from tests.unit.engine.images import decided, handshake


def test_images_are_installed_once(build: str) -> None:
    """An image keeps its number; addresses and branches follow those of earlier images."""
    kernel = kernel_class(build)(lambda *_: 0, OUTCOMES, 1, False)
    catalogue, first, second = Catalogue(Words()), handshake(), decided()
    assert [catalogue.number(image, kernel) for image in (first, second, first)] == [0, 1, 0]
    cells = len(tables(first).cells)
    assert catalogue.addresses[:cells] == list(tables(first).addresses)
    assert catalogue.addresses[cells:] == list(tables(second).addresses)
    branches = len(tables(first).branches)
    assert catalogue.transitions[branches:] == list(tables(second).transitions)
    assert catalogue.labels[1] == ("more", "stop", "text")


def test_too_many_branches(build: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the trace could not tell apart is refused, and nothing is installed."""
    monkeypatch.setattr(module, "BRANCH_LIMIT", 3)
    kernel = kernel_class(build)(lambda *_: 0, OUTCOMES, 1, False)
    catalogue = Catalogue(Words())
    with pytest.raises(Refusal) as caught:
        catalogue.number(decided(), kernel)
    assert caught.value.code == "image-too-large"
    assert catalogue.images == []
