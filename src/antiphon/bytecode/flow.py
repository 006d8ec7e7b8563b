"""What is true wherever a role's code can be: the code walked together with its local type.

The walk covers every reachable pair of an address and of what is owned there: endpoints, each with
the state of its type. It keeps for every register what is known of it: one of these endpoints, a
value of one sort, or nothing. Where paths meet, only what all of them know is kept. What a child
does is part of its parent's code: it is walked from where it starts, with what it is given. In a
fork what is owned when ``abort`` goes back belongs to the pair, and what was known is kept as well.

Sources: Kildall, A Unified Approach to Global Program Optimization, POPL 1973; Leroy, Java Bytecode
Verification, Journal of Automated Reasoning 2003.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from antiphon.bytecode.abstract import EVIDENCE, Abstract, Held, Known, Part, known_of
from antiphon.bytecode.belongings import Belongings, Owned, State
from antiphon.bytecode.instruction import (
    HOST,
    Abort,
    Acquire,
    Check,
    Choose,
    Close,
    Entries,
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
from antiphon.bytecode.program import Delegated, RoleProgram
from antiphon.bytecode.table import LEVELS_MAX
from antiphon.errors import Diagnostic
from antiphon.theory.local_type import Input, LocalBranch, LocalEnd, Output, output
from antiphon.values.sort import BOOL, NAT, UNIT, Sort

WORK_MAX: Final = 2**22
"""How much work one role's code may take: an instruction in a state counts as one, and so do two
registers at an address where paths meet."""


OWN_NAME: Final = "the role's endpoint"
Registers: TypeAlias = tuple[Abstract, ...]
"""What is known of each register now, then of each when the forks were opened that are open."""
Place: TypeAlias = tuple[int, Owned, tuple[Owned, ...]]
"""An address, what is owned there, and what was when the forks were opened that are open."""


def check_flow(
    program: RoleProgram, protocol: str = "", delegated: tuple[Delegated, ...] = ()
) -> list[Diagnostic]:
    """Everything that can go wrong on some path through code whose operands all exist.

    ``protocol`` is the name of the image, ``delegated`` the types of what it may be handed.
    """
    return _Walk(program, protocol, delegated).problems


class _Walk(Belongings):
    """One role's code, walked together with its type until nothing new is learnt.

    What is known is kept where a jump may lead; between two such addresses it is changed in place.
    """

    def __init__(
        self, program: RoleProgram, protocol: str, delegated: tuple[Delegated, ...]
    ) -> None:
        own = Held(OWN_NAME, (protocol, program.role))
        super().__init__(program, [own, *[UNIT] * (program.registers - 1)])
        self._types = {(name, role): local for name, role, local in delegated}
        self._known: dict[Place, Registers] = {}
        self._waiting: list[Place] = []
        self._targets = {address for one in program.code for address in addresses(one)}
        self._labels: dict[int, set[str]] = {}
        self._own(own, program.local_type)
        self._reach(0)
        while self._waiting and self._work <= WORK_MAX:
            self._walk(self._waiting.pop())
        if self._work > WORK_MAX:
            self._complain("too-complex", f"it takes more than {WORK_MAX} steps to verify")
        self._check_tables()
        self.problems = [self._found[place] for place in sorted(self._found)]

    def _walk(self, place: Place) -> None:
        """From an address where a jump may lead to the next one."""
        code, count = self._program.code, self._program.registers
        self._pc, owned, forks = place
        known = self._known[place]
        starts = range(0, count * (len(forks) + 1), count)
        self._registers, *saved = [list(known[at : at + count]) for at in starts]
        self._levels = list(zip(forks, saved, strict=True))
        self._owned = dict(owned)
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
        deep = 1 + len(self._levels)
        self._work += 1 + deep * (len(self._registers) + len(self._owned)) // 2
        place = (pc, self._owns(), tuple(owned for owned, _ in self._levels))
        registers = tuple(self._registers)
        for _, saved in self._levels:
            registers = (*registers, *saved)
        known = self._known.get(place)
        if known is not None and known != registers:
            pairs = zip(known, registers, strict=True)
            registers = tuple(old if old == new else Known.NOTHING for old, new in pairs)
        if known != registers:
            self._known[place] = registers
            self._waiting.append(place)

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
            case Fork() | Join() | Abort():
                return self._speculate(instruction)
            case Halt():
                self._require_no_fork()
                for state in self._owned.values():
                    if not isinstance(state, LocalEnd):
                        self._complain("unfinished", f"the type is not at its end: {state!r}")
                return False
            case Transfer(endpoint, _):
                self._require_no_fork()
                held = self._endpoint(endpoint)
                if held is None:
                    return False
                self._lose([held])
            case Spawn(target, args, dst):
                return self._spawn(target, args, dst)
            case Open(name, entries):
                if not self._require_no_fork():
                    return False
                self._open(name, entries)
            case Close(chan):
                return self._require_no_fork() and self._close(chan)
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
                self._require_no_fork()
                self._registers[dst] = EVIDENCE
            case Release():
                self._require_no_fork()
            case Yield():
                pass
        return True

    def _speculate(self, instruction: Fork | Join | Abort) -> bool:
        """``fork``, ``join``, ``abort``: what is owned and known there comes back or does not."""
        if isinstance(instruction, Fork):
            known = self._registers[instruction.ghost]
            if known is not NAT and known is not Known.NOTHING:
                holds = known.value if isinstance(known, Known) else known.name
                self._complain("wrong-ghost", f"a fork has a number, not {holds}")
            if len(self._levels) == LEVELS_MAX:
                self._complain("fork-too-deep", f"at most {LEVELS_MAX} forks may be open at a time")
                return False
            self._levels.append((self._owns(), list(self._registers)))
            return True
        if not self._levels:
            self._complain("no-fork", "there is no fork to close")
            return False
        owned, registers = self._levels.pop()
        if isinstance(instruction, Abort):
            self._owned, self._registers = dict(owned), registers
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
        if not self._require_no_fork():
            return False
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
        self._require_no_fork()
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
        if part is not None and not self._require_no_fork():
            return False
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
