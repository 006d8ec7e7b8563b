"""Certificates: data, and never believed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from antiphon.composition.certificate import (
    CompositionCertificate,
    Member,
    NotComposable,
    certificate_problems,
    certify,
    content_hash,
    decode_certificate,
    encode_certificate,
)
from antiphon.composition.links import Link
from antiphon.errors import Refusal
from tests.unit.composition.test_links import bundle

BUNDLES = (bundle("Order"), bundle("Bill"), bundle("Payment"))
MADE = certify(BUNDLES)
MEMBER, LINK = MADE.members[0], MADE.links[1]
MEMBERS: tuple[tuple[Member, ...], ...] = (
    (replace(MEMBER, name="x"), *MADE.members[1:]),
    (replace(MEMBER, image="x"), *MADE.members[1:]),
    (replace(MEMBER, bundle="x"), *MADE.members[1:]),
    MADE.members[1:],
    MADE.members[::-1],
)
LINKS: tuple[tuple[Link, ...], ...] = (
    (replace(LINK, kind="edge"), *MADE.links[1:]),
    (replace(LINK, one="x"), *MADE.links[1:]),
    (replace(LINK, other="x"), *MADE.links[1:]),
    (replace(LINK, subject=("x",)), *MADE.links[1:]),
    (replace(LINK, evidence=("x", "x")), *MADE.links[1:]),
    MADE.links[1:],
    MADE.links[::-1],
    (*MADE.links, LINK),
)
EDITS: tuple[tuple[str, CompositionCertificate], ...] = (
    *(("certificate-bundles", replace(MADE, members=members)) for members in MEMBERS),
    *(("certificate-links", replace(MADE, links=links)) for links in LINKS),
)


def codes(certificate: CompositionCertificate) -> list[str]:
    """What is wrong with it."""
    return [each.code for each in certificate_problems(certificate, BUNDLES)]


def test_as_it_was_made() -> None:
    """Nothing is wrong with it, and it comes back from its file."""
    assert codes(MADE) == []
    assert decode_certificate(encode_certificate(MADE)) == MADE


@pytest.mark.parametrize(("code", "edited"), EDITS)
def test_one_edited_field(code: str, edited: CompositionCertificate) -> None:
    """Is refused: by the hash, and with the hash made to fit by what is computed again."""
    assert codes(edited) == ["certificate-hash", code]
    fitting = replace(edited, hash=content_hash(edited.members, edited.links))
    found = certificate_problems(fitting, BUNDLES)
    assert [each.code for each in found] == [code]
    assert found[0].help == "certify these bundles again"


def test_one_edited_hash() -> None:
    """Is refused."""
    assert codes(replace(MADE, hash="0" * 64)) == ["certificate-hash"]


def test_bundles_that_do_not_fit() -> None:
    """Get no certificate, and are refused whatever certificate they bring."""
    unfit = (bundle("Order"), bundle("Labels"), bundle("Sorts"))
    with pytest.raises(NotComposable) as refused:
        certify(unfit)
    assert [each.code for each in refused.value.diagnostics] == [
        "edge-labels",
        "edge-sorts",
        "edge-labels",
    ]
    found = [each.code for each in certificate_problems(MADE, unfit)]
    assert found == ["edge-labels", "edge-sorts", "edge-labels", "certificate-bundles"]


def edited(**changed: object) -> bytes:
    """The file with some keys changed."""
    return json.dumps(json.loads(encode_certificate(MADE)) | changed).encode()


FIRST: dict[str, object] = json.loads(edited())["links"][0]
NAMELESS: list[object] = [{"image": "x"}]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "not-json"),
        (edited(format="x"), "unknown-format"),
        (edited(version=2), "unknown-version"),
        (edited(more=1), "malformed-certificate"),
        (edited(hash=1), "malformed-certificate"),
        (edited(bundles=NAMELESS), "malformed-certificate"),
        (edited(links=[FIRST | {"kind": "x"}]), "malformed-certificate"),
        (edited(links=[FIRST | {"evidence": ["x"]}]), "malformed-certificate"),
        (b" " * 2**24 + b"1", "too-large"),
    ],
)
def test_files_that_are_none(data: bytes, code: str) -> None:
    """Each is refused with its code."""
    with pytest.raises(Refusal) as refused:
        decode_certificate(data)
    assert refused.value.code == code
