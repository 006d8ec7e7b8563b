"""The page on parity: its commands, the codes in its table, and the entry that is to be copied."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from antiphon.cli import evidence, governance, parity, suite
from antiphon.cli.exit_code import ExitCode
from antiphon.cli.source_tree import PACKAGE, SourceTree
from antiphon.errors import Refusal
from antiphon.parity.lane import DRAWN, Lane, Look
from antiphon.parity.ledger.check import is_fingerprint
from antiphon.parity.ledger.entry import read_ledger
from antiphon.parity.ledger.sources import is_there
from antiphon.parity.matrix.status import MEANING
from antiphon.parity.mutants import MutantReport
from antiphon.parity.suite import SuiteReport
from tests.cli.command import call
from tests.docs.documents import ROOT, read

PAGE = read("docs/parity.md")
FENCE = re.compile(r"^ *```(console|json)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FOUND = FENCE.findall(PAGE)
COMMANDS = [
    line.strip().removeprefix("$ ")
    for language, text in FOUND
    if language == "console"
    for line in text.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_runbook(
    command: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command runs and says yes, or no, and never that it was called wrongly; what takes long,
    or writes into the tree, is only called.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(governance, "compare", Mock(return_value=()))
    monkeypatch.setattr(SourceTree, "passes", Mock(return_value=True))
    report = SuiteReport(3, 1, (Lane("lockstep", DRAWN, Look(1, 1, ""), 1),), ())
    monkeypatch.setattr(suite.lanes, "run", Mock(return_value=report))
    monkeypatch.setattr(evidence, "look", Mock(side_effect=Refusal("no-evidence", "not now")))
    monkeypatch.setattr(parity.broken, "run", Mock(return_value=MutantReport(())))
    monkeypatch.setattr(parity, "save_killers", Mock())
    program, *words = shlex.split(command)
    answer = call(capsys, *words)
    assert program == "antiphon"
    assert answer.code in (ExitCode.YES, ExitCode.NO) or "error[no-evidence]" in answer.err


def test_every_block_is_run() -> None:
    """No command, and no entry, escapes these tests."""
    assert len(FOUND) == PAGE.count("```") // 2
    assert len(COMMANDS) == PAGE.count("   $ ")


def test_every_status_is_explained() -> None:
    """The page tells of each status that a row may have."""
    assert all(f"`{status}`" in PAGE for status in MEANING)


def test_every_code_is_said_somewhere() -> None:
    """What the table explains, some command can say: it stands in the reference of commands."""
    table = PAGE.partition("| what is said |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    codes = {code for cell in cells for code in re.findall(r"`([a-z-]+)`", cell)}
    reference = read("docs/cli.md")
    assert len(codes) > 15
    assert [code for code in sorted(codes) if f"`{code}`" not in reference] == []


def test_the_template_is_an_entry() -> None:
    """It has every field, and names places, tests and a fingerprint that there are."""
    (text,) = (text for language, text in FOUND if language == "json")
    given: dict[str, Any] = json.loads(text)
    ledger, problems = read_ledger(
        json.dumps({"schema_version": 2, "rows": "0" * 64, "entries": [given]})
    )
    assert problems == ()
    (entry,) = ledger.entries
    assert all(is_there(PACKAGE, ref) for ref in (*entry.model_refs, *entry.engine_refs))
    assert all(is_there(ROOT, test) for test in entry.tests)
    assert all(map(is_fingerprint, entry.covers))
