"""The commands of parity about what is known of it: shapes, the matrix, the ledger, a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.parity import builds, corpus_folder
from antiphon.cli.source_tree import PACKAGE, SourceTree, source_tree
from antiphon.cli.terminal import say, say_json
from antiphon.errors import Refusal
from antiphon.evidence.file import decode_evidence
from antiphon.evidence.shipped import PACKAGED
from antiphon.evidence.sources import sources_digest
from antiphon.parity.corpus import load
from antiphon.parity.ledger.check import Setting, ledger_problems
from antiphon.parity.ledger.update import update_problems
from antiphon.parity.matrix.badge import badge_problems
from antiphon.parity.matrix.check import matrix_problems
from antiphon.parity.matrix.record import Record
from antiphon.parity.matrix.release import release_problems
from antiphon.parity.matrix.render import rows_digest
from antiphon.parity.matrix.rows import all_rows
from antiphon.parity.matrix.status import status
from antiphon.parity.problem import Problem
from antiphon.parity.surfaces.registry import Compared, Sight, compare


def shapes(directory: str | None, *, as_json: bool) -> ExitCode:
    """Compare what the model declares with what the engine keeps."""
    found = compare(_sight(directory))
    is_good = all(each.is_good for each in found)
    if as_json:
        say_json({"is_good": is_good, "surfaces": [each.to_json() for each in found]})
    else:
        say("\n".join(map(_line, found)))
    return ExitCode.YES if is_good else ExitCode.NO


def matrix(
    directory: str | None, *, write: bool, check: bool, release: bool, as_json: bool
) -> ExitCode:
    """Print the matrix as the evidence has it, write it, or say what is wrong with it, or in the
    way of a ``release``.
    """
    if release and not check:
        raise Refusal("usage", "--release goes with --check")
    tree = source_tree(directory)
    if write:
        tree.write()
    if not check:
        record, (ledger, _) = tree.record(), tree.ledger()
        if as_json:
            say_json(_matrix_json(record, ledger.covers))
        elif not write:
            say(tree.rendered(record).rstrip("\n"))
        return ExitCode.YES
    problems = (*matrix_found(tree), *(_release_found(tree) if release else ()))
    return _told(problems, f"{len(all_rows())} rows", as_json=as_json)


def matrix_found(tree: SourceTree) -> tuple[Problem, ...]:
    """All that is wrong with the matrix of a tree, and with the badge."""
    record, (ledger, _) = tree.record(), tree.ledger()
    problems = matrix_problems(tree.matrix(), tree.rendered(record), record, ledger.covers)
    return (*problems, *badge_problems(tree.readme(), tree.badge(record)))


def _release_found(tree: SourceTree) -> tuple[Problem, ...]:
    """All that is in the way of a release. The evidence is that which goes out with it."""
    pieces = decode_evidence(PACKAGED.read_bytes()) if PACKAGED.exists() else ()
    return release_problems(tree.record(), tree.ledger()[0].covers, pieces, sources_digest())


def ledger(directory: str | None, as_of: str | None, *, as_json: bool) -> ExitCode:
    """Say all that is wrong with the ledger."""
    tree = source_tree(directory)
    day = datetime.now(UTC).date() if as_of is None else _day(as_of)
    found, _ = tree.ledger()
    problems = ledger_found(tree, day, _sight(str(tree.corpus)))
    return _told(problems, f"{len(found.entries)} entries", as_json=as_json)


def ledger_found(tree: SourceTree, day: date, sight: Sight) -> tuple[Problem, ...]:
    """All that is wrong with the ledger of a tree on a day."""
    found, malformed = tree.ledger()
    record = tree.record()
    rows = rows_digest(record, found.covers)
    setting = Setting(_live(record, sight), rows, day, PACKAGE, tree.root, tree.passes)
    return (*malformed, *ledger_problems(found, setting))


def changed(directory: str | None, base: str, *, as_json: bool) -> ExitCode:
    """Say whether a row has changed since a revision without the matrix and the ledger."""
    tree = source_tree(directory)
    found, _ = tree.ledger()
    rows = rows_digest(tree.record(), found.covers)
    files = tree.changed_since(base)
    problems = tuple(update_problems(tree.ledger_at(base).rows, rows, files))
    return _told(problems, f"{len(files)} files since {base}", as_json=as_json)


def _sight(directory: str | None) -> Sight:
    return Sight(load(corpus_folder(directory)).values(), builds()[-1])


def _live(record: Record, sight: Sight) -> frozenset[str]:
    """All that differs: shapes are looked at now, behaviour is what the lanes have found."""
    found = compare(sight)
    seen = {each for one in found for each in one.fingerprints}
    shapes_of = {one.surface.name for one in found}
    return frozenset(
        seen | {each for each in record.fingerprints if each.split(":")[0] not in shapes_of}
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("usage", f"--as-of: {text} is no day; write it as YYYY-MM-DD") from None


def _told(problems: Sequence[Problem], looked_at: str, *, as_json: bool) -> ExitCode:
    if as_json:
        listed = [each.to_json() for each in problems]
        say_json({"is_good": not problems, "looked_at": looked_at, "problems": listed})
    else:
        say("\n".join((*map(str, problems), f"{looked_at}: {len(problems)} problems")))
    return ExitCode.NO if problems else ExitCode.YES


def _matrix_json(record: Record, covers: dict[str, str]) -> dict[str, object]:
    return {
        "made": record.made,
        "rows_digest": rows_digest(record, covers),
        "rows": [
            {
                "id": row.id,
                "section": row.section,
                "area": row.area,
                "model": [str(place) for place in row.model],
                "engine": [str(place) for place in row.engine],
                "scope": row.scope,
                "status": status(row, record, covers),
                "hits": dict(record.rows[row.id].hits) if row.id in record.rows else {},
            }
            for row in all_rows()
        ],
    }


def _line(found: Compared) -> str:
    fields = sum(len(variant.fields) for variant in found.engine.variants)
    counts = f"{len(found.engine.variants)} variants, {fields} fields"
    wrong = "".join(f"\n    {each}" for each in (*found.fingerprints, *found.problems))
    verdict = "same" if found.is_good else "differs"
    return f"{verdict:<9}{found.surface.name:<26}{counts}{wrong}"
