"""The lane of policies: both sides judge every small question of a policy, and must judge alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from antiphon.bytecode.instruction import HOST, Halt, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.engine import policies as tables
from antiphon.engine.machine import Engine
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.model import knowledge, output_condition
from antiphon.parity.surfaces import coded
from antiphon.theory.local_type import END, output
from antiphon.values.sort import UNIT as UNIT_SORT
from antiphon.values.value import UNIT

FLOW: Final = "flow"
OUTPUTS: Final = "outputs"
_ROLES: Final = ("A", "B", "C", "AB")
_FACTS: Final = ("", "f", "g", "of g")
_LABELS: Final = ("a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class TableReport:
    """How often each lane was asked, and the fingerprints of what was judged otherwise."""

    asked: Counter[str]
    differing: tuple[str, ...]


def run() -> TableReport:
    """Ask everything."""
    asked: Counter[str] = Counter()
    differing: dict[str, None] = {}
    for lane, variant, mine, theirs in (*_flow(), *_outputs()):
        asked[lane] += 1
        if mine is not theirs:
            differing[f"behaviour:{lane}:{variant}:verdict"] = None
    return TableReport(asked, tuple(differing))


def _flow() -> Iterator[tuple[str, str, bool, bool]]:
    """What flow policies say of a fact at an endpoint, and of a target."""
    for policy in coded.POLICIES:
        flow = knowledge.Flow(policy, dict(coded.NAMED))
        table = tables.FlowTable(policy, coded.NAMED)
        for role, fact, target in product(_ROLES, _FACTS, _ROLES):
            mine = knowledge.allows(flow, role, fact, target)
            yield FLOW, type(policy).__name__, mine, table.allows(role, fact, target)


def _outputs() -> Iterator[tuple[str, str, bool, bool]]:
    """What output conditions say of a label; the engine is seen to send it, or not."""
    for policy, label in product(coded.OUTPUTS, _LABELS):
        engine = Engine(Config(outputs=policy), lambda _: UNIT, request=unadmitted())
        engine.load(_sends(label), unverified=True)
        row = engine.step(Pick(0))
        theirs = row is not None and row.outcome.kind == "ok"
        yield OUTPUTS, type(policy).__name__, output_condition.passes(policy, label), theirs


def _sends(label: str) -> Image:
    """One role sends one message, to nobody in particular."""
    sender = output("B", [(label, UNIT_SORT, END)])
    return Image("Sends", (RoleProgram("A", sender, (Send(0, HOST), Halt()), 1),))
