"""The page of limits says what the code enforces."""

from __future__ import annotations

import re
from pathlib import Path

from antiphon.bytecode import assembly, codec, flow, interchange, loadable
from antiphon.cli import project
from antiphon.compiler import blocks
from antiphon.engine import machine, words
from antiphon.language import check, diagnostic, lexer, source
from antiphon.language import flow as expansion
from antiphon.replay import recording, replayer
from antiphon.theory import horizon, positions, projection
from antiphon.theory.interchange import NODES_MAX
from antiphon.values.value import DEPTH_MAX
from tests.docs.documents import ROOT, read

MIB = 2**20
ROWS = {
    "a file of protocols": source.SIZE_BYTES_MAX,
    "blocks within blocks": lexer.NESTING_MAX,
    "characters of a name, with the dots in it": lexer.NAME_MAX,
    "syntax errors reported of a file": lexer.PROBLEMS_MAX,
    "errors reported in all": diagnostic.ERRORS_MAX,
    "payloads of a message": check.PAYLOADS_MAX,
    "messages, when every `do` is written out": expansion.COPIES_MAX,
    "communications of a type, told apart by what its recursions mean": positions.POSITIONS_MAX,
    "roles of an image": loadable.ROLES_MAX,
    "roles of a session that a program opens": loadable.ROLES_MAX,
    "endpoints, by protocol and role, that may be handed over": loadable.ROLES_MAX,
    "instructions of a role": loadable.CODE_MAX,
    "registers of a role": loadable.REGISTERS_MAX,
    "registers of all roles": loadable.SESSION_REGISTERS_MAX,
    "steps that the verifier takes for a role": flow.WORK_MAX,
    "nodes of a local type": NODES_MAX,
    "pairs within pairs, in a value or a sort": DEPTH_MAX,
    "an image, written in binary": codec.SIZE_MAX,
    "an image or a recording, written as JSON": interchange.JSON_SIZE_MAX,
    "text assembly, in characters": assembly.SIZE_MAX,
    "sessions of a recording": recording.SESSIONS_MAX,
    "coroutines and registers of all its sessions": replayer.PLACES_MAX,
    "steps of a machine": machine.CLOCK_LIMIT,
    "sessions that a machine opens": words.SESSION_LIMIT,
    "coroutines that a machine starts": machine.COROUTINE_LIMIT,
    "names of roles": words.ROLE_LIMIT,
    "sorts": words.SORT_LIMIT,
    "values that are kept as objects": words.OBJECT_LIMIT,
}


def number(cell: str) -> int:
    """The number that a cell of the page shows: plain, in MiB, or as a power of two."""
    match cell.split():
        case [count, "MiB"]:
            return int(count) * MIB
        case [power] if power.startswith("2^"):
            return 1 << int(power.removeprefix("2^"))
        case _:
            return int(cell)


def table() -> list[tuple[str, str, str]]:
    """The rows of the page: what, at most, code."""
    cells = (re.fullmatch(r"\| (.+) \| (.+) \| `(.+)` \|", line) for line in page().splitlines())
    return [(found[1], found[2], found[3]) for found in cells if found]


def page() -> str:
    """The page of limits."""
    return read("docs/limits.md")


def test_numbers_are_those_of_the_code() -> None:
    """Every row of the page states what the code compares with, and none is missing."""
    assert {what: number(most) for what, most, _ in table()} == ROWS


def test_numbers_in_sentences_are_those_of_the_code() -> None:
    """So do the limits that no row has room for."""
    assert (horizon.STATES_MIN, horizon.STATES_PER_POSITION) == (4096, 8)
    assert "in 4096 situations and in eight more for each message" in page()
    assert horizon.MEMBERS_PER_STATE == 16
    assert "counts once more for\neach 16 of them" in page()
    assert f"are listed, {horizon.ROWS_MAX} in all" in page()
    assert f"is said for\n{projection.CONFLICTS_MAX} of them" in page()
    assert f"prints at most {project.TEXT_MAX // MIB} MiB of text" in page()
    assert loadable.STATES_SPARE == 16384
    assert "have 16384 states and four for each of its nodes and branches" in page()


def test_the_sentence_on_blocks_says_what_the_code_compares_with() -> None:
    """How many blocks compiled code may have."""
    assert f"be passed on, {blocks.BLOCKS_SPARE} and four for each state" in " ".join(
        page().split()
    )


def test_codes_exist() -> None:
    """Every code on the page stands in the source."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / Path("src")).rglob("*.py")]
    codes = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", page()))
    assert len(codes) > 20
    missing = {code for code in codes if not any(f'"{code}"' in text for text in sources)}
    assert missing == set()
