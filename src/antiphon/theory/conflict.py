"""The proof that a role cannot play its part: two runs that it cannot tell apart.

Sought only once a projection has failed: first the shortest sequence of the role's own actions
after which it would have to act in two ways, then for each way the shortest run of the whole
conversation that looks so to the role.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from antiphon.errors import Bug, Diagnostic, ProgramError, Refusal
from antiphon.theory.global_type import Comm
from antiphon.theory.horizon import TOO_LARGE, Horizon, Horizons, weight
from antiphon.theory.merge import Disagreement, merge_full
from antiphon.theory.notation import message_text
from antiphon.theory.positions import END, Positions

UNMERGEABLE = "unmergeable"
PLACES_MAX = 500_000
"""How many places are passed in search of one run."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a run of the whole conversation."""

    sender: str
    receiver: str
    label: str

    def __str__(self) -> str:
        return f"{self.sender} -> {self.receiver}: {self.label}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two runs that look the same to ``role``, after which it would have to act differently.

    ``choice`` is where the two runs part; ``first_next`` and ``second_next`` say what the role
    would have to do after each, ``help`` how it could be told.
    """

    role: str
    reason: str
    first: tuple[Step, ...]
    second: tuple[Step, ...]
    first_next: str
    second_next: str
    choice: Comm
    help: str

    def diagnostic(self) -> Diagnostic:
        """The conflict in words, code ``unmergeable``."""
        told = self.role
        return Diagnostic(
            UNMERGEABLE,
            f"{told} cannot tell two runs apart: after one it {self.first_next}, "
            f"after the other it {self.second_next} ({self.reason})",
            help=self.help,
            notes=(
                f"first run: {_written(self.first)}; then {told} {self.first_next}",
                f"second run: {_written(self.second)}; then {told} {self.second_next}",
            ),
        )


class Unmergeable(ProgramError):
    """Some roles cannot play their part; ``conflicts`` holds one proof for each of them (none
    under plain merge, which also rejects what a role could play).
    """

    def __init__(
        self, conflicts: tuple[Conflict, ...], others: tuple[Diagnostic, ...] = ()
    ) -> None:
        self.conflicts = conflicts
        super().__init__((*(conflict.diagnostic() for conflict in conflicts), *others))


def _written(run: tuple[Step, ...]) -> str:
    if not run:
        return "(at the start)"
    if len(run) <= _SHOWN:
        return "; ".join(map(str, run))
    half = _SHOWN // 2
    left, right = run[:half], run[-half:]
    middle = f"... {len(run) - 2 * half} more ..."
    return "; ".join((*map(str, left), middle, *map(str, right)))


def find_conflict(horizons: Horizons, role: str) -> Conflict:
    """The conflict of ``role`` after the fewest actions of its own; there must be one.

    Raises ``Refusal`` with code ``projection-too-large`` past ``Horizons.states_max``, and past
    ``PLACES_MAX``.
    """
    seen, disagreement = _first_disagreement(horizons, role)
    one = _run_to(horizons.graph, role, seen, disagreement.first)
    two = _run_to(horizons.graph, role, seen, disagreement.second)
    first_next = _duty(horizons.graph, role, disagreement.first)
    second_next = _duty(horizons.graph, role, disagreement.second)
    choice = _parting(horizons.graph, one, two)
    return Conflict(
        role,
        disagreement.reason,
        tuple(step for step, _ in one),
        tuple(step for step, _ in two),
        first_next,
        second_next,
        choice,
        _help(horizons.graph, role, disagreement, choice),
    )


def _first_disagreement(horizons: Horizons, role: str) -> tuple[list[Step], Disagreement]:
    start = horizons.start(role)
    came: dict[Horizon, tuple[Horizon, Step] | None] = {start: None}
    queue = deque([start])
    passed = 0
    while queue:
        state = queue.popleft()
        merged = merge_full(horizons, state, role)
        if isinstance(merged, Disagreement):
            seen: list[Step] = []
            link = came[state]
            while link is not None:
                seen.append(link[1])
                link = came[link[0]]
            return seen[::-1], merged
        if merged is not None:
            ends = (role, merged.peer) if merged.sends else (merged.peer, role)
            for label, _, then in merged.branches:
                if then not in came:
                    passed += weight(then)
                    if passed > horizons.states_max:
                        raise Refusal(TOO_LARGE, "it may be in too many states")
                    came[then] = state, Step(*ends, label)
                    queue.append(then)
    raise Bug(f"the projection onto {role} failed without a conflict")


_Run = list[tuple[Step, int]]  # each message with its position


def _run_to(graph: Positions, role: str, seen: list[Step], goal: int) -> _Run:
    """The shortest run to ``goal`` in which ``role`` does exactly ``seen``. The goal ``END`` is
    any point from which the role never acts again.
    """
    over = _over(graph, role) if goal == END else frozenset[int]()
    first: tuple[int, int] = graph.start, 0
    came: dict[tuple[int, int], tuple[tuple[int, int], Step] | None] = {first: None}
    queue: deque[tuple[int, int]] = deque([first])
    while queue:
        here = position, done = queue.popleft()
        if done == len(seen) and (position == goal or position in over):
            run: _Run = []
            link = came[here]
            while link is not None:
                run.append((link[1], link[0][0]))
                link = came[link[0]]
            return run[::-1]
        if position == END:
            continue
        comm = graph.comms[position]
        acts = role in (comm.sender, comm.receiver)
        for branch, then in zip(comm.branches, graph.successors(position), strict=True):
            step = Step(comm.sender, comm.receiver, branch[0])
            if not acts or (done < len(seen) and seen[done] == step):
                there = then, done + acts
                if there not in came:
                    if len(came) >= PLACES_MAX:
                        raise Refusal(TOO_LARGE, "the runs are too long")
                    came[there] = here, step
                    queue.append(there)
    raise Bug(f"no run of {role} leads to position {goal}")


def _over(graph: Positions, role: str) -> frozenset[int]:
    """The positions from which ``role`` never acts, and the end."""
    before: dict[int, list[int]] = {}
    live = [p for p, comm in enumerate(graph.comms) if role in (comm.sender, comm.receiver)]
    for position in graph.order:
        for then in graph.successors(position):
            before.setdefault(then, []).append(position)
    reached = set(live)
    while live:
        for position in before.get(live.pop(), ()):
            if position not in reached:
                reached.add(position)
                live.append(position)
    return frozenset({END, *graph.order} - reached)


def _duty(graph: Positions, role: str, goal: int) -> str:
    """What ``role`` would have to do at ``goal``."""
    if goal != END:
        comm = graph.comms[goal]
        labels = " or ".join(message_text(label, sort) for label, sort, _ in comm.branches)
        if comm.sender == role:
            return f"sends {labels} to {comm.receiver}"
        return f"receives {labels} from {comm.sender}"
    return "is done"


def _help(graph: Positions, role: str, found: Disagreement, choice: Comm) -> str:
    """What would let ``role`` know what it has to do, or make it the same."""
    goals = [graph.comms[goal] for goal in (found.first, found.second) if goal != END]
    senders = list(dict.fromkeys(comm.sender for comm in goals))
    where = f"in every branch of {choice.sender} -> {choice.receiver}"
    if role in senders:
        return (
            f"tell {role} first which branch was taken: {where} the same role sends it a message, "
            f"each time with another label; or let {role} go on alike {where}"
        )
    if len(senders) == 2:
        return (
            f"let {role} hear from the same role first {where}, either {' or '.join(senders)}, "
            "each time with another label"
        )
    if len(goals) == 1:
        return (
            f"let {senders[0]} send {role} a message {where}, each time with another label, "
            "or in none"
        )
    return "let the two messages carry the same, or give them different labels"


def _parting(graph: Positions, one: _Run, two: _Run) -> Comm:
    """The communication at which two runs part; neither is a beginning of the other, because the
    role acts at the end of each, or never again.
    """
    for (step, position), (other, _) in zip(one, two, strict=False):
        if step != other:
            return graph.comms[position]
    raise Bug("one run led to two positions")
