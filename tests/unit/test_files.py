"""Reading a user's file, and writing one that grows."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from antiphon.errors import Refusal
from antiphon.files import AppendedFile, read_file


def refusal(path: object, bytes_max: int = 10) -> Refusal:
    """Why a file is not read."""
    with pytest.raises(Refusal) as caught:
        read_file(str(path), bytes_max, "cut it")
    return caught.value


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """A file up to the limit is read, through a link as well; an empty one has no bytes."""
    (tmp_path / "full").write_bytes(b"0123456789")
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to("full")
    found = [read_file(tmp_path / name, 10, "") for name in ("full", "empty", "link")]
    assert found == [b"0123456789", b"", b"0123456789"]


def test_rejects_large_files_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that says it is too large is not even opened; the message says what to do."""
    (tmp_path / "large").write_bytes(b"0123456789a")
    monkeypatch.setattr(os, "open", None)
    error = refusal(tmp_path / "large")
    assert error.code == "too-large"
    assert str(error).endswith("large: larger than 0 MiB; cut it")


def pretend(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Make every file look like this one until it is opened."""
    status = path.stat()

    def was(_: Path) -> os.stat_result:
        return status

    monkeypatch.setattr(Path, "stat", was)


def test_rejects_files_that_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file that is larger than it was, no more is read than the limit and a byte."""
    (tmp_path / "small").touch()
    (tmp_path / "large").write_bytes(b"0123456789a")
    pretend(monkeypatch, tmp_path / "small")
    assert refusal(tmp_path / "large").code == "too-large"


def pipe(path: Path) -> None:
    """A pipe that nobody writes into."""
    os.mkfifo(path)


def listener(path: Path) -> None:
    """A socket."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def device(path: Path) -> None:
    """A link to what never ends."""
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [pipe, listener, device])
def test_rejects_what_is_no_file(
    make: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would not end, or wait for somebody, is refused without being opened."""
    monkeypatch.chdir(tmp_path)
    make(Path("x"))
    monkeypatch.setattr(os, "open", None)
    error = refusal("x")
    assert error.code == "not-a-file"
    assert "save what it gives in a file" in str(error)


def test_rejects_a_pipe_put_in_place_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was a file when it was looked at, and is a pipe when it is opened, does not block."""
    os.mkfifo(tmp_path / "x")
    (tmp_path / "file").touch()
    pretend(monkeypatch, tmp_path / "file")
    assert refusal(tmp_path / "x").code == "not-a-file"


def test_rejects_what_is_not_there(tmp_path: Path) -> None:
    """A directory, no file, a file in place of a directory, and names that no file can have."""
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    codes = {
        tmp_path: "is-a-directory",
        tmp_path / "none": "missing-file",
        tmp_path / "file" / "x": "missing-file",
        "a\0b": "missing-file",
        "\ud800": "missing-file",
        "x" * 5000: "unreadable-file",
        tmp_path / "loop": "unreadable-file",
    }
    assert {path: refusal(path).code for path in codes} == codes


def test_rejects_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is somebody else's is named, with the reason and what to do."""

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x").touch()
    monkeypatch.setattr(os, "open", denied)
    error = refusal(tmp_path / "x")
    assert error.code == "unreadable-file"
    assert str(error).endswith(
        "x: it cannot be opened (Permission denied); make it readable, or name a copy"
    )


def test_rejects_no_name_at_all() -> None:
    """The empty name, which a shell makes of a variable that is not set, is no folder."""
    error = refusal("")
    assert (error.code, str(error)[:19]) == ("missing-file", "a file without a na")


def test_names_are_shown_on_one_line() -> None:
    """No name of a file breaks the line or steers the terminal."""
    assert str(refusal("a\n\x1b[2Jb")).startswith("a\\n\\x1b[2Jb: there is no such file")


def test_appended_files(tmp_path: Path) -> None:
    """Nothing is touched before the first write; then what was there is gone, and each is there."""
    place = tmp_path / "run.rec"
    place.write_bytes(b"old")
    with AppendedFile(str(place)) as file:
        assert place.read_bytes() == b"old"
        file.write(b"one")
        assert place.read_bytes() == b"one"
        file.write(b" two")
    assert place.read_bytes() == b"one two"
    with AppendedFile(str(tmp_path)) as file, pytest.raises(Refusal) as refused:
        file.write(b"x")
    assert refused.value.code == "unwritable-file"
    with AppendedFile(str(tmp_path / "never")):
        pass
    assert not (tmp_path / "never").exists()
