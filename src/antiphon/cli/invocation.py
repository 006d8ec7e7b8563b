"""How to say this command again, so that what we print can be copied and run."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def command_words() -> str:
    """``antiphon``, if that is found and is this one; else its path, or this Python's module."""
    script = Path(sys.argv[0])
    if script.name != "antiphon":
        return f"{shlex.quote(sys.executable)} -m antiphon"
    found = shutil.which("antiphon")
    if found is not None and Path(found).resolve() == script.resolve():
        return "antiphon"
    return shlex.quote(str(script))
