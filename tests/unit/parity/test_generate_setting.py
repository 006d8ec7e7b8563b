"""Configurations for cases: accepted, and of every kind."""

from antiphon.machine.buffer import Buffer, check_buffers
from antiphon.machine.config import Config
from antiphon.parity.generate import case, first_draws
from antiphon.parity.generate_setting import edges_of, is_harmless, setting
from antiphon.parity.source import Source

CASES = [case(Source(first_draws(number), key=f"1.{number}")) for number in range(600)]


def test_verified_images_are_accepted() -> None:
    """No machine refuses a case for its buffers."""
    for each in CASES:
        if not each.unverified:
            for loaded in each.sessions:
                check_buffers(loaded.image, each.config.buffers)


def test_variety() -> None:
    """Every kind of buffer, of verified images too, budgets, and most often none of it."""
    buffers = [buffer for each in CASES for _, _, buffer in each.config.buffers]
    assert {"fifo", "latest"} == {buffer.mode for buffer in buffers}
    assert {"block", "drop", "error", "resize"} == {buffer.full for buffer in buffers}
    verified = [each for each in CASES if not each.unverified]
    assert any(buffer.is_lossy for each in verified for _, _, buffer in each.config.buffers)
    assert any(each.config.budget is not None for each in CASES)
    plain = sum(not each.config.buffers and each.config.budget is None for each in CASES)
    assert len(CASES) // 2 < plain < len(CASES)


def test_edges() -> None:
    """The edges of an image are those on which one of its types sends."""
    image = CASES[0].sessions[0].image
    assert ("A", "B") in edges_of(image)
    assert all(sender in image.roles for sender, _ in edges_of(image))


def test_the_plainest() -> None:
    """A source that draws nothing makes the plainest configuration."""
    assert setting(Source(), [], unverified=True) == Config(1)


def test_harmless() -> None:
    """What neither loses, fails nor runs out lets a good run come to its end."""
    edge = ("A", "B")
    assert is_harmless(Config(1, buffers=((*edge, Buffer(full="resize", capacity=1, maximum=2)),)))
    assert not is_harmless(Config(budget=5))
    assert not is_harmless(Config(buffers=((*edge, Buffer("latest")),)))
    assert not is_harmless(Config(buffers=((*edge, Buffer(full="error")),)))
