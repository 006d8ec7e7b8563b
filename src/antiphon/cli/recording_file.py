"""Recordings on disk."""

from __future__ import annotations

import os
from pathlib import Path

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.errors import Refusal, printable
from antiphon.files import read_file, unwritable
from antiphon.replay.recording import Recording, encode_recording
from antiphon.replay.stored import Stored, decode_stored


def check_writable(path: str, source: str | None = None) -> None:
    """Find out before a long run what would otherwise be found out after it.

    ``source`` is a file that must not be written over.
    """
    target = Path(path)
    if source is not None and target.exists() and target.samefile(source):
        words = f"{printable(path)}: this is the protocol itself; name another file"
        raise Refusal("unwritable-file", words)
    if target.is_dir():
        raise Refusal("unwritable-file", f"{printable(path)}: this is a directory")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise Refusal("unwritable-file", f"{printable(path)}: it cannot be written")


def write_recording(path: str, recording: Recording) -> None:
    """Write a recording; a ``Refusal`` says why it cannot be written."""
    write_bytes(path, encode_recording(recording))


def write_bytes(path: str, data: bytes) -> None:
    """Write a file; a ``Refusal`` says why it cannot be written."""
    try:
        Path(path).write_bytes(data)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error


def read_stored(path: str) -> Stored:
    """Read a recording of any version; a ``Refusal`` says why it cannot be read."""
    data = read_file(path, JSON_SIZE_MAX, "record a shorter run")
    try:
        return decode_stored(data)
    except Refusal as error:
        raise Refusal(error.code, f"{printable(path)}: {error}") from error
