"""Envelopes on disk: how far one run may be from another, declared beforehand."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.interchange import read_json
from antiphon.errors import Refusal, printable
from antiphon.files import read_file
from antiphon.machine.envelope import Envelope, envelope_from_json

ENVELOPE_SIZE_MAX: Final = 2**20


def read_envelope(path: str) -> Envelope:
    """The envelope in a file.

    A ``Refusal`` (``malformed-envelope``, or that of a file or a format that cannot be read) says
    what is wrong with it, and where.
    """
    data = read_file(path, ENVELOPE_SIZE_MAX, "an envelope is a few lines")
    try:
        return envelope_from_json(read_json(data, ENVELOPE_SIZE_MAX))
    except Refusal as error:
        raise Refusal(error.code, f"{printable(path)}: {error}") from None
    except ValueError as error:
        raise Refusal("malformed-envelope", f"{printable(path)}: {error}") from None
