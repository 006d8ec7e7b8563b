"""The commands of parity about what is known of it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from antiphon.cli import governance
from antiphon.engine import policies
from antiphon.evidence.file import encode_evidence
from antiphon.evidence.sources import sources_digest
from antiphon.machine.contracts import evidence
from antiphon.machine.flow_policy import AllowAll
from antiphon.parity.bites.of_ledger import ENTRY
from antiphon.parity.matrix.record import decode_record, encode_record
from tests.cli.command import Answer, call
from tests.house.tree import ROOT
from tests.parity.test_corpus import CORPUS

LEDGER = "docs/model_vs_engine_deviations.json"


def test_shapes_that_differ(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A difference is a no, with its fingerprint, as text and as JSON."""
    monkeypatch.delitem(policies.POLICY, AllowAll)
    answer = call(capsys, "parity", "shapes", "--corpus", CORPUS, "--json")
    assert answer.code == 1
    assert not answer.json["is_good"]
    first = answer.json["surfaces"][0]
    assert first["fingerprints"] == ["FlowPolicy:missing_in_engine:AllowAll"]
    assert first["model"]["place"] == "model/knowledge.py::allows"
    text = call(capsys, "parity", "shapes", "--corpus", CORPUS).out
    assert "differs  FlowPolicy" in text
    assert "    FlowPolicy:missing_in_engine:AllowAll\n" in text


def test_shapes_need_a_corpus(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without recordings there is nothing to see."""
    answer = call(capsys, "parity", "shapes", "--corpus", tmp_path / "none", "--json")
    assert answer.code == 2
    assert answer.json["error"]["code"] == "no-corpus"


LIVE: list[dict[str, list[str]]] = json.loads((ROOT / LEDGER).read_text())["entries"]
"""The entries that there are."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what parity is governed by, in a repository of its own with one revision."""
    for name in ("README.md", "docs/parity_matrix.md", "docs/evidence/rows.json", LEDGER):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for name in (test for entry in LIVE for test in entry["tests"]):
        file, _, function = name.partition("::")
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(f"def {function}():\n    assert True\n")
    (tmp_path / "tests" / "corpus").symlink_to(CORPUS)
    git = ("git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@x.x")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "first")):
        subprocess.run((*git, *words), check=True)
    return tmp_path


def codes(answer: Answer) -> list[str]:
    """The codes of the problems in an answer."""
    return [each["code"] for each in answer.json["problems"] if each["code"] != "row-stale"]


def test_matrix(capsys: pytest.CaptureFixture[str], tree: Path) -> None:
    """It is printed as it is; once it is edited it is not as it should be, until it is written."""
    page = tree / "docs" / "parity_matrix.md"
    asked = ("parity", "matrix", "--tree", tree)
    text = page.read_text()
    assert call(capsys, *asked).out == text
    rows = {row["id"]: row for row in call(capsys, *asked, "--json").json["rows"]}
    assert rows["shape.FlowPolicy"]["status"] == "Aligned"
    page.write_text(text.replace("Aligned", "Splendid"))
    assert codes(call(capsys, *asked, "--check", "--json")) == ["matrix-differs"]
    assert call(capsys, *asked, "--write").code == 0
    assert page.read_text() == text


def test_badge(capsys: pytest.CaptureFixture[str], tree: Path) -> None:
    """The line of README.md is checked and written with the page."""
    asked, readme = ("parity", "matrix", "--tree", tree), tree / "README.md"
    text = readme.read_text()
    readme.write_text(text.replace("Parity on ", "Parity on the "))
    assert codes(call(capsys, *asked, "--check", "--json")) == ["badge-differs"]
    assert call(capsys, *asked, "--write").code == 0
    assert readme.read_text() == text


