"""What is true wherever a role's code can be: the code walked together with its local type.

The walk covers every reachable pair of an address and of what is owned there: endpoints, each with
the state of its type. It keeps for every register what is known of it: one of these endpoints, a
value of one sort, or nothing. Where paths meet, only what all of them know is kept. What a child
does is part of its parent's code: it is walked from where it starts, with what it is given.

Sources: Kildall, A Unified Approach to Global Program Optimization, POPL 1973; Leroy, Java Bytecode
Verification, Journal of Automated Reasoning 2003.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, TypeAlias

from antiphon.bytecode.abstract import EVIDENCE, Abstract, Held, Known, Part, known_of
from antiphon.bytecode.instruction import (
    HOST,
    Acquire,
    Check,
    Choose,
    Close,
    Entries,
    Halt,
    Instruction,
    Invoke,
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
from antiphon.bytecode.loadable import problem
from antiphon.bytecode.program import Delegated, RoleProgram
from antiphon.errors import Diagnostic
from antiphon.theory.local_type import Input, LocalBranch, LocalEnd, LocalType, Output, output
from antiphon.theory.unfold import head
from antiphon.values.sort import BOOL, NAT, STR, UNIT, Sort

WORK_MAX: Final = 2**22
"""How much work one role's code may take: an instruction in a state counts as one, and so do two
registers at an address where paths meet."""


OWN_NAME: Final = "the role's endpoint"
State: TypeAlias = LocalType | None
"""A state of an endpoint's type; None for one that was handed over and is of no known type."""
Owned: TypeAlias = tuple[tuple[Held, State], ...]
Registers: TypeAlias = tuple[Abstract, ...]


def check_flow(
    program: RoleProgram, protocol: str = "", delegated: tuple[Delegated, ...] = ()
) -> list[Diagnostic]:
    """Everything that can go wrong on some path through code whose operands all exist.

    ``protocol`` is the name of the image, ``delegated`` the types of what it may be handed.
    """
    return _Walk(program, protocol, delegated).problems


