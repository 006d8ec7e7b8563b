"""One state with something in each of its parts, for the tests of this folder."""

from antiphon.machine.fault import Fault
from antiphon.machine.snapshot import (
    Block,
    CoroutineView,
    Counters,
    EndpointView,
    QueueView,
    SessionView,
    Snapshot,
)
from antiphon.values.canonical import Plain
from antiphon.values.value import UNIT, Endpoint, Nat

STATE = Snapshot(
    clock=7,
    next_session=2,
    next_coroutine=4,
    last_pick=2,
    ready=(1,),
    sessions=(
        SessionView(
            1,
            "image",
            "active",
            (EndpointView("A", 2, 2, 0, 1), EndpointView("B", 1, None, 1, 0)),
            (QueueView("A", "B", (("x", Nat(5)),)),),
        ),
    ),
    coroutines=(
        CoroutineView(2, 1, "A", 3, "blocked", Block("send-wait", 1, "A", "B"), None, (UNIT,), 4),
        CoroutineView(
            3,
            1,
            "B",
            0,
            "faulted",
            None,
            Fault("halt", "type-violation", "unfinished"),
            (Endpoint(1, "B"),),
            2,
        ),
    ),
    counters=Counters(1, 0, 2, 1),
)
PLAIN: Plain = (
    *(7, 2, 4, 2, (1,)),
    (
        (
            *(1, "image", "active"),
            (("A", 2, 2, 0, 1), ("B", 1, None, 1, 0)),
            (("A", "B", (("x", ("Nat", 5)),)),),
        ),
    ),
    (
        (
            *(2, 1, "A", 3, "blocked"),
            *(("send-wait", 1, "A", "B"), None),
            *((("Unit",),), 4),
        ),
        (
            *(3, 1, "B", 0, "faulted"),
            *(None, ("halt", "type-violation", "unfinished")),
            *((("Endpoint", 1, "B"),), 2),
        ),
    ),
    (1, 0, 2, 1),
)
