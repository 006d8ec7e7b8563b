"""Hypothesis strategies for syntax trees and for protocol texts."""

from dataclasses import replace
from typing import Literal

from hypothesis import strategies as st

from antiphon.language.lexer import KEYWORDS
from antiphon.language.syntax import (
    Block,
    Choice,
    Continue,
    Declaration,
    Do,
    GlobalProtocol,
    Import,
    Item,
    Module,
    ModuleName,
    Name,
    Parameter,
    Payload,
    Recursion,
    Signature,
    Statement,
    Transfer,
)

WORDS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_']{0,3}", fullmatch=True).filter(
    lambda word: word not in KEYWORDS
)
STRINGS = st.from_regex(r"[A-Za-z0-9_./ (*)]{0,6}", fullmatch=True)


def name(text: str) -> Name:
    """A name at no place."""
    return Name(text, start=0, end=0)


NAMES = WORDS.map(name)
PATHS = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: name(".".join(words)))
NAME_LISTS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
ANNOTATIONS = st.none() | STRINGS
TYPE_WORDS: st.SearchStrategy[Literal["type", "data", "sig"]] = st.sampled_from(
    ["type", "data", "sig"]
)
PAYLOADS = st.builds(
    Payload, PATHS, st.none() | NAMES, st.none() | NAMES, start=st.just(0), end=st.just(0)
)
SIGNATURES = st.builds(
    Signature,
    NAMES | st.just(name("")),
    st.lists(PAYLOADS, max_size=3).map(tuple),
    start=st.just(0),
    end=st.just(0),
)
TRANSFERS = st.builds(
    Transfer, SIGNATURES | PATHS, NAMES, NAME_LISTS, ANNOTATIONS, start=st.just(0), end=st.just(0)
)
CONTINUES = st.builds(Continue, NAMES, start=st.just(0), end=st.just(0))
DOS = st.builds(
    Do,
    PATHS,
    st.lists(SIGNATURES | PATHS, max_size=2).map(tuple),
    NAME_LISTS,
    ANNOTATIONS,
    start=st.just(0),
    end=st.just(0),
)


def _block(statements: list[Statement]) -> Block:
    return Block(tuple(statements), start=0, end=0)


def _with_blocks(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
    blocks = st.lists(inner, max_size=3).map(_block)
    branches = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    choices = st.builds(Choice, NAMES, branches, start=st.just(0), end=st.just(0))
    recursions = st.builds(Recursion, NAMES, blocks, start=st.just(0), end=st.just(0))
    return choices | recursions


STATEMENTS: st.SearchStrategy[Statement] = st.recursive(
    TRANSFERS | CONTINUES | DOS, _with_blocks, max_leaves=8
)
BLOCKS = st.lists(STATEMENTS, max_size=4).map(_block)
IMPORTS = st.builds(Import, PATHS, st.none() | NAMES, start=st.just(0), end=st.just(0))
FOREIGN = st.builds(
    Declaration, TYPE_WORDS, NAMES, WORDS, STRINGS, STRINGS, start=st.just(0), end=st.just(0)
)
DECLARATIONS = FOREIGN | FOREIGN.map(
    lambda tree: replace(tree, schema=None, external=None, origin=None)
)
PARAMETERS = st.builds(Parameter, TYPE_WORDS, NAMES, start=st.just(0), end=st.just(0))
PROTOCOLS = st.builds(
    GlobalProtocol,
    NAMES,
    st.lists(PARAMETERS, max_size=2).map(tuple),
    NAME_LISTS,
    BLOCKS,
    st.booleans(),
    st.booleans(),
    ANNOTATIONS,
    start=st.just(0),
    end=st.just(0),
)
MODULE_NAMES = st.builds(ModuleName, PATHS, start=st.just(0), end=st.just(0))


@st.composite
def modules(draw: st.DrawFn) -> Module:
    """Any tree that can be written, sensible or not."""
    head: list[Item] = [draw(MODULE_NAMES)] if draw(st.booleans()) else []
    rest = draw(st.lists(IMPORTS | DECLARATIONS | PROTOCOLS, max_size=4))
    return Module((*head, *rest))


@st.composite
def protocol_texts(draw: st.DrawFn) -> str:
    """A protocol of three roles that breaks no rule of names, and mostly none of control."""
    return f"global protocol P(role A, role B, role C) {{{draw(bodies(2, ()))}}}"


@st.composite
def bodies(draw: st.DrawFn, depth: int, variables: tuple[str, ...]) -> str:
    """Statements: messages first, then perhaps a choice or a recursion, and perhaps the end."""
    parts = [draw(messages()) for _ in range(draw(st.integers(0, 2)))]
    kind = draw(st.sampled_from(["choice", "choice", "rec", "do", "none"] if depth else ["none"]))
    if kind == "choice":
        sender, receiver = draw(st.sampled_from(["AB", "AC", "BA", "CB"]))
        branches = [
            f"{{{label}() from {sender} to {receiver}; {draw(bodies(depth - 1, variables))}}}"
            for label in "xyz"[: draw(st.integers(1, 3))]
        ]
        parts.append(f"choice at {sender} {' or '.join(branches)}")
    elif kind == "rec":
        fresh = f"X{depth}"
        parts.append(f"rec {fresh} {{{draw(bodies(depth - 1, (*variables, fresh)))}}}")
    elif kind == "do":
        parts.append(f"do P({', '.join(draw(st.permutations('ABC')))});")
    if variables and kind == "none" and draw(st.booleans()):
        parts.append(f"continue {draw(st.sampled_from(variables))};")
    elif draw(st.booleans()):
        parts.append(draw(messages()))
    return " ".join(parts)


@st.composite
def messages(draw: st.DrawFn) -> str:
    """One message."""
    sender, receiver = draw(st.permutations("ABC"))[:2]
    label = draw(st.sampled_from(["a", "b", ""]))
    return f"{label}({draw(st.sampled_from(['', 'nat']))}) from {sender} to {receiver};"