class _Walk:
    """One role's code, walked together with its type until nothing new is learnt.

    What is known is kept where a jump may lead; between two such addresses it is changed in place.
    """

    def __init__(
        self, program: RoleProgram, protocol: str, delegated: tuple[Delegated, ...]
    ) -> None:
        self._program = program
        self._types = {(name, role): local for name, role, local in delegated}
        self._starts: dict[Held, LocalType] = {}
        self._heads: dict[LocalType, LocalType] = {}
        self._known: dict[tuple[int, Owned], Registers] = {}
        self._waiting: list[tuple[int, Owned]] = []
        self._targets = {address for one in program.code for address in addresses(one)}
        self._labels: dict[int, set[str]] = {}
        self._found: dict[tuple[int, str], Diagnostic] = {}
        self._work = self._pc = 0
        own = Held(OWN_NAME, (protocol, program.role))
        self._registers: list[Abstract] = [own, *[UNIT] * (program.registers - 1)]
        self._owned: dict[Held, State] = {}
        self._own(own, program.local_type)
        self._reach(0)
        while self._waiting and self._work <= WORK_MAX:
            self._walk(*self._waiting.pop())
        if self._work > WORK_MAX:
            self._complain("too-complex", f"it takes more than {WORK_MAX} steps to verify")
        self._check_tables()
        self.problems = [self._found[place] for place in sorted(self._found)]

    def _walk(self, pc: int, owned: Owned) -> None:
        """From an address where a jump may lead to the next one."""
        code = self._program.code
        self._registers = list(self._known[pc, owned])
        self._owned = dict(owned)
        self._pc = pc
        while True:
            if self._pc == len(code):
                self._complain("code-runs-out", "the code ends without halt")
                return
            self._work += 1
            if not self._apply(code[self._pc]):
                return
            self._pc += 1
            if self._pc in self._targets:
                self._reach(self._pc)
                return

    def _reach(self, pc: int) -> None:
        """What is known and owned now is so at ``pc`` too."""
        self._work += 1 + (len(self._registers) + len(self._owned)) // 2
        place = (pc, tuple(sorted(self._owned.items(), key=lambda one: one[0].name)))
        known, registers = self._known.get(place), tuple(self._registers)
        if known is not None and known != registers:
            pairs = zip(known, registers, strict=True)
            registers = tuple(old if old == new else Known.NOTHING for old, new in pairs)
        if known != registers:
            self._known[place] = registers
            self._waiting.append(place)

    def _own(self, held: Held, local: LocalType | None) -> None:
        """From now on this endpoint is owned, at the start of its type."""
        state = None if local is None else self._head(local)
        self._owned[held] = state
        if state is not None:
            self._starts[held] = state

    def _lose(self, gone: Collection[Held]) -> None:
        """These endpoints are owned no more, and nobody takes them for others of their name."""
        for held in gone:
            del self._owned[held]
        if gone:
            self._work += len(self._registers) // 2
            registers = self._registers
            self._registers = [Known.GONE if known in gone else known for known in registers]

    def _fresh(self, name: str) -> str:
        """A name that no endpoint has which is owned now."""
        taken = {held.group or held.name for held in self._owned}
        number, found = 1, name
        while found in taken:
            number += 1
            found = f"{name} ({number})"
        return found

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

    def _apply(self, instruction: Instruction) -> bool:
        """What an instruction needs and does; whether the next instruction follows."""
        match instruction:
            case Send() | Offer() | Receive() | Choose() | Select():
                return self._communicate(instruction)
            case Jump(target):
                self._reach(target)
                return False
            case Halt():
                for state in self._owned.values():
                    if not isinstance(state, LocalEnd):
                        self._complain("unfinished", f"the type is not at its end: {state!r}")
                return False
            case Transfer(endpoint, _):
                held = self._endpoint(endpoint)
                if held is None:
                    return False
                self._lose([held])
            case Spawn(target, args, dst):
                return self._spawn(target, args, dst)
            case Open(name, entries):
                self._open(name, entries)
            case Close(chan):
                return self._close(chan)
            case Invoke(_, _, dst):
                self._registers[dst] = Known.NOTHING
            case Set(dst, value):
                self._registers[dst] = known_of(value)
            case Move(dst, src):
                self._registers[dst] = self._registers[src]
            case Tag(chan, fact, dst) | Check(chan, fact, _, dst):
                texts = (fact, instruction.target) if isinstance(instruction, Check) else (fact,)
                if self._endpoint(chan) is None or not all(map(self._is_text, texts)):
                    return False
                self._registers[dst] = BOOL
            case Acquire(_, dst):
                self._registers[dst] = EVIDENCE
            case Yield() | Release():
                pass
        return True

    def _communicate(self, instruction: Send | Offer | Receive | Choose | Select) -> bool:
        registers = self._registers
        match instruction:
            case Send(chan, val):
                return self._output(chan, self._single(Output, chan), val)
            case Offer(chan, label, val):
                branches = self._branches(Output, chan)
                named = [branch for branch in branches if branch[0] == label]
                if branches and not named:
                    self._complain("unknown-label", f"the type has no label {label!r} here")
                return self._output(chan, named[0] if named else None, val)
            case Receive(chan, dst):
                branch = self._single(Input, chan)
                if branch is None:
                    return False
                self._advance(chan, branch[2])
                registers[dst] = self._received(branch[1])
                return True
            case Choose(chan, dst, table):
                before, owned = list(registers), dict(self._owned)
                for (_, sort, then), address in self._matched(Input, chan, table):
                    self._registers, self._owned = list(before), dict(owned)
                    self._advance(chan, then)
                    self._registers[dst] = self._received(sort)
                    self._reach(address)
                return False
            case Select(chan, table):
                for branch, address in self._matched(Output, chan, table):
                    self._advance(chan, output(self._peer(chan), (branch,)))
                    self._reach(address)
                return False

    def _spawn(self, target: int, args: tuple[int, ...], dst: int) -> bool:
        """The child is walked with the arguments; it owns the endpoints among them."""
        mine, owned = self._registers, self._owned
        given: dict[Held, State] = {}
        for register in args:
            known = mine[register]
            if known is Known.NOTHING:
                self._complain("unknown-argument", f"r{register} may hold an endpoint of any kind")
                return False
            if known is Known.GONE or known in given:
                self._complain("no-endpoint", f"what r{register} holds was given away")
                return False
            if isinstance(known, Held):
                given[known] = owned[known]
        rest: list[Abstract] = [UNIT] * (len(mine) - len(args))
        self._registers, self._owned = [*(mine[register] for register in args), *rest], given
        self._reach(target)
        self._registers, self._owned = mine, owned
        self._lose(given)
        self._registers[dst] = NAT
        return True

    def _open(self, name: str, entries: Entries) -> None:
        """The endpoints of a new session are owned."""
        group = self._fresh(f"a session of {name} opened at {self._pc}")
        for role, local, register in entries:
            held = Held(f"{role} of {group}", (name, role), group)
            self._own(held, local)
            self._registers[register] = held

    def _close(self, chan: int) -> bool:
        """The session is gone, with all endpoints that were opened together with this one."""
        held = self._endpoint(chan)
        if held is None:
            return False
        gone = [
            one for one in self._owned if one == held or (one.group and one.group == held.group)
        ]
        self._lose(gone)
        return True

    def _received(self, sort: Sort) -> Abstract:
        """What a register holds that a message was received in."""
        part = sort.delegates
        if part is None:
            return sort
        held = Held(self._fresh(f"{sort.name} received at {self._pc}"), part)
        self._own(held, self._types.get(part))
        return held

    def _give(self, chan: int, part: Part, known: Abstract | None) -> bool:
        """An endpoint is handed over by way of ``chan``: the one that is known to be in a register,
        or else the host's or the program's choice, and then any that it can be is given away.
        """
        own = self._registers[chan]
        candidates = [
            held
            for held, state in self._owned.items()
            if held.part == part and held != own and state is self._starts.get(held)
        ]
        if isinstance(known, Held):
            if known not in candidates:
                return False
            candidates = [known]
        self._lose(candidates)
        return True

    def _endpoint(self, register: int) -> Held | None:
        """The endpoint in a register, if it is owned."""
        held = self._registers[register]
        if isinstance(held, Held) and held in self._owned:
            return held
        self._complain("no-endpoint", f"r{register} may not hold an endpoint that is owned")
        return None

    def _is_text(self, register: int) -> bool:
        """Whether a register may hold a text; a complaint if not."""
        known = self._registers[register]
        if known is STR or known is Known.NOTHING:
            return True
        holds = known.value if isinstance(known, Known) else known.name
        self._complain("wrong-sort", f"a text is wanted, r{register} may hold {holds}")
        return False

    def _advance(self, chan: int, then: LocalType) -> None:
        """The type of the endpoint in ``chan`` goes on as ``then``."""
        held = self._registers[chan]
        assert isinstance(held, Held)
        self._owned[held] = self._head(then)

    def _peer(self, chan: int) -> str:
        state = self._state(chan)
        return state.peer if isinstance(state, Output | Input) else ""

    def _state(self, chan: int) -> LocalType | None:
        held = self._registers[chan]
        return self._owned.get(held) if isinstance(held, Held) else None

    def _branches(self, kind: type[Output | Input], chan: int) -> tuple[LocalBranch, ...]:
        """The branches of an endpoint's state, which must be of this kind; none if it is not."""
        held = self._endpoint(chan)
        if held is not None:
            state = self._owned[held]
            if state is None:
                self._complain("unknown-type", f"the image does not say what {held.name} does")
                return ()
            if isinstance(state, kind):
                self._work += len(state.branches)
                return state.branches
            wrong = "not-an-output" if kind is Output else "not-an-input"
            self._complain(wrong, f"the type is now {state!r}")
        return ()

    def _single(self, kind: type[Output | Input], chan: int) -> LocalBranch | None:
        branches = self._branches(kind, chan)
        if len(branches) > 1:
            self._complain("several-labels", f"the type is now {self._state(chan)!r}")
        return branches[0] if len(branches) == 1 else None

    def _output(self, chan: int, branch: LocalBranch | None, val: int) -> bool:
        if branch is None:
            return False
        label, sort, then = branch
        known = None if val == HOST else self._registers[val]
        part = sort.delegates
        if part is not None and (known in (None, Known.NOTHING) or isinstance(known, Held)):
            if self._give(chan, part, known):
                self._advance(chan, then)
                return True
        elif known is None or known is sort or known is Known.NOTHING:
            self._advance(chan, then)
            return True
        assert known is not None, "the host chooses among what there is"
        holds = known.value if isinstance(known, Known) else known.name
        self._complain("wrong-sort", f"{label!r} carries {sort.name}, r{val} may hold {holds}")
        return False

    def _matched(
        self, kind: type[Output | Input], chan: int, table: LabelTable
    ) -> Iterator[tuple[LocalBranch, int]]:
        """Each branch of the state with its address in the table."""
        addresses = dict(table)
        needed = self._labels.setdefault(self._pc, set())
        for branch in self._branches(kind, chan):
            needed.add(branch[0])
            if branch[0] in addresses:
                yield branch, addresses[branch[0]]
            else:
                self._complain("missing-label", f"the table has no address for {branch[0]!r}")
