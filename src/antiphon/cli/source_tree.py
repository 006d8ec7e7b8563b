"""The files of the source tree that parity is governed by, and what git says of them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antiphon.cli.recording_file import write_bytes
from antiphon.errors import Refusal, printable
from antiphon.files import read_file
from antiphon.parity.ledger.entry import Ledger, read_ledger, with_rows
from antiphon.parity.ledger.update import LEDGER, MATRIX
from antiphon.parity.matrix.badge import badge, with_badge
from antiphon.parity.matrix.record import SIZE_MAX, Record, decode_record, encode_record
from antiphon.parity.matrix.render import render, rows_digest
from antiphon.parity.mutants import MUTANTS
from antiphon.parity.problem import Problem

PACKAGE: Final = Path(__file__).parents[1]
_HERE: Final = PACKAGE.parents[1]
_ROWS: Final = "docs/evidence/rows.json"
_README: Final = "README.md"
_TOO_LARGE: Final = "nothing of ours is so large"


@dataclass(frozen=True, slots=True)
class SourceTree:
    """A source tree by its root."""

    root: Path

    @property
    def corpus(self) -> Path:
        """Where the recordings are."""
        return self.root / "tests" / "corpus"

    def matrix(self) -> str:
        """The page of the matrix as it is."""
        return self._text(MATRIX)

    def record(self) -> Record:
        """What the lanes have found. Raises ``Refusal`` (``damaged-rows``, ``missing-file``)."""
        return decode_record(read_file(self.root / _ROWS, SIZE_MAX, _TOO_LARGE))

    def ledger(self) -> tuple[Ledger, tuple[Problem, ...]]:
        """The ledger, and what is wrong with its form."""
        return read_ledger(self._text(LEDGER))

    def rendered(self, record: Record) -> str:
        """The page as the evidence and the ledger have it."""
        ledger, _ = self.ledger()
        entries = [(entry.id, entry.title) for entry in ledger.entries if entry.is_active]
        return render(record, ledger.covers, entries)

    def readme(self) -> str:
        """The first page that anybody reads."""
        return self._text(_README)

    def badge(self, record: Record) -> str:
        """The line of that page as the evidence and the ledger have it."""
        return badge(record, len(MUTANTS), len(self.ledger()[0].entries))

    def write(self, record: Record | None = None) -> None:
        """Write what was found, if it is new, the page, the digest of its rows, and the badge.

        Raises ``Refusal`` (``damaged-ledger``).
        """
        if record is not None:
            write_bytes(str(self.root / _ROWS), encode_record(record))
        found = self.record()
        ledger, problems = self.ledger()
        if any(each.code in ("not-json", "not-a-ledger") for each in problems):
            words = "antiphon parity ledger says what is wrong with it"
            raise Refusal("damaged-ledger", f"{LEDGER} cannot be read; {words}")
        rows = rows_digest(found, ledger.covers)
        write_bytes(str(self.root / MATRIX), self.rendered(found).encode("utf-8"))
        written = with_rows(self._text(LEDGER), rows)
        write_bytes(str(self.root / LEDGER), written.encode("utf-8"))
        readme = with_badge(self.readme(), self.badge(found))
        write_bytes(str(self.root / _README), readme.encode("utf-8"))

    def passes(self, test: str) -> bool:
        """Whether a test passes, run in a process of its own."""
        command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test)
        return (
            subprocess.run(command, cwd=self.root, capture_output=True, check=False).returncode == 0
        )

    def changed_since(self, revision: str) -> frozenset[str]:
        """The files that are not as they were, those that git does not know yet included."""
        listed = self._git("diff", "--name-only", "--end-of-options", revision, "--")
        new = self._git("ls-files", "--others", "--exclude-standard")
        return frozenset((*listed.splitlines(), *new.splitlines()))

    def ledger_at(self, revision: str) -> Ledger:
        """The ledger as it was. Raises ``Refusal`` (``unknown-revision``)."""
        return read_ledger(self._git("show", "--end-of-options", f"{revision}:{LEDGER}"))[0]

    def _text(self, name: str) -> str:
        return read_file(self.root / name, SIZE_MAX, _TOO_LARGE).decode("utf-8", "replace")

    def _git(self, *arguments: str) -> str:
        command = ("git", "-C", str(self.root), *arguments)
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            raise Refusal("no-git", "git is not here: install it") from None
        if done.returncode != 0:
            said = printable(done.stderr.decode("utf-8", "replace").strip())
            raise Refusal("unknown-revision", f"{said}; name a revision that has the ledger")
        return done.stdout.decode("utf-8", "replace")


def is_source_tree(root: Path = _HERE) -> bool:
    """Whether this package runs from a source tree."""
    return (root / LEDGER).is_file() and (root / "src" / "antiphon").is_dir()


def source_tree(directory: str | None) -> SourceTree:
    """The tree that is named, or that this package runs from. Raises ``Refusal``
    (``no-source-tree``).
    """
    root = _HERE if directory is None else Path(directory)
    if not (root / LEDGER).is_file():
        words = f"{root}: there is no {LEDGER} in it; name a source tree: --tree DIR"
        raise Refusal("no-source-tree", words)
    return SourceTree(root)
