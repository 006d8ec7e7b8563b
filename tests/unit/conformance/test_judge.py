"""Machines held against vectors."""

from collections.abc import Sequence

import pytest

from antiphon.conformance.inside import Inside
from antiphon.conformance.judge import Finding, conformance, first_difference, judge
from antiphon.conformance.vectors import FAMILIES, shipped
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.event import Event
from antiphon.machine.snapshot import Snapshot
from antiphon.parity.mutants import MUTANTS, subject_of
from antiphon.parity.subject import BUILDS, Build, engine

CORE = ("communication", "choice", "control", "session")


@pytest.mark.parametrize("build", BUILDS)
def test_both_builds_pass_all_families(build: Build) -> None:
    """The engine does what the model does."""
    report = conformance(engine(build).make)
    assert report.findings == ()
    assert report.is_good
    assert report.vectors == len(shipped())


@pytest.mark.parametrize("family", FAMILIES)
def test_families(family: str) -> None:
    """Few vectors need one family only, and none needs more than is said."""
    report = conformance(engine("pure").make, (family, "control"))
    assert report.is_good
    assert report.vectors < len(shipped())


class Deaf(Engine):
    """Forgets its last event."""

    def events(self) -> Sequence[Event]:
        """All but the last."""
        return super().events()[:-1]


class Raising(Engine):
    """Cannot be looked at."""

    def snapshot(self) -> Snapshot:
        """Never."""
        raise LookupError("no state")


def test_first_differing_step() -> None:
    """It is named, with what must be there and what is."""
    report = conformance(Deaf, CORE)
    assert not report.is_good
    assert report.left == 0
    found = report.findings[0]
    assert (found.code, found.step, found.do, found.path) == ("differs", 1, "load 0", "events[0]")
    assert (found.expected[:18], found.actual) == ('{"event": "Opened"', "nothing")
    assert "events[0] must be {" in str(found)
    assert found.to_json()["words"] == str(found)


def test_a_machine_that_raises() -> None:
    """It is given up after a few vectors."""
    report = conformance(Raising)
    assert [found.code for found in report.findings] == ["machine-crashed"] * 3
    assert report.left == report.vectors - 3
    assert str(report.findings[0]).endswith("new: machine-crashed: LookupError: no state")


@pytest.mark.parametrize("id_", ["engine-not-narrowed", "engine-jump-too-far", "engine-first-ids"])
def test_broken_engines_are_refused(id_: str) -> None:
    """With the first step that differs."""
    mutant = next(m for m in MUTANTS if m.id == id_)
    report = conformance(subject_of(mutant).make, CORE)
    assert not report.is_good
    assert report.findings[0].code == "differs"
    assert report.findings[0].path


def test_progress() -> None:
    """It is said how far one is."""
    seen: list[tuple[int, int, int]] = []

    def progress(done: int, every: int, found: int) -> None:
        seen.append((done, every, found))

    judge(shipped()[:2], Inside(Deaf), progress=progress)
    assert seen == [(1, 2, 1), (2, 2, 2)]


def test_unknown_family() -> None:
    """It is refused."""
    with pytest.raises(Refusal, match="no family x"):
        conformance(Engine, ("x",))


@pytest.mark.parametrize(
    ("expected", "actual", "parting"),
    [
        ({"a": [1]}, {"a": [1]}, None),
        ({"a": 1}, {"a": True}, ("a", "1", "true")),
        ({"a": None}, {}, ("a", "null", "nothing")),
        ({}, {"b": 2}, ("b", "nothing", "2")),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1]}}, ("a.b[1]", "2", "nothing")),
        ([], [1], ("[0]", "nothing", "1")),
        ([1], {}, ("", "[1]", "{}")),
    ],
)
def test_first_difference(expected: object, actual: object, parting: object) -> None:
    """The first place in order; kinds count."""
    assert first_difference(expected, actual) == parting


def test_much_is_shown_short() -> None:
    """A difference is one that can be read."""
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    found = first_difference(1, deep)
    assert found is not None
    assert found[2] == "something that nests too deep"
    long = first_difference(1, "x" * 1000)
    assert long is not None
    assert len(long[2]) == 200
    assert Finding("differs", "v", "", 0, "new").to_json()["step"] == 0
