"""The canonical encoding."""

from itertools import combinations

import pytest

from antiphon.values.canonical import Plain, decode, digest, encode, varint

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


@pytest.mark.parametrize(("plain", "data"), GOLDEN, ids=lambda item: repr(item)[:20])
def test_encodings_are_read_back(plain: Plain, data: bytes) -> None:
    """What is encoded is decoded to itself, but for a text with half a character in it."""
    if plain == "\ud800":
        with pytest.raises(ValueError, match="utf-8"):
            decode(data, 3)
    else:
        assert decode(b"?" + data, 3, 1) == plain


@pytest.mark.parametrize(
    "data", [b"", b"i", b"i\x80", b"NN", b"(\x02N", b"s\x02a", b"x", b"(\x01" * 9]
)
def test_rejects_other_bytes(data: bytes) -> None:
    """Bytes that are not exactly one piece, or nest deeper than asked for, are a ValueError."""
    with pytest.raises(ValueError, match=r"stops early|goes on|starts nothing|nests"):
        decode(data, 8)


def test_no_encoding_starts_another() -> None:
    """The encoding is prefix-free."""
    for one, other in combinations([encode(plain) for plain, _ in GOLDEN], 2):
        assert not one.startswith(other)
        assert not other.startswith(one)


def test_varint_has_no_limit() -> None:
    """Seven bits a byte, the low ones first."""
    assert varint(300) == b"\xac\x02"
    assert varint(2**70) == b"\x80" * 10 + b"\x01"
    for bits in (511, 512, 513, 7 * 100, 7 * 100 + 1):
        number = 3**5000 % 2**bits | 1 << bits
        sevens = [number >> shift & 0x7F for shift in range(0, bits + 1, 7)]
        assert varint(number) == bytes([0x80 | part for part in sevens[:-1]] + sevens[-1:])


def test_long_integers_take_linear_time() -> None:
    """A number of a megabyte is written and read; digit by digit it would take minutes."""
    number = 1 << 2**23
    assert decode(encode((-number, number)), 1) == (-number, number)


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
