"""From a file, or a text, to checked protocols: the door of this package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from antiphon.errors import Refusal, Span, printable
from antiphon.language.check import check_names
from antiphon.language.choice import check_flow
from antiphon.language.control import check_control
from antiphon.language.diagnostic import Enough, Problems
from antiphon.language.expand import Expander
from antiphon.language.flow import ExpansionTooLarge, Link
from antiphon.language.lower import Lowering
from antiphon.language.parser import parse
from antiphon.language.resolve import Entry, Scope, bind_import, declare
from antiphon.language.source import Source, load_source
from antiphon.language.syntax import Import, Module, ModuleName
from antiphon.theory.delegation import delegations
from antiphon.theory.global_type import GlobalType
from antiphon.theory.node import building

SUFFIXES: Final = (".scr", ".nuscr", ".scribble")


@dataclass(frozen=True)
class LoadedProtocol:
    """A checked protocol: its roles in the order of the header, and what it means.

    ``span`` is the place of its header, ``spans`` that of each communication of ``global_type``,
    the first in the text where several are equal. ``known`` are the protocols of the file, itself
    included, and all whose sessions any of them hands over, by the name that payloads give them.
    """

    name: str
    roles: tuple[str, ...]
    global_type: GlobalType
    aux: bool
    span: Span
    source: Source = field(repr=False, compare=False)
    locate: Callable[[], dict[GlobalType, Span]] = field(repr=False, compare=False)
    known: Mapping[str, LoadedProtocol] = field(repr=False, compare=False)

    @cached_property
    def spans(self) -> Mapping[GlobalType, Span]:
        """Where each communication stands, found when first asked for."""
        return self.locate()


def parse_text(text: str, file: str = "<text>") -> Module:
    """The syntax tree of a text. Raises ``ProgramError`` with every syntax error."""
    return _parse_source(Source(text, file))


def parse_file(path: str | Path) -> Module:
    """The syntax tree of a file. Raises ``Refusal`` when it cannot be read."""
    return _parse_source(load_source(path))


def load_text(text: str, file: str = "<text>") -> dict[str, LoadedProtocol]:
    """The protocols of a text, by name, in its order.

    Raises ``ProgramError`` with every diagnostic. Imports are looked for beside ``file``.
    """
    with building():
        return _Library().load(Source(text, file), None if file == "<text>" else Path(file))


def load_file(path: str | Path) -> dict[str, LoadedProtocol]:
    """The protocols of a file, by name, in its order.

    Raises ``ProgramError`` with every diagnostic, and ``Refusal`` when the file cannot be read.
    """
    with building():
        return _Library().load(load_source(path), Path(path))


def select(
    protocols: Mapping[str, LoadedProtocol], name: str | None = None, where: str = "this text"
) -> LoadedProtocol:
    """The protocol of this name; without a name the only one that is not ``aux`` (S37).

    ``where`` says what they were read from. Raises ``Refusal``: ``unknown-protocol``,
    ``several-protocols``.
    """
    known = ", ".join(protocols) or "none"
    where = printable(where)
    if name is not None:
        if name not in protocols:
            message = f"{where} has no protocol {name}; it has: {known}"
            raise Refusal("unknown-protocol", message)
        return protocols[name]
    candidates = [protocol for protocol in protocols.values() if not protocol.aux]
    if not protocols:
        form = "`global protocol NAME(role A, role B) { ... }`"
        raise Refusal("unknown-protocol", f"{where} has no protocol; write one: {form}")
    if not candidates:
        message = f"{where} has only `aux` protocols; name one of them: {known}"
        raise Refusal("unknown-protocol", message)
    if len(candidates) > 1:
        names = ", ".join(protocol.name for protocol in candidates)
        raise Refusal("several-protocols", f"{where} has several protocols; name one of {names}")
    return candidates[0]


def _parse_source(source: Source) -> Module:
    problems = Problems()
    module = parse(source, problems)
    problems.check(source)
    return module


class _Library:
    """A file and everything that it imports, directly or not; each file is read once."""

    def __init__(self) -> None:
        self._problems = Problems()
        self._scopes: dict[Path, Scope] = {}
        self._prefixes: set[str] = set()
        self._pending: list[tuple[Scope, Path | None]] = []

    def load(self, source: Source, path: Path | None) -> dict[str, LoadedProtocol]:
        """Read, check and lower."""
        try:
            return self._load(source, path)
        except Enough:
            self._problems.refuse(source)

    def _load(self, source: Source, path: Path | None) -> dict[str, LoadedProtocol]:
        main = self._add(source, path, "")
        while self._pending:
            scope, beside = self._pending.pop()
            for item in scope.module.items:
                if isinstance(item, Import):
                    bind_import(scope, item, self._import(item, scope, beside), self._problems)
        scopes = list(dict.fromkeys((main, *self._scopes.values())))
        entries = [entry for scope in scopes for entry in scope.protocols.values()]
        for entry in entries:
            if entry.sound:
                check_names(entry, self._problems)
        return self._lower(main, check_control(entries, self._problems))

    def _add(self, source: Source, path: Path | None, prefix: str) -> Scope:
        scope = declare(parse(source, self._problems), prefix, self._problems)
        if path is not None:
            self._scopes[path.resolve()] = scope
        self._pending.append((scope, path))
        return scope

    def _import(self, item: Import, scope: Scope, beside: Path | None) -> Scope | None:
        found = None if beside is None else _find(item.name.text, scope.module, beside)
        known = None if found is None else self._scopes.get(found.resolve())
        if known is not None or found is None:
            reason = "no such file"
        else:
            try:
                return self._add(load_source(found), found, self._prefix(item.name.text))
            except Refusal as refusal:
                reason = str(refusal)
        if known is None:
            message = f"`{item.name.text}` cannot be imported: {reason}"
            place = (item.name.start, item.name.end)
            self._problems.report("unknown-import", message, scope.module.source, place)
        return known

    def _prefix(self, name: str) -> str:
        """A prefix that no other file has, of which another may be known by the same name."""
        prefix, number = f"{name}.", 1
        while prefix in self._prefixes:
            number += 1
            prefix = f"{name}_{number}."
        self._prefixes.add(prefix)
        return prefix

    def _lower(self, main: Scope, sound: list[Entry]) -> dict[str, LoadedProtocol]:
        expander = Expander(self._problems)
        source = main.module.source
        try:
            roots = {entry: expander.expand(entry) for entry in reversed(sound)}
        except ExpansionTooLarge:
            self._problems.refuse(source)
        check_flow([roots[entry] for entry in sound], self._problems)
        self._problems.check(source)
        made: dict[str, LoadedProtocol] = {}
        entries = {entry.full_name: entry for entry in sound}
        waiting = [entry.full_name for entry in reversed(main.protocols.values())]
        lowering = Lowering(expander.names)
        while waiting:
            name = waiting.pop()
            if name not in made:
                made[name] = _lowered(entries[name], roots[entries[name]], lowering, expander, made)
                handed_over = delegations(made[name].global_type)
                waiting[:0] = (protocol for protocol, _ in handed_over)
        return {name: made[entry.full_name] for name, entry in main.protocols.items()}


def _lowered(
    entry: Entry,
    root: Link,
    lowering: Lowering,
    expander: Expander,
    known: Mapping[str, LoadedProtocol],
) -> LoadedProtocol:
    """One protocol. Raises ``ProgramError`` if it would be too large."""
    tree, source = entry.tree, entry.scope.module.source
    try:
        global_type = lowering.lower(root)
    except ExpansionTooLarge:
        expander.report_size(root.place)
        expander.problems.refuse(source)
    return LoadedProtocol(
        entry.full_name,
        tuple(role.text for role in tree.roles),
        global_type,
        tree.aux,
        source.span(tree.start, tree.roles[-1].end + 1),
        source,
        lambda: lowering.spans(root),
        known,
    )


def _find(name: str, module: Module, beside: Path) -> Path | None:
    """The file of a module: beside the importing file, or beside the root of its own name."""
    folders = [beside.parent]
    own = module.items[0] if module.items else None
    if isinstance(own, ModuleName):
        parts = tuple(own.name.text.split("."))
        absolute = beside.absolute().with_suffix("")
        if absolute.parts[-len(parts) :] == parts:
            folders.append(absolute.parents[len(parts) - 1])
    for folder in folders:
        for suffix in SUFFIXES:
            path = folder.joinpath(*name.split(".")).with_suffix(suffix)
            with suppress(OSError):
                if path.is_file():
                    return path
    return None
