"""Trees to the flow graph: each ``do`` is written out, once for each way in which it is used.

A block is read backwards, so that what follows a statement is a node before the statement is.
Blocks inside it are left for later: a link stands for them until then, and nothing nests. Tasks
are taken up in the order of the text, so that of two recursions the first keeps its name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from antiphon.errors import Bug
from antiphon.language.diagnostic import Problems
from antiphon.language.flow import (
    COPIES_MAX,
    STOP,
    ExpansionTooLarge,
    Flow,
    Fork,
    Link,
    Message,
    Place,
)
from antiphon.language.resolve import Bindings, Entry, MessageType, bind_to_itself
from antiphon.language.syntax import (
    Block,
    Choice,
    Continue,
    Do,
    Name,
    Recursion,
    Statement,
    Transfer,
)
from antiphon.values.sort import Sort

T = TypeVar("T")
Argument: TypeAlias = Sort | MessageType
Use: TypeAlias = tuple[Entry, tuple[Argument, ...], tuple[str, ...], Flow]
"""A protocol, its arguments, its roles, and what follows it."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A protocol in use: what its parameters and roles are, and where it was asked for."""

    bindings: Bindings
    roles: dict[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class _Task:
    """A block to be read, with the recursions around it; its node becomes the link's target."""

    block: Block
    frame: _Frame
    variables: dict[str, Link]
    following: Flow
    link: Link


class Expander:
    """The graph of a file, grown one protocol after another. Equal uses share their nodes."""

    def __init__(self, problems: Problems) -> None:
        self.problems: Final = problems
        self._uses: dict[Use, Link] = {}
        self._tasks: list[_Task] = []
        self.names: Final[set[str]] = set()
        self._taken: set[str] = set()
        self._numbers = Counter[str]()
        self._read: set[int] = set()
        self._copies = 0

    def expand(self, entry: Entry) -> Link:
        """The graph of one protocol, with its own roles and its parameters left open."""
        self._taken.clear()
        self._numbers.clear()
        bindings = bind_to_itself(entry)
        arguments: list[Argument] = []
        for parameter in entry.tree.parameters:
            table = bindings.messages if parameter.keyword == "sig" else bindings.sorts
            arguments.append(table[parameter.name.text])
        roles = tuple(role.text for role in entry.tree.roles)
        name = entry.tree.name
        place = (entry.scope.module.source, name.start, name.end)
        link = self._use((entry, tuple(arguments), roles, STOP), place)
        while self._tasks:
            task = self._tasks.pop()
            if task.link.name:
                task.link.name = self._name(task.link.name)
            task.link.target = self._block(task)
        return link

    def report_size(self, place: Place) -> None:
        """Report that the protocol at this place is too large when written out."""
        source, start, end = place
        message = f"written out, this is over {COPIES_MAX:,} messages more than its text"
        self.problems.report("expansion-too-large", message, source, (start, end))

    def _use(self, use: Use, place: Place) -> Link:
        link = self._uses.get(use)
        if link is None:
            entry, arguments, roles, following = use
            tree = entry.tree
            bindings = Bindings(entry.scope, {}, {})
            for parameter, argument in zip(tree.parameters, arguments, strict=True):
                if isinstance(argument, Sort):
                    bindings.sorts[parameter.name.text] = argument
                else:
                    bindings.messages[parameter.name.text] = argument
            names = (role.text for role in tree.roles)
            frame = _Frame(bindings, dict(zip(names, roles, strict=True)), place)
            link = Link(place, STOP, "protocol", tree.name.text)
            self._uses[use] = link
            self._tasks.append(_Task(tree.body, frame, {}, following, link))
        return link

    def _block(self, task: _Task) -> Flow:
        node = task.following
        if id(task.block) in self._read:
            self._copies += 1 + len(task.block.statements)
            if self._copies > COPIES_MAX:
                self.report_size(task.frame.place)
                raise ExpansionTooLarge
        self._read.add(id(task.block))
        for statement in reversed(task.block.statements):
            node = self._statement(statement, task, node)
        return node

    def _statement(self, statement: Statement, task: _Task, following: Flow) -> Flow:
        frame = task.frame
        source = frame.bindings.scope.module.source
        place = (source, statement.start, statement.end)
        match statement:
            case Transfer():
                return self._transfer(statement, frame, following, place)
            case Choice():
                chooser = statement.chooser
                place = (source, statement.start, chooser.end)
                blocks = statement.branches
                links = tuple(Link((source, block.start, block.end), STOP) for block in blocks)
                for block, link in zip(blocks[::-1], links[::-1], strict=True):
                    self._tasks.append(_Task(block, frame, task.variables, following, link))
                return Fork(frame.roles[chooser.text], links, place)
            case Recursion():
                variable = statement.variable.text
                link = Link(place, STOP, "rec", variable)
                variables = {**task.variables, variable: link}
                self._tasks.append(_Task(statement.body, frame, variables, following, link))
                return link
            case Continue():
                return Link(place, task.variables[statement.variable.text], "continue")
            case Do():
                return Link(place, self._do(statement, frame, following, place), "do")

    def _transfer(self, statement: Transfer, frame: _Frame, following: Flow, place: Place) -> Flow:
        message = _known(frame.bindings.message(statement.message))
        sender = frame.roles[statement.sender.text]
        for receiver in reversed(statement.receivers):
            following = Message(sender, frame.roles[receiver.text], message, following, place)
        return following

    def _do(self, statement: Do, frame: _Frame, following: Flow, place: Place) -> Link:
        bindings = frame.bindings
        entry = _known(bindings.scope.protocol(statement.protocol.text))
        arguments: list[Argument] = []
        for parameter, tree in zip(entry.tree.parameters, statement.arguments, strict=True):
            if parameter.keyword == "sig":
                arguments.append(_known(bindings.message(tree)))
            else:
                sort = bindings.sort(tree.text) if isinstance(tree, Name) else None
                arguments.append(_known(sort))
        roles = tuple(frame.roles[role.text] for role in statement.roles)
        return self._use((entry, tuple(arguments), roles, following), place)

    def _name(self, wanted: str) -> str:
        """A name for a recursion that no other of the same graph has."""
        name = wanted
        while name in self._taken:
            self._numbers[wanted] += 1
            name = f"{wanted}_{self._numbers[wanted] + 1}"
        self._taken.add(name)
        self.names.add(name)
        return name


def _known(found: T | None) -> T:
    if found is None:
        raise Bug("a name was checked and is not known")
    return found
