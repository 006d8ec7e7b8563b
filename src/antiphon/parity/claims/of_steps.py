"""Claims about every step of the model: on generated programs, of whatever kind."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from os import pathsep
from typing import Final

from antiphon.parity.claims.claim import PROPERTY, Claim, Finding, Profile
from antiphon.parity.claims.courses import CASES, SEED, fingerprint, numbers, repeated, tally
from antiphon.parity.claims.ground import HEALTHY, Ground

_SCRIPT: Final = """
import sys
from antiphon.parity.claims.courses import fingerprint
from antiphon.parity.claims.ground import HEALTHY
print(fingerprint(sys.argv[1], HEALTHY))
"""


def same_again(profile: Profile, ground: Ground) -> Finding:
    """Every choice twice, and all of it in other processes, which hash in other orders."""
    cases = steps = 0
    for number in numbers(profile):
        cases += 1
        count, wrong = repeated(number, ground)
        steps += count
        if wrong:
            return Finding(cases, cases, steps, wrong)
    processes = 0
    if ground is HEALTHY:
        expected = fingerprint("quick", ground)
        for seed in ("1", "2")[: 1 if profile == "quick" else 2]:
            processes += 1
            if _elsewhere(seed) != expected:
                return Finding(cases, cases, steps, f"another process, hash seed {seed}")
    return Finding(cases, cases, steps, counts=(("other processes", processes),))


def _elsewhere(hash_seed: str) -> str:
    """The fingerprint of the quick profile in another process."""
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": pathsep.join(sys.path)}
    command = [sys.executable, "-c", _SCRIPT, "quick"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def every_step(name: str, profile: Profile, ground: Ground) -> Finding:
    """What the courses of a profile say about one of the statements about steps."""
    found = tally(profile, ground)
    wrong = found.wrong.get(name, "")
    counts = (("rows of the table reached", len(found.rows)),)
    if name == "single-owner":
        return Finding(found.cases, found.moving_cases, found.moving, wrong)
    if name == "speculation":
        return Finding(found.cases, found.abort_cases, found.aborts, wrong)
    return Finding(found.cases, found.cases, found.steps, wrong, counts=counts)


_SCOPES: Final = tuple(
    f"generated cases 0 to {n - 1} of seed {SEED}, without crowds" for n in CASES
)
_WITNESS: Final = "case 5: an image with code changed at random, three sessions, picks at random"

CLAIMS: Final = (
    Claim(
        "determinism",
        1,
        "A step is a function",
        "The same choice in the same state, with the same answers of the host, comes to the same"
        " state, events and row; it leaves the state before as it was."
        f" The first {CASES[0]} cases come to the same in another process, with other hashes.",
        "parity/claims/courses.py repeated",
        method=PROPERTY,
        scopes=_SCOPES,
        witness=_WITNESS,
        look=same_again,
    ),
    Claim(
        "frame",
        2,
        "A step changes what its coroutine owns",
        "Sessions in which the coroutine owns nothing, and which are not in transit there, are the"
        " same after the step; other coroutines are the same or were woken; so are the layers that"
        " others hold, and the order of those who are ready.",
        "parity/claims/moments.py frame",
        method=PROPERTY,
        scopes=_SCOPES,
        witness=_WITNESS,
        look=partial(every_step, "frame"),
    ),
    Claim(
        "invariants",
        3,
        "Invariants are kept",
        "After every step: an endpoint has as many tokens as messages are queued for it, and one"
        " owner, or is one message, or is nobody's at the end of its type; ids are below the"
        " counters; the ready queue has exactly those that are ready; the step is one tick and one"
        " cost.",
        "parity/claims/moments.py invariants",
        method=PROPERTY,
        scopes=_SCOPES,
        witness=_WITNESS,
        look=partial(every_step, "invariants"),
    ),
    Claim(
        "not-stranded",
        5,
        "Nobody is stranded, nobody is woken for nothing",
        "After every step each coroutine that waits, waits for what has not come; and each that"
        " was woken, waited for what has, or for a message that will not come, since a later one"
        " took its place.",
        "parity/claims/moments.py stranded",
        method=PROPERTY,
        scopes=_SCOPES,
        witness=_WITNESS,
        look=partial(every_step, "not-stranded"),
    ),
    Claim(
        "single-owner",
        16,
        "An endpoint has one owner, however it changes hands",
        "After a step in which an endpoint was transferred, sent, received or given to a child,"
        " each endpoint of an active session is owned by one coroutine that is not done, or is one"
        " message, or is nobody's at the end of its type; a transfer changes no type, queue or"
        " token.",
        "parity/claims/moments.py handed_over",
        ("an endpoint changes hands in the step",),
        method=PROPERTY,
        scopes=_SCOPES,
        witness="cases of the generators `handed` and `twisted`: endpoints sent, spawned with",
        look=partial(every_step, "single-owner"),
    ),
    Claim(
        "speculation",
        20,
        "Abort gives back what was at the fork",
        "After `abort`, registers, outer forks (but for what they kept of sessions that are over),"
        " types and facts of the coroutine's endpoints are as they were at the fork; nothing is"
        " missing of what was in transit to it, and nothing is there that it sent in the fork.",
        "parity/claims/forks.py restored",
        ("an abort closes a fork", "the session is active and has lost nothing"),
        method=PROPERTY,
        scopes=_SCOPES,
        witness="forks with messages sent and taken in them, among the generated cases",
        look=partial(every_step, "speculation"),
    ),
)
