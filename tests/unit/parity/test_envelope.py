"""What is said of waves, under the names of the founding document."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from antiphon.bytecode.instruction import Halt
from antiphon.bytecode.program import Image, RoleProgram
from antiphon.machine.certificate import WaveCertificate
from antiphon.machine.config import Config
from antiphon.parity import envelope
from antiphon.parity.ensemble import Differs
from antiphon.parity.wave_lane import WaveReport
from antiphon.parity.wave_trial import ORDER, WaveCounts
from antiphon.theory.local_type import END

NOTHING = Image("Nothing", (RoleProgram("A", END, (Halt(),), 0),))


def nobody(*_: object) -> tuple[()]:
    """A round in which nobody is picked."""
    return ()


def test_everything_was_seen() -> None:
    """At n = 1 and beyond nothing differs but the order of independent events."""
    report = envelope.look_at_waves(24)
    assert report.fingerprints == {
        "wave.exact": (),
        "wave.envelope": ("behaviour:waves:n>1:global_event_order",),
    }
    assert report.exact.found.counts["cases"] > 20
    assert report.wide.found.counts["audits"] > 100
    assert report.fallbacks > 100


def test_events_come_in_another_order() -> None:
    """Runs that are alike let see independent events in another order: the ledger says so."""
    report = envelope.envelope_bounded_parity_holds_for_n_gt_1(24)
    assert report.differing == ()
    assert report.found.counts[ORDER] > 0


def test_premises_can_be_met() -> None:
    """Of a program that nothing makes depend on the schedule they hold; else they do not."""
    assert envelope.threaded_round_refinement_premises([(NOTHING, 2)], Config())
    assert not envelope.threaded_round_refinement_premises([(NOTHING, 2)], Config(budget=3))


def test_a_difference_has_a_fingerprint() -> None:
    """Each regime has its own."""
    counts = WaveCounts(Counter(), Counter(), Counter())
    good, bad = (WaveReport(1, counts, differing, None) for differing in ((), (3,)))
    assert envelope.EnvelopeReport(bad, good, 0).fingerprints["wave.exact"] == (
        "behaviour:waves:n=1:state",
    )
    assert envelope.EnvelopeReport(good, bad, 0).fingerprints["wave.envelope"] == (
        "behaviour:waves:n>1:state",
    )


def test_a_fallback_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that holds after all is no fallback, and nothing is counted; a model that says
    otherwise is a difference.
    """

    def untouched(certificate: WaveCertificate) -> WaveCertificate:
        return replace(certificate)

    monkeypatch.setattr(envelope, "_spoil", untouched)
    monkeypatch.setattr(envelope, "execute_certified_round", nobody)
    with pytest.raises(Differs):
        envelope.invalid_wave_certificate_falls_back_to_single_step(2)
