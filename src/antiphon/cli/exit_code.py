"""What the exit codes mean (S37)."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """``YES``: done, or accepted. ``NO``: checked, and the answer is no. ``USAGE``: bad usage, or
    input that cannot be read. ``BUG``: a mistake of ours. ``INTERRUPTED``: by the user.
    ``CLOSED``: whoever read our output stopped reading.
    """

    YES = 0
    NO = 1
    USAGE = 2
    BUG = 70
    INTERRUPTED = 130
    CLOSED = 141
