"""Runs of a small protocol on the model, for the tests of this folder."""

from antiphon.bytecode.instruction import HOST, Choose, Halt, Offer, Receive, Select, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.effects.host import SeededHost, recording
from antiphon.machine.ask import Answer, Ask, Pending, Position
from antiphon.machine.choice import Pick, Wake
from antiphon.machine.config import Config
from antiphon.model.machine import Model
from antiphon.replay.recording import PICKS, Recording, Setup, record
from antiphon.scheduler.drive import drive
from antiphon.theory.local_type import END, input_, output
from antiphon.values.sort import NAT, STR, UNIT, named, payload

REPLY = [("yes", NAT, END), ("no", UNIT, END)]
ASKS = RoleProgram(
    "A",
    output("B", [("ask", payload((NAT, STR, named("date"))), input_("B", REPLY))]),
    (Send(0, HOST), Choose(0, 1, (("yes", 2), ("no", 2))), Halt()),
    2,
)
REPLIES = RoleProgram(
    "B",
    input_("A", [("ask", payload((NAT, STR, named("date"))), output("A", REPLY))]),
    (
        Receive(0, 1),
        Select(0, (("yes", 2), ("no", 4))),
        *(Offer(0, "yes", HOST), Halt()),
        *(Offer(0, "no", HOST), Halt()),
    ),
    2,
)
IMAGE = Image("question", (ASKS, REPLIES))


def by_policy(policy: str = "round-robin", sessions: int = 2, seed: int = 3) -> Recording:
    """A run under a policy."""
    host, log = recording(SeededHost(seed))
    model = Model(Config(1), host)
    for _ in range(sessions):
        model.load(IMAGE)
    drive(model, policy)
    return record(model, Setup((IMAGE,), (sessions,), policy, Config(1)), log)


def by_picks(seed: int = 3) -> Recording:
    """A run whose picks are its own, with a host that is late once for every answer."""
    seen: set[Position] = set()

    def late(ask: Ask) -> Answer:
        if ask.position not in seen:
            seen.add(ask.position)
            return Pending()
        return SeededHost(seed)(ask)

    host, log = recording(late)
    model = Model(Config(), host)
    model.load(IMAGE)
    picks: list[int] = []
    wakes: list[tuple[int, int]] = []
    while True:
        for view in model.snapshot().coroutines:
            if view.block is not None and view.block.code == "host-wait":
                wakes.append((len(picks), view.id))
                model.step(Wake(view.id))
        if not model.enabled():
            break
        picks.append(max(model.enabled()))
        model.step(Pick(picks[-1]))
    return record(model, Setup((IMAGE,), (1,), PICKS), log, picks=picks, wakes=wakes)
