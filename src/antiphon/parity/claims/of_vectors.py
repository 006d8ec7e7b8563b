"""Claim 24, for machines of others: the conformance kit lets the engine pass, and no wrong one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeAlias, cast

from antiphon.machine.ask import Host
from antiphon.machine.config import Config
from antiphon.parity.claims.claim import Claim, Finding, Profile
from antiphon.parity.claims.ground import Ground

_FAMILIES: Final = {"quick": ("communication", "control"), "full": (), "deep": ()}
_Answer: TypeAlias = dict[str, Any]
_SLEEPER: Final = "import time; time.sleep(1); print('{}')"


def _row(answer: _Answer) -> None:
    answer["row"] = answer["row"] and "send.ok.other"


def _event(answer: _Answer) -> None:
    answer["events"] = answer["events"][:-1]


def _more(answer: _Answer) -> None:
    answer["state"]["more"] = 1


def _truth(answer: _Answer) -> None:
    answer["state"]["counters"]["sessions_ended"] = False


def _longer(answer: _Answer) -> None:
    answer["state"]["ready"] = [*answer["state"]["ready"], 9]


def _unasked(answer: _Answer) -> None:
    answer["asked"] = None


def _less(answer: _Answer) -> None:
    del answer["asked"]


def _error(answer: _Answer) -> None:
    answer.clear()
    answer["error"] = "cannot"


_WRONG: Final[tuple[tuple[Callable[[_Answer], None], str, str, int], ...]] = (
    (_row, "differs", "row", 2),
    (_event, "differs", "events[0]", 1),
    (_more, "differs", "state.more", 0),
    (_truth, "differs", "state.counters.sessions_ended", 0),
    (_longer, "differs", "state.ready[0]", 0),
    (_unasked, "differs", "asked", 2),
    (_less, "machine-garbage", "", 0),
    (_error, "machine-refused", "", 0),
)
"""What a wrong machine does to its answers, and what must be found in the first vector: the code,
the path and the step.
"""
_PROGRAMS: Final = (
    ("print('{')", "machine-garbage"),
    ("print('{}', end='')", "machine-crashed"),
    ("import sys; input(); print('x' * 2**22 + 'x', flush=True)", "machine-too-long"),
    (_SLEEPER, "machine-silent"),
)
"""Machines outside that do not answer, and what must be said of each."""

_WAYS: Final = f"{len(_WRONG)} ways to answer wrongly, {len(_PROGRAMS)} not to answer"


class _Wrong:
    """The engine, whose answers are then spoiled."""

    def __init__(self, subject: Any, spoil: Callable[[_Answer], None]) -> None:
        self._subject = subject
        self._spoil = spoil

    def ask(self, message: Mapping[str, object]) -> object:
        """A spoiled answer."""
        answer = cast("_Answer", self._subject.ask(message))
        self._spoil(answer)
        return answer


def conformance(profile: Profile, ground: Ground) -> Finding:
    """The engine passes; each wrong machine is refused, for what is wrong with it, where it is."""
    vectors, judge = ground.module("conformance.vectors"), ground.module("conformance.judge")
    every = vectors.shipped()
    few = tuple(vectors.chosen(every, _FAMILIES[profile]))
    first = tuple(v for v in few if v.id == "send.ok.commit#1")
    report = judge.judge(few, _engine(ground))
    checked = report.steps
    for words in (
        *(str(found) for found in report.findings[:1]),
        *(
            ["nothing is chosen, and that is good"]
            if judge.judge((), _engine(ground)).is_good
            else []
        ),
        *_wrong_families(vectors, every),
        *_accepted(judge, ground, (*first, *few)),
        *_outside(judge, ground, first),
    ):
        return Finding(len(few), len(few), checked, words)
    checked += len(_WRONG) + len(_PROGRAMS)
    return Finding(len(few), len(few), checked, counts=(("steps compared", report.steps),))


def _wrong_families(vectors: Any, every: tuple[Any, ...]) -> Iterator[str]:
    for vector in every:
        if vectors.needed(vector.config, vector.images) != vector.families:
            yield f"{vector.id} does not need {vector.families}"
    for vector in vectors.chosen(every, ("communication", "control")):
        if not {*vector.families} <= {"communication", "control"}:
            yield f"{vector.id} is chosen, and needs {vector.families}"


def _accepted(judge: Any, ground: Ground, few: tuple[Any, ...]) -> Iterator[str]:
    """Wrong machines that are not refused as they should be."""
    for spoil, code, path, step in _WRONG:
        report = judge.judge(few, _Wrong(_engine(ground), spoil))
        found = report.findings[0] if report.findings else None
        if found is None or (found.code, found.path, found.step) != (code, path, step):
            yield f"{spoil.__name__}: {found}"
        elif report.is_good or report.passed + len(report.findings) + report.left != len(few):
            yield f"{spoil.__name__}: the numbers do not add up"
        elif code != "differs" and report.left != len(few) - judge.BREAKS_MAX:
            yield f"{spoil.__name__}: {report.left} are left"


def _outside(judge: Any, ground: Ground, first: tuple[Any, ...]) -> Iterator[str]:
    outside = ground.module("conformance.outside")
    for program, code in _PROGRAMS:
        seconds = 0.2 if program == _SLEEPER else 30
        with outside.Outside((sys.executable, "-S", "-c", program), seconds) as subject:
            report = judge.judge((*first, *first), subject)
        codes = [found.code for found in report.findings]
        if codes != [code, code]:
            yield f"{program}: {codes}"


def _engine(ground: Ground) -> Any:
    make = ground.module("engine.machine").Engine
    return ground.module("conformance.inside").Inside(partial(_make, make))


def _make(engine: Any, config: Config, host: Host) -> Any:
    return engine(config, host, build="pure", trace=True)


CLAIMS: Final = (
    Claim(
        "conformance",
        24,
        "No wrong machine passes",
        "Held against the conformance vectors, the engine passes; a machine whose answers are wrong"
        " is refused with the first step at which they are, and one that does not answer with the"
        " code that says how.",
        "parity/claims/of_vectors.py conformance",
        scopes=(
            f"the vectors that need only communication and control; {_WAYS}",
            f"all vectors; {_WAYS}",
        ),
        witness="send.ok.commit#1: a value is asked for, sent and queued",
        look=conformance,
    ),
)
