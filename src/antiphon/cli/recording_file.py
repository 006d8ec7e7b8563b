"""Recordings on disk."""

from __future__ import annotations

import os
from pathlib import Path

from antiphon.bytecode.interchange import JSON_SIZE_MAX
from antiphon.errors import Refusal
from antiphon.replay.recording import Recording, decode_recording, encode_recording


def check_writable(path: str) -> None:
    """Find out before a long run what would otherwise be found out after it."""
    target = Path(path)
    if target.is_dir():
        raise Refusal("unwritable-file", f"{path}: this is a directory")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise Refusal("unwritable-file", f"{path}: it cannot be written")


def write_recording(path: str, recording: Recording) -> None:
    """Write a recording; a ``Refusal`` says why it cannot be written."""
    try:
        Path(path).write_bytes(encode_recording(recording))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be written"
        raise Refusal("unwritable-file", f"{path}: {reason}") from error


def read_recording(path: str) -> Recording:
    """Read a recording; a ``Refusal`` says why it cannot be read."""
    try:
        if Path(path).stat().st_size > JSON_SIZE_MAX:
            limit = f"{JSON_SIZE_MAX // 1024**2} MiB"
            raise Refusal("too-large", f"{path}: larger than {limit}")
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise Refusal("missing-file", f"{path}: there is no such file") from error
    except IsADirectoryError as error:
        raise Refusal("is-a-directory", f"{path}: this is a directory") from error
    except (OSError, ValueError) as error:
        raise Refusal("unreadable-file", f"{path}: it cannot be read ({error})") from error
    return decode_recording(data)
