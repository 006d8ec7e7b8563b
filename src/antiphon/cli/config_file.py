"""Configurations on disk: what a user sets a run up with."""

from __future__ import annotations

from typing import Final

from antiphon.bytecode.interchange import read_json
from antiphon.errors import Refusal, printable
from antiphon.files import read_file
from antiphon.machine.config import Config
from antiphon.machine.interchange import config_from_json

CONFIG_SIZE_MAX: Final = 2**23


def read_config(path: str | None) -> Config:
    """The configuration in a file, the usual one for None.

    A ``Refusal`` (``malformed-config``, or that of a file that cannot be read) says what is wrong
    with it, and where.
    """
    if path is None:
        return Config()
    data = read_file(path, CONFIG_SIZE_MAX, "place fewer failures")
    try:
        return config_from_json(read_json(data, CONFIG_SIZE_MAX))
    except Refusal as error:
        raise Refusal(error.code, f"{printable(path)}: {error}") from None
    except ValueError as error:
        raise Refusal("malformed-config", f"{printable(path)}: {error}") from None
