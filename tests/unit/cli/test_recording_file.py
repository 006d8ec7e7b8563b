"""Recordings on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.cli.recording_file import check_writable, read_stored, write_recording
from antiphon.effects.host import DefaultHost, recording
from antiphon.engine.machine import Engine
from antiphon.errors import Refusal
from antiphon.machine.config import Config
from antiphon.protocols import protocol
from antiphon.replay.recording import Setup, encode_recording, record
from tests.cli.command import TRIP


def test_round_trip(tmp_path: Path) -> None:
    """What is written is read again."""
    host, log = recording(DefaultHost())
    image = protocol(TRIP).image
    engine = Engine(Config(), host)
    engine.load(image)
    steps = engine.run("cooperative").steps
    made = record(engine, Setup((image,), (1,), "cooperative"), steps, log)
    path = str(tmp_path / "run.json")
    check_writable(path)
    write_recording(path, made)
    check_writable(path)
    assert encode_recording(read_stored(path).recording) == encode_recording(made)
    for place in (str(tmp_path), "\0"):
        with pytest.raises(Refusal) as refused:
            write_recording(place, made)
        assert refused.value.code == "unwritable-file"


@pytest.mark.parametrize("place", ["", "no/such/file"])
def test_rejects_unwritable(place: str, tmp_path: Path) -> None:
    """A place that cannot be written is refused before the run."""
    with pytest.raises(Refusal) as refused:
        check_writable(f"{tmp_path}/{place}")
    assert refused.value.code == "unwritable-file"


def test_rejects_unreadable(tmp_path: Path) -> None:
    """Whatever cannot be read is refused, each under its own code."""
    (tmp_path / "bad.json").write_bytes(b"{]")
    (tmp_path / "cut.json").write_bytes(b"{")
    (tmp_path / "other.json").write_bytes(b"[]")
    with (tmp_path / "big.json").open("wb") as stream:
        stream.truncate(2**30)
    codes = {
        "none.json": "missing-file",
        ".": "is-a-directory",
        "bad.json": "not-json",
        "cut.json": "truncated-recording",
        "other.json": "unknown-format",
        "big.json": "too-large",
        "\0": "missing-file",
    }
    for name, code in codes.items():
        with pytest.raises(Refusal) as refused:
            read_stored(f"{tmp_path}/{name}")
        assert refused.value.code == code
        assert str(refused.value).startswith(f"{tmp_path}")
