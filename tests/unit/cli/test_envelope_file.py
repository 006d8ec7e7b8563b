"""Envelopes on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from antiphon.cli.envelope_file import ENVELOPE_SIZE_MAX, read_envelope
from antiphon.errors import Refusal
from antiphon.machine.envelope import envelope_from_json
from tests.unit.machine.test_envelope import GOOD


def test_reads(tmp_path: Path) -> None:
    """What stands in the file."""
    file = tmp_path / "wide.json"
    file.write_text(json.dumps(GOOD))
    assert read_envelope(str(file)) == envelope_from_json(GOOD)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("{", "not-json", "line 1 column 2"),
        ('{"format": "antiphon-image"}', "unknown-format", "antiphon-envelope"),
        (json.dumps({**GOOD, "version": 2}), "unknown-version", "only version 1"),
        (json.dumps({**GOOD, "scheduler": "all"}), "malformed-envelope", "scheduler: one of"),
        (" " * (ENVELOPE_SIZE_MAX + 1), "too-large", "larger than 1 MiB"),
        ("[" * 100000, "not-json", "too deep"),
    ],
)
def test_refuses_with_the_place(tmp_path: Path, text: str, code: str, words: str) -> None:
    """The file, and what is wrong with it."""
    file = tmp_path / "wide.json"
    file.write_text(text)
    with pytest.raises(Refusal, match=rf"wide\.json: .*{words}") as refused:
        read_envelope(str(file))
    assert refused.value.code == code
