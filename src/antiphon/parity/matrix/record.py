"""The file of what the lanes have found for each row: JSON, a line for a row.

    format, version    "antiphon-rows", 1
    made               the day on which it was made
    lanes              what each lane looked at: cases, seeds, steps
    rows               {"<row>": {"hits": {...}, "fingerprints": [...], "sources": "<digest>"}, ...}

A row that no lane has reached is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from antiphon.bytecode.interchange import array, check_format, fields, natural, read_json, text
from antiphon.errors import Refusal

FORMAT: Final = "antiphon-rows"
VERSION: Final = 1
SIZE_MAX: Final = 2**20
_COUNT_MAX: Final = 2**62


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a row: how often each side reached it, in what they differ, and the digest
    of the sources that decide it.
    """

    hits: Mapping[str, int]
    sources: str
    fingerprints: tuple[str, ...] = ()

    @property
    def reached(self) -> int:
        """How often all sides have reached it."""
        return min(self.hits.values(), default=0)


@dataclass(frozen=True, slots=True)
class Record:
    """What was found for all rows, when, and what each lane looked at."""

    made: str
    lanes: Mapping[str, Mapping[str, int]]
    rows: Mapping[str, Found]

    @property
    def fingerprints(self) -> frozenset[str]:
        """Everything in which the machines differ, as far as lanes have seen."""
        return frozenset(each for found in self.rows.values() for each in found.fingerprints)


EMPTY: Final = Record("", {}, {})


def encode_record(record: Record) -> bytes:
    """A record as its file, the same bytes for the same record."""
    lines = [
        f" {json.dumps(name)}: {json.dumps(_found_json(found))}"
        for name, found in record.rows.items()
    ]
    head = {"format": FORMAT, "version": VERSION, "made": record.made, "lanes": record.lanes}
    opened = json.dumps(head)[:-1]
    return (f'{opened}, "rows": {{\n' + ",\n".join(lines) + "\n}}\n").encode("ascii")


def _found_json(found: Found) -> dict[str, object]:
    written: dict[str, object] = {"hits": dict(found.hits), "sources": found.sources}
    return written | ({"fingerprints": list(found.fingerprints)} if found.fingerprints else {})


def decode_record(data: bytes) -> Record:
    """The record in a file. Raises ``Refusal`` (``damaged-rows``)."""
    try:
        given = read_json(data, SIZE_MAX)
        check_format(given, FORMAT, VERSION)
        _, _, made, lanes, rows = fields(given, ("format", "version", "made", "lanes", "rows"))
        return Record(
            text(made),
            {name: _counts(counts) for name, counts in _object(lanes).items()},
            {name: _found(found) for name, found in _object(rows).items()},
        )
    except (Refusal, ValueError) as error:
        raise Refusal("damaged-rows", f"the evidence for the matrix is damaged: {error}") from None


def _found(data: object) -> Found:
    given: dict[str, Any] = {"fingerprints": list[str](), **_object(data)}
    hits, sources, listed = fields(given, ("hits", "sources", "fingerprints"))
    return Found(_counts(hits), text(sources), tuple(map(text, array(listed))))


def _counts(data: object) -> dict[str, int]:
    return {name: natural(count, _COUNT_MAX) for name, count in _object(data).items()}


def _object(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError("an object belongs here")
    return cast("dict[str, Any]", data)
