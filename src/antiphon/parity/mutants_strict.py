"""The seeded faults that a law shows on the corpus: laws that are too strict, and rules of the
model of which nobody else sees that they are broken.
"""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_LAWS: Final = "model/laws.py"
_FRAME: Final = "model/frame.py"
_WAITS: Final = "model/waits.py"
_WATCH: Final = "model/watch.py"
_COMMIT: Final = "model/commit.py"
_CONTROL: Final = "model/rules/control.py"
_STATE: Final = "model/state.py"

STRICT_MUTANTS: Final = (
    Mutant(
        "law-absorb-lossy",
        "a session that has lost a message is said to be wrong",
        _LAWS,
        'if session.status != "active" or session.lossy:',
        'if session.status != "active":',
    ),
    Mutant(
        "law-absorb-misfits",
        "types that do not fit are said to be our bug",
        _WATCH,
        "if not types_explain(state, session, events):",
        "if session.id not in self.misfits:",
    ),
    Mutant(
        "law-link-that-is-down",
        "a link that is down is said to be up",
        _WAITS,
        "if up_at is None or state.clock < up_at:",
        "if up_at is None:",
    ),
    Mutant(
        "law-in-flight",
        "an endpoint on its way is said to be lost",
        _LAWS,
        " and not side.in_flight and",
        " and",
    ),
    Mutant(
        "law-lost-in-flight",
        "an endpoint that is lost in a message is said to be another's",
        _FRAME,
        "if is_lost or (actor is not None",
        "if (actor is not None",
    ),
)
"""The healthy model breaks them."""

UNSEEN_MUTANTS: Final = (
    Mutant(
        "model-halt-keeps",
        "who is done thinks that it owns what it owned",
        _CONTROL,
        'replace(me, status="done", owned=())',
        'replace(me, status="done")',
    ),
    Mutant(
        "model-deadline-twice",
        "who waits for a tick is noted twice",
        _COMMIT,
        "tuple(sorted((*deadlines, (reason.until, me.id))))",
        "tuple(sorted((*deadlines, *((reason.until, me.id),) * 2)))",
    ),
    Mutant(
        "model-spawn-shuffles",
        "a child changes the places of those at home",
        _COMMIT,
        "members=(*home.members, child.id)",
        "members=(*home.members[::-1], child.id)",
    ),
    Mutant(
        "model-queues-copied",
        "a message makes every queue of its session anew",
        _STATE,
        "replace(self, queues={**self.queues, (sender, receiver): messages})",
        "replace(\n            self, queues={**{e: (*q,) for e, q in self.queues.items()},"
        " (sender, receiver): messages},\n        )",
    ),
)
"""The rules, where no machine shows the difference: only a law sees it."""
