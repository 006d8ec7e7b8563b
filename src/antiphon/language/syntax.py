"""The syntax tree: what was written, in the order in which it was written.

Every node knows the offsets at which its text starts and ends; ``Source.span`` turns them into a
place. Offsets take no part in equality: two trees are equal when they say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from antiphon.language.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What every node has: the offsets of its text, the end exclusive."""

    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name(Tree):
    """A name, perhaps with dots. A message without an operator has the empty name."""

    text: str


@dataclass(frozen=True, slots=True)
class Payload(Tree):
    """``sort``, ``variable: sort``, or the delegation ``sort@role``."""

    sort: Name
    variable: Name | None = None
    role: Name | None = None


@dataclass(frozen=True, slots=True)
class Signature(Tree):
    """``operator(payload, ...)``"""

    operator: Name
    payloads: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Transfer(Tree):
    """``message from sender to receiver, ...;``

    The message is a signature, or the name of a declared one.
    """

    message: Signature | Name
    sender: Name
    receivers: tuple[Name, ...]
    annotation: str | None = None


@dataclass(frozen=True, slots=True)
class Choice(Tree):
    """``choice at chooser { ... } or { ... }``"""

    chooser: Name
    branches: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Recursion(Tree):
    """``rec variable { ... }``"""

    variable: Name
    body: Block


@dataclass(frozen=True, slots=True)
class Continue(Tree):
    """``continue variable;``"""

    variable: Name


@dataclass(frozen=True, slots=True)
class Do(Tree):
    """``do protocol<argument, ...>(role, ...);``"""

    protocol: Name
    arguments: tuple[Signature | Name, ...]
    roles: tuple[Name, ...]
    annotation: str | None = None


Statement: TypeAlias = Transfer | Choice | Recursion | Continue | Do


@dataclass(frozen=True, slots=True)
class Block(Tree):
    """``{ statement ... }``"""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ModuleName(Tree):
    """``module name;``"""

    name: Name


@dataclass(frozen=True, slots=True)
class Import(Tree):
    """``import name;`` or ``import name as alias;``"""

    name: Name
    alias: Name | None = None


@dataclass(frozen=True, slots=True)
class Declaration(Tree):
    """``type <schema> "external" from "origin" as name;``, or just ``type name;``

    ``data`` is another word for ``type``; ``sig`` declares a whole message instead of a payload.
    """

    keyword: Literal["type", "data", "sig"]
    name: Name
    schema: str | None = None
    external: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter(Tree):
    """``type name`` or ``sig name`` between the angle brackets of a protocol."""

    keyword: Literal["type", "data", "sig"]
    name: Name


@dataclass(frozen=True, slots=True)
class GlobalProtocol(Tree):
    """``global protocol name<parameter, ...>(role role, ...) { ... }``

    ``intact`` is false when syntax errors lost some of its text.
    """

    name: Name
    parameters: tuple[Parameter, ...]
    roles: tuple[Name, ...]
    body: Block
    aux: bool = False
    explicit: bool = False
    annotation: str | None = None
    intact: bool = True


Item: TypeAlias = ModuleName | Import | Declaration | GlobalProtocol


@dataclass(frozen=True, slots=True)
class Comment(Tree):
    """A comment with its delimiters. A nuScr pragma ``(*# ... #*)`` is one too."""

    text: str


@dataclass(frozen=True, slots=True)
class Module:
    """A whole file. ``intact`` is false when syntax errors lost some item of it altogether."""

    items: tuple[Item, ...]
    comments: tuple[Comment, ...] = field(default=(), compare=False)
    source: Source = field(default_factory=lambda: Source(""), compare=False, repr=False)
    intact: bool = True

    @property
    def protocols(self) -> tuple[GlobalProtocol, ...]:
        """Its protocols, in order."""
        return tuple(item for item in self.items if isinstance(item, GlobalProtocol))
