"""A machine held against vectors: what it does differently, and where first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from antiphon.bytecode.interchange import fields
from antiphon.conformance.inside import Broken, Factory, Inside, Subject
from antiphon.conformance.vectors import Step, Vector, chosen, shipped

BREAKS_MAX: Final = 3
"""After so many vectors on which a machine did not answer, the others are not tried."""
_SHOWN_MAX: Final = 200
_PARTS: Final = ("row", "asked", "events", "state")


@dataclass(frozen=True, slots=True)
class Finding:
    """The first step of a vector that is not as it must be.

    ``code`` is ``differs``, with the ``path`` to the first difference and what stands there as
    JSON; or says how the machine has not answered, and ``actual`` has the details.
    """

    code: str
    vector: str
    about: str
    step: int
    do: str
    path: str = ""
    expected: str = ""
    actual: str = ""

    def __str__(self) -> str:
        where = f"{self.vector} ({self.about}), step {self.step}, {self.do}"
        if self.code == "differs":
            return f"{where}: {self.path} must be {self.expected}, and is {self.actual}"
        return f"{where}: {self.code}: {self.actual}"

    def to_json(self) -> dict[str, object]:
        """The finding as JSON, and in words."""
        names = ("code", "vector", "step", "do", "path", "expected", "actual")
        return {**{name: getattr(self, name) for name in names}, "words": str(self)}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the vectors. ``left`` were not tried, for the machine did not answer."""

    vectors: int
    passed: int
    steps: int
    left: int
    families: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        """Whether every vector was tried, and there was one, and nothing found."""
        return self.passed == self.vectors > 0

    def to_json(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "is_good": self.is_good,
            "families": list(self.families),
            "vectors": self.vectors,
            "passed": self.passed,
            "left": self.left,
            "steps": self.steps,
            "findings": [finding.to_json() for finding in self.findings],
        }


def conformance(factory: Factory, families: Sequence[str] = ()) -> Report:
    """Hold a machine of the treaty, which ``factory`` makes, against the vectors that come with
    this version; only those that need no more than ``families``, if some are named.

    Raises ``Refusal`` (``unknown-family``). Whatever the machine raises is a finding.
    """
    return judge(tuple(chosen(shipped(), families)), Inside(factory), tuple(families))


def judge(
    vectors: Sequence[Vector],
    subject: Subject,
    families: tuple[str, ...] = (),
    progress: Callable[[int, int, int], None] | None = None,
) -> Report:
    """Hold a machine against vectors, each up to its first finding.

    ``progress`` is called with the vectors tried, all vectors, and the findings so far.
    """
    findings: list[Finding] = []
    steps = tried = breaks = 0
    for vector in vectors:
        if breaks == BREAKS_MAX:
            break
        tried += 1
        compared, found = _try(vector, subject)
        steps += compared
        if found is not None:
            findings.append(found)
            breaks += found.code != "differs"
        if progress is not None:
            progress(tried, len(vectors), len(findings))
    passed = tried - len(findings)
    left = len(vectors) - tried
    return Report(len(vectors), passed, steps, left, families, tuple(findings))


def _try(vector: Vector, subject: Subject) -> tuple[int, Finding | None]:
    """How many steps were as they must be, and what was found then."""
    for place, step in enumerate(vector.steps):
        found = _look(vector, place, step, subject)
        if found is not None:
            return place, found
    return len(vector.steps), None


def _look(vector: Vector, place: int, step: Step, subject: Subject) -> Finding | None:
    do = step.do if step.number is None else f"{step.do} {step.number}"
    at = (vector.id, vector.about, place, do)
    try:
        answer = subject.ask(vector.message(step))
        _require_answer(answer)
    except Broken as broken:
        return Finding(broken.code, *at, actual=broken.words[:_SHOWN_MAX])
    parting = first_difference(step.then, answer)
    return None if parting is None else Finding("differs", *at, *parting)


def _require_answer(answer: object) -> None:
    """Raises ``Broken`` for what is no answer."""
    given: object = answer
    match cast("dict[str, object]", answer) if isinstance(answer, dict) else {}:
        case {"error": words, **rest} if not rest:
            raise Broken("machine-refused", _shown(words))
        case _:
            pass
    try:
        fields(given, _PARTS)
    except ValueError as error:
        raise Broken("machine-garbage", f"{error}: {_shown(given)}") from None


def first_difference(
    expected: object, actual: object, path: str = ""
) -> tuple[str, str, str] | None:
    """The path to the first place where two things of JSON are not the same, and what stands
    there; the keys of an object in the order of ``expected``, then those that it has not.
    """
    ours, theirs = _object(expected), _object(actual)
    if ours is not None and theirs is not None:
        return _first(
            (f"{path}.{key}".lstrip("."), ours.get(key, _NOTHING), theirs.get(key, _NOTHING))
            for key in dict.fromkeys((*ours, *theirs))
        )
    one, other = _list(expected), _list(actual)
    if one is not None and other is not None:
        return _first(
            (f"{path}[{place}]", _at(one, place), _at(other, place))
            for place in range(max(len(one), len(other)))
        )
    if type(expected) is type(actual) and expected == actual:
        return None
    return path, _shown(expected), _shown(actual)


def _object(item: object) -> dict[str, object] | None:
    return cast("dict[str, object]", item) if isinstance(item, dict) else None


def _list(item: object) -> list[object] | None:
    return cast("list[object]", item) if isinstance(item, list) else None


def _first(parts: Iterable[tuple[str, object, object]]) -> tuple[str, str, str] | None:
    for path, expected, actual in parts:
        found = first_difference(expected, actual, path)
        if found is not None:
            return found
    return None


class _Nothing:
    """What stands where nothing does."""


_NOTHING: Final = _Nothing()


def _at(items: list[object], place: int) -> object:
    return items[place] if place < len(items) else _NOTHING


def _shown(item: object) -> str:
    if isinstance(item, _Nothing):
        return "nothing"
    try:
        words = json.dumps(item)
    except RecursionError:
        return "something that nests too deep"
    return words if len(words) <= _SHOWN_MAX else f"{words[: _SHOWN_MAX - 4]} ..."
