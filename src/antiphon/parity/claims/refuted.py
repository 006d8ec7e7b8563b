"""Statements of the earlier system that are false, without any machine: found again each time."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from antiphon.parity.claims.claim import Claim, Finding, Profile
from antiphon.parity.claims.ground import Ground

QUORUM_MAX: Final = 9
BYTES_MAX: Final = 1000


def quorums_meet(members: int, faulty: int, quorum: int) -> bool:
    """Whether two quorums always share a member that is not faulty, whoever is faulty."""
    everybody = range(members)
    quorums = [frozenset(one) for one in combinations(everybody, quorum)]
    faults = [frozenset(one) for one in combinations(everybody, faulty)]
    return all((one & other) - bad for one in quorums for other in quorums for bad in faults)


def majority(_: Profile, __: Ground) -> Finding:
    """The smallest system in which quorums of more than half, and few faulty, do not do."""
    generated = satisfied = checked = 0
    for members in range(1, QUORUM_MAX + 1):
        for faulty in range(members):
            for quorum in range(1, members + 1):
                generated += 1
                if 2 * quorum <= members or 3 * faulty >= members:
                    continue
                satisfied += 1
                meet = quorums_meet(members, faulty, quorum)
                checked += 1
                if meet != (2 * quorum - members > faulty):
                    return Finding(generated, satisfied, checked)
                if not meet:
                    words = f"{members} members, {faulty} faulty, quorums of {quorum}"
                    return Finding(generated, satisfied, checked, words)
    return Finding(generated, satisfied, checked)


def one_byte(_: Profile, __: Ground) -> Finding:
    """The smallest natural number that a byte does not give back."""
    for number in range(BYTES_MAX):
        if int.from_bytes(bytes([number % 256])) != number:
            return Finding(number + 1, number + 1, number + 1, str(number))
    return Finding(BYTES_MAX, BYTES_MAX, BYTES_MAX)


CLAIMS: Final = (
    Claim(
        "C-QUORUM-MAJ",
        18,
        "Refuted: a majority is a quorum",
        "Where fewer than a third are faulty, two quorums of more than half share a member that is"
        " not faulty. (What is enough is 2q - n > f.)",
        "parity/claims/refuted.py quorums_meet",
        ("2q > n", "3f < n"),
        scopes=(f"up to {QUORUM_MAX} members, all numbers of faulty, all sizes of quorums",),
        witness="4 members, 1 faulty, quorums of 3: they do meet",
        look=majority,
        is_refuted=True,
    ),
    Claim(
        "C-CODEC-BYTE",
        23,
        "Refuted: a natural number fits a byte",
        "Reading back what was written gives the same natural number, if it is written as one byte"
        " modulo 256.",
        "parity/claims/refuted.py one_byte",
        scopes=(f"natural numbers below {BYTES_MAX}",),
        witness="255 is read back",
        look=one_byte,
        is_refuted=True,
    ),
)
