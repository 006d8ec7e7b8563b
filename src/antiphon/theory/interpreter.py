"""A direct interpreter of global types: is this trace a run of the conversation?

It is a second opinion. It uses neither projection nor local types nor the graph that projection
walks: it unfolds the global type by substitution and reads the trace against that.

Messages travel asynchronously, one FIFO queue for each ordered pair of roles. A trace is a run
(so far) of G iff every receive takes the oldest message in transit to it, and G has a path such
that what each role did is a beginning of what the path has for that role: roles that do not hear
of each other need not wait for each other. Source: Majumdar, Mukund, Stutz and Zufferey,
Generalising Projection in Asynchronous Multiparty Session Types, CONCUR 2021.

A ``Run`` holds the *head*, the first communication whose sender has not sent; what receivers
still *owe* before the head; what was done *early*, beyond it; and one guess of a path on which
all of that happened: its *tip*, and as *duties* what it has for each role that the role has not
done. An action that keeps to the guess, or extends it, costs O(1) amortised. One that contradicts
it makes the interpreter look for another path, from the head.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from antiphon.theory.backlog import Backlog
from antiphon.theory.global_type import Comm, GlobalEnd, GlobalType, roles
from antiphon.theory.path import Action, Paths, Point, Received, Sent, action_at

K = TypeVar("K")
T = TypeVar("T")
_Step: TypeAlias = tuple[Comm, str]  # a communication of a path, and the label taken


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an action is not part of any run here, and what the same role could have done instead.

    ``index`` is its place in a whole trace.
    """

    reason: str
    allowed: tuple[Action, ...]
    index: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run so far; immutable. Make one with ``start``, go on with ``step``."""

    roles: tuple[str, ...]
    paths: Paths = field(repr=False)
    head: Point
    tip: Point
    owed: Mapping[str, Backlog[Action]]
    early: Mapping[str, Backlog[Action]]
    duties: Mapping[str, Backlog[Action]]
    transit: Mapping[tuple[str, str], Backlog[str]]


def start(root: GlobalType) -> Run:
    """The run in which nothing has happened; raises ``ProgramError`` on an ill-formed type."""
    paths = Paths(root)
    return Run(roles(root), paths, paths.start, paths.start, {}, {}, {}, {})


def step(run: Run, action: Action) -> Run | Rejection:
    """The run after one more action, or why there is none."""
    after = _try_step(run, action)
    if isinstance(after, Run):
        return after
    return Rejection(after, allowed(run, action.role))


def check_trace(root: GlobalType | Run, actions: Iterable[Action]) -> Rejection | None:
    """The first action that no run of ``root`` has there; ``None`` if the trace is a run so far.

    Many traces of one type are faster from one ``start`` of it. Raises ``ProgramError`` on an
    ill-formed type.
    """
    run = root if isinstance(root, Run) else start(root)
    for index, action in enumerate(actions):
        after = step(run, action)
        if isinstance(after, Rejection):
            return replace(after, index=index)
        run = after
    return None


def is_complete(run: Run) -> bool:
    """Whether the conversation is over: all roles at the end, nothing in transit."""
    return isinstance(run.head, GlobalEnd) and not run.owed


def enabled(run: Run) -> frozenset[Action]:
    """Every action that ``step`` accepts."""
    return frozenset(action for role in run.roles for action in allowed(run, role))


def allowed(run: Run, role: str) -> tuple[Action, ...]:
    """Every action of ``role`` that ``step`` accepts."""
    if role in run.owed:
        return (run.owed[role].first,)
    wanted = dict.fromkeys(_candidates(run, role))
    return tuple(action for action in wanted if isinstance(_try_step(run, action), Run))


def _try_step(run: Run, action: Action) -> Run | str:
    """The next run, or why there is none."""
    role = action.role
    edge = action.sender, action.receiver
    transit = dict(run.transit)
    if isinstance(action, Sent):
        transit[edge] = transit.get(edge, Backlog()).add(action.label)
    else:
        queue = transit.get(edge)
        if queue is None:
            return f"nothing is in transit from {action.sender} to {action.receiver}"
        if queue.first != action.label:
            return f"{queue.first} is the oldest message from {action.sender} to {action.receiver}"
        _take(transit, edge)
    if role in run.owed:
        if run.owed[role].first != action:
            return f"first of all, {run.owed[role].first}"
        owed = dict(run.owed)
        _take(owed, role)
        return replace(run, owed=owed, transit=transit)
    early = dict(run.early)
    early[role] = early.get(role, Backlog()).add(action)
    guess = _keep(run, action) or _search(run, early)
    if guess is None:
        return f"no run goes on with: {action}"
    tip, duties = guess
    owed = dict(run.owed)
    head = _advance(run, owed, early, duties)
    return Run(run.roles, run.paths, head, tip, owed, early, duties, transit)


def _take(table: dict[K, Backlog[T]], key: K) -> T:
    """Takes the first item of a backlog that is there; none that is empty stays in the table."""
    backlog = table[key]
    rest = backlog.rest()
    if rest:
        table[key] = rest
    else:
        del table[key]
    return backlog.first


def _owe(table: dict[str, Backlog[Action]], role: str, action: Action) -> None:
    table[role] = table.get(role, Backlog()).add(action)


_Guess: TypeAlias = tuple[Point, dict[str, Backlog[Action]]]


def _keep(run: Run, action: Action) -> _Guess | None:
    """The guess, kept or extended, if it has this action for the role next."""
    role = action.role
    duties = dict(run.duties)
    if role in duties:
        return (run.tip, duties) if _take(duties, role) == action else None
    came: dict[Point, _Step | None] = {run.tip: None}
    queue = deque([run.tip])
    while queue:
        point = queue.popleft()
        if isinstance(point, GlobalEnd):
            continue
        leads = run.paths.leads(point)
        if role in (point.sender, point.receiver):
            if action.label in leads and action_at(point, role, action.label) == action:
                for passed, label in _steps(came, point):
                    _owe(duties, passed.sender, action_at(passed, passed.sender, label))
                    _owe(duties, passed.receiver, action_at(passed, passed.receiver, label))
                other = point.receiver if role == point.sender else point.sender
                _owe(duties, other, action_at(point, other, action.label))
                return leads[action.label], duties
            continue
        for label, then in leads.items():
            if then not in came:
                came[then] = point, label
                queue.append(then)
    return None


def _steps(came: Mapping[Point, _Step | None], last: Point) -> list[_Step]:
    steps: list[_Step] = []
    link = came[last]
    while link is not None:
        steps.append(link)
        link = came[link[0]]
    return steps[::-1]


def _advance(
    run: Run,
    owed: dict[str, Backlog[Action]],
    early: dict[str, Backlog[Action]],
    duties: dict[str, Backlog[Action]],
) -> Point:
    """Moves the head past everything that has been sent; changes the tables accordingly."""
    head = run.head
    while isinstance(head, Comm) and head.sender in early:
        label = _take(early, head.sender).label
        receiver = head.receiver
        if receiver in early:
            _take(early, receiver)
        else:
            _owe(owed, receiver, _take(duties, receiver))
        head = run.paths.leads(head)[label]
    return head


_Config: TypeAlias = tuple[Point, tuple[int, ...]]


class _Lag:
    """The actions done early, and how a path may have had them.

    A configuration is a point and how many of its early actions each role has done before it.
    """

    def __init__(self, run: Run, early: Mapping[str, Backlog[Action]]) -> None:
        self.paths = run.paths
        self.roles = {role: index for index, role in enumerate(early)}
        self.actions = [tuple(backlog) for backlog in early.values()]
        self.first: _Config = run.head, (0,) * len(early)
        self.all = tuple(len(actions) for actions in self.actions)

    def pending(self, config: _Config, role: str) -> Action | None:
        """The first early action of ``role`` that the path has not had yet."""
        index = self.roles.get(role)
        if index is None or config[1][index] == self.all[index]:
            return None
        return self.actions[index][config[1][index]]

    def successors(self, config: _Config) -> Iterator[tuple[str, _Config]]:
        """How a path may go on: each label and the configuration after it."""
        point, done = config
        if isinstance(point, GlobalEnd):
            return
        sent = self.pending(config, point.sender)
        received = self.pending(config, point.receiver)
        leads = self.paths.leads(point)
        if sent is None:
            if received is None:
                for label, then in leads.items():
                    yield label, (then, done)
            return
        label = sent.label
        if label not in leads or sent != action_at(point, point.sender, label):
            return
        counts = list(done)
        counts[self.roles[point.sender]] += 1
        if received is not None:
            if received != action_at(point, point.receiver, label):
                return
            counts[self.roles[point.receiver]] += 1
        yield label, (leads[label], tuple(counts))


def _search(run: Run, early: Mapping[str, Backlog[Action]]) -> _Guess | None:
    """A path from the head that has all early actions, if there is one."""
    lag = _Lag(run, early)
    came: dict[_Config, tuple[_Config, str] | None] = {lag.first: None}
    stack = [lag.first]
    while stack:
        config = stack.pop()
        if config[1] == lag.all:
            return config[0], _duties(lag, came, config)
        for label, then in reversed(tuple(lag.successors(config))):
            if then not in came:
                came[then] = config, label
                stack.append(then)
    return None


def _duties(
    lag: _Lag, came: Mapping[_Config, tuple[_Config, str] | None], last: _Config
) -> dict[str, Backlog[Action]]:
    """What a path has for each role beyond its early actions."""
    steps: list[tuple[_Config, str]] = []
    link = came[last]
    while link is not None:
        steps.append(link)
        link = came[link[0]]
    duties: dict[str, Backlog[Action]] = {}
    for config, label in reversed(steps):
        point = config[0]
        if isinstance(point, Comm):
            for role in (point.sender, point.receiver):
                if lag.pending(config, role) is None:
                    _owe(duties, role, action_at(point, role, label))
    return duties


def _candidates(run: Run, role: str) -> Iterator[Action]:
    """What ``role`` does next on some path, whether or not all early actions are on it too."""
    lag = _Lag(run, run.early)
    seen = {lag.first}
    stack = [lag.first]
    while stack:
        config = stack.pop()
        point = config[0]
        if isinstance(point, Comm) and lag.pending(config, role) is None:
            sent = lag.pending(config, point.sender)
            if role == point.sender:
                yield from (Sent(role, point.receiver, label) for label in run.paths.leads(point))
                continue
            if role == point.receiver:
                if sent is not None:
                    yield Received(point.sender, role, sent.label)
                continue
        for _, then in reversed(tuple(lag.successors(config))):
            if then not in seen:
                seen.add(then)
                stack.append(then)
