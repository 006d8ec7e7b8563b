"""What is said of a rule that is broken by itself."""

from collections.abc import Iterable
from importlib import import_module

from antiphon.parity.bites.bite import Bite, Load


def test_said() -> None:
    """What the checkers find, in order; one that cannot tell has raised."""
    assert Bite(("b", "a"), lambda _: ["b", "a"]).said(import_module) == ("b", "a")

    def cannot(load: Load) -> Iterable[str]:
        yield load("antiphon.errors").NOTHING

    assert Bite((), cannot).said(import_module) == ("raised",)
