"""Options and arguments that several commands take, and the names that they may be given."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class EngineName(StrEnum):
    """The machines."""

    MODEL = "model"
    ENGINE = "engine"


class RunName(StrEnum):
    """The machines that can run a protocol."""

    MODEL = "model"
    ENGINE = "engine"
    WAVES = "waves"
    THREADS = "threads"


class PolicyName(StrEnum):
    """The scheduler policies."""

    COOPERATIVE = "cooperative"
    ROUND_ROBIN = "round-robin"
    PRIORITY = "priority"
    AGING = "aging"
    TOKEN_WEIGHTED = "token-weighted"
    PROGRESS_AWARE = "progress-aware"


class ProjectFormat(StrEnum):
    """How local types are written."""

    TEXT = "text"
    JSON = "json"
    MERMAID = "mermaid"
    DOT = "dot"


class RunFormat(StrEnum):
    """How a conversation is drawn."""

    TEXT = "text"
    MERMAID = "mermaid"


File = Annotated[str, typer.Argument(metavar="FILE", help="A protocol file.", show_default=False)]
Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Protocol files.", show_default=False)
]
Name = Annotated[str | None, typer.Option("--protocol", metavar="P", help="Which protocol.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Draw with ASCII characters only.")]
Machine = Annotated[EngineName, typer.Option("--engine", help="Which machine.")]

Workers = Annotated[
    int, typer.Option(min=1, metavar="W", help="With waves and threads: how many of them work.")
]
Width = Annotated[int, typer.Option(min=1, metavar="N", help="With waves: how many steps at once.")]
Widening = Annotated[
    bool, typer.Option("--widening", help="With waves: several steps of one session.")
]
