"""``antiphon parity evidence``: what evidence there is of the machines, and making it anew."""

from __future__ import annotations

from datetime import UTC, datetime

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.parity import builds
from antiphon.cli.recording_file import check_writable, write_bytes
from antiphon.cli.source_tree import is_source_tree, source_tree
from antiphon.cli.terminal import Progress, say, say_json
from antiphon.errors import Refusal
from antiphon.evidence.file import encode_evidence
from antiphon.evidence.shipped import (
    PACKAGED,
    contracts_from,
    evidence_path,
    shipped_contracts,
)
from antiphon.evidence.sources import sources_digest
from antiphon.machine.contracts import RENEWAL, RuntimeContracts
from antiphon.parity.corpus import load
from antiphon.parity.evidence import CASES, Looked, evidence_from, look
from antiphon.parity.matrix.lanes import look_at, record_of


def evidence(cases: int | None, jobs: int, *, write: bool, as_json: bool) -> ExitCode:
    """Print what there is, or with ``write`` what was found now; yes if all of it is fresh."""
    if cases is not None and not write:
        raise Refusal("usage", "--cases goes with --write")
    contracts = _made(CASES if cases is None else cases, jobs) if write else _present()
    stale = [each.claim for each in contracts.evidence if each.sources != contracts.sources]
    if as_json:
        say_json(
            {
                "file": str(evidence_path()),
                "sources": contracts.sources,
                "evidence": [
                    {
                        "claim": each.claim,
                        "lane": each.lane,
                        "fresh": each.claim not in stale,
                        "counts": dict(each.counts),
                        "hash": each.hash,
                    }
                    for each in contracts.evidence
                ],
            }
        )
    else:
        for each in contracts.evidence:
            counts = ", ".join(f"{number} {name}" for name, number in each.counts)
            say(f"{'stale' if each.claim in stale else 'fresh':<7}{each.claim:<32}{counts}")
        say(f"of the sources {contracts.sources[:16]}, in {evidence_path()}")
        if stale:
            say(f"{RENEWAL} makes it anew.")
    return ExitCode.NO if stale else ExitCode.YES


def _present() -> RuntimeContracts:
    contracts = shipped_contracts()
    if contracts is None:
        words = f"{evidence_path()}: there is no evidence; {RENEWAL} makes it"
        raise Refusal("no-evidence", words)
    return contracts


def _made(cases: int, jobs: int) -> RuntimeContracts:
    path = evidence_path()
    check_writable(str(path))
    progress = Progress("evidence")
    looked = look(cases, jobs, builds(), lambda done, every, _: progress.show(f"{done} of {every}"))
    progress.clear()
    pieces = evidence_from(sources_digest(), looked)
    write_bytes(str(path), encode_evidence(pieces))
    if path == PACKAGED and is_source_tree():
        _write_rows(looked)
    return contracts_from(pieces, sources_digest())


def _write_rows(looked: Looked) -> None:
    """What the lanes have found for each row of the matrix; and the page, and the ledger's header.

    They are of the source tree, and of the evidence that comes with it.
    """
    tree = source_tree(None)
    seen = look_at(load(tree.corpus).values(), looked, builds())
    tree.write(record_of(seen, datetime.now(UTC).date().isoformat()))
