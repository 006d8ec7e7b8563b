"""The cells that a coroutine meets."""

from antiphon.machine.buffer import DROP, LATEST, Buffer
from antiphon.machine.config import Config
from antiphon.waves.look import Look, buffer_of, holds_endpoint, queue_of, side_of
from tests.unit.waves.stage import scene


def look(name: str, number: int = 0) -> Look:
    """One who looks at a scene."""
    _, _, sight = scene(name)
    me = sight.coroutine(number)
    assert me is not None
    return Look(sight, me)


def test_channel() -> None:
    """An endpoint that can be used is read; others are none."""
    one = look("send | set, a third, idle")
    assert one.channel(0) is not None
    assert one.reads == {("session", 0), ("owner", 0, "A")}
    for register in (-1, 1, 9):
        assert one.channel(register) is None


def test_edge() -> None:
    """Whoever waits on it is met, if it is not the one who looks."""
    one = look("send | send, a third, who waits", 1)
    session = one.sight.session(0)
    assert session is not None
    one.edge(session, "B", "C")
    assert one.writes == {("coroutine", 1), ("edge", 0, "B", "C"), ("coroutine", 2)}
    one.edge(session, "B", "Z")
    assert ("owner", 0, "Z") not in one.reads


def test_home() -> None:
    """An answer is that of the endpoint at home."""
    one = look("invoke | set, a third, idle")
    one.home()
    assert ("end", 0, "A") in one.writes


def test_parts() -> None:
    """Sides, queues and buffers are found by name."""
    session = look("receive | set, a third, who has spoken").sight.session(0)
    assert session is not None
    assert side_of(session, "Z") is None
    assert queue_of(session, "A", "B") is None
    assert queue_of(session, "C", "A") is not None
    assert not holds_endpoint(session, "C", "A")
    assert not holds_endpoint(session, "A", "C")
    config = Config(3, buffers=(("A", "B", Buffer(LATEST)),))
    assert buffer_of(config, "A", "B").mode == LATEST
    assert buffer_of(config, "B", "A") == Buffer(capacity=3)


def test_loses() -> None:
    """A buffer that loses may mark the session, another one not."""
    one = look("send | set, a third, idle")
    session = one.sight.session(0)
    assert session is not None
    one.loses(session, Buffer())
    assert ("lossy", 0) not in one.writes
    one.loses(session, Buffer(full=DROP))
    assert ("lossy", 0) in one.writes
