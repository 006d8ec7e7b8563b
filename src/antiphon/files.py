"""The one way in which a user's file is read: whole, if it is a regular file and not too large; and
how one is written that grows.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from antiphon.errors import Refusal, printable

_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Opening never waits, not even for somebody who writes into a pipe."""


def read_file(path: str | Path, bytes_max: int, smaller: str) -> bytes:
    """The bytes of a file; at most ``bytes_max`` of them, and one more, are ever read.

    A symbolic link counts for what it leads to. Raises ``Refusal``: ``missing-file``,
    ``is-a-directory``, ``not-a-file`` (a pipe, a socket or a device), ``unreadable-file`` and
    ``too-large``; ``smaller`` says how the author gets along with less.
    """
    file = printable(str(path))
    if not str(path):
        raise Refusal("missing-file", "a file without a name: there is no such file; name one")
    try:
        size = _size(Path(path).stat(), file)
        if size <= bytes_max:
            with os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb") as stream:
                _size(os.fstat(stream.fileno()), file)
                data = stream.read(bytes_max + 1)
            if len(data) <= bytes_max:
                return data
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise Refusal("missing-file", f"{file}: there is no such file; check its name") from error
    except OSError as error:
        words = f"{file}: it cannot be opened ({error.strerror or 'no reason given'})"
        raise Refusal("unreadable-file", f"{words}; make it readable, or name a copy") from error
    raise Refusal("too-large", f"{file}: larger than {bytes_max // 2**20} MiB; {smaller}")


def _size(status: os.stat_result, file: str) -> int:
    """How many bytes a regular file says it has; raises ``Refusal`` for anything else."""
    if stat.S_ISDIR(status.st_mode):
        raise Refusal("is-a-directory", f"{file}: this is a directory; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        words = f"{file}: this is a pipe, a socket or a device"
        raise Refusal("not-a-file", f"{words}; save what it gives in a file and name that")
    return status.st_size


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
            raise unwritable(self._path, error) from error


def unwritable(path: str, error: OSError | ValueError) -> Refusal:
    """What is to be raised when a file cannot be written."""
    reason = getattr(error, "strerror", None) or "it cannot be written"
    return Refusal("unwritable-file", f"{printable(path)}: {reason}")
