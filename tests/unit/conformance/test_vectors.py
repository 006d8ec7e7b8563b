"""The file of vectors: what is in it, and what is no such file."""

from importlib.resources import files

import pytest

from antiphon.bytecode.table import INSTRUCTIONS, ROWS
from antiphon.conformance.vectors import (
    FAMILIES,
    FILE,
    chosen,
    decode_vectors,
    encode_vectors,
    needed,
    shipped,
)
from antiphon.errors import Refusal
from antiphon.machine.config import Config

CORE = ("communication", "choice", "control", "session")


def test_every_row_has_a_vector_that_ends_with_it() -> None:
    """And is named for it."""
    ends = {v.id: v.steps[-1].then["row"] for v in shipped()}
    assert {row.id: ends.get(f"{row.id}#1") for row in ROWS} == {row.id: row.id for row in ROWS}
    assert len(ends) == len(shipped())


def test_choices_that_are_no_steps_are_there() -> None:
    """Both that have an effect, and that have none."""
    done = [(v.id, step.do, step.then["row"]) for v in shipped() for step in v.steps]
    assert ("wake#1", "wake", None) in done
    assert ("advance#1", "advance", None) in done
    assert {do for id_, do, row in done if id_.startswith("conv") and row is None} >= {
        "pick",
        "wake",
        "advance",
    }


def test_each_says_what_it_needs() -> None:
    """All families are needed by some; the first four suffice for many, of each of them."""
    for vector in shipped():
        assert vector.families == needed(vector.config, vector.images)
    assert {name for vector in shipped() for name in vector.families} == set(FAMILIES)
    rows = {str(v.steps[-1].then["row"] or "set") for v in chosen(shipped(), CORE)}
    assert {INSTRUCTIONS[row.partition(".")[0]].family for row in rows} == set(CORE)
    assert len(rows) >= 60


def test_the_file_is_small_and_canonical() -> None:
    """At most a megabyte and a half, or little more, in a few hundred lines."""
    data = files("antiphon.conformance").joinpath(FILE).read_bytes()
    assert len(data) < 1_700_000
    assert 150 < len(data.splitlines()) < 500
    assert encode_vectors(shipped()) == data


def test_chosen() -> None:
    """Named families, or all; a name that is none is refused."""
    assert tuple(chosen(shipped(), ())) == shipped()
    assert {v.families for v in chosen(shipped(), ("control",))} == {("control",)}
    with pytest.raises(Refusal, match="no family fetch"):
        chosen((), ("fetch",))
    assert needed(Config(), ()) == ()


HEAD = b'{"format":"antiphon-vectors","version":1,"families":[],"vectors":%d}\n'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"{}", "unknown-format"),
        (b'{"format":"antiphon-vectors","version":2}', "unknown-version"),
        (b'{"format":"antiphon-vectors","version":1}', "malformed-vectors"),
        (HEAD % 1, "malformed-vectors"),
        (HEAD % 1 + b"{}", "malformed-vectors"),
        (
            HEAD
            % 1
            + b'{"id":"a","about":"b","families":[],"config":{},"images":[],"steps":[{"do":["go"],'
            b'"then":{"row":null,"asked":null,"events":[],"state":{}}}]}',
            "malformed-vectors",
        ),
    ],
)
def test_what_is_no_such_file(data: bytes, code: str) -> None:
    """It is refused."""
    with pytest.raises(Refusal) as caught:
        decode_vectors(data)
    assert caught.value.code == code


def test_messages() -> None:
    """What a machine is told."""
    vector = next(v for v in shipped() if v.id == "receive.ok.commit#1")
    new, load, sent, received = (vector.message(step) for step in vector.steps)
    assert new == {"do": "new", "version": 1, "config": {"capacity": 64}}
    assert load.keys() == {"do", "image"}
    assert sent == {"do": "step", "choice": ["pick", 0], "host": {"value": "Unit"}}
    assert received == {"do": "step", "choice": ["pick", 1]}
