"""Names to declarations: what each file declares and what it imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from antiphon.language.diagnostic import Problems
from antiphon.language.syntax import (
    Declaration,
    GlobalProtocol,
    Import,
    Module,
    Name,
    Payload,
    Signature,
)
from antiphon.values.sort import CORE, Sort, delegation, named, payload

BUILT_IN: Final = {sort.name: sort for sort in (*CORE, named("int"), named("float"))}

MessageType: TypeAlias = tuple[str, Sort]
"""A label and what it carries."""


@dataclass(eq=False, slots=True)
class Entry:
    """A protocol where it was declared. ``sound`` until a check finds something wrong in it."""

    scope: Scope
    tree: GlobalProtocol
    sound: bool = True

    @property
    def full_name(self) -> str:
        """What it is called by every file: with the prefix of its own."""
        return self.scope.prefix + self.tree.name.text


@dataclass(eq=False, slots=True)
class Scope:
    """The names of one file, with those of its imports behind their prefixes.

    An import that could not be read is None. ``prefix`` tells the file's types from another's.
    """

    module: Module
    prefix: str
    imports: dict[str, Scope | None] = field(default_factory=dict[str, "Scope | None"])
    sorts: dict[str, Sort] = field(default_factory=dict[str, Sort])
    messages: dict[str, MessageType] = field(default_factory=dict[str, MessageType])
    protocols: dict[str, Entry] = field(default_factory=dict[str, Entry])

    def sort(self, name: str) -> Sort | None:
        """The payload type of this name."""
        scope, last = self._owner(name)
        if scope is None:
            return None
        return scope.sorts.get(last) or BUILT_IN.get(name)

    def message(self, name: str) -> MessageType | None:
        """The declared message of this name."""
        scope, last = self._owner(name)
        return None if scope is None else scope.messages.get(last)

    def protocol(self, name: str) -> Entry | None:
        """The protocol of this name."""
        scope, last = self._owner(name)
        return None if scope is None else scope.protocols.get(last)

    def is_complete(self, name: str) -> bool:
        """Whether everything that could have declared ``name`` was read without a mistake."""
        scope = self
        prefix, dot, _ = name.rpartition(".")
        if dot and prefix in self.imports:
            scope = self.imports[prefix]
        return scope is not None and scope.module.intact

    def _owner(self, name: str) -> tuple[Scope | None, str]:
        prefix, dot, last = name.rpartition(".")
        return (self.imports.get(prefix) if dot else self), last


@dataclass(frozen=True, slots=True)
class Bindings:
    """What the parameters of a protocol stand for while its body is read."""

    scope: Scope
    sorts: dict[str, Sort]
    messages: dict[str, MessageType]

    def sort(self, name: str) -> Sort | None:
        """The payload type of this name: a parameter hides a declaration."""
        return self.sorts.get(name) or self.scope.sort(name)

    def message(self, tree: Signature | Name) -> MessageType | None:
        """The label and the payload of a message; None if one of its names is unknown, or if it
        hands over a session and something else.
        """
        if isinstance(tree, Name):
            return self.messages.get(tree.text) or self.scope.message(tree.text)
        sorts = [self._payload(item) for item in tree.payloads]
        known = tuple(sort for sort in sorts if sort is not None)
        if len(known) < len(sorts) or (len(known) > 1 and any(sort.delegates for sort in known)):
            return None
        return tree.operator.text, payload(known)

    def _payload(self, item: Payload) -> Sort | None:
        if item.role is None:
            return self.sort(item.sort.text)
        entry = self.scope.protocol(item.sort.text)
        if entry is None or item.role.text not in {role.text for role in entry.tree.roles}:
            return None
        return delegation(entry.full_name, item.role.text)


def bind_to_itself(entry: Entry) -> Bindings:
    """The parameters of a protocol left open: each stands for a type, or a message, of its name.

    The type that it hides is another: the parameter's has a prime, as nothing that is declared.
    """
    bindings = Bindings(entry.scope, {}, {})
    for parameter in entry.tree.parameters:
        name = parameter.name.text
        sort = named(name if entry.scope.sort(name) is None else f"{name}'")
        if parameter.keyword == "sig":
            bindings.messages[name] = (name, sort)
        else:
            bindings.sorts[name] = sort
    return bindings


def declare(module: Module, prefix: str, problems: Problems) -> Scope:
    """The names that a file declares."""
    scope = Scope(module, prefix)
    for item in module.items:
        if isinstance(item, Declaration):
            _declare_type(item, scope, problems)
        elif isinstance(item, GlobalProtocol):
            name = item.name
            if name.text in scope.protocols:
                message = f"a protocol `{name.text}` was declared before"
                place = (name.start, name.end)
                problems.report("duplicate-protocol", message, module.source, place)
            else:
                scope.protocols[name.text] = Entry(scope, item, item.intact)
    return scope


def bind_import(scope: Scope, item: Import, imported: Scope | None, problems: Problems) -> None:
    """Make the names of an imported file known behind its name, or its alias."""
    name = item.alias or item.name
    if name.text in scope.imports:
        message = f"an import `{name.text}` was declared before"
        place = (name.start, name.end)
        problems.report("duplicate-declaration", message, scope.module.source, place)
    scope.imports.setdefault(name.text, imported)


def _declare_type(item: Declaration, scope: Scope, problems: Problems) -> None:
    name, place = item.name.text, (item.name.start, item.name.end)
    if name in scope.sorts or name in scope.messages:
        message = f"`{name}` was declared before"
        problems.report("duplicate-declaration", message, scope.module.source, place)
        return
    if "'" in name:
        message = f"`{name}` cannot be the name of a payload type"
        problems.report("invalid-sort-name", message, scope.module.source, place)
    sort = BUILT_IN.get(name) or named(scope.prefix + name)
    if item.keyword == "sig":
        scope.messages[name] = (name, sort)
    else:
        scope.sorts[name] = sort
