"""What becomes of the endpoints that a role is handed."""

from antiphon.compiler.handover import Handover, Keep, Run
from antiphon.theory.local_type import END, LocalType, input_, output, rec, var
from antiphon.theory.unfold import head
from antiphon.values.sort import NAT, UNIT, delegation

B = ("P", "B")
GIVEN = delegation("P", "B")
NONE: frozenset[tuple[str, str]] = frozenset()
HELD = frozenset({B})


def takes(then: LocalType) -> LocalType:
    """The type that is handed an endpoint first."""
    return input_("X", [("take", GIVEN, then)])


def gives(then: LocalType = END) -> LocalType:
    """The type that hands over an endpoint first."""
    return output("X", [("give", GIVEN, then)])


def test_what_cannot_be_passed_on_is_run() -> None:
    """At once, by a child."""
    taking = takes(END)
    assert Handover(taking, ["P"]).step(taking, 0, END, NONE) == (NONE, (Run(B, kept=False),))
    assert Handover(taking, ["P"]).states == 0


def test_what_may_be_passed_on_is_kept() -> None:
    """One of each kind; another one is run meanwhile."""
    between = output("X", [("other", NAT, gives())])
    second = takes(between)
    taking = takes(second)
    handover = Handover(taking, ["P"])
    assert handover.states == 5
    assert handover.step(taking, 0, second, NONE) == (HELD, (Keep(B),))
    assert handover.step(second, 0, between, HELD) == (HELD, (Run(B, kept=False),))
    assert handover.step(between, 0, gives(), HELD) == (HELD, ())
    assert handover.given(gives()) == B
    assert handover.step(gives(), 0, END, HELD) == (NONE, ())


def test_what_can_no_longer_be_passed_on_is_run() -> None:
    """On the way on which that is certain, also where the role decides it itself."""
    decide = output("X", [("give", GIVEN, END), ("stop", UNIT, END)])
    handover = Handover(takes(decide), ["P"])
    give, stop = (output("X", [branch]) for branch in decide.branches)
    assert handover.given(decide) is None
    assert handover.step(decide, 0, give, HELD) == (HELD, ())
    assert handover.step(decide, 1, stop, HELD) == (NONE, (Run(B, kept=True),))
    hear = input_("X", [("go", UNIT, gives()), ("take", GIVEN, END)])
    handover = Handover(takes(hear), ["P"])
    both = (Run(B, kept=False), Run(B, kept=True))
    assert handover.step(hear, 1, END, HELD) == (NONE, both)


def test_a_way_back_counts() -> None:
    """What may be passed on in a later turn of a loop is kept until then."""
    loop = rec("L", input_("X", [("take", GIVEN, var("L")), ("pass", UNIT, gives(var("L")))]))
    start = head(loop)
    handover = Handover(loop, ["P"])
    assert handover.step(start, 0, start, NONE) == (HELD, (Keep(B),))
    assert handover.step(start, 0, start, HELD) == (HELD, (Run(B, kept=False),))


def test_endpoints_of_other_protocols_are_values_like_any() -> None:
    """Nothing is done with what there is no code for."""
    taking = takes(gives())
    handover = Handover(taking, ["Q"])
    assert handover.step(taking, 0, gives(), NONE) == (NONE, ())
    assert handover.given(gives()) is None
