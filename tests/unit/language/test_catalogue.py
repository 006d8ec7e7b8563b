"""The catalogue: words for every code, and a sample of each that is not among the examples."""

import re
from pathlib import Path

from antiphon.language.catalogue import CATALOGUE

SOURCES = Path(__file__).resolve().parents[3] / "src" / "antiphon" / "language"


def test_every_code_is_words_with_hyphens() -> None:
    """Codes are stable names, not numbers."""
    assert [code for code in CATALOGUE if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", code)] == []


def test_every_entry_is_complete() -> None:
    """Titles differ and are no sentences; explanations are sentences; help says what to do."""
    assert len({entry.title for entry in CATALOGUE.values()}) == len(CATALOGUE)
    for entry in CATALOGUE.values():
        assert not entry.title.endswith(".")
        assert entry.explanation.endswith(".")
        assert entry.help
        assert entry.help[0].islower()


def test_the_catalogue_is_what_is_reported() -> None:
    """Each code stands somewhere in the package outside the catalogue."""
    files = [path for path in SOURCES.glob("*.py") if path.name != "catalogue.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [code for code in CATALOGUE if f'"{code}"' not in text] == []
