"""Plots: which instructions, sorts and faults they can lead to."""

from antiphon.bytecode.codec import decode_image, encode_image
from antiphon.bytecode.instruction import Close, Open, Spawn
from antiphon.bytecode.loadable import require_loadable
from antiphon.bytecode.verify import verify
from antiphon.errors import ProgramError
from antiphon.parity.generate_delegation import plot
from antiphon.parity.source import Source
from antiphon.theory.local_type import nodes

PLOTS = [plot(Source(key=f"plot {number}")) for number in range(400)]


def is_sound(number: int) -> bool:
    """Whether the verifier accepts a plot."""
    try:
        verify(PLOTS[number])
    except ProgramError:
        return False
    return True


def test_all_can_be_loaded() -> None:
    """A plot may go wrong, but it is a program, which can be written down."""
    for image in PLOTS:
        require_loadable(image)
        again = decode_image(encode_image(image))
        assert (again.name, again.programs) == (image.name, image.programs)


def test_some_are_sound() -> None:
    """The verifier accepts some, and not all."""
    sound = sum(map(is_sound, range(len(PLOTS))))
    assert 20 < sound < 380


def test_what_there_is() -> None:
    """Sessions are opened and closed, endpoints are sent and given to children."""
    code = [each for image in PLOTS for program in image.programs for each in program.code]
    for kind in (Open, Close, Spawn):
        assert sum(isinstance(each, kind) for each in code) > 50
    sorts = {
        branch[1].delegates
        for image in PLOTS
        for program in image.programs
        for node in nodes(program.local_type)
        for branch in getattr(node, "branches", ())
    }
    assert {("q", "X"), ("q", "Y"), ("r", "X"), ("p", "A"), None} <= sorts
    assert any(len(image.programs) == 3 for image in PLOTS)