def test_release(
    capsys: pytest.CaptureFixture[str],
    tree: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was reached too seldom, and evidence that is not there or is old, is in the way."""
    asked = ("parity", "matrix", "--tree", tree, "--check", "--release", "--json")
    file = tmp_path / "evidence.json"
    monkeypatch.setattr(governance, "PACKAGED", file)
    answer = call(capsys, *asked)
    assert (answer.code, codes(answer)) == (1, ["no-evidence"])
    for sources, found in (("before", ["evidence-stale"]), (sources_digest(), [])):
        piece = evidence("lockstep.aging", "lockstep", sources, (("cases", 9),), "")
        file.write_bytes(encode_evidence((piece,)))
        assert codes(call(capsys, *asked)) == found
    rows = tree / "docs" / "evidence" / "rows.json"
    record = decode_record(rows.read_bytes())
    first = replace(record.rows["scheduler.aging"], hits={"driven": 2})
    rows.write_bytes(encode_record(replace(record, rows={**record.rows, "scheduler.aging": first})))
    call(capsys, "parity", "matrix", "--tree", tree, "--write")
    assert codes(call(capsys, *asked)) == ["row-thin"]
    assert codes(call(capsys, *asked[:5], "--json")) == []
    answer = call(capsys, "parity", "matrix", "--release", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "usage")


def test_ledger(
    capsys: pytest.CaptureFixture[str], tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in order; with an entry for nothing it is not, and a day can be named."""
    monkeypatch.setattr(governance, "compare", seen_nothing)
    asked = ("parity", "ledger", "--tree", tree, "--json")
    assert call(capsys, *asked).json == {
        "is_good": True,
        "looked_at": f"{len(LIVE)} entries",
        "problems": [],
    }
    file = tree / LEDGER
    ledger = json.loads(file.read_text())
    entry = {**ENTRY, "tests": ["tests/test_one.py"]}
    file.write_text(json.dumps({**ledger, "entries": [*LIVE, entry]}))
    answer = call(capsys, *asked, "--as-of", "2026-12-02")
    assert (answer.code, codes(answer)) == (1, ["expired", "missing-test", "needless-cover"])
    (tree / "tests" / "test_one.py").write_text("def test_one():\n    assert False\n")
    answer = call(capsys, *asked, "--as-of", "2026-12-01")
    assert codes(answer) == ["failing-test", "needless-cover"]
    (tree / "tests" / "test_one.py").write_text("def test_one():\n    assert True\n")
    text = call(capsys, *asked[:-1], "--as-of", "2026-12-01").out
    assert text.splitlines()[0].startswith("error[needless-cover]: gates-say-no: ")
    assert text.splitlines()[-1] == f"{len(LIVE) + 1} entries: 1 problems"
    assert call(capsys, *asked, "--as-of", "soon").json["error"]["code"] == "usage"


def test_a_live_difference(
    capsys: pytest.CaptureFixture[str], tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What differs in a shape now needs an entry, whatever the evidence said."""
    monkeypatch.delitem(policies.POLICY, AllowAll)
    answer = call(capsys, "parity", "ledger", "--tree", tree, "--json")
    assert codes(answer) == ["uncovered"]
    assert answer.json["problems"][0]["place"] == "FlowPolicy:missing_in_engine:AllowAll"


def test_changed(capsys: pytest.CaptureFixture[str], tree: Path) -> None:
    """A row that changes takes both files with it."""
    asked = ("parity", "changed", "--tree", tree, "--base", "HEAD", "--json")
    assert codes(call(capsys, *asked)) == []
    (tree / "more.txt").write_text("")
    assert codes(call(capsys, *asked)) == []
    rows = tree / "docs" / "evidence" / "rows.json"
    halved = [line for line in rows.read_text().splitlines() if "shape.FlowPolicy" not in line]
    rows.write_text("\n".join(halved))
    assert codes(call(capsys, *asked)) == ["matrix-not-in-change", "ledger-not-in-change"]
    call(capsys, "parity", "matrix", "--tree", tree, "--write")
    assert codes(call(capsys, *asked)) == []
    subprocess.run(("git", "-C", str(tree), "checkout", "-q", LEDGER), check=True)
    assert codes(call(capsys, *asked)) == ["ledger-not-in-change"]
    answer = call(capsys, *asked[:-2], "--output=x", "--json")
    assert answer.json["error"]["code"] == "unknown-revision"


def test_needs_a_source_tree(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Anywhere else there is nothing to govern."""
    for name in ("matrix", "ledger"):
        answer = call(capsys, "parity", name, "--tree", tmp_path, "--json")
        assert (answer.code, answer.json["error"]["code"]) == (2, "no-source-tree")


def seen_nothing(_: object) -> tuple[()]:
    """No surface at all."""
    return ()
