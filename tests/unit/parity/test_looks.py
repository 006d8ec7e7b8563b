"""Steps made by hand of which one look alone sees what is wrong."""

from antiphon.parity.complaints import complaints, missed
from antiphon.parity.looks import CELLS, LOOKS
from antiphon.parity.mutants_load import source_of
from antiphon.parity.violations import STATES, STEPS


def test_each_breaks_the_law_that_it_names() -> None:
    """The laws as they are say so, of every one, and which it is."""
    said = complaints({})
    for name, (law, *_) in LOOKS.items():
        assert said[f"{name}, seen"].startswith(f"law {law}: "), name
    for name, (law, _) in CELLS.items():
        assert said[name].startswith(f"law {law}: "), name
    assert len(said) == sum(map(len, (STATES, STEPS, LOOKS, CELLS)))


def test_a_watch_that_looks_at_nothing_is_found() -> None:
    """By the first step that it lets pass, though its laws are as they should be."""
    text = source_of("model/watch.py")
    blind = text.replace(
        "        coroutines = before.coroutines",
        "        return\n        coroutines = before.coroutines",
    )
    assert missed({"model/watch.py": blind}) == "another's register, seen"
