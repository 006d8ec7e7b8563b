"""Seeded faults of normal forms and profiles, of recordings and of their replay."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant


def _form(name: str, breaks: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(f"form-{name}", breaks, file, old, new, trial="forms")


def _replay(name: str, breaks: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(f"replay-{name}", breaks, f"replay/{file}.py", old, new, trial="recordings")


_NORMAL: Final = "replay/normal_form.py"
_PROFILES: Final = "replay/profiles.py"
_STANDING: Final = "machine/standing.py"

FORM_MUTANTS: Final = (
    _form(
        "undone",
        "that what was undone does not stand",
        _NORMAL,
        "    for event in standing(trace):",
        "    for event in trace:",
    ),
    _form(
        "sessions",
        "that sessions stand in the order of their ids",
        _NORMAL,
        "in sorted(sessions.items())",
        "in sessions.items()",
    ),
    _form(
        "coroutines",
        "that coroutines stand in the order of their ids",
        _NORMAL,
        "for one in sorted(coroutines)))",
        "for one in coroutines))",
    ),
    _form(
        "ended-by",
        "that it does not count who ended a session",
        _NORMAL,
        "            own.append((kind,))",
        "            own.append((kind, *rest))",
    ),
    _form(
        "joined",
        "that the tick of a fork does not count",
        _NORMAL,
        "append((kind, event.role))",
        "append((kind, *rest[1:]))",
    ),
    _form(
        "contents",
        "that it counts what was sent",
        _NORMAL,
        "append((kind, *rest[1:]))",
        "append((kind, *rest[1:2]))",
    ),
    _form(
        "full-answers",
        "that answers count",
        _PROFILES,
        "            return (*_as_it_was(course), answers_form(course))",
        "            return (*_as_it_was(course), _asked(course))",
    ),
    _form(
        "replay-asked",
        "that it counts what was asked",
        _PROFILES,
        "            return (*_as_it_was(course), _asked(course))",
        "            return _as_it_was(course)",
    ),
    _form(
        "effects",
        "that what the host did beside does not count",
        _PROFILES,
        "        if isinstance(event, Invoked):\n            continue\n",
        "",
    ),
    _form(
        "effects-timed",
        "that the tick of a fork does not count",
        _PROFILES,
        "        is_timed = isinstance(event, events.Joined | events.Aborted)",
        "        is_timed = isinstance(event, events.Joined)",
    ),
    _form(
        "commuting-answers",
        "that answers count in every order",
        _PROFILES,
        "            return (normal_form(course.events), answers_form(course))",
        "            return (normal_form(course.events), ())",
    ),
    _form(
        "lines",
        "that it counts who asked as itself",
        _PROFILES,
        "    line = () if at.line is None else (0, *at.line)",
        "    line = () if at.line is None else at.line",
    ),
    _form(
        "order-of-answers",
        "that positions are in order",
        _PROFILES,
        "        sorted((_position(at), tuple(map(_answer, given))) for at, given in "
        "course.answers.items())",
        "        ((_position(at), tuple(map(_answer, given))) for at, given in "
        "course.answers.items())",
    ),
    _form(
        "standing-too-much",
        "that an aborted fork is gone",
        _STANDING,
        "event.tick < undone.get(event.coroutine, event.tick + 1)",
        "event.tick <= undone.get(event.coroutine, event.tick + 1)",
    ),
    _form(
        "standing-of-all",
        "that only who aborts is undone",
        _STANDING,
        "undone[event.coroutine] = event.since",
        "undone = {one: event.since for one in range(9)}",
    ),
    _form(
        "standing-backwards",
        "that what stands is in order",
        _STANDING,
        "    return tuple(reversed(found))",
        "    return tuple(found)",
    ),
)

REPLAY_MUTANTS: Final = (
    _replay(
        "never-differs",
        "that digests are compared",
        "replayer",
        "        if wanted and wanted != given:",
        "        if wanted and not given:",
    ),
    _replay(
        "steps-missing",
        "that all steps must be had",
        "replayer",
        "    if steps < recording.steps:",
        "    if steps > recording.steps:",
    ),
    _replay(
        "picks-again",
        "that picks are followed one by one",
        "replayer",
        "recording.picks[done:place]",
        "recording.picks[:place]",
    ),
    _replay(
        "nothing-between",
        "that sessions are opened on the way",
        "replayer",
        "            for _ in range(event.count):",
        "            for _ in range(0):",
    ),
    _replay(
        "never-woken",
        "that who waits is woken",
        "replayer",
        "            machine.step(event)\n",
        "            pass\n",
    ),
    _replay(
        "one-session",
        "that all sessions are opened",
        "replayer",
        "        for _ in range(count):\n",
        "        for _ in range(min(count, 1)):\n",
    ),
    _replay(
        "verified",
        "that code is loaded as it was",
        "replayer",
        "            machine.load(image, unverified=setup.unverified)",
        "            machine.load(image)",
    ),
    _replay(
        "picks-kept",
        "that what no mark covers does not count",
        "stored",
        "            tuple(self._picks[:picks]) if",
        "            tuple(self._picks) if",
    ),
    _replay(
        "steps-not-counted",
        "that a mark counts all steps",
        "appended",
        "        self._steps += steps\n",
        "        self._steps = steps\n",
    ),
    _replay(
        "answers-late",
        "that a mark comes after the answers that it covers",
        "appended",
        "        for at in range(0, len(self._asked), _LINE_MAX):\n",
        "        for at in range(_LINE_MAX, len(self._asked), _LINE_MAX):\n",
    ),
    _replay(
        "answers-reversed",
        "that answers are in their order",
        "stored",
        "self._answers.setdefault(position, []).append(answer)",
        "self._answers.setdefault(position, []).insert(0, answer)",
    ),
    _replay(
        "line-lost",
        "that it is known who asked as itself",
        "appended",
        "    more = [] if at.line is None else [list(at.line)]",
        "    more: list[object] = []",
    ),
    _replay(
        "prints-again",
        "that each event leaves one print",
        "appended",
        "        self._seen += len(found) // 4\n",
        "",
    ),
    _replay(
        "end-forgotten",
        "that what comes after the last mark counts in a whole file",
        "stored",
        "                self._kept = (len(self._picks), len(self._between))\n            case _:",
        "                pass\n            case _:",
    ),
    _replay(
        "picks-unflushed",
        "that picks come before what is done after them",
        "appended",
        '        self._flush_picks()\n        self._write(["between",',
        '        self._write(["between",',
    ),
    _replay(
        "loads-alike",
        "that it is written how many sessions are opened",
        "recording",
        '            return [place, "load", image, count]',
        '            return [place, "load", image, 1]',
    ),
    _replay(
        "advance-lost",
        "that it is known how long one waited",
        "recording",
        '            return [place, "advance", tick]',
        '            return [place, "advance", 0]',
    ),
    _replay(
        "refusals-alike",
        "that it counts why a host refused",
        "recording",
        "            return Refused(reason)",
        '            return Refused("")',
    ),
    _replay(
        "parted-late",
        "that the first difference is named",
        "divergence",
        "            return Divergence(number, actual[:number], one, other)",
        "            return Divergence(number + 1, actual[:number], one, other)",
    ),
    _replay(
        "parted-shorter",
        "that a trace which ends early is another",
        "divergence",
        "    if len(recorded) == len(actual):",
        "    if len(recorded) >= len(actual):",
    ),
    _replay(
        "prints-unread",
        "that each event left its print",
        "stored",
        "        if print_of(event) != known:",
        "        if not known:",
    ),
    _replay(
        "prints-unasked",
        "that what a crash has left is compared event by event",
        "replayer",
        "            difference = _event_difference(first_unknown(machine.events()), machine)\n",
        "            pass\n",
    ),
)
