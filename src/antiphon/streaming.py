"""Events that go to a file while a run goes on, where that is the mode of its trace."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from antiphon.files import AppendedFile
from antiphon.machine.trace_mode import TraceMode
from antiphon.replay.trace_file import TraceFile


@contextmanager
def streamed(mode: TraceMode, name: str) -> Generator[TraceFile | None]:
    """The file that events are written to, where that is the mode; else None.

    Without a path in the mode it is ``name`` with ``.trace`` behind it, in the current folder.
    """
    if mode.kind != "file":
        yield None
        return
    with AppendedFile(mode.path or f"{name}.trace") as file:
        yield TraceFile(file.write)
