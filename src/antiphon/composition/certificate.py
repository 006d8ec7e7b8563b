"""The certificate of a composition: data that says what is linked, and on what that rests.

It is never believed: whoever composes computes everything in it again (S36: an honesty check, not a
security boundary). In a file it is JSON in one form:

    format, version    "antiphon-composition", 1
    bundles            [{"name", "image", "bundle"}, ...]: digests of the image and of the bundle
    links              [{"kind", "one", "other", "subject", "evidence": [digest, digest]}, ...]
    hash               the digest of the bundles and links, domain ``antiphon.composition.1``
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from antiphon.bytecode.codec import image_digest
from antiphon.bytecode.interchange import array, check_format, fields, read_json, text
from antiphon.composition.bundle import ProtocolBundle
from antiphon.composition.links import KINDS, Link, link
from antiphon.errors import Diagnostic, ProgramError, Refusal
from antiphon.values.canonical import Plain, digest

CERTIFICATE_DOMAIN: Final = "antiphon.composition.1"
FORMAT: Final = "antiphon-composition"
VERSION: Final = 1
SIZE_MAX: Final = 2**24
_FIELDS: Final = ("format", "version", "bundles", "links", "hash")
_BUNDLE: Final = ("name", "image", "bundle")
_LINK: Final = ("kind", "one", "other", "subject", "evidence")
_AGAIN: Final = "certify these bundles again"


class NotComposable(ProgramError):
    """Bundles may not be run together; ``diagnostics`` has every reason, each with its code."""


@dataclass(frozen=True, slots=True)
class Member:
    """A bundle by its name, the digest of its image, and that of all that its links depend on."""

    name: str
    image: str
    bundle: str


@dataclass(frozen=True, slots=True)
class CompositionCertificate:
    """Which bundles fit together, by which links; ``hash`` is over all of that."""

    members: tuple[Member, ...]
    links: tuple[Link, ...]
    hash: str


def certify(bundles: Sequence[ProtocolBundle]) -> CompositionCertificate:
    """The certificate of bundles that fit together, in this order.

    Raises ``NotComposable`` with everything that does not fit, and ``Refusal``
    (``composition-too-large``).
    """
    found = link(bundles)
    if found.problems:
        raise NotComposable(found.problems)
    members = tuple(Member(each.name, image_digest(each.image), each.digest) for each in bundles)
    return CompositionCertificate(members, found.links, content_hash(members, found.links))


def content_hash(members: tuple[Member, ...], links: tuple[Link, ...]) -> str:
    """What ``hash`` has to be."""
    parts: tuple[Plain, ...] = (
        tuple((each.name, each.image, each.bundle) for each in members),
        tuple((each.kind, each.one, each.other, each.subject, each.evidence) for each in links),
    )
    return digest(CERTIFICATE_DOMAIN, parts)


def certificate_problems(
    certificate: CompositionCertificate, bundles: Sequence[ProtocolBundle]
) -> list[Diagnostic]:
    """What is wrong with a certificate for these bundles, or with them: all of it.

    ``certificate-hash``: it was changed after it was made. ``certificate-bundles``: it is of other
    bundles. ``certificate-links``: it has other links than these bundles.
    """
    computed = link(bundles)
    found = list(computed.problems)
    if certificate.hash != content_hash(certificate.members, certificate.links):
        words = "the certificate does not have the hash of its content"
        found.append(Diagnostic("certificate-hash", words, help=_AGAIN))
    members = tuple(Member(each.name, image_digest(each.image), each.digest) for each in bundles)
    if certificate.members != members:
        theirs = [each for each in certificate.members if each not in members]
        ours = [each for each in members if each not in certificate.members]
        names = ", ".join(dict.fromkeys(each.name for each in (*theirs, *ours))) or "their order"
        words = f"the certificate is of other bundles; what differs: {names}"
        found.append(Diagnostic("certificate-bundles", words, help=_AGAIN))
    if not computed.problems and certificate.links != computed.links:
        times = Counter((*certificate.links, *computed.links))
        odd = [each for each, count in times.items() if count == 1]
        named = dict.fromkeys(f"{each.kind} {'-'.join(each.subject)}" for each in odd)
        words = f"the certificate has other links: {', '.join(named) or 'their order'}"
        found.append(Diagnostic("certificate-links", words, help=_AGAIN))
    return found


def encode_certificate(certificate: CompositionCertificate) -> bytes:
    """A certificate as its file."""
    data: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "bundles": [
            {"name": each.name, "image": each.image, "bundle": each.bundle}
            for each in certificate.members
        ],
        "links": [{name: getattr(each, name) for name in _LINK} for each in certificate.links],
        "hash": certificate.hash,
    }
    return json.dumps(data, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def decode_certificate(data: bytes) -> CompositionCertificate:
    """The certificate in a file.

    Raises ``Refusal``: ``too-large``, ``not-json``, ``unknown-format``, ``unknown-version``, or
    ``malformed-certificate`` for one that has not this shape.
    """
    given = read_json(data, SIZE_MAX)
    check_format(given, FORMAT, VERSION)
    try:
        _, _, bundles, links, hashed = fields(given, _FIELDS)
        return CompositionCertificate(
            tuple(map(_member, array(bundles))), tuple(map(_link, array(links))), text(hashed)
        )
    except ValueError as error:
        words = f"this is not a certificate of a composition: {error}; {_AGAIN}"
        raise Refusal("malformed-certificate", words) from None


def _member(data: object) -> Member:
    return Member(*map(text, fields(data, _BUNDLE)))


def _link(data: object) -> Link:
    kind, one, other, subject, evidence = fields(data, _LINK)
    if kind not in KINDS:
        raise ValueError(f"a link is one of {', '.join(KINDS)}")
    digests = tuple(map(text, array(evidence)))
    if len(digests) != 2:
        raise ValueError("the evidence of a link is two digests")
    subjects = tuple(map(text, array(subject)))
    return Link(text(kind), text(one), text(other), subjects, (digests[0], digests[1]))
