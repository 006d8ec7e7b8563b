"""The claims of the inventory that are not run yet, and what each of them waits for."""

from __future__ import annotations

from typing import Final

from antiphon.parity.claims.claim import Claim

CLAIMS: Final = (
    Claim(
        "plain-merge-witness",
        6,
        "Plain projection has a coinductive witness",
        "Plain merge projects a type onto a role iff there is a regular tree that is its"
        " projection by coinduction.",
        reason="an independent checker of projection on regular trees",
    ),
    Claim(
        "buffer-occupancy",
        13,
        "Queues are as long as is said",
        "No queue ever holds more than its computed bound, and one that holds less blocks some"
        " sender.",
        reason="the computed bound of each queue, a part of the metatheory",
    ),
    Claim(
        "subtyping",
        14,
        "Synchronous subtyping is a preorder, and safe",
        "It is reflexive and transitive, and a role may be replaced by one of a subtype.",
        reason="subtyping, a part of the metatheory",
    ),
    Claim(
        "async-subtyping",
        15,
        "Asynchronous subtyping is sound, and says so when it does not know",
        "What it accepts may replace the original in every small context.",
        reason="asynchronous subtyping, a part of the metatheory",
    ),
    Claim(
        "recovery",
        21,
        "Replay after a failure is safe",
        "A run that is stopped, resumed and goes on is the run that was not stopped; no effect"
        " happens twice.",
        reason="resuming from a journal",
    ),
)
