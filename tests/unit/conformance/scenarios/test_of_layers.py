"""Scenarios of guard layers."""

from tests.unit.conformance.scenarios.shown import events, ready, rows


def test_a_layer_is_handed_on() -> None:
    """Who was woken second waits again."""
    woken = ready("a-layer-is-handed-on")
    assert woken[5] == [2, 0, 1]
    assert rows("a-layer-is-handed-on")[6:8] == ["acquire.ok.commit", "acquire.acquire-wait.held"]
    assert [one["coroutine"] for one in events("a-layer-is-handed-on", "Acquired")] == [2, 1, 0]


def test_another_layer() -> None:
    """Its release wakes nobody here."""
    assert ready("another-layer")[5:7] == [[0], [0, 1]]


def test_layers_of_one_who_faults() -> None:
    """By name, though they were acquired the other way round."""
    freed = events("layers-of-one-who-faults", "Released")
    assert [one["layer"] for one in freed] == ["a", "b"]
    assert ready("layers-of-one-who-faults")[8] == [0, 1, 2]
