"""The file that evidence is in: JSON, in one form only, so that every byte of it counts.

    format, version    "antiphon-evidence", 1
    evidence           [{"claim", "lane", "sources", "counts": {...}, "result", "hash"}, ...]

``hash`` is the digest of what stands before it, in the domain ``antiphon.evidence.1``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final, cast

from antiphon.bytecode.interchange import array, check_format, fields, natural, read_json, text
from antiphon.errors import Refusal
from antiphon.machine.contracts import EVIDENCE_DOMAIN, RENEWAL, Evidence
from antiphon.values.canonical import digest

FORMAT: Final = "antiphon-evidence"
VERSION: Final = 1
SIZE_MAX: Final = 2**20
_FIELDS: Final = ("claim", "lane", "sources", "counts", "result", "hash")


def encode_evidence(pieces: Iterable[Evidence]) -> bytes:
    """Pieces of evidence as their file, the same bytes for the same pieces."""
    data: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "evidence": [
            {name: getattr(each, name) for name in _FIELDS} | {"counts": dict(each.counts)}
            for each in pieces
        ],
    }
    return json.dumps(data, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def decode_evidence(data: bytes) -> tuple[Evidence, ...]:
    """The pieces that are in a file. Raises ``Refusal`` (``damaged-evidence``) unless every byte is
    as it was written, and each hash fits.
    """
    try:
        pieces = _pieces(data)
    except (Refusal, ValueError) as error:
        raise _damaged(str(error)) from None
    for each in pieces:
        if each.hash != digest(EVIDENCE_DOMAIN, each.content):
            raise _damaged(f"the hash of {each.claim} does not fit")
    if encode_evidence(pieces) != data:
        raise _damaged("it is not in the form in which it is written")
    return pieces


def _pieces(data: bytes) -> tuple[Evidence, ...]:
    given = read_json(data, SIZE_MAX)
    check_format(given, FORMAT, VERSION)
    _, _, pieces = fields(given, ("format", "version", "evidence"))
    return tuple(map(_piece, array(pieces)))


def _piece(data: object) -> Evidence:
    claim, lane, sources, counts, result, hashed = fields(data, _FIELDS)
    if not isinstance(counts, dict):
        raise ValueError("counts is an object")
    counted = cast("dict[str, object]", counts).items()
    return Evidence(
        text(claim),
        text(lane),
        text(sources),
        tuple((name, natural(number, 2**62)) for name, number in counted),
        text(result),
        text(hashed),
    )


def _damaged(reason: str) -> Refusal:
    return Refusal("damaged-evidence", f"the evidence is damaged: {reason}; {RENEWAL} renews it")
