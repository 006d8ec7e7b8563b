"""What is true wherever a role's code can be: the code walked together with its local type.

The walk covers every reachable pair of an address and a state of the type, and keeps for every
register what is known of it: the role's own endpoint, a value of one sort, or nothing. Where paths
meet, only what all of them know is kept.

Sources: Kildall, A Unified Approach to Global Program Optimization, POPL 1973; Leroy, Java Bytecode
Verification, Journal of Automated Reasoning 2003.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, TypeAlias

from antiphon.bytecode.instruction import (
    HOST,
    Choose,
    Halt,
    Instruction,
    Invoke,
    Jump,
    LabelTable,
    Move,
    Offer,
    Receive,
    Select,
    Send,
    Set,
    Yield,
)
from antiphon.bytecode.loadable import problem
from antiphon.bytecode.program import RoleProgram
from antiphon.errors import Diagnostic
from antiphon.theory.local_type import Input, LocalBranch, LocalEnd, LocalType, Output, output
from antiphon.theory.unfold import head
from antiphon.values.sort import BOOL, CORE, NAT, STR, UNIT, Sort, parse_sort, product
from antiphon.values.value import Blob, Bool, Nat, Prod, Str, Unit, Value

WORK_MAX: Final = 2**22
"""How much work one role's code may take: an instruction in a state counts as one, and so do two
registers at an address where paths meet."""


class Known(Enum):
    """What may be known of a register that holds no value of a known sort."""

    OWN = "the role's endpoint"
    NOTHING = "a value of unknown sort"


Abstract: TypeAlias = Sort | Known
Registers: TypeAlias = tuple[Abstract, ...]


def check_flow(program: RoleProgram) -> list[Diagnostic]:
    """Everything that can go wrong on some path through code whose operands all exist."""
    return _Walk(program).problems


def addresses(instruction: Instruction) -> tuple[int, ...]:
    """Where an instruction may jump to."""
    match instruction:
        case Jump(target):
            return (target,)
        case Choose() | Select():
            return tuple(address for _, address in instruction.table)
        case _:
            return ()


class _Walk:
    """One role's code, walked together with its type until nothing new is learnt.

    What is known is kept where a jump may lead; between two such addresses it is changed in place.
    """

    def __init__(self, program: RoleProgram) -> None:
        self._program = program
        self._heads: dict[LocalType, LocalType] = {}
        self._known: dict[tuple[int, LocalType], Registers] = {}
        self._waiting: list[tuple[int, LocalType]] = []
        self._targets = {address for one in program.code for address in addresses(one)}
        self._labels: dict[int, set[str]] = {}
        self._found: dict[tuple[int, str], Diagnostic] = {}
        self._work = self._pc = 0
        self._registers: list[Abstract] = [Known.OWN, *[UNIT] * (program.registers - 1)]
        self._reach(0, program.local_type)
        while self._waiting and self._work <= WORK_MAX:
            self._walk(*self._waiting.pop())
        if self._work > WORK_MAX:
            self._complain("too-complex", f"it takes more than {WORK_MAX} steps to verify")
        self._check_tables()
        self.problems = [self._found[place] for place in sorted(self._found)]

    def _walk(self, pc: int, state: LocalType | None) -> None:
        """From an address where a jump may lead to the next one."""
        code = self._program.code
        self._registers = list(self._known[pc, state]) if state else []
        self._pc = pc
        while state is not None:
            if self._pc == len(code):
                self._complain("code-runs-out", "the code ends without halt")
                return
            choices = len(state.branches) if isinstance(state, Output | Input) else 0
            self._work += 1 + choices
            state = self._apply(code[self._pc], state)
            self._pc += 1
            if state is not None and self._pc in self._targets:
                self._reach(self._pc, state)
                return

    def _reach(self, pc: int, then: LocalType) -> None:
        """What is known now is true at ``pc`` too, with this type to go."""
        self._work += 1 + len(self._registers) // 2
        place = (pc, self._head(then))
        known, registers = self._known.get(place), tuple(self._registers)
        if known is not None and known != registers:
            pairs = zip(known, registers, strict=True)
            registers = tuple(old if old is new else Known.NOTHING for old, new in pairs)
        if known != registers:
            self._known[place] = registers
            self._waiting.append(place)

    def _head(self, then: LocalType) -> LocalType:
        state = self._heads.get(then)
        if state is None:
            state = self._heads[then] = head(then)
        return state

    def _complain(self, code: str, message: str) -> None:
        pc = self._pc
        self._found.setdefault((pc, code), problem(self._program, code, message, pc))

    def _check_tables(self) -> None:
        """The tables that were reached have no label that can never come."""
        for pc, needed in self._labels.items():
            self._pc = pc
            table: LabelTable = getattr(self._program.code[pc], "table", ())
            extra = [label for label, _ in table if label not in needed]
            if extra and needed:
                self._complain("unexpected-label", f"{', '.join(extra)} cannot happen here")

    def _apply(self, instruction: Instruction, state: LocalType) -> LocalType | None:
        """What an instruction needs and does; the state that the next instruction goes on with."""
        registers = self._registers
        match instruction:
            case Send(chan, val):
                return self._output(self._single(Output, chan, state), val)
            case Offer(chan, label, val):
                branches = self._branches(Output, chan, state)
                named = [branch for branch in branches if branch[0] == label]
                if branches and not named:
                    self._complain("unknown-label", f"the type has no label {label!r} here")
                return self._output(named[0] if named else None, val)
            case Receive(chan, dst):
                branch = self._single(Input, chan, state)
                if branch is None:
                    return None
                registers[dst] = branch[1]
                return self._head(branch[2])
            case Choose(chan, dst, table):
                for (_, sort, then), address in self._matched(Input, chan, state, table):
                    registers[dst] = sort
                    self._reach(address, then)
                return None
            case Select(chan, table):
                peer = state.peer if isinstance(state, Output) else ""
                for branch, address in self._matched(Output, chan, state, table):
                    self._reach(address, output(peer, (branch,)))
                return None
            case Invoke(_, _, dst):
                registers[dst] = Known.NOTHING
            case Set(dst, value):
                registers[dst] = _known_of(value)
            case Move(dst, src):
                registers[dst] = registers[src]
            case Jump(target):
                self._reach(target, state)
                return None
            case Yield():
                pass
            case Halt():
                if not isinstance(state, LocalEnd):
                    self._complain("unfinished", f"the type is not at its end: {state!r}")
                return None
        return state

    def _branches(
        self, kind: type[Output | Input], chan: int, state: LocalType
    ) -> tuple[LocalBranch, ...]:
        """The branches of a state that must be of this kind; none if something is wrong."""
        if self._registers[chan] is not Known.OWN:
            self._complain("no-endpoint", f"r{chan} may not hold the role's endpoint")
        elif not isinstance(state, kind):
            wrong = "not-an-output" if kind is Output else "not-an-input"
            self._complain(wrong, f"the type is now {state!r}")
        else:
            return state.branches
        return ()

    def _single(
        self, kind: type[Output | Input], chan: int, state: LocalType
    ) -> LocalBranch | None:
        branches = self._branches(kind, chan, state)
        if len(branches) > 1:
            self._complain("several-labels", f"the type is now {state!r}")
        return branches[0] if len(branches) == 1 else None

    def _output(self, branch: LocalBranch | None, val: int) -> LocalType | None:
        if branch is None:
            return None
        label, sort, then = branch
        known = sort if val == HOST else self._registers[val]
        if known is sort or known is Known.NOTHING:
            return self._head(then)
        holds = known.value if isinstance(known, Known) else known.name
        self._complain("wrong-sort", f"{label!r} carries {sort.name}, r{val} may hold {holds}")
        return None

    def _matched(
        self, kind: type[Output | Input], chan: int, state: LocalType, table: LabelTable
    ) -> Iterator[tuple[LocalBranch, int]]:
        """Each branch of the state with its address in the table."""
        addresses = dict(table)
        needed = self._labels.setdefault(self._pc, set())
        for branch in self._branches(kind, chan, state):
            needed.add(branch[0])
            if branch[0] in addresses:
                yield branch, addresses[branch[0]]
            else:
                self._complain("missing-label", f"the table has no address for {branch[0]!r}")


_ATOMS: Final[dict[type[Value], Sort]] = {Unit: UNIT, Nat: NAT, Bool: BOOL, Str: STR}


def _known_of(value: Value) -> Abstract:
    """The sort of a constant; nothing for endpoints, which no sort has."""
    done: list[Abstract] = []
    stack: list[Value | None] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, Prod):
            stack += (None, item.right, item.left)
        elif isinstance(item, Blob):
            done.append(_blob_sort(item.sort))
        elif item is not None:
            done.append(_ATOMS.get(type(item), Known.NOTHING))
        else:
            right, left = done.pop(), done.pop()
            if isinstance(left, Sort) and isinstance(right, Sort):
                done.append(product(left, right))
            else:
                done.append(Known.NOTHING)
    return done[0]


def _blob_sort(name: str) -> Abstract:
    try:
        sort = parse_sort(name)
    except ValueError:
        return Known.NOTHING
    atomic = sort.left is None and sort.delegates is None
    return sort if atomic and sort not in CORE else Known.NOTHING
