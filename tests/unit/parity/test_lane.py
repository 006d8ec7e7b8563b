"""What a lane has looked at, and what is wrong with that."""

from __future__ import annotations

from antiphon.parity.lane import DRAWN, Lane, Look


def test_problems() -> None:
    """A lane without cases, one that differs and one that saw too little each have their code."""
    good = Lane("a", DRAWN, Look(3, 9, "ab"), 1.25)
    assert good.problems == ()
    assert good.to_json() == {
        "lane": "a",
        "kind": "drawn",
        "cases": 3,
        "steps": 9,
        "differences": 0,
        "seconds": 1.25,
        "hash": "ab",
    }
    bad = Lane("b", DRAWN, Look(0, 0, "", ("case 3",), ("crowds: none",)), 0)
    assert list(map(str, bad.problems)) == [
        "error[no-cases]: b: nothing was looked at: a lane must have cases",
        "error[differs]: b: case 3",
        "error[too-few]: b: crowds: none",
    ]
