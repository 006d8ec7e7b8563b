"""Seeded faults of the envelope: classes, lattice, artifact, bounds, and the model's relations."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_CLASSES: Final = "replay/classes.py"
_ENVELOPE: Final = "replay/envelope.py"
_FORM: Final = "replay/normal_form.py"
_MODEL: Final = "model/envelope.py"
_DECLARED: Final = "machine/envelope.py"

ENVELOPE_MUTANTS: Final = tuple(
    Mutant(f"envelope-{name}", breaks, file, old, new, "envelopes")
    for name, breaks, file, old, new in (
        (
            "halted-or-faulted",
            "that who is done has not failed",
            _CLASSES,
            "Final = (Faulted, SessionFaulted, Dropped, Corrupted, Closed, Halted, Ended)",
            "Final = (SessionFaulted, Dropped, Corrupted, Closed, Ended)",
        ),
        (
            "other-images",
            "that runs are of the same images",
            _CLASSES,
            "    if base.images != other.images:\n",
            "    if not base.images:\n",
        ),
        (
            "roles-ignored",
            "that a role says the same in the same order, whoever plays it",
            _CLASSES,
            "    role = _parted(mine, yours, _speaker)\n",
            "    role = None\n",
        ),
        (
            "coroutines-ignored",
            "that each coroutine does the same",
            _CLASSES,
            "        return Likeness.VIOLATION, _unlike(mine, yours)\n    session",
            "        pass\n    session",
        ),
        (
            "sessions-kept",
            "that the order in a session counts",
            _CLASSES,
            "    session = _parted(mine, yours, _session)\n",
            "    session = None\n",
        ),
        (
            "wave-too-wide",
            "that a wave has no more picks than there are coroutines",
            _CLASSES,
            "        if run.wave_width > most:\n",
            "        if run.wave_width > most + 1:\n",
        ),
        (
            "wave-of-opened",
            "that who opens a session makes no coroutines",
            _CLASSES,
            "        if isinstance(event, Opened) and event.coroutine is None:\n            count",
            "        if isinstance(event, Opened):\n            count",
        ),
        (
            "wave-narrower",
            "that the wider of two waves counts",
            _CLASSES,
            "    widest = max(base",
            "    widest = min(base",
        ),
        (
            "answers-ignored",
            "that the host's answers count",
            _CLASSES,
            "    if answers_form(base.course) == answers_form(other.course):\n",
            "    if _settled(base) == _settled(other):\n",
        ),
        (
            "questions-ignored",
            "that the host was asked the same",
            _CLASSES,
            "    if _settled(base) != _settled(other):\n",
            "    if not base.policy:\n",
        ),
        (
            "late-answers",
            "that it does not count how late an answer came",
            _CLASSES,
            "for answer in given if not isinstance(answer, Pending)]",
            "for answer in given]",
        ),
        (
            "failures-placed",
            "that the same failures were placed",
            _CLASSES,
            "    if base.config.failures != other.config.failures:\n",
            "    if not base.policy:\n",
        ),
        (
            "outcome-ignored",
            "that the runs ended in the same way",
            _CLASSES,
            "    if base.outcome is not other.outcome:\n",
            "    if not base.policy:\n",
        ),
        (
            "condition-ignored",
            "that the output condition is the same",
            _CLASSES,
            "    if base.config.outputs != other.config.outputs:\n",
            "    if not base.policy:\n",
        ),
        (
            "verdicts-mixed",
            "that what was let out is told from what was not",
            _CLASSES,
            "        if isinstance(event, Sent) and event.checked:\n",
            "        if isinstance(event, Sent):\n",
        ),
        (
            "undone-counts",
            "that what was aborted counts no more",
            _CLASSES,
            "    return tuple(event for event in standing(run.course.events) if",
            "    return tuple(event for event in run.course.events if",
        ),
        (
            "violation-joins",
            "that a violation stays one",
            _ENVELOPE,
            "        return True, 0\n",
            "        return False, -1\n",
        ),
        (
            "join-is-meet",
            "that the worse of two classes holds for both",
            _ENVELOPE,
            "    return max(one, other, key",
            "    return min(one, other, key",
        ),
        (
            "violation-admitted",
            "that no violation is admitted",
            _ENVELOPE,
            "    return Likeness.VIOLATION not in (found, bound) and join",
            "    return bound is not Likeness.VIOLATION and found is Likeness.VIOLATION or join",
        ),
        (
            "bound-is-met",
            "that what is as far as the bound is admitted, and nothing farther",
            _ENVELOPE,
            "join(dimension, found, bound) == bound\n",
            "join(dimension, found, bound) == found\n",
        ),
        (
            "breach-forgotten",
            "that every dimension is asked",
            _ENVELOPE,
            "        each for each in Dimension if not",
            "        each for each in tuple(Dimension)[1:] if not",
        ),
        (
            "print-without-width",
            "that the digest of a run is over how wide its waves were",
            _ENVELOPE,
            "run.policy, run.wave_width)",
            "run.policy)",
        ),
        (
            "print-without-config",
            "that the digest of a run is over its configuration",
            _ENVELOPE,
            "(run.images, config_to_plain(run.config), run",
            "(run.images, run",
        ),
        (
            "print-without-answers",
            "that the digest of a run is over the answers",
            _ENVELOPE,
            "seen, answers_form(run.course))",
            "seen)",
        ),
        (
            "artifact-without-classes",
            "that the digest of an artifact is over the classes",
            _ENVELOPE,
            '"antiphon.envelope.1", (self.base, self.other, *parts))',
            '"antiphon.envelope.1", (self.base, self.other, *parts[1:]))',
        ),
        (
            "form-denied-when",
            "that it does not count at which tick an output was denied",
            _FORM,
            '    return replace(event, digest="") if isinstance(event, OutputDenied) else event\n',
            "    return event\n",
        ),
        (
            "form-ended-by",
            "that it does not count whose step ended a session",
            _FORM,
            "            own.append((kind,))\n",
            "            own.append((kind, event.coroutine))\n",
        ),
        (
            "model-any-order",
            "that each coroutine keeps its order",
            _MODEL,
            "        base.images == other.images\n        and _alike(mine, yours)\n",
            "        base.images == other.images\n",
        ),
        (
            "model-speaker",
            "that what a role receives counts, whoever plays it",
            _MODEL,
            "            return event.session, event.sender\n",
            "            return None\n",
        ),
        (
            "model-outcome",
            "that the runs ended in the same way",
            _MODEL,
            "        and base.outcome is other.outcome\n",
            "",
        ),
        (
            "model-wave",
            "that a wave has no more picks than there are coroutines",
            _MODEL,
            "run.wave_width <= min(bound, _coroutines(run))",
            "run.wave_width <= bound",
        ),
        (
            "model-questions",
            "that the host was asked the same",
            _MODEL,
            "    return _settled(base) == _settled(other) and _alike(mine, yours)\n",
            "    return _alike(mine, yours)\n",
        ),
        (
            "model-admits-any",
            "that all bounds hold",
            _MODEL,
            "    return all(within(each, envelope",
            "    return any(within(each, envelope",
        ),
        (
            "tier-ignored",
            "that a host that promises more is held to it",
            _DECLARED,
            "        if chain.index(self.effect_ordering) > chain.index(most):\n",
            "        if chain.index(self.effect_ordering) > len(chain):\n",
        ),
        (
            "bound-of-violation",
            "that no envelope is declared with a violation",
            _DECLARED,
            "            if chain and bound not in chain:\n",
            "            if chain and bound not in (*chain, Likeness.VIOLATION):\n",
        ),
    )
)
