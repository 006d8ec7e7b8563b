"""What the laws say of the states and steps made by hand: a law that is too lax says too little."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import ModuleType
from typing import Final

from antiphon.errors import Bug
from antiphon.machine.choice import Pick
from antiphon.model.state import State
from antiphon.model.watch import Watch
from antiphon.parity.mutants_load import load_patched

LAW_FILES: Final = tuple(
    f"model/{name}.py" for name in ("absorb", "frame", "laws", "waits", "watch")
)


def complaints(patches: Mapping[str, str]) -> dict[str, str]:
    """By the name of each state or step in ``violations`` and ``looks``, what is said to be wrong
    with it.

    ``patches`` are other texts of files of the model.
    """
    from antiphon.parity.looks import CELLS, LOOKS
    from antiphon.parity.violations import STATES, STEPS

    watch = load_patched("antiphon.model", "antiphon.model.watch", patches)
    frame = load_patched("antiphon.model", "antiphon.model.frame", patches)
    said = {
        name: _complaint(partial(watch.Watch().everything, state, ()))
        for name, (_, state) in (*STATES.items(), *CELLS.items())
    }
    for name, (_, before, after) in STEPS.items():
        said[name] = _complaint(partial(look, frame, before, after, 0))
    for name, (_, before, after, actor) in LOOKS.items():
        said[f"{name}, seen"] = _complaint(partial(_seen, watch.Watch(), before, after, actor))
    return said


def missed(patches: Mapping[str, str]) -> str:
    """A state or step of which the patched laws do not say what the healthy ones say, if any."""
    expected, said = _healthy(), complaints(patches)
    return next((name for name, words in expected.items() if said[name] != words), "")


def look(frame: ModuleType, before: State, after: State, actor: int | None) -> None:
    """Look with ``frame`` at a step. Raises ``Bug``."""
    coroutines = before.coroutines.differing(after.coroutines)
    sessions = before.sessions.differing(after.sessions)
    frame.check_frame(before, after, actor, coroutines, sessions)
    frame.check_queue(before, after, actor, coroutines)


def _seen(watch: Watch, before: State, after: State, actor: int | None) -> None:
    """Look at a step as the model does, at a load if there is no actor. Raises ``Bug``."""
    if actor is None:
        watch.loaded(before, after, ())
    else:
        watch.chosen(before, after, Pick(actor), ())


@cache
def _healthy() -> Mapping[str, str]:
    return complaints({})


def _complaint(check: Callable[[], object]) -> str:
    try:
        check()
    except Bug as bug:
        return str(bug)
    return ""
