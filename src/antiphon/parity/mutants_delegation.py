"""The seeded faults of sessions that are opened and closed, and of endpoints that are sent."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"
_LOAD: Final = "engine/load.py"

ENGINE_DELEGATION_MUTANTS: Final = (
    Mutant(
        "engine-open-counts-closed",
        "a session that was closed still counts as active",
        _KERNEL,
        "self.ended - self.closed - self.broken >=",
        "self.ended - self.broken >=",
    ),
    Mutant(
        "engine-open-unlimited",
        "one session more may be open than may be",
        _KERNEL,
        ">= self.most_sessions:",
        "> self.most_sessions:",
    ),
    Mutant(
        "engine-open-first-register",
        "all endpoints of a new session go to one register",
        _KERNEL,
        "self.j_label[first + i]] = self.e_word(e)",
        "self.j_label[first]] = self.e_word(e)",
    ),
    Mutant(
        "engine-open-unowned",
        "nobody owns the endpoints of a session that was opened",
        _KERNEL,
        "            self.give(e, c)\n            self.r_value",
        "            self.r_value",
    ),
    Mutant(
        "engine-open-unseen",
        "a session that was opened looks as if it had been loaded",
        _KERNEL,
        "self.record(OPENED, self.c_id[c], image + 1,",
        "self.record(OPENED, self.c_id[c], 0,",
    ),
    Mutant(
        "engine-new-session-first-type",
        "every role of a new session begins with the type of the first",
        _KERNEL,
        "            self.e_state[e] = self.o_state[self.i_first[image] + i]\n"
        "            self.e_owner[e] = -1\n",
        "            self.e_state[e] = self.o_state[self.i_first[image]]\n"
        "            self.e_owner[e] = -1\n",
    ),
    Mutant(
        "engine-start-unowned",
        "who is loaded does not own the endpoint of its role",
        _KERNEL,
        "        self.e_owner[c] = c\n        self.begin",
        "        self.begin",
    ),
    Mutant(
        "engine-close-keeps-owners",
        "the endpoints of a closed session are still owned",
        _KERNEL,
        "            self.give(e, -1)\n        self.clear_queues(s)\n",
        "            self.e_owner[e] = -1\n        self.clear_queues(s)\n",
    ),
    Mutant(
        "engine-close-wakes-nobody",
        "who waits on a session that is closed waits for ever",
        _KERNEL,
        "        self.wake_all(s)\n        self.strip_session(s)\n        first",
        "        self.strip_session(s)\n        first",
    ),
    Mutant(
        "engine-close-loses-nothing",
        "what was on its way in a closed session is not lost",
        _KERNEL,
        "        self.fail_lost(c)\n        self.retire(s)\n",
        "        self.lost.clear()\n        self.retire(s)\n",
    ),
    Mutant(
        "engine-close-uncounted",
        "a closed session is not counted",
        _KERNEL,
        "        self.closed += 1\n",
        "",
    ),
    Mutant(
        "engine-close-as-ended",
        "a closed session looks as if it had ended",
        _KERNEL,
        "self.record(CLOSED, self.c_id[c]",
        "self.record(ENDED, self.c_id[c]",
    ),
    Mutant(
        "engine-carried-of-others",
        "an endpoint of another is sent",
        _KERNEL,
        "                if self.e_owner[carried] != c or carried == e:\n"
        "                    return SEND_CARRIED",
        "                if carried == e:\n                    return SEND_CARRIED",
    ),
    Mutant(
        "engine-carried-on-itself",
        "an endpoint is sent on itself",
        _KERNEL,
        "                if self.e_owner[carried] != c or carried == e:\n"
        "                    return SEND_CARRIED",
        "                if self.e_owner[carried] != c:\n                    return SEND_CARRIED",
    ),
    Mutant(
        "engine-carried-by-the-host",
        "the host gives away what is not its coroutine's",
        _KERNEL,
        "if carried < 0 or self.e_owner[carried] != c or carried == e:",
        "if carried < 0:",
    ),
    Mutant(
        "engine-sent-stays",
        "who has sent an endpoint still owns it",
        _KERNEL,
        "            self.give(carried, IN_FLIGHT)\n",
        "            pass\n",
    ),
    Mutant(
        "engine-sent-released",
        "an endpoint in a message looks as if it were released",
        _KERNEL,
        "self.give(carried, IN_FLIGHT)",
        "self.give(carried, -1)",
    ),
    Mutant(
        "engine-fitting-used",
        "an endpoint that has done something fits as well as a new one",
        _KERNEL,
        "        return e if self.e_state[e] == self.o_state[o] else -1\n",
        "        return e\n",
    ),
    Mutant(
        "engine-fitting-any-role",
        "an endpoint of any role fits",
        _KERNEL,
        "        if self.s_status[s] != ACTIVE or self.o_sort[o] != sort:\n",
        "        if self.s_status[s] != ACTIVE:\n",
    ),
    Mutant(
        "engine-fitting-any-session",
        "an endpoint of a session that has failed fits",
        _KERNEL,
        "        if self.s_status[s] != ACTIVE or self.o_sort[o] != sort:\n",
        "        if self.o_sort[o] != sort:\n",
    ),
    Mutant(
        "engine-still-fits-any-sort",
        "an endpoint is received where a number was to come",
        _KERNEL,
        "        if sort < DELEGATING or word & TAG != ENDPOINT_TAG:\n            return False\n",
        "        if word & TAG != ENDPOINT_TAG:\n            return False\n",
    ),
    Mutant(
        "engine-still-fits-any-value",
        "a number is received where an endpoint was to come",
        _KERNEL,
        "        if sort < DELEGATING or word & TAG != ENDPOINT_TAG:\n            return False\n",
        "        if sort < DELEGATING:\n            return False\n",
    ),
    Mutant(
        "engine-still-fits-live",
        "an endpoint of a session that has failed is not received",
        _KERNEL,
        "            return True\n        return self.fitting(word, sort) >= 0\n",
        "            return False\n        return self.fitting(word, sort) >= 0\n",
    ),
    Mutant(
        "engine-gain-nothing",
        "who has received an endpoint does not own it",
        _KERNEL,
        "        if e >= 0:\n            self.give(e, c)\n        return 0\n",
        "        return 0\n",
    ),
    Mutant(
        "engine-lost-in-flight",
        "an endpoint that is lost is still on its way",
        _KERNEL,
        "            self.e_owner[e] = -1\n            self.lost.append",
        "            self.lost.append",
    ),
    Mutant(
        "engine-lost-survives",
        "the session of an endpoint that is lost goes on",
        _KERNEL,
        "            self.lost.append(self.s_id[self.c_session[e]])\n",
        "            pass\n",
    ),
    Mutant(
        "engine-fail-lost-first",
        "of several sessions that fail at once one does",
        _KERNEL,
        "        for session in self.lost:\n",
        "        for session in self.lost[:1]:\n",
    ),
    Mutant(
        "engine-link-first",
        "of several that are woken one is ready",
        _KERNEL,
        "        for i in range(self.woken):\n            self.link",
        "        for i in range(min(1, self.woken)):\n            self.link",
    ),
    Mutant(
        "engine-dropped-survives",
        "an endpoint in a message that found no room is not lost",
        _KERNEL,
        "            if value & TAG == ENDPOINT_TAG:\n                self.lose(value)\n",
        "            pass\n",
    ),
    Mutant(
        "engine-overwritten-survives",
        "an endpoint in a message that was overwritten is not lost",
        _KERNEL,
        "        if self.m_value[m] & TAG == ENDPOINT_TAG:\n"
        "            self.lose(self.m_value[m])\n"
        "        self.m_value[m] = value\n",
        "        self.m_value[m] = value\n",
    ),
    Mutant(
        "engine-finish-loses-nothing",
        "what was on its way in a session that has ended is not lost",
        _KERNEL,
        "        if self.lost:\n            self.fail_lost(c)\n        return 0\n",
        "        self.lost.clear()\n        return 0\n",
    ),
    Mutant(
        "engine-queues-unordered",
        "messages are lost in the order in which the types name their queues",
        _LOAD,
        "        queues = sorted(self._queues)\n",
        "        queues = sorted(self._queues, reverse=True)\n",
    ),
    Mutant(
        "engine-corrupted-endpoint",
        "an endpoint in a message that is corrupted is not lost",
        _KERNEL,
        "        if kind >= 0 and kind != DELAY and value & TAG == ENDPOINT_TAG:",
        "        if kind == DROP and value & TAG == ENDPOINT_TAG:",
    ),
    Mutant(
        "engine-receive-any-endpoint",
        "any endpoint is received where one of some sort is expected",
        _KERNEL,
        "        return self.fitting(word, sort) >= 0\n\n    @cython.cfunc\n    def lose",
        "        return True\n\n    @cython.cfunc\n    def lose",
    ),
    Mutant(
        "engine-answer-itself",
        "a host may give an endpoint to be sent over itself",
        _KERNEL,
        "                if carried < 0 or self.e_owner[carried] != c or carried == e:",
        "                if carried < 0 or self.e_owner[carried] != c:",
    ),
)
