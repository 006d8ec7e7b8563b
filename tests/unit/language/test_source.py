"""The text of a file: places in it, and the files that cannot be read."""

from pathlib import Path

import pytest

from antiphon.errors import Refusal, Span
from antiphon.language.source import SIZE_BYTES_MAX, Source, load_source


def test_position_counts_lines_of_every_kind() -> None:
    """Lines end with a line feed, a carriage return, or both; columns count characters."""
    source = Source("ab\ncd\r\nef\rg→h")
    found = [source.position(offset) for offset in (0, 2, 3, 7, 10, 13)]
    assert found == [(1, 1), (1, 3), (2, 1), (3, 1), (4, 1), (4, 4)]


def test_span() -> None:
    """A span has a start and an exclusive end."""
    assert Source("ab\ncd", "f.scr").span(1, 4) == Span("f.scr", 1, 2, 2, 2)


def test_line_has_no_end() -> None:
    """A line is shown without its end; an empty last line exists."""
    source = Source("ab\r\ncd\n")
    assert [source.line(number) for number in (1, 2, 3)] == ["ab", "cd", ""]


def test_load_source(tmp_path: Path) -> None:
    """A file is read as UTF-8, a byte order mark dropped."""
    path = tmp_path / "p.scr"
    path.write_bytes(b"\xef\xbb\xbf// \xe2\x86\x92\r\n")
    source = load_source(path)
    assert (source.text, source.file) == ("// →\r\n", str(path))


def test_rejects_invalid_utf8(tmp_path: Path) -> None:
    """The line of the first wrong byte is named."""
    path = tmp_path / "p.scr"
    path.write_bytes(b"// one\r\n// \xff\n")
    with pytest.raises(Refusal, match="line 2 is not UTF-8") as caught:
        load_source(path)
    assert caught.value.code == "invalid-utf8"


def test_rejects_large_files_unread(tmp_path: Path) -> None:
    """A file over 8 MiB is refused by its size; one of exactly 8 MiB is read."""
    path = tmp_path / "p.scr"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024**2)
    with pytest.raises(Refusal, match="larger than 8 MiB") as caught:
        load_source(path)
    assert caught.value.code == "too-large"
    path.write_bytes(b" " * SIZE_BYTES_MAX)
    assert len(load_source(path).text) == SIZE_BYTES_MAX


def test_rejects_large_texts() -> None:
    """A text is held to the same limit."""
    with pytest.raises(Refusal) as caught:
        Source(" " * (SIZE_BYTES_MAX + 1))
    assert caught.value.code == "too-large"
