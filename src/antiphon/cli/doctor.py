"""``antiphon doctor``: which build of the engine runs here, why, and the versions of things."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.terminal import say, say_json
from antiphon.cli.version import version_of
from antiphon.engine.build import describe
from antiphon.errors import Refusal
from antiphon.protocols import protocol

_GREETING = "global protocol Hello(role A, role B) { hello() from A to B; bye() from B to A; }"


def doctor(*, as_json: bool) -> ExitCode:
    """Print what runs, and run something small."""
    build = describe()
    facts: dict[str, str] = {
        "antiphon": version_of("antiphon"),
        "engine": build.name,
        "reason": build.reason,
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "platform": platform.platform(),
        "executable": sys.executable,
        "package": str(Path(__file__).parents[1]),
        "typer": version_of("typer"),
        "rich": version_of("rich"),
        "encoding": sys.stdout.encoding or "unknown",
        "ANTIPHON_PURE": os.environ.get("ANTIPHON_PURE", ""),
        "self-check": _self_check(),
    }
    healthy = facts["self-check"] == "ok"
    if as_json:
        say_json({**facts, "healthy": healthy})
    else:
        for name, fact in facts.items():
            say(f"{name:<14}{fact or '-'}")
    return ExitCode.YES if healthy else ExitCode.NO


def _self_check() -> str:
    """Whether the engine runs a small protocol to its end."""
    try:
        outcome = protocol(_GREETING).run().outcome.value
    except Refusal as error:
        return f"{error.code}: {error}"
    return "ok" if outcome == "Done" else f"a small protocol ended {outcome}"
