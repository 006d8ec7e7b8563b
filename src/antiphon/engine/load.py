"""Images as the kernel's tables: interned, pre-decoded, ready to be run.

Everything that an unverified image can get wrong is decided here, so that the kernel needs no check
against it: an operand that does not exist becomes -1, an address outside becomes a cell of its own,
a queue to a role that the image does not have leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from antiphon.bytecode.instruction import (
    Abort,
    Acquire,
    Check,
    Choose,
    Close,
    Fork,
    Halt,
    Instruction,
    Invoke,
    Join,
    Jump,
    LabelTable,
    Move,
    Offer,
    Open,
    Receive,
    Release,
    Select,
    Send,
    Set,
    Spawn,
    Tag,
    Transfer,
    Yield,
    addresses,
)
from antiphon.bytecode.loadable import require_loadable
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.bytecode.table import TABLE
from antiphon.engine.operands import registers_of
from antiphon.engine.premise import END, INPUT, State, automaton
from antiphon.values.sort import Sort
from antiphon.values.value import Value

OPCODE: Final = {row.name: number for number, row in enumerate(TABLE)}
"""The kernel's number of each instruction: its place in the table."""

MISSING: Final = -1
"""The first operand of an instruction with a register that does not exist."""

EMPTY: Final = -1
"""The label of an entry of a hashed table that holds nothing."""


_CellOf: TypeAlias = Callable[[int], int]


class Cell(NamedTuple):
    """One pre-decoded instruction; what the operands mean depends on the instruction."""

    op: int
    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0


class RoleRow(NamedTuple):
    """A role: its place among the roles of this name, state 0, address 0, registers."""

    first: int
    state: int
    entry: int
    registers: int


class StateRow(NamedTuple):
    """A state of a local type; its branches are hashed by label, ``mask`` + 1 entries."""

    kind: int
    queue: int
    branch: int
    mask: int


class BranchRow(NamedTuple):
    """A branch; ``sort`` counts in ``Tables.sorts``."""

    label: int
    sort: int
    then: int
    narrowed: int


class Transition(NamedTuple):
    """What a branch means to people."""

    sender: str
    receiver: str
    label: str
    sort: Sort | None


@dataclass(frozen=True, slots=True)
class Tables:
    """An image in integers. All addresses count from the image's own first entry.

    Labels have the numbers of ``label_number``. ``queues`` are the ordered pairs of roles that some
    type speaks of, ``targets`` the role at the end of each, ``sources`` that at its beginning, -1
    for none. ``addresses`` says for each cell which pc it stands for. ``calls`` are the actions and
    arguments of the ``invoke`` instructions, ``layers`` the guard layers, ``sessions`` what the
    ``open`` instructions open; ``forks`` says whether there is one that forks. ``transitions`` are
    the ``branches``.
    """

    name: str
    roles: tuple[str, ...]
    automata: tuple[tuple[State, ...], ...]
    sorts: tuple[Sort, ...]
    constants: tuple[Value, ...]
    queues: tuple[tuple[str, str], ...]
    targets: tuple[int, ...]
    sources: tuple[int, ...]
    calls: tuple[tuple[str, tuple[int, ...]], ...]
    sessions: tuple[Tables, ...]
    forks: bool
    layers: tuple[str, ...]
    addresses: tuple[int, ...]
    transitions: tuple[Transition, ...]
    role_rows: tuple[RoleRow, ...]
    cells: tuple[Cell, ...]
    states: tuple[StateRow, ...]
    branches: tuple[BranchRow, ...]
    jumps: tuple[tuple[int, int], ...]

    @property
    def registers(self) -> int:
        """How many registers a session has."""
        return sum(row.registers for row in self.role_rows)


_CACHE: WeakKeyDictionary[Image, Tables] = WeakKeyDictionary()

_LABELS: dict[str, int] = {}
_NAMES: dict[int, str] = {}
_LABEL_BYTES: Final = 6


def label_number(label: str) -> int:
    """The number of a label: one for all images of a process, because code may use the endpoints of
    other images. It is a hash of the label, so that it does not depend on what was loaded before;
    should two labels have the same, the later one gets the next. Nothing that can be observed
    depends on it.
    """
    number = _LABELS.get(label)
    if number is None:
        digest = blake2b(label.encode(), digest_size=_LABEL_BYTES).digest()
        number = int.from_bytes(digest, "big")
        while _NAMES.setdefault(number, label) != label:
            number += 1
        _LABELS[label] = number
    return number


