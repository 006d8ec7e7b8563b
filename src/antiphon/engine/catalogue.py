"""The images that a machine has loaded, and what its numbers mean to people."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from antiphon.bytecode.program import Image
from antiphon.engine.build import Kernel
from antiphon.engine.kernel import FAILS, GROWS, INVOKE, LOSES, PAYLOAD_BITS, REPLACES, SET, WAITS
from antiphon.engine.load import Cell, Tables, Transition, tables
from antiphon.engine.words import Words
from antiphon.errors import Refusal
from antiphon.machine.buffer import BLOCK, DROP, ERROR, LATEST, RESIZE
from antiphon.machine.config import Config

BRANCH_LIMIT = 2**PAYLOAD_BITS
"""The trace has so many bits for the number of a branch, or of an effect's call in its image."""

_WHEN_FULL: Final = {BLOCK: WAITS, DROP: LOSES, ERROR: FAILS, RESIZE: GROWS}


class Catalogue:
    """Images by the kernel's number, branches and code cells by the kernel's addresses."""

    def __init__(self, words: Words, config: Config | None = None) -> None:
        config = Config() if config is None else config
        self.words = words
        self._priorities = dict(config.priorities)
        self._pure_actions = frozenset(config.pure_actions)
        self._capacity = config.capacity
        self._buffers = {(sender, receiver): each for sender, receiver, each in config.buffers}
        self.images: list[Tables] = []
        self.transitions: list[Transition] = []
        self.addresses: list[int] = []
        self._numbers: WeakKeyDictionary[Image, int] = WeakKeyDictionary()

    def number(self, image: Image, kernel: Kernel) -> int:
        """The kernel's number of an image, which is installed on first use."""
        number = self._numbers.get(image)
        if number is None:
            number = self._numbers[image] = self._install(tables(image), kernel)
        return number

    def _queue(self, edge: tuple[str, str], end: int) -> tuple[int, int, int, int]:
        """A queue as the kernel wants it: its end, what it does when full, its capacities."""
        buffer = self._buffers.get(edge)
        if buffer is None:
            return (end, WAITS, self._capacity, 0)
        if buffer.mode == LATEST:
            return (end, REPLACES, 1, 0)
        return (end, _WHEN_FULL[buffer.full], buffer.capacity, buffer.maximum or 0)

    def _cell(self, cell: Cell, image: Tables, constants: list[int]) -> Cell:
        """A cell with what an image does not know: a constant's word, whether an action is pure."""
        if cell.op == SET:
            return cell._replace(b=constants[cell.b])
        return cell._replace(c=int(image.calls[cell.b][0] in self._pure_actions))

    def _install(self, image: Tables, kernel: Kernel) -> int:
        words = self.words
        transitions = [*self.transitions, *image.transitions]
        if max(len(transitions), len(image.calls)) > BRANCH_LIMIT:
            message = f"a machine knows at most {BRANCH_LIMIT} branches, and calls of an image"
            raise Refusal("image-too-large", message)
        sorts = [words.sort(sort) for sort in image.sorts] or [0]
        constants = list(map(words.pin, image.constants))
        images = [*self.images, image]
        addresses = [*self.addresses, *image.addresses]
        names = zip(image.roles, image.role_rows, strict=True)
        number = kernel.install(
            (len(image.roles), len(image.queues), image.registers),
            [(words.role(name), self._priorities.get(name, 0), *row) for name, row in names],
            [self._queue(edge, end) for edge, end in zip(image.queues, image.targets, strict=True)],
            [
                self._cell(cell, image, constants) if cell.op in (SET, INVOKE) else cell
                for cell in image.cells
            ],
            list(image.states),
            [row._replace(sort=sorts[row.sort]) for row in image.branches],
            list(image.jumps),
        )
        # Made before, so that the kernel has no image that is not in the catalogue.
        self.images = images
        self.transitions, self.addresses = transitions, addresses
        return number
