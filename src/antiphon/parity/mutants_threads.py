"""Seeded faults of sessions on threads: of cutting, of both who check that, of putting together."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"
_CHECK: Final = "waves/stretch.py"
_THREADS: Final = "waves/threads.py"
_LAW: Final = "model/stretch.py"


def _mutant(name: str, breaks: str, file: str, old: str, new: str) -> Mutant:
    return Mutant(name, breaks, file, old, new, trial="threads")


THREAD_MUTANTS: Final = (
    _mutant(
        "threads-cut-anywhere",
        "a session may be in two segments",
        _KERNEL,
        "            reach = max(reach, last[self.c_session[c]])\n",
        "            reach = i\n",
    ),
    _mutant(
        "threads-lane-faults",
        "a lane takes a step that faults",
        _KERNEL,
        "        if self.is_lane and (row == LEAVES or self.outcome[row] == FAULT):\n",
        "        if self.is_lane and row == LEAVES:\n",
    ),
    _mutant(
        "threads-ticks",
        "a step has the tick that it would have if its lane were alone",
        _KERNEL,
        "                    lane.z_later[g] = steps - before\n",
        "                    lane.z_later[g] = 0\n",
    ),
    _mutant(
        "threads-since",
        "who is ready has joined at a tick of its lane",
        _KERNEL,
        "                self.c_since[c] += lane.z_later[lane.reached - 1]\n",
        "",
    ),
    _mutant(
        "threads-last-pick",
        "the last pick is one of the first lane",
        _KERNEL,
        "            if lane.reached >= reached:\n",
        "            if lane.reached > reached:\n",
    ),
    _mutant(
        "threads-who-waits",
        "those who have begun to wait in a lane are not counted",
        _KERNEL,
        "            self.queue_waits += lane.queue_waits\n",
        "",
    ),
    _mutant(
        "threads-lanes-differ",
        "a stretch counts if one lane has gone all the way",
        _THREADS,
        '            far = min(workers.each(methodcaller("go"), lanes))\n',
        '            far = max(workers.each(methodcaller("go"), lanes))\n',
    ),
    _mutant(
        "threads-any-seal",
        "the runtime does not look at the seal",
        _CHECK,
        "    if not is_sealed(certificate):\n",
        "    if not certificate.seal:\n",
    ),
    _mutant(
        "threads-any-generations",
        "the runtime lets a certificate say how far to go",
        _CHECK,
        "    if certificate.generations != due.generations:\n",
        "    if certificate.generations < due.generations:\n",
    ),
    _mutant(
        "threads-any-overlap",
        "the runtime does not compare the segments",
        _CHECK,
        "    if overlapping(segments):\n",
        "    if overlapping(segments[:1]):\n",
    ),
    _mutant(
        "threads-any-state",
        "the runtime does not look at the state",
        _CHECK,
        "    if certificate.state != flat_digest(kernel):\n",
        "    if not certificate.state:\n",
    ),
    _mutant(
        "threads-law-any-overlap",
        "the model does not compare the segments",
        _LAW,
        "    if len(sessions) < sum(len({*each}) for each in found):\n",
        "    if len(sessions) < max(len({*each}) for each in found):\n",
    ),
    _mutant(
        "threads-law-any-sessions",
        "the model does not look at whose the segments are",
        _LAW,
        "    if [_ranges(each) for each in found] != ",
        "    if not found and [_ranges(each) for each in found] != ",
    ),
)
