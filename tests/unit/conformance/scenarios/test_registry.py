"""All scenarios."""

from antiphon.conformance.scenarios.registry import SCENARIOS
from antiphon.conformance.vectors import chosen, needed, shipped

CORE = ("communication", "choice", "control", "session")


def test_each_is_shipped() -> None:
    """In their order, behind all other vectors, each under a name of its own."""
    ids = [vector.id for vector in shipped()]
    names = [one.name for one in SCENARIOS]
    assert ids[-len(names) :] == names
    assert not any(name.startswith("rules.") for name in ids[: -len(names)])
    assert len({*names}) == len(names)
    assert len({one.about for one in SCENARIOS}) == len(names)


def test_who_has_little_has_most_of_them() -> None:
    """Those of the first four families come first."""
    fit = [set(needed(one.config, one.images)) <= set(CORE) for one in SCENARIOS]
    assert fit == sorted(fit, reverse=True)
    shown = [v.id for v in chosen(shipped(), CORE) if v.id.startswith("rules.")]
    assert len(shown) == sum(fit) > 50
