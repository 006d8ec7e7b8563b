"""Events that go to a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from antiphon.errors import Refusal
from antiphon.machine.trace_mode import FULL, TraceMode
from antiphon.streaming import streamed


def test_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there where the mode asks for it, named by the mode or by what is run."""
    monkeypatch.chdir(tmp_path)
    with streamed(FULL, "Trip") as stream:
        assert stream is None
    assert list(tmp_path.iterdir()) == []
    for mode, name in ((TraceMode("file"), "Trip.trace"), (TraceMode("file", path="x"), "x")):
        with streamed(mode, "Trip") as stream:
            assert stream is not None
            assert Path(name).read_bytes().startswith(b'{"format":"antiphon-trace"')


def test_rejects_unwritable(tmp_path: Path) -> None:
    """A place where nothing can be written is refused at once."""
    with (
        pytest.raises(Refusal) as caught,
        streamed(TraceMode("file", path=str(tmp_path)), "Trip"),
    ):
        pass
    assert caught.value.code == "unwritable-file"
