"""Decisions are known by their numbers."""

from collections import Counter

from tests.house.tree import DOCS

DECISIONS = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.stem != "README")


def test_each_has_a_number_of_its_own() -> None:
    """In its file's name and in its first line."""
    numbers = [path.name.split("-")[0] for path in DECISIONS]
    assert [number for number, count in Counter(numbers).items() if count > 1] == []
    for path, number in zip(DECISIONS, numbers, strict=True):
        assert path.read_text(encoding="utf-8").startswith(f"# {number} "), path.name
