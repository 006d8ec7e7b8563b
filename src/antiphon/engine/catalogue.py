"""The images that a machine has loaded, and what its numbers mean to people."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from antiphon.bytecode.program import Image
from antiphon.engine.build import Kernel
from antiphon.engine.kernel import (
    ACQUIRE,
    FAILS,
    GROWS,
    INVOKE,
    LOSES,
    OPEN,
    PAYLOAD_BITS,
    RELEASE,
    REPLACES,
    SET,
    WAITS,
)
from antiphon.engine.load import Cell, Tables, Transition, tables
from antiphon.engine.words import Words
from antiphon.errors import Refusal
from antiphon.machine.buffer import BLOCK, DROP, ERROR, LATEST, RESIZE
from antiphon.machine.config import Config
from antiphon.machine.output_condition import Disabled

BRANCH_LIMIT = 2**PAYLOAD_BITS
"""The trace has so many bits for the number of a branch, of a guard layer, or of an effect's call
in its image."""

WHEN_FULL: Final = {BLOCK: WAITS, DROP: LOSES, ERROR: FAILS, RESIZE: GROWS}
"""What a queue does when it is full, by its buffer's word for it."""


class Catalogue:
    """Images by the kernel's number, branches and code cells by the kernel's addresses.
    ``is_gated``: all that is sent has met an output condition.
    """

    def __init__(self, words: Words, config: Config | None = None) -> None:
        config = Config() if config is None else config
        self.words = words
        self.is_gated = not isinstance(config.outputs, Disabled)
        self._priorities = dict(config.priorities)
        self._pure_actions = frozenset(config.pure_actions)
        self._capacity = config.capacity
        self._buffers = {(sender, receiver): each for sender, receiver, each in config.buffers}
        self.images: list[Tables] = []
        self.transitions: list[Transition] = []
        self.addresses: list[int] = []
        self.layers: dict[str, int] = {}
        self.layer_names: list[str] = []
        self._numbers: WeakKeyDictionary[Image, int] = WeakKeyDictionary()

    def number(self, image: Image, kernel: Kernel) -> int:
        """The kernel's number of an image, which is installed on first use."""
        number = self._numbers.get(image)
        if number is None:
            number = self._numbers[image] = self._install(tables(image), kernel)
        return number

    def buffer(self, edge: tuple[str, str]) -> tuple[int, int, int]:
        """What the queue of an edge does when it is full, its capacity, and how far that grows."""
        buffer = self._buffers.get(edge)
        if buffer is None:
            return (WAITS, self._capacity, 0)
        if buffer.mode == LATEST:
            return (REPLACES, 1, 0)
        return (WHEN_FULL[buffer.full], buffer.capacity, buffer.maximum or 0)

    def _call(self, cell: Cell, image: Tables) -> Cell:
        """The cell of an ``invoke``, which says whether its action is pure."""
        return cell._replace(c=int(image.calls[cell.b][0] in self._pure_actions))

    def _install(self, image: Tables, kernel: Kernel) -> int:
        words = self.words
        opened = [self._install(session, kernel) for session in image.sessions]
        transitions = [*self.transitions, *image.transitions]
        layers = dict(self.layers)
        for layer in image.layers:
            layers.setdefault(layer, len(layers))
        if max(len(transitions), len(image.calls), len(layers)) > BRANCH_LIMIT:
            words_ = f"at most {BRANCH_LIMIT} branches, guard layers, and calls of an image"
            raise Refusal("image-too-large", f"a machine knows {words_}")
        sorts = [words.sort(sort) for sort in image.sorts] or [0]
        constants = list(map(words.pin, image.constants))
        images = [*self.images, image]
        addresses = [*self.addresses, *image.addresses]
        numbers = [layers[layer] for layer in image.layers]
        of_cell = {SET: constants, OPEN: opened, ACQUIRE: numbers, RELEASE: numbers}
        cells = [
            cell._replace(b=of_cell[cell.op][cell.b]) if cell.op in of_cell else cell
            for cell in (
                self._call(cell, image) if cell.op == INVOKE else cell for cell in image.cells
            )
        ]
        priorities = self._priorities
        names = zip(image.roles, image.role_rows, strict=True)
        kernel.layers([layers[layer] for layer in sorted(layers)])
        number = kernel.install(
            (len(image.roles), len(image.queues), image.registers),
            [
                (words.role(name), priorities.get(name, 0), *row, words.endpoint(image.name, name))
                for name, row in names
            ],
            [
                (end, *self.buffer(edge), source, *map(words.role, edge))
                for edge, end, source in zip(
                    image.queues, image.targets, image.sources, strict=True
                )
            ],
            cells,
            list(image.states),
            [row._replace(sort=sorts[row.sort]) for row in image.branches],
            list(image.jumps),
        )
        # Made before, so that the kernel has no image that is not in the catalogue.
        self.images = images
        self.layers, self.layer_names = layers, list(layers)
        self.transitions, self.addresses = transitions, addresses
        return number
