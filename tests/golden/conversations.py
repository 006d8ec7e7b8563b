"""What each example protocol becomes: its projections, its program, one conversation.

``python -m tests.golden.conversations`` writes the files of ``tests/golden/expected`` anew; the
difference is then for a reader to judge.
"""

import sys
from pathlib import Path

from antiphon.bytecode.assembly import render_assembly
from antiphon.protocols import Protocol, load
from antiphon.theory.local_protocol import render_local_protocol

EXAMPLES = Path(__file__).parents[2] / "examples" / "protocols"
GOLDEN = Path(__file__).parent / "expected"
FILES = sorted(EXAMPLES.glob("*.scr"))


def golden(path: Path) -> Path:
    """Where the golden text of an example is."""
    return GOLDEN / f"{path.stem}.txt"


def text_of(protocol: Protocol) -> str:
    """Everything in one text, part after part."""
    roles = protocol.roles
    run = protocol.run()
    parts = [
        *(render_local_protocol(protocol.name, r, roles, protocol.project(r)) for r in roles),
        render_assembly(protocol.image),
        run.draw(),
        f"{run.outcome.value} after {run.steps} steps",
        f"run    {run.digest}",
        f"state  {run.state_digest}",
        f"trace  {run.trace_digest}",
        f"normal {run.normal_digest}",
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def main() -> None:
    """Write every golden text."""
    GOLDEN.mkdir(exist_ok=True)
    for path in FILES:
        place, new = golden(path), text_of(load(path))
        if not place.exists() or place.read_text(encoding="utf-8") != new:
            place.write_text(new, encoding="utf-8")
            sys.stdout.write(f"wrote {place.name}\n")


if __name__ == "__main__":
    main()
