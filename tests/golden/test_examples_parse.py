"""Example protocols: each is sound, in canonical layout, and says what it is."""

from pathlib import Path

import pytest

from antiphon.language.format import render_module
from antiphon.language.load import load_file, parse_file, select
from antiphon.theory.global_type import END, roles

FILES = sorted((Path(__file__).resolve().parents[2] / "examples" / "protocols").glob("*.scr"))


def test_there_are_enough() -> None:
    """At least twelve protocols of the literature are there."""
    assert len(FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_load(path: Path) -> None:
    """One protocol of the file is the main one, and every role of its header takes part."""
    protocol = select(load_file(path))
    assert protocol.global_type is not END
    assert {*roles(protocol.global_type)} == {*protocol.roles}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_are_in_canonical_layout(path: Path) -> None:
    """Formatting an example changes nothing."""
    text = path.read_text(encoding="utf-8")
    assert render_module(parse_file(path)) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples_say_what_they_are(path: Path) -> None:
    """An example opens with at least two lines of comment: what it is, where it comes from."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("// ") for line in lines[:2])