def label_of(number: int) -> str:
    """The label with a number."""
    return _NAMES[number]


def known_label(label: str) -> int | None:
    """The number of a label that some image has; None for any other."""
    return _LABELS.get(label)


def tables(image: Image) -> Tables:
    """The tables of an image, made once for as long as it lives.

    Raises ``ProgramError`` if it may not be loaded, not even unverified.
    """
    found = _CACHE.get(image)
    if found is None:
        require_loadable(image)
        found = _CACHE[image] = _Builder(image).tables()
    return found


class _Builder:
    """The tables of one image while they grow."""

    def __init__(self, image: Image) -> None:
        self._image = image
        self._places = {role: place for place, role in reversed(list(enumerate(image.roles)))}
        self._automata = tuple(automaton(program.local_type) for program in image.programs)
        self._sorts: dict[Sort, int] = {}
        self._queues: dict[tuple[str, str], int] = {}
        self._constants: list[Value] = []
        self._calls: list[tuple[str, tuple[int, ...]]] = []
        self._sessions: list[Tables] = []
        self._layers: dict[str, int] = {}
        self._addresses: list[int] = []
        self._transitions: list[Transition] = []
        self._role_rows: list[RoleRow] = []
        self._cells: list[Cell] = []
        self._states: list[StateRow] = []
        self._branches: list[BranchRow] = []
        self._jumps: list[tuple[int, int]] = []

    def tables(self) -> Tables:
        """The tables of the image."""
        for place, program in enumerate(self._image.programs):
            first = self._places[program.role] == place
            row = RoleRow(first, len(self._states), len(self._cells), program.registers)
            self._role_rows.append(row)
            self._add_type(program.role, self._automata[place])
            self._add_code(program)
        # In order, for that is the order in which a session's messages are lost.
        queues = sorted(self._queues)
        place = {self._queues[edge]: number for number, edge in enumerate(queues)}
        states = [row._replace(queue=place.get(row.queue, 0)) for row in self._states]
        return Tables(
            name=self._image.name,
            roles=self._image.roles,
            automata=self._automata,
            sorts=tuple(self._sorts),
            constants=tuple(self._constants),
            queues=tuple(queues),
            targets=tuple(self._places.get(receiver, -1) for _, receiver in queues),
            sources=tuple(self._places.get(sender, -1) for sender, _ in queues),
            calls=tuple(self._calls),
            sessions=tuple(self._sessions),
            forks=any(cell.op == OPCODE["fork"] for cell in self._cells),
            layers=tuple(self._layers),
            addresses=tuple(self._addresses),
            transitions=tuple(self._transitions),
            role_rows=tuple(self._role_rows),
            cells=tuple(self._cells),
            states=tuple(states),
            branches=tuple(self._branches),
            jumps=tuple(self._jumps),
        )

    def _add_type(self, role: str, states: Sequence[State]) -> None:
        base = len(self._states)
        for state in states:
            if state.kind == END:
                self._states.append(StateRow(END, 0, len(self._branches), 0))
                self._add_branch(BranchRow(EMPTY, 0, 0, 0), Transition("", "", "", None))
                continue
            pair = (state.peer, role) if state.kind == INPUT else (role, state.peer)
            queue = self._queues.setdefault(pair, len(self._queues))
            entries = hashed(label_number(branch.label) for branch in state.branches)
            mask = len(entries) - 1
            self._states.append(StateRow(state.kind, queue, len(self._branches), mask))
            for number in entries:
                if number is None:
                    self._add_branch(BranchRow(EMPTY, 0, 0, 0), Transition("", "", "", None))
                    continue
                label, sort, then, narrowed = state.branches[number]
                row = BranchRow(
                    label_number(label),
                    self._sorts.setdefault(sort, len(self._sorts)),
                    base + then,
                    base + narrowed,
                )
                self._add_branch(row, Transition(*pair, label, sort))

    def _add_branch(self, row: BranchRow, transition: Transition) -> None:
        self._branches.append(row)
        self._transitions.append(transition)

    def _add_code(self, program: RoleProgram) -> None:
        code, base = program.code, len(self._cells)
        outside = {len(code): base + len(code)}
        for instruction in code:
            for target in addresses(instruction):
                if not 0 <= target < len(code):
                    outside.setdefault(target, base + len(code) + len(outside))
        self._addresses += (*range(len(code)), *outside)

        def cell_of(target: int) -> int:
            return outside[target] if target in outside else base + target

        for instruction in code:
            cell = self._cell(instruction, cell_of)
            used = registers_of(instruction)
            missing = not all(0 <= r < program.registers for r in used)
            if isinstance(instruction, Spawn):
                missing |= len(instruction.args) > program.registers
            self._cells.append(cell._replace(a=MISSING, b=0) if missing else cell)
        self._cells += [Cell(OPCODE["fetch"])] * len(outside)

    def _cell(self, instruction: Instruction, cell_of: _CellOf) -> Cell:
        op = OPCODE[type(instruction).__name__.lower()]
        match instruction:
            case Send(chan, val):
                return Cell(op, chan, val)
            case Receive(chan, dst):
                return Cell(op, chan, dst)
            case Offer(chan, label, val):
                return Cell(op, chan, val, label_number(label))
            case Choose(chan, dst, table):
                return Cell(op, chan, dst, *self._add_jumps(table, cell_of))
            case Select(chan, table):
                return Cell(op, chan, 0, *self._add_jumps(table, cell_of))
            case Invoke(action, args, dst):
                self._calls.append((action, args))
                return Cell(op, dst, len(self._calls) - 1)
            case Open(name, entries):
                roles = (RoleProgram(role, local, (), 0) for role, local, _ in entries)
                self._sessions.append(_Builder(Image(name, tuple(roles))).tables())
                first = self._add_registers([register for _, _, register in entries])
                return Cell(op, 0, len(self._sessions) - 1, first, len(entries))
            case Close(chan):
                return Cell(op, chan)
            case Acquire(layer, register) | Release(layer, register):
                return Cell(op, register, self._layers.setdefault(layer, len(self._layers)))
            case Tag(chan, fact, dst):
                return Cell(op, chan, fact, dst)
            case Check(chan, fact, target, dst):
                return Cell(op, chan, fact, target, dst)
            case Transfer(endpoint, target):
                return Cell(op, endpoint, target)
            case Spawn(target, args, dst):
                return Cell(op, dst, cell_of(target), self._add_registers(args), len(args))
            case Set(dst, val):
                self._constants.append(val)
                return Cell(op, dst, len(self._constants) - 1)
            case Move(dst, src):
                return Cell(op, dst, src)
            case Jump(target):
                return Cell(op, cell_of(target))
            case Fork(ghost):
                return Cell(op, ghost)
            case Join() | Abort() | Yield() | Halt():
                return Cell(op)

    def _add_registers(self, registers: Sequence[int]) -> int:
        self._jumps += ((register, 0) for register in registers)
        return len(self._jumps) - len(registers)

    def _add_jumps(self, table: LabelTable, cell_of: _CellOf) -> tuple[int, int]:
        entries = hashed(label_number(label) for label, _ in table)
        first = len(self._jumps)
        for number in entries:
            if number is None:
                self._jumps.append((EMPTY, 0))
            else:
                label, target = table[number]
                self._jumps.append((label_number(label), cell_of(target)))
        return first, len(entries) - 1


def hashed(labels: Iterable[int]) -> list[int | None]:
    """Where each of some labels stands in a hashed table, by its number; None for empty entries.

    One label makes a table of one entry; of equal labels only the first stands in it. No other
    number of labels does, so a mask of 0 means exactly one.
    """
    numbered = list(enumerate(labels))
    if len(numbered) == 1:
        return [0]
    size = 2
    while size < 2 * len(numbered):
        size *= 2
    entries: list[int | None] = [None] * size
    taken: set[int] = set()
    for number, label in numbered:
        if label in taken:
            continue
        taken.add(label)
        at = label % size
        while entries[at] is not None:
            at = (at + 1) % size
        entries[at] = number
    return entries
