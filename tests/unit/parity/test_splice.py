"""Code of texts that differ inside a few functions."""

from __future__ import annotations

from types import CodeType

import pytest

from antiphon.parity.splice import Splicer

TEXT = """
from functools import cache
SIZE = 3

def size(
    more: int = 1,
) -> int:
    \"\"\"How much.\"\"\"
    return SIZE + more


class Box:
    @property
    def size(self) -> int:
        return [size(each) for each in range(2)][-1]

    def names(self) -> str:
        return super().__repr__() and __class__.__name__


if SIZE:
    def late() -> int:
        return 7
"""


def run(code: CodeType) -> dict[str, object]:
    """The names that a text makes."""
    made: dict[str, object] = {"__name__": "made"}
    exec(code, made)
    return made


def said(code: CodeType) -> object:
    """What everything of the text comes to."""
    return eval("size(), Box().size, Box().names(), late()", run(code))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("SIZE + more", "SIZE - more", (2, 2, "Box", 7)),
        ("range(2)", "range(4)", (4, 6, "Box", 7)),
        (".__name__", ".__module__", (4, 4, "made", 7)),
        ("SIZE = 3", "SIZE = 4", (5, 5, "Box", 7)),
        ("more: int = 1", "more: int = 2", (5, 4, "Box", 7)),
        ("return 7", "return 8", (4, 4, "Box", 8)),
        ("@property", "@property\n    @cache", (4, 4, "Box", 7)),
    ],
)
def test_a_change(old: str, new: str, wanted: tuple[object, ...]) -> None:
    """Inside of functions and outside: the code does what that of the whole text does."""
    splicer = Splicer("made.py")
    assert said(splicer.compiled(TEXT)) == (4, 4, "Box", 7)
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    assert said(splicer.compiled(text)) == said(compile(text, "made.py", "exec")) == wanted
    assert said(splicer.compiled(TEXT)) == (4, 4, "Box", 7)


def test_only_functions_are_compiled() -> None:
    """What is outside of the changed function is the very code of before."""
    splicer = Splicer("made.py")
    first = splicer.compiled(TEXT)
    second = splicer.compiled(TEXT.replace("SIZE + more", "SIZE * more"))
    changed = [one for one in first.co_consts if one not in second.co_consts]
    assert [one.co_name for one in changed if isinstance(one, CodeType)] == ["size"]


def test_names_that_are_there_twice() -> None:
    """Such a text is compiled whole."""
    text = TEXT.replace("def names", "def size")
    splicer = Splicer("made.py")
    splicer.compiled(text)
    made = run(splicer.compiled(text.replace("return SIZE", "return 1 + SIZE")))
    assert eval("size(), Box().size()", made) == (5, "Box")
