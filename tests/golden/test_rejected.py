"""Rejected examples: each produces exactly the code that it is named for."""

from pathlib import Path

import pytest

from antiphon.errors import ProgramError
from antiphon.language.catalogue import CATALOGUE
from antiphon.language.load import load_file

FILES = sorted((Path(__file__).resolve().parents[2] / "examples" / "rejected").glob("*.scr"))
# A hundred other errors come before this one; tests/unit/language/test_parser.py has it.
NOT_ALONE = {"too-many-errors"}


def named_code(path: Path) -> str:
    """``self-message_2.scr`` is named for ``self-message``."""
    return path.stem.split("_")[0]


SAMPLES = [path for path in FILES if named_code(path) in CATALOGUE]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_rejects_with_the_code_of_its_name(path: Path) -> None:
    """Everything wrong with the file has one code, a place in it, and a help sentence."""
    with pytest.raises(ProgramError) as caught:
        load_file(path)
    for diagnostic in caught.value.diagnostics:
        assert diagnostic.code == named_code(path)
        assert diagnostic.span is not None
        assert diagnostic.span.file == str(path)
        assert diagnostic.help


@pytest.mark.parametrize("path", sorted({*FILES} - {*SAMPLES}), ids=lambda path: path.stem)
def test_other_samples_are_rejected_later(path: Path) -> None:
    """A file named for no code of the language is sound as text."""
    assert load_file(path)


def test_every_code_has_a_sample() -> None:
    """No code of the catalogue is without a file that shows it."""
    assert {*CATALOGUE} - {named_code(path) for path in FILES} == NOT_ALONE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sample_says_what_is_wrong(path: Path) -> None:
    """A sample opens with a comment."""
    assert path.read_text(encoding="utf-8").startswith("// ")
