"""The machines under test."""

from antiphon.effects.host import DefaultHost
from antiphon.engine.machine import Engine
from antiphon.machine.config import Config
from antiphon.model.machine import Model
from antiphon.parity.subject import MODEL, engine, engine_of

WAYS = ["traced", "untraced", "cramped", "cramped and untraced"]


def test_model() -> None:
    """The model knows the laws, and cannot run."""
    machine = MODEL.make(Config(), DefaultHost())
    assert isinstance(machine, Model)
    assert MODEL.ways == ()
    assert MODEL.allows(machine, "cooperative", ()) == ()


def test_engine() -> None:
    """An engine knows no law, and can run."""
    subject = engine("pure")
    machine = subject.make(Config(), DefaultHost())
    assert isinstance(machine, Engine)
    assert subject.name == "pure"
    assert subject.allows(machine, "cooperative", (1, 2)) is None
    assert [way.name for way in subject.ways] == WAYS
    for way in subject.ways:
        assert way.make(Config(), DefaultHost()).run("cooperative").steps == 0


def test_engine_of_another_class() -> None:
    """Another class can stand for the engine, under another name."""

    class Other(Engine):
        pass

    subject = engine_of("other", "pure", lambda: Other, lambda: Other)
    assert isinstance(subject.make(Config(), DefaultHost()), Other)
    assert subject.name == "other"
