"""The lane of composition."""

from antiphon.parity.composition_lane import PLACE, missed, outcomes
from antiphon.parity.mutants_load import source_of


def test_every_kind_of_refusal_is_tried() -> None:
    """What the package refuses, by code, and what it accepts."""
    said = " ".join(outcomes().values())
    codes = (
        *("edge-labels", "edge-sorts", "edge-order", "interface-differs", "interface-role"),
        *("unknown-role", "image-not-projected", "duplicate-bundle"),
        *("certificate-hash", "certificate-bundles", "certificate-links"),
        *("memory-budget", "memory-unbounded", "session-limit", "coroutine-limit"),
        *("no-bundle", "missing-contracts", "policies-differ", "not-gated", "lossy-buffer"),
        *("unknown-bundle", "bad-count", "host-per-bundle", "not-planned", "not-composed"),
        "step-limit",
    )
    assert [code for code in codes if code not in said] == []
    assert outcomes()["certificate: as a file"] == "True"


def test_as_it_is() -> None:
    """A copy without a fault comes to the same."""
    assert missed({}) == ""


def test_a_fault_is_named_by_its_trial() -> None:
    """The first that comes to something else."""
    place = f"{PLACE}links.py"
    text = source_of(place)
    assert missed({place: text.replace("if times > 1:", "if times > 5:")}) == "links: one name"
    broken = missed({place: text.replace("for bundle in bundles:", "for bundle in bundles[9]:")})
    assert broken.startswith("links: ") or "Error" in broken
