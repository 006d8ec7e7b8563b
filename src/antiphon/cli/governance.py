"""The commands of parity about what is known of it: shapes, the matrix, the ledger, a change."""

from __future__ import annotations

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.parity import builds, corpus_folder
from antiphon.cli.terminal import say, say_json
from antiphon.parity.corpus import load
from antiphon.parity.surfaces.registry import Compared, Sight, compare


def shapes(directory: str | None, *, as_json: bool) -> ExitCode:
    """Compare what the model declares with what the engine keeps."""
    found = compare(Sight(load(corpus_folder(directory)).values(), builds()[-1]))
    is_good = all(each.is_good for each in found)
    if as_json:
        say_json({"is_good": is_good, "surfaces": [each.to_json() for each in found]})
    else:
        say("\n".join(map(_line, found)))
    return ExitCode.YES if is_good else ExitCode.NO


def _line(found: Compared) -> str:
    fields = sum(len(variant.fields) for variant in found.engine.variants)
    counts = f"{len(found.engine.variants)} variants, {fields} fields"
    wrong = "".join(f"\n    {each}" for each in (*found.fingerprints, *found.problems))
    verdict = "same" if found.is_good else "differs"
    return f"{verdict:<9}{found.surface.name:<26}{counts}{wrong}"
