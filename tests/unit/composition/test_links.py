"""Links, and every reason against one."""

from __future__ import annotations

import re

import pytest

from antiphon import load
from antiphon.composition.bundle import ProtocolBundle
from antiphon.composition.links import EDGE, ROLE, TYPE, link, shared_roles
from antiphon.parity.composition_lane import SAMPLES, image_of
from antiphon.theory.projection import project
from tests.cli.command import ROOT


def bundle(name: str, called: str = "", private: tuple[str, ...] = ()) -> ProtocolBundle:
    """A sample as a bundle."""
    return ProtocolBundle(called or name, image_of(name), SAMPLES[name], private)


REFUSALS = (
    ("Labels", "edge-labels", "Order alone has item from Customer to Shop; other alone has wish"),
    ("Host", "edge-labels", "other alone has hello from Customer to Shop"),
    ("Sorts", "edge-sorts", r"Order has item\(string\) from Customer to Shop, other item\(nat\)"),
    ("Turns", "edge-order", r"at first: in Order item\(string\) .* in other price\(nat\)"),
    ("Loop", "edge-order", r"after item.*price.*: in Order nothing, in other item"),
)


@pytest.mark.parametrize(("sample", "code", "words"), REFUSALS)
def test_shared_edges_that_differ(sample: str, code: str, words: str) -> None:
    """One complaint for a pair of roles, of the plainest kind, with what to do."""
    (found,) = link((bundle("Order"), bundle(sample, "other"))).problems
    assert found.code == code
    assert re.search(words, found.message), found.message
    assert "keep one of the two roles private" in found.help


@pytest.mark.parametrize("sample", [row[0] for row in REFUSALS])
def test_private_roles_are_nobody_elses(sample: str) -> None:
    """What is kept private need not fit."""
    found = link((bundle("Order"), bundle(sample, "other", ("Customer",))))
    assert found.problems == ()
    assert [each.kind for each in found.links] == [ROLE]


def test_links() -> None:
    """A shared role each, and of roles that talk the conversation from either side."""
    found = link((bundle("Order"), bundle("Bill"), bundle("Payment")))
    assert found.problems == ()
    assert [(each.kind, each.one, each.other, each.subject) for each in found.links] == [
        (ROLE, "Order", "Bill", ("Customer",)),
        (ROLE, "Order", "Bill", ("Shop",)),
        (EDGE, "Order", "Bill", ("Customer", "Shop")),
        (EDGE, "Order", "Bill", ("Shop", "Customer")),
        (ROLE, "Order", "Payment", ("Shop",)),
        (ROLE, "Bill", "Payment", ("Shop",)),
        (ROLE, "Bill", "Payment", ("Bank",)),
        (EDGE, "Bill", "Payment", ("Shop", "Bank")),
        (EDGE, "Bill", "Payment", ("Bank", "Shop")),
    ]
    edges = [each for each in found.links if each.kind == EDGE]
    assert all(each.evidence[0] == each.evidence[1] for each in edges)
    assert shared_roles(bundle("Bill"), bundle("Payment")) == ("Shop", "Bank")


def test_a_protocol_that_is_handed_over() -> None:
    """What one expects of another's roles is what that offers."""
    path = ROOT / "examples" / "protocols" / "handover.scr"
    found = link((load(path, "Handover").bundle(), load(path, "Delivery").bundle()))
    assert found.problems == ()
    kinds = [(each.kind, each.subject) for each in found.links]
    assert kinds == [(TYPE, ("Delivery", role)) for role in ("Sender", "Receiver")] or kinds == [
        (TYPE, ("Delivery", role)) for role in ("Receiver", "Sender")
    ]


def test_expectations_that_differ() -> None:
    """A role that is not there, and one that does something else."""
    shop = project(SAMPLES["Payment"], "Shop").local_type
    parts = (("Payment", "Bank", shop), ("Payment", "Clerk", shop))
    host = ProtocolBundle("Host", image_of("Host", parts), SAMPLES["Host"])
    found = link((host, bundle("Payment"))).problems
    assert [each.code for each in found] == ["interface-differs", "interface-role"]
    assert "Host takes it to be that it sends to Bank charge(nat)" in found[0].message
    assert "Host expects a role Clerk of Payment; Payment has none" in found[1].message


def test_names_and_bundles_are_looked_at() -> None:
    """A name twice, and what is wrong with a bundle by itself, all at once."""
    found = link((bundle("Order"), bundle("Payment", "Order", ("Till",)))).problems
    assert [each.code for each in found] == ["duplicate-bundle", "unknown-role"]
