"""The words of scenarios."""

from antiphon.bytecode.instruction import Halt
from antiphon.conformance.scenarios.scenario import (
    advance,
    chain,
    gives,
    image,
    load_image,
    on,
    pick,
    role,
    scenario,
    takes,
    wake,
)
from antiphon.machine.ask import Chosen, Pending
from antiphon.machine.config import Config
from antiphon.theory.local_type import END, input_, output, var
from antiphon.values.sort import BOOL, NAT, UNIT, delegation, product
from antiphon.values.value import Nat


def test_types() -> None:
    """One message after the other, with any sort."""
    assert gives("B", on("a"), on("b", NAT)) is output("B", (("a", UNIT, END), ("b", NAT, END)))
    assert takes("B", on("a", then=var("X"))) is input_("B", (("a", UNIT, var("X")),))
    assert chain("B!a", "C?b (nat * bool)", then=var("X")) is output(
        "B", (("a", UNIT, input_("C", (("b", product(NAT, BOOL), var("X")),))),)
    )
    assert chain("B!a q@X") is output("B", (("a", delegation("q", "X"), END),))
    assert chain() is END


def test_scenarios() -> None:
    """A machine is made first, for one message a queue if nothing else is said."""
    one = image(role("A", END, Halt()))
    made = scenario("x", "that", one, load_image(), pick(0, Nat(1)), capacity=3)
    assert (made.name, made.about, made.images, made.config) == (
        "rules.x",
        "that",
        (one,),
        Config(3),
    )
    assert made.doings == (
        ("new", None, None),
        ("load", 0, None),
        ("pick", 0, {"value": {"Nat": 1}}),
    )
    assert scenario("x", "", (one, one)).images == (one, one)
    assert scenario("x", "", one).config == Config(1)
    assert scenario("x", "", one, config=Config(5)).config == Config(5)
    assert (wake(1), advance(7)) == (("wake", 1, None), ("advance", 7, None))
    assert pick(2) == ("pick", 2, None)
    assert [pick(2, answer)[2] for answer in (Chosen("a"), Pending())] == [
        {"label": "a"},
        "pending",
    ]


def test_images() -> None:
    """A role has one register if nothing else is said."""
    made = image(role("A", END, Halt()), role("B", END, registers=3), name="q")
    assert made.name == "q"
    assert made.roles == ("A", "B")
    assert [program.registers for program in made.programs] == [1, 3]
    assert made.programs[0].code == (Halt(),)
