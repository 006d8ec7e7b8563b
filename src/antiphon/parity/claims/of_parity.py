"""Claim 24: model and engine are in the same state after every step."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.machine.contracts import unadmitted
from antiphon.parity.claims.claim import PROFILES, PROPERTY, Claim, Finding, Profile
from antiphon.parity.claims.courses import CASES, SEED, numbers
from antiphon.parity.claims.ground import Ground
from antiphon.parity.ensemble import Differs
from antiphon.parity.generate import case, first_draws
from antiphon.parity.source import Source
from antiphon.parity.subject import Subject
from antiphon.parity.trial import Trial


def lockstep(profile: Profile, ground: Ground) -> Finding:
    """Cases of lockstep, as lockstep runs them, on the model and on the engine without a build."""
    subjects = (
        Subject(
            "model",
            partial(ground.module("model.machine").Model, request=unadmitted()),
            laws=ground.module("model.schedule").LAWS,
        ),
        Subject("pure", partial(_engine, ground)),
    )
    cases = steps = 0
    rows: set[str] = set()
    for number in numbers(profile):
        cases += 1
        source = Source(first_draws(number), key=f"{SEED}.{number}")
        try:
            trial = Trial(case(source), source, subjects)
            trial.run()
        except Differs as found:
            words = f"case {number}, {found.at}: {found.machine} differs in {found.parting.path}"
            return Finding(cases, cases, steps + 1, words)
        steps += trial.counts.steps
        rows.update(*(each for each in trial.counts.rows.values()))
    counts = (("rows of the table reached", len(rows)),)
    return Finding(cases, cases, steps, counts=counts)


def _engine(ground: Ground, config: Config, host: Host) -> Any:
    return ground.module("engine.machine").Engine(
        config, host, build="pure", trace=True, request=unadmitted()
    )


CLAIMS: Final = (
    Claim(
        "lockstep",
        24,
        "Model and engine agree",
        "After every step of every case, model and engine have the same snapshot, events, row and"
        " ready queue; the traces of sessions that lost nothing are runs of their global types.",
        "parity/claims/of_parity.py lockstep",
        method=PROPERTY,
        scopes=tuple(
            f"generated cases 0 to {n - 1} of seed {SEED}, without crowds; the pure build"
            for n in CASES
        ),
        witness=f"{PROFILES[0]}: all generators of lockstep are among the first cases",
        look=lockstep,
    ),
)
