"""Types as data."""

import json

import pytest

from antiphon.errors import ProgramError, Refusal
from antiphon.language.check import PAYLOADS_MAX
from antiphon.language.lexer import NAME_MAX
from antiphon.theory import global_type as glob
from antiphon.theory import interchange
from antiphon.theory import local_type as local
from antiphon.theory.interchange import (
    canonical_global,
    canonical_local,
    global_from_json,
    global_to_json,
    local_from_json,
    local_to_json,
)
from antiphon.theory.projection import project
from antiphon.values.canonical import encode
from antiphon.values.sort import NAT, STR, UNIT, named, payload, product

LAST = glob.message("B", "C", "m", glob.var("X"), product(NAT, STR))
LOOP = glob.rec(
    "X", glob.comm("A", "B", [("l", NAT, LAST), ("", UNIT, LAST), ("z", UNIT, glob.END)])
)
ROWS = (
    ("var", "X"),
    ("comm", "B", "C", (("m", "(nat * string)", 0),)),
    ("end",),
    ("comm", "A", "B", (("l", "nat", 1), ("", "unit", 1), ("z", "unit", 2))),
    ("rec", "X", 3),
)
LOCAL = local.rec(
    "X", local.output("B", [("l", NAT, local.input_("B", [("m", UNIT, local.var("X"))]))])
)


def table(*nodes: object, kind: str = "antiphon.global-type", version: object = 1) -> str:
    """JSON text of a table."""
    return json.dumps({"format": kind, "version": version, "nodes": nodes})


def test_the_table_of_a_type() -> None:
    """Each subterm once, after its own subterms, the whole last."""
    assert canonical_global(LOOP) == ("antiphon.global-type", 1, ROWS)
    assert canonical_local(LOCAL) == (
        "antiphon.local-type",
        1,
        (
            ("var", "X"),
            ("receive", "B", (("m", "unit", 0),)),
            ("send", "B", (("l", "nat", 1),)),
            ("rec", "X", 2),
        ),
    )


def test_json_is_the_same_table() -> None:
    """JSON holds the canonical table."""
    data = json.loads(global_to_json(LOOP))
    assert data["format"] == "antiphon.global-type"
    assert data["version"] == 1
    assert data["nodes"] == json.loads(json.dumps(ROWS))


def test_round_trips() -> None:
    """What is read is the type that was written, the same object."""
    assert global_from_json(global_to_json(LOOP)) is LOOP
    assert global_from_json(global_to_json(LOOP).encode()) is LOOP
    assert local_from_json(local_to_json(LOCAL)) is LOCAL
    assert global_from_json(global_to_json(glob.END)) is glob.END


def test_sharing_is_kept() -> None:
    """A type of 2 to the 60 paths has a short table, a long one does not nest."""
    shared, long = glob.END, glob.END
    for _ in range(60):
        shared = glob.comm("A", "B", [("l", UNIT, shared), ("r", UNIT, shared)])
    for _ in range(20_000):
        long = glob.message("A", "B", "l", long)
    assert len(global_to_json(shared)) < 4_000
    assert global_from_json(global_to_json(long)) is long
    assert len(encode(canonical_global(long))) > 20_000


END = ["end"]
NOTHING: list[object] = []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad-type-table"),
        (b"\xff\xfe\x00", "bad-type-table"),
        ("[" * 100_000, "bad-type-table"),
        ("1" * 5_000, "bad-type-table"),
        ("[]", "bad-type-table"),
        (table(END, kind="antiphon.local-type"), "bad-type-table"),
        (table(), "bad-type-table"),
        ('{"format":"antiphon.global-type","version":1,"nodes":{}}', "bad-type-table"),
        (table("end"), "bad-type-table"),
        (table(NOTHING), "bad-type-table"),
        (table(["end", 1]), "bad-type-table"),
        (table(END, ["rec", "X", 1]), "bad-type-table"),
        (table(END, ["rec", "X", -1]), "bad-type-table"),
        (table(END, ["rec", "X", True]), "bad-type-table"),
        (table(END, ["rec", "X", 0.0]), "bad-type-table"),
        (table(END, ["rec", "", 0]), "bad-type-table"),
        (table(END, ["rec", "X" * 1_001, 0]), "bad-type-table"),
        (table(END, ["rec", "a\nb", 0]), "bad-type-table"),
        (table(END, ["comm", "A", 7, NOTHING]), "bad-type-table"),
        (table(END, ["comm", "A", "B", [["l", "unit"]]]), "bad-type-table"),
        (table(END, ["comm", "A", "B", [["l", "(nat *", 0]]]), "bad-type-table"),
        (table(END, ["comm", "A", "B", [["l", "\ud800", 0]]]), "bad-type-table"),
        (table(END, ["send", "B", [["l", "unit", 0]]]), "bad-type-table"),
        (table(["var", "X"]), "unbound-recursion"),
        (table(["var", "X"], ["rec", "X", 0]), "unguarded-recursion"),
        (table(END, ["comm", "A", "A", [["l", "unit", 0]]]), "self-message"),
        (table(END, ["comm", "A", "B", NOTHING]), "empty-choice"),
        (table(END, ["comm", "A", "B", [["l", "unit", 0]] * 2]), "duplicate-label"),
    ],
)
def test_rejects(text: str | bytes, code: str) -> None:
    """Whatever is not the table of a well-formed type is a problem of the author's."""
    with pytest.raises(ProgramError) as caught:
        global_from_json(text)
    assert [one.code for one in caught.value.diagnostics] == [code]


def test_rejects_local_tables() -> None:
    """Local types are checked likewise."""
    for rows, code in (
        ([["var", "X"]], "unbound-recursion"),
        ([END, ["comm", "A", "B", [["l", "unit", 0]]]], "bad-type-table"),
        ([END, ["send", "B", [["l", "unit", 1]]]], "bad-type-table"),
    ):
        with pytest.raises(ProgramError) as caught:
            local_from_json(table(*rows, kind="antiphon.local-type"))
        assert caught.value.diagnostics[0].code == code


def test_rejects_other_versions() -> None:
    """Another version is not guessed at."""
    for version in (0, 2, True, "1", None):
        with pytest.raises(Refusal) as caught:
            global_from_json(table(END, version=version))
        assert caught.value.code == "unknown-version"


def test_rejects_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables have limits: their nodes, and the recursions open at their nodes."""
    monkeypatch.setattr(interchange, "NODES_MAX", 10)
    with pytest.raises(Refusal) as caught:
        global_from_json(table(*[END] * 11))
    assert caught.value.code == "type-too-large"
    monkeypatch.setattr(interchange, "BINDINGS_MAX", 5)
    with pytest.raises(Refusal) as caught:
        global_from_json(table(*[["var", f"X{number}"] for number in range(6)]))
    assert caught.value.code == "type-too-large"


def test_the_longest_names_of_a_text_round_trip() -> None:
    """Whatever the language accepts comes back from JSON, payloads of many types included."""
    name = "n" * NAME_MAX
    sort = payload((named(f"{name}.{name}"),) * PAYLOADS_MAX)
    branches = [(name, sort, glob.var(name)), ("", UNIT, glob.END)]
    root = glob.rec(name, glob.comm(name, "B", branches))
    assert global_from_json(global_to_json(root)) is root
    local_type = project(root, "B").local_type
    assert local_from_json(local_to_json(local_type)) is local_type
