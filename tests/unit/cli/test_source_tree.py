"""The files that parity is governed by."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.cli.source_tree import SourceTree, is_source_tree, source_tree
from antiphon.errors import Refusal
from antiphon.parity.ledger.update import LEDGER, MATRIX
from tests.house.tree import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> SourceTree:
    """A copy."""
    for name in (MATRIX, LEDGER, "docs/evidence/rows.json", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return SourceTree(tmp_path)


def test_this_is_one(tmp_path: Path) -> None:
    """The tests run from a source tree; an empty folder is none."""
    assert is_source_tree()
    assert not is_source_tree(tmp_path)
    assert source_tree(None).root == ROOT
    with pytest.raises(Refusal) as caught:
        source_tree(str(tmp_path))
    assert caught.value.code == "no-source-tree"


def test_what_is_written_fits(tree: SourceTree) -> None:
    """The page, the header of the ledger and the badge are those of the rows that were found."""
    before = tree.matrix(), tree.ledger(), tree.readme()
    (tree.root / MATRIX).write_text("")
    (tree.root / "README.md").write_text(before[2].replace("Parity on ", "Parity on doomsday, "))
    tree.write(tree.record())
    assert (tree.matrix(), tree.ledger(), tree.readme()) == before
    assert tree.badge(tree.record()) in tree.readme()


def test_a_ledger_that_cannot_be_read_is_left_alone(tree: SourceTree) -> None:
    """Nothing is written over what somebody has still to mend."""
    (tree.root / LEDGER).write_text("{")
    with pytest.raises(Refusal) as caught:
        tree.write()
    assert caught.value.code == "damaged-ledger"
    assert (tree.root / LEDGER).read_text() == "{"


def test_needs_git(tree: SourceTree) -> None:
    """Outside a repository no revision is known."""
    with pytest.raises(Refusal) as caught:
        tree.changed_since("HEAD")
    assert caught.value.code == "unknown-revision"
