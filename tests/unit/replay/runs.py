"""Runs of a small protocol on the model, for the tests of this folder."""

from antiphon.bytecode.instruction import HOST, Choose, Halt, Offer, Receive, Select, Send
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.effects.host import SeededHost, recording
from antiphon.machine.ask import Answer, Ask, Pending, Position
from antiphon.machine.choice import Advance, Pick, Wake
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.machine.failure import Delay, Pause
from antiphon.model.machine import Model
from antiphon.replay.recording import PICKS, Between, Load, Recording, Setup, record
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
    model = Model(Config(1), host, request=unadmitted())
    for _ in range(sessions):
        model.load(IMAGE)
    steps = drive(model, policy).steps
    return record(model, Setup((IMAGE,), (sessions,), policy, Config(1)), steps, log)


def by_picks(seed: int = 3) -> Recording:
    """A run whose picks are its own, with a host that is late once for every answer."""
    seen: set[Position] = set()

    def late(ask: Ask) -> Answer:
        if ask.position not in seen:
            seen.add(ask.position)
            return Pending()
        return SeededHost(seed)(ask)

    host, log = recording(late)
    model = Model(Config(), host, request=unadmitted())
    model.load(IMAGE)
    picks: list[int] = []
    wakes: list[tuple[int, Wake]] = []
    while True:
        for view in model.snapshot().coroutines:
            if view.block is not None and view.block.code == "host-wait":
                wakes.append((len(picks), Wake(view.id)))
                model.step(Wake(view.id))
        if not model.enabled():
            break
        picks.append(max(model.enabled()))
        model.step(Pick(picks[-1]))
    setup = Setup((IMAGE,), (1,), PICKS)
    return record(model, setup, len(picks), log, picks=picks, between=wakes)


def by_time() -> Recording:
    """A run whose picks are its own; time is waited for, and a session opened on the way."""
    failures = (Delay(0, "A", "B", 0, 40), Pause(1, "B", 0, 30))
    config = Config(failures=failures)
    host, log = recording(SeededHost(3))
    model = Model(config, host, request=unadmitted())
    model.load(IMAGE)
    picks: list[int] = []
    between: list[tuple[int, Between]] = []
    while True:
        due = model.snapshot().deadline
        if model.enabled():
            picks.append(model.enabled()[-1])
            model.step(Pick(picks[-1]))
        elif due is not None:
            between.append((len(picks), Advance(due)))
            model.step(Advance(due))
        elif model.snapshot().next_session == 1:
            between.append((len(picks), Load(0, 1)))
            model.load(IMAGE)
        else:
            break
    setup = Setup((IMAGE,), (1,), PICKS, config)
    return record(model, setup, len(picks), log, picks=picks, between=between)
