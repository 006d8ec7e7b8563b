"""What became of claims, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from antiphon.parity.claims.claim import Claim, Result
from antiphon.parity.claims.registry import CLAIMS, Report

_WIDTH: Final = 96


def render_claims(report: Report) -> str:
    """A line for each claim, and below it what it rests on."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    count: dict[str, int] = {}
    for result in report.results:
        count[result.verdict] = count.get(result.verdict, 0) + 1
        yield f"{result.verdict:8}  {result.claim.id}: {result.claim.title}"
        yield from (f"          {line}" for words in _below(result) for line in wrap(words, _WIDTH))
    words = ", ".join(f"{number} {verdict}" for verdict, number in count.items())
    yield f"{len(report.results)} claims, profile {report.profile}: {words}"
    for result in report.results:
        if not result.is_good:
            yield f"not as expected: {result.claim.id} {result.verdict}"


def _below(result: Result) -> Iterator[str]:
    claim, found = result.claim, result.finding
    if found is None:
        yield f"waits for {claim.reason}"
        return
    yield result.assurance
    met = f"{found.generated} generated, {found.satisfied} met the hypotheses"
    yield f"{met}, {found.checked} checked"
    if found.counterexample:
        yield f"counter-example: {found.counterexample}"


def _how(claim: Claim) -> str:
    return "first of" if claim.is_refuted else claim.method


def render_table() -> str:
    """All claims as a table of a document: what is claimed, and how it is looked at."""
    rows = ["| no. | claim | statement | looked at | verdict |", "|---|---|---|---|---|"]
    for claim in CLAIMS:
        how = f"{_how(claim)}: {claim.scope('full')}" if claim.look else f"waits for {claim.reason}"
        cells = (str(claim.number), f"`{claim.id}`", claim.statement, how, claim.expected)
        rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(rows) + "\n"
