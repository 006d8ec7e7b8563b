"""Recordings on disk."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.errors import Refusal, printable
from antiphon.files import read_file
from antiphon.replay.appended import Stored, decode_stored
from antiphon.replay.recording import Recording, encode_recording


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
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError | ValueError) -> Refusal:
    reason = getattr(error, "strerror", None) or "it cannot be written"
    return Refusal("unwritable-file", f"{printable(path)}: {reason}")


class AppendedFile:
    """A file that is begun anew at the first ``write``; what was written outlives this process."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> AppendedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes) -> None:
        """Append; a ``Refusal`` says why it cannot be."""
        try:
            if self._file is None:
                self._file = Path(self._path).open("wb", buffering=0)  # noqa: SIM115
            while data:
                data = data[self._file.write(data) :]
        except (OSError, ValueError) as error:
            raise _unwritable(self._path, error) from error


def read_stored(path: str) -> Stored:
    """Read a recording of any version; a ``Refusal`` says why it cannot be read."""
    data = read_file(path, JSON_SIZE_MAX, "record a shorter run")
    try:
        return decode_stored(data)
    except Refusal as error:
        raise Refusal(error.code, f"{printable(path)}: {error}") from error
