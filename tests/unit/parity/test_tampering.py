"""Tamperings: each field of a certificate is changed by some, and each is a change."""

from dataclasses import fields

from antiphon.machine.certificate import WaveCertificate, is_sealed
from antiphon.parity.tampering import SOUND, resealed, tampered
from tests.unit.waves.stage import TALK, machine

NAMES = {one.name for one in fields(WaveCertificate)}


def whole() -> WaveCertificate:
    """The certificate of a wave of three."""
    waves, seen = machine(TALK, TALK, TALK)
    waves.take_round(0)
    return seen[0]


def test_single_fields() -> None:
    """Every field is changed, one at a time, and the seal does not fit then."""
    one, changed = whole(), set[str]()
    for _, other in tampered(one):
        names = [
            each.name
            for each in fields(one)
            if getattr(one, each.name) != getattr(other, each.name)
        ]
        assert len(names) == 1
        assert not is_sealed(other)
        changed.update(names)
    assert changed == NAMES


def test_resealed() -> None:
    """With a seal that fits, but for what may be true then."""
    names = [name for name, _ in tampered(whole())]
    assert {*SOUND} <= {*names}
    found = dict(resealed(whole()))
    assert len(found) == len(names) - len(SOUND)
    assert all(map(is_sealed, found.values()))
