"""A protocol ready to run with others."""

from dataclasses import replace

from antiphon import load
from antiphon.composition.bundle import ProtocolBundle
from antiphon.parity.composition_lane import SAMPLES, image_of
from antiphon.theory.local_type import END
from antiphon.theory.projection import project
from tests.cli.command import ROOT

PAYMENT = ProtocolBundle("Payment", image_of("Payment"), SAMPLES["Payment"])


def test_interface() -> None:
    """What it offers is what its roles do; all roles are shared but those that are private."""
    assert PAYMENT.shared == ("Shop", "Bank")
    assert replace(PAYMENT, private=("Bank",)).shared == ("Shop",)
    shop = project(SAMPLES["Payment"], "Shop").local_type
    assert PAYMENT.offers["Payment", "Shop"] is shop
    assert PAYMENT.expects == {}


def test_what_it_expects() -> None:
    """Of the protocols whose sessions it opens or is handed, but not of itself."""
    bundle = load(ROOT / "examples" / "protocols" / "handover.scr").bundle()
    assert set(bundle.expects) == {("Delivery", "Receiver"), ("Delivery", "Sender")}
    own = (("Payment", "Shop", END), ("Other", "R", END))
    image = image_of("Payment", own)
    assert set(replace(PAYMENT, image=image).expects) == {("Other", "R")}


def test_its_digest_is_of_all_that_links_depend_on() -> None:
    """Its name, image, protocol and private roles; not of what it asks of the machine."""
    others = (
        replace(PAYMENT, name="x"),
        replace(PAYMENT, image=image_of("Bill")),
        replace(PAYMENT, global_type=SAMPLES["Bill"]),
        replace(PAYMENT, private=("Shop",)),
    )
    assert len({PAYMENT.digest, *(each.digest for each in others)}) == 5
    one, other = (replace(PAYMENT, private=roles) for roles in (("A", "B"), ("B", "A")))
    assert one.digest == other.digest


def test_problems() -> None:
    """A private role that is not there, and code for another protocol, are named with advice."""
    wrong = replace(PAYMENT, private=("Till",), image=image_of("Sorts"))
    found = wrong.problems()
    assert [each.code for each in found] == ["unknown-role", *["image-not-projected"] * 3]
    assert all(each.help for each in found)
    assert PAYMENT.problems() == []
