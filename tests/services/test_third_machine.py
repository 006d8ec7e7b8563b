"""The third machine, held against the vectors; needs Node.js."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Answer, spawn
from tests.docs.documents import ROOT, Shell, matches, outputs, read

MACHINE = ROOT / "examples" / "third_machine"
README = "examples/third_machine/README.md"
FAMILIES = ("communication", "choice", "control", "session")
CHANNEL = "endpoint.owner === coroutine.id"


@pytest.fixture(autouse=True)
def _node() -> None:
    if shutil.which("node") is None:
        pytest.fail("Unreached: needs Node.js (node)")


def judge(machine: Path) -> Answer:
    """The report on the machine in a folder."""
    families = [word for family in FAMILIES for word in ("--family", family)]
    return spawn("conformance", "--cmd", f"node '{machine / 'main.mjs'}'", *families, "--json")


def wrong_copy(folder: Path, file: str, right: str, wrong: str) -> Path:
    """The machine with one line of a file replaced."""
    copy = folder / "machine"
    shutil.copytree(MACHINE, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(right) == 1, f"{file} must have this once: {right}"
    (copy / file).write_text(text.replace(right, wrong), encoding="utf-8")
    return copy


def test_it_passes_all_its_families() -> None:
    """No vector of the four families is left over, and none differs."""
    done = judge(MACHINE)
    report = done.json
    assert (done.code, report["findings"], report["left"]) == (0, [], 0)
    assert report["families"] == list(FAMILIES)
    assert report["passed"] == report["vectors"] >= 156


def test_its_page_is_true(tmp_path: Path) -> None:
    """Each command of its README prints what is shown below it."""
    inside = tmp_path / "here"
    inside.mkdir()
    (inside / "examples").symlink_to(ROOT / "examples")
    for block, printed in outputs(read(README), Shell(inside)):
        assert matches(block.text, printed), f"{README} must show:\n{printed}"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "vector", "step", "path"),
    [
        (
            "machine.mjs",
            "this.clock += 1;",
            "",
            "send.out-of-registers.operand#1",
            2,
            "state.clock",
        ),
        ("instructions.mjs", CHANNEL, "true", "send.channel-closed.owner#1", 3, "row"),
        (
            "instructions.mjs",
            "branchOf(at.state, step.instruction.label)",
            "at.state.branches[0]",
            "offer.unknown-label.label#1",
            3,
            "row",
        ),
        (
            "instructions.mjs",
            ">= machine.capacity",
            "> machine.capacity",
            "send.send-wait.room#1",
            3,
            "row",
        ),
        (
            "step.mjs",
            "this.woken.push(session.ownerOf(role));",
            "",
            "conversation#4",
            13,
            "state.ready[1]",
        ),
        (
            "session.mjs",
            "queue(sender, receiver).shift()",
            "queue(sender, receiver).pop()",
            "rules.oldest-first",
            4,
            "state.sessions[0].queues[0].messages[0][0]",
        ),
        (
            "types.mjs",
            "this.#next(state).reverse()",
            "this.#next(state)",
            "receive.type-violation.head#1",
            3,
            "state.sessions[0].endpoints[0].node",
        ),
    ],
)
def test_rejects_a_wrong_copy(
    file: str, right: str, wrong: str, vector: str, step: int, path: str, tmp_path: Path
) -> None:
    """One line is enough, and the report leads to the first step that differs."""
    done = judge(wrong_copy(tmp_path, file, right, wrong))
    first = done.json["findings"][0]
    assert done.code == 1
    assert first["code"] == "differs"
    assert (first["vector"], first["step"], first["path"]) == (vector, step, path)
