"""Language rules beyond grammar: every name is declared, and used as what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from antiphon.language.diagnostic import Problems
from antiphon.language.resolve import BUILT_IN, Bindings, Entry, bind_to_itself
from antiphon.language.syntax import (
    Block,
    Choice,
    Continue,
    Do,
    Name,
    Parameter,
    Payload,
    Recursion,
    Signature,
    Statement,
    Transfer,
    Tree,
)

PAYLOADS_MAX: Final = 64
_FROM_OUTSIDE = frozenset({"undeclared-signature", "undeclared-sort", "undeclared-protocol"})


def check_names(entry: Entry, problems: Problems) -> None:
    """Report every misuse of a name in one protocol, which is not sound then."""
    _Checker(entry, problems).protocol()


class _Checker:
    def __init__(self, entry: Entry, problems: Problems) -> None:
        self._entry = entry
        self._scope = entry.scope
        self._problems = problems
        self._roles = {role.text for role in entry.tree.roles}
        self._bindings: Bindings = bind_to_itself(entry)

    def protocol(self) -> None:
        """The header, then every block."""
        tree = self._entry.tree
        self._once("duplicate-role", "the role", tree.roles)
        names = [parameter.name for parameter in tree.parameters]
        self._once("duplicate-parameter", "the parameter", names)
        for name in names:
            if "'" in name.text:
                message = f"`{name.text}` cannot be the name of a payload type"
                self._report("invalid-sort-name", message, name)
        stack: list[tuple[Block, frozenset[str]]] = [(tree.body, frozenset())]
        while stack:
            block, variables = stack.pop()
            for statement in block.statements:
                inside = self._statement(statement, variables)
                if isinstance(statement, Choice):
                    stack.extend((branch, variables) for branch in statement.branches)
                elif isinstance(statement, Recursion):
                    stack.append((statement.body, inside))

    def _statement(self, statement: Statement, variables: frozenset[str]) -> frozenset[str]:
        """Check one statement but not its blocks; the variables known inside them."""
        match statement:
            case Transfer():
                self._transfer(statement)
            case Choice():
                self._role(statement.chooser)
                for branch in statement.branches:
                    if not branch.statements:
                        self._report_empty(branch)
            case Recursion():
                name = statement.variable
                if name.text in variables:
                    message = f"this `rec {name.text}` stands inside another"
                    self._report("duplicate-recursion-variable", message, name)
                return variables | {name.text}
            case Continue():
                name = statement.variable
                if name.text not in variables:
                    message = f"there is no `rec {name.text}` around this"
                    self._undeclared("undeclared-recursion-variable", message, name, variables)
            case Do():
                self._do(statement)
        return variables

    def _report_empty(self, branch: Block) -> None:
        """The rest of the protocol can still be read, so it stays sound."""
        message = "this branch of the choice says nothing"
        source, place = self._scope.module.source, (branch.start, branch.end)
        self._problems.report("empty-choice-branch", message, source, place)

    def _transfer(self, statement: Transfer) -> None:
        self._message(statement.message)
        self._role(statement.sender)
        for receiver in statement.receivers:
            self._role(receiver)
            if receiver.text == statement.sender.text:
                message = f"`{receiver.text}` sends this message to itself"
                self._report("self-message", message, receiver)
        self._once("duplicate-role", "the receiver", statement.receivers)

    def _message(self, tree: Signature | Name) -> None:
        if isinstance(tree, Signature):
            if len(tree.payloads) > PAYLOADS_MAX:
                message = f"this message has {len(tree.payloads)} payloads"
                self._report("too-many-payloads", message, tree)
            for item in tree.payloads:
                if item.role is not None:
                    self._delegation(item, item.role, alone=len(tree.payloads) == 1)
                elif self._bindings.sort(item.sort.text) is None:
                    self._undeclared_sort(item.sort)
        elif self._bindings.message(tree) is None:
            message = f"no message `{tree.text}` is declared"
            known = [*self._bindings.messages, *self._scope.messages]
            advice = f"write `{tree.text}()`, or declare it: `sig {tree.text};`"
            self._undeclared("undeclared-signature", message, tree, known, advice)

    def _delegation(self, item: Payload, role: Name, *, alone: bool) -> None:
        """A payload that hands over ``role`` in a session of another protocol, or of this one."""
        if not alone:
            self._report("delegation-not-alone", "this message carries something else too", item)
        name = item.sort
        callee = self._scope.protocol(name.text)
        if callee is None:
            self._unknown_protocol(name)
            return
        if callee.tree.parameters:
            message = f"`{name.text}` has parameters, and nothing is given for them"
            self._report("delegation-parameters", message, name)
        known = [one.text for one in callee.tree.roles]
        if role.text not in known:
            message = f"`{name.text}` has no role `{role.text}`"
            advice = f"name a role of `{name.text}`: {', '.join(known)}"
            self._undeclared("undeclared-role", message, role, known, advice)

    def _unknown_protocol(self, name: Name) -> None:
        message = f"there is no protocol `{name.text}`"
        self._undeclared("undeclared-protocol", message, name, self._scope.protocols)

    def _undeclared_sort(self, name: Name) -> None:
        message = f"no payload type `{name.text}` is declared"
        known = [*self._bindings.sorts, *self._scope.sorts, *BUILT_IN]
        advice = f"declare it at the top of the file: `type {name.text};`"
        self._undeclared("undeclared-sort", message, name, known, advice)

    def _role(self, name: Name) -> None:
        if name.text not in self._roles:
            message = f"`{self._entry.tree.name.text}` has no role `{name.text}`"
            advice = f"declare it in the header: `role {name.text}`"
            self._undeclared("undeclared-role", message, name, sorted(self._roles), advice)

    def _do(self, statement: Do) -> None:
        for role in statement.roles:
            self._role(role)
        self._once("duplicate-role", "the role", statement.roles)
        name = statement.protocol
        callee = self._scope.protocol(name.text)
        if callee is not None:
            self._arguments(statement, callee)
        else:
            self._unknown_protocol(name)

    def _arguments(self, statement: Do, callee: Entry) -> None:
        header, name = callee.tree, statement.protocol
        wanted, given = len(header.roles), len(statement.roles)
        if wanted != given:
            message = f"`{name.text}` has {_count(wanted, 'role')}, {given} given"
            self._report("role-arity", message, name)
        wanted, given = len(header.parameters), len(statement.arguments)
        if wanted != given:
            message = f"`{name.text}` has {_count(wanted, 'parameter')}, {given} given"
            self._report("parameter-arity", message, name)
            return
        for parameter, argument in zip(header.parameters, statement.arguments, strict=True):
            self._argument(parameter, argument)

    def _argument(self, parameter: Parameter, argument: Signature | Name) -> None:
        is_type = isinstance(argument, Name) and self._bindings.sort(argument.text) is not None
        if parameter.keyword == "sig":
            if is_type and self._bindings.message(argument) is None:
                self._wrong_kind(parameter, argument, "a message")
            else:
                self._message(argument)
        elif isinstance(argument, Signature) or (self._bindings.message(argument) and not is_type):
            self._wrong_kind(parameter, argument, "a payload type")
        elif not is_type:
            self._undeclared_sort(argument)

    def _wrong_kind(self, parameter: Parameter, argument: Tree, wanted: str) -> None:
        message = f"the parameter `{parameter.name.text}` takes {wanted}"
        self._report("parameter-kind", message, argument)

    def _once(self, code: str, what: str, names: Sequence[Name]) -> None:
        if len({name.text for name in names}) == len(names):
            return
        seen = Counter[str]()
        for name in names:
            seen[name.text] += 1
            if seen[name.text] == 2:
                self._report(code, f"{what} `{name.text}` is named twice", name)

    def _undeclared(
        self,
        code: str,
        message: str,
        name: Name,
        known: Iterable[str],
        otherwise: str | None = None,
    ) -> None:
        """Report an unknown name, unless it may have been declared in a text that was lost."""
        self._entry.sound = False
        if code not in _FROM_OUTSIDE or self._scope.is_complete(name.text):
            self._report(code, message, name, self._problems.guess(name.text, known, otherwise))

    def _report(self, code: str, message: str, tree: Tree, advice: str | None = None) -> None:
        self._entry.sound = False
        source = self._scope.module.source
        self._problems.report(code, message, source, (tree.start, tree.end), help=advice)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
