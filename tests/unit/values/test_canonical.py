"""The canonical encoding."""

from itertools import combinations

import pytest

from antiphon.values.canonical import Plain, digest, encode, varint

GOLDEN: tuple[tuple[Plain, bytes], ...] = (
    (None, b"N"),
    (True, b"T"),
    (False, b"F"),
    (0, b"i\x00"),
    (127, b"i\x7f"),
    (128, b"i\x80\x01"),
    (2**64, b"i\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02"),
    (-1, b"j\x00"),
    (-129, b"j\x80\x01"),
    ("", b"s\x00"),
    ("\u00fc", b"s\x02\xc3\xbc"),
    ("\ud800", b"s\x03\xed\xa0\x80"),
    (b"\x00", b"b\x01\x00"),
    ((), b"(\x00"),
    (((), (None,)), b"(\x02(\x00(\x01N"),
)


@pytest.mark.parametrize(("plain", "data"), GOLDEN, ids=lambda item: repr(item)[:20])
def test_encoding_is_as_written_down(plain: Plain, data: bytes) -> None:
    """Version 1 of the encoding never changes."""
    assert encode(plain) == data


def test_no_encoding_starts_another() -> None:
    """The encoding is prefix-free."""
    for one, other in combinations([encode(plain) for plain, _ in GOLDEN], 2):
        assert not one.startswith(other)
        assert not other.startswith(one)


def test_varint_has_no_limit() -> None:
    """Seven bits a byte, the low ones first."""
    assert varint(300) == b"\xac\x02"
    assert varint(2**70) == b"\x80" * 10 + b"\x01"


def test_deep_data_is_encoded_without_recursion() -> None:
    """A hundred thousand levels are no problem."""
    plain: Plain = ()
    for _ in range(100_000):
        plain = (plain,)
    assert encode(plain) == b"(\x01" * 100_000 + b"(\x00"


def test_digest_separates_domains_and_parts() -> None:
    """The same parts in another domain, and other parts in the same, have another digest."""
    assert digest("a", ("b",)) == (
        "cdf1da16c77df82ef56ecb12ece7aac7d0f14963a4ba36d4c957557737be3f5c"
    )
    assert len({digest("a", ()), digest("b", ()), digest("a", ("",)), digest("a", ("", ""))}) == 4
