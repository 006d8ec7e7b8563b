"""The seeded faults of the engine, in and around the uncompiled kernel."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL, _WORDS, _SNAPSHOT = "engine/kernel.py", "engine/words.py", "engine/snapshot.py"
_PREMISE, _ASKING = "engine/premise.py", "engine/asking.py"
_LOAD, _TRACE, _REPORT = "engine/load.py", "engine/trace.py", "engine/report.py"

ENGINE_MUTANTS: Final = (
    Mutant(
        "engine-wake-order",
        "containment wakes in descending id",
        _KERNEL,
        "self.c_id[self.w_slot[at - 1]] > self.c_id[c]:",
        "self.c_id[self.w_slot[at - 1]] < self.c_id[c]:",
    ),
    Mutant(
        "engine-requeue-front",
        "the stepper keeps its place in the ready queue",
        _KERNEL,
        "                if self.tail != c:\n",
        "                if self.tail == -2:\n",
    ),
    Mutant(
        "engine-woken-first",
        "woken coroutines are ready before the stepper",
        _KERNEL,
        "        if kind == COMMIT:\n            if row == HALT_COMMIT:\n",
        "        if kind == COMMIT:\n"
        "            if self.woken > 0:\n"
        "                self.link_woken()\n"
        "            if row == HALT_COMMIT:\n",
    ),
    Mutant(
        "engine-wake-keeps-reader",
        "a receiver that was woken is woken again by the next message",
        _KERNEL,
        "            self.q_reader[q] = -1\n        else:\n",
        "            pass\n        else:\n",
    ),
    Mutant(
        "engine-pc-moves-on-wait",
        "a wait moves pc",
        _KERNEL,
        "        self.c_status[c] = BLOCKED\n",
        "        self.c_status[c] = BLOCKED\n        self.c_pc[c] += 1\n",
    ),
    Mutant(
        "engine-wait-is-free",
        "a wait costs nothing",
        _KERNEL,
        "        self.c_cost[c] += 1\n",
        "        self.c_cost[c] += 1 if kind <= FAULT else 0\n",
    ),
    Mutant(
        "engine-wait-takes-no-time",
        "the clock stands still on a wait",
        _KERNEL,
        "        self.clock += 1\n        if self.clock >=",
        "        if row != RECEIVE_EMPTY:\n            self.clock += 1\n        if self.clock >=",
    ),
    Mutant(
        "engine-no-containment",
        "a session survives the fault of its coroutine",
        _KERNEL,
        "        for session, _ in self.owned(c):\n            self.lost.append(session)\n",
        "",
    ),
    Mutant(
        "engine-faulted-keeps-queues",
        "containment leaves the messages in their queues",
        _KERNEL,
        "                self.strip_session(s)\n                self.clear_queues(s)\n",
        "                self.strip_session(s)\n",
    ),
    Mutant(
        "engine-contains-sleepers",
        "containment leaves those who wait for room asleep",
        _KERNEL,
        "                if 0 <= q < self.i_queues[self.s_image[s]]:\n"
        "                    self.wake_waiter(c)",
        "                if 0 <= q < self.i_queues[self.s_image[s]] and ("
        "self.q_writer[self.c_queue[c]] != c):\n"
        "                    self.wake_waiter(c)",
    ),
    Mutant(
        "engine-ends-early",
        "a session ends when one endpoint is not released yet",
        _KERNEL,
        "            if self.s_open[s] == 0 and self.s_status[s] == ACTIVE:\n"
        "                self.finish(c, s)\n        return",
        "            if self.s_open[s] <= 1 and self.s_status[s] == ACTIVE:\n"
        "                self.finish(c, s)\n        return",
    ),
    Mutant(
        "engine-token-lost",
        "a token is never spent",
        _KERNEL,
        "        self.e_tokens[e] -= 1\n",
        "",
    ),
    Mutant(
        "engine-queue-lifo",
        "a message that finds one other in its queue overtakes it",
        _KERNEL,
        "            self.m_next[self.q_tail[q]] = m\n        else:\n",
        "            self.m_next[m] = self.q_head[q]\n"
        "            self.q_head[q] = m\n"
        "            m = self.q_tail[q]\n"
        "        else:\n",
    ),
    Mutant(
        "engine-capacity",
        "a queue holds one message more than its capacity",
        _KERNEL,
        "self.q_limit[q] = self.g_capacity[self.q_kind[q]]",
        "self.q_limit[q] = self.g_capacity[self.q_kind[q]] + 1",
    ),
    Mutant(
        "engine-label-unchecked",
        "``receive`` takes a message whatever its label",
        _KERNEL,
        "        if label != self.b_label[b]:\n            return RECEIVE_MESSAGE\n",
        "",
    ),
    Mutant(
        "engine-message-sort-unchecked",
        "``choose`` takes a message of another sort",
        _KERNEL,
        "            if not self.still_fits(self.m_value[m], self.b_sort[b]):\n"
        "                return CHOOSE_MESSAGE_SORT\n",
        "            if self.clock < 0:\n                return CHOOSE_MESSAGE_SORT\n",
    ),
    Mutant(
        "engine-payload-sort-unchecked",
        "a register's value is sent whatever its sort",
        _KERNEL,
        "                if carried < 0:\n"
        "                    return SEND_SORT + shift\n"
        "                if self.c_level[c] >= 0:\n"
        "                    return SEND_FORBIDDEN + shift\n"
        "                if self.e_owner",
        "                if carried >= 0 and self.e_owner",
    ),
    Mutant(
        "engine-type-stays",
        "receiving does not advance the type",
        _KERNEL,
        "        self.e_state[e] = self.b_next[b]\n        self.r_value",
        "        self.r_value",
    ),
    Mutant(
        "engine-answers-count",
        "a payload from the host uses no answer up",
        _KERNEL,
        "        if source < 0:\n            self.e_answers[e] += 1\n        if carried",
        "        if carried",
    ),
    Mutant(
        "engine-burns-answers",
        "an answer that is late uses one up",
        _KERNEL,
        "            )\n        finally:\n            self.asking = False\n        return answer\n",
        "            )\n        finally:\n            self.asking = False\n"
        "        if answer == PENDING:\n"
        "            self.e_answers[e] += 1\n"
        "        return answer\n",
    ),
    Mutant(
        "engine-host-before-room",
        "the host is asked although the queue is full",
        _KERNEL,
        "        if is_special:\n            row:",
        "        if source < 0 and is_special:\n"
        "            self.ask(PAYLOAD, c, e, b)\n"
        "        if is_special:\n            row:",
    ),
    Mutant(
        "engine-received-unseen",
        "receiving shows no event",
        _KERNEL,
        "        self.tell(RECEIVED, c, e, b, value)\n",
        "",
    ),
    Mutant(
        "engine-sender-sleeps",
        "taking a message wakes nobody who waits for room",
        _KERNEL,
        "        if self.q_writer[q] >= 0 and self.c_level[c] < 0:\n"
        "            self.wake_writer(self.q_writer[q])\n",
        "",
    ),
    Mutant(
        "engine-wrong-branch",
        "a jump goes to the address that stands first in its table",
        _KERNEL,
        "                return self.j_target[first + at]\n",
        "                return self.j_target[first]\n",
    ),
    Mutant(
        "engine-not-narrowed",
        "``select`` leaves the type as wide as it was",
        _KERNEL,
        "        self.e_state[e] = self.b_narrow[b]\n",
        "",
    ),
    Mutant(
        "engine-owner-unchecked",
        "a coroutine acts on an endpoint of another",
        _KERNEL,
        "        if self.e_owner[e] != c:\n            return -4\n",
        "",
    ),
    Mutant(
        "engine-closed-unchecked",
        "the endpoint of a failed session may be used",
        _KERNEL,
        "        if self.s_status[self.c_session[e]] != ACTIVE:\n            return -3\n",
        "",
    ),
    Mutant(
        "engine-halt-unfinished",
        "a coroutine may halt before the end of its type",
        _KERNEL,
        "        if owner and self.t_kind[self.e_state[c]] != END:\n",
        "        if owner and self.t_kind[self.e_state[c]] > INPUT:\n",
    ),
    Mutant(
        "engine-picks-anyone",
        "a coroutine that is not ready may be picked",
        _KERNEL,
        "        if c < 0 or self.c_status[c] != READY:\n            return -1\n",
        "        if c < 0:\n            return -1\n",
    ),
    Mutant(
        "engine-wake-without-waiting",
        "a wake makes any blocked coroutine ready",
        _KERNEL,
        "or self.outcome[self.c_reason[c]] != HOST_WAIT:\n",
        "or self.c_reason[c] < 0:\n",
    ),
    Mutant(
        "engine-round-robin",
        "round-robin counts the last pick as above itself",
        _KERNEL,
        "        at = self.last & 63\n        while node >= 0:\n"
        "            rest = (self.n_ready[node] >> at) >> 1\n",
        "        at = self.last & 63\n        while node >= 0:\n"
        "            at -= 1\n            rest = self.n_ready[node] >> (at + 1)\n",
    ),
    Mutant(
        "engine-cooperative",
        "run lets the back of the ready queue go first",
        _KERNEL,
        "                c = self.head\n                if c < 0:\n",
        "                c = self.tail\n                if c < 0:\n",
    ),
    Mutant(
        "engine-nat-overflow",
        "a natural from 2^60 on loses its highest bits",
        _WORDS,
        "            case Nat(number) if number < NAT_LIMIT:\n"
        "                return number << TAG_BITS | NAT_TAG\n",
        "            case Nat(number) if number < 2 * NAT_LIMIT:\n"
        "                return number % NAT_LIMIT << TAG_BITS | NAT_TAG\n",
    ),
    Mutant(
        "engine-node-order",
        "the states of a type are numbered from the last branch",
        _PREMISE,
        "                for branch in branches:\n                    yield self.head(branch[2])\n",
        "                for branch in reversed(branches):\n"
        "                    yield self.head(branch[2])\n",
    ),
    Mutant(
        "engine-refusal-waits",
        "a refusal is taken for a late answer",
        _ASKING,
        "            case Refused():\n                return REFUSED\n",
        "            case Refused():\n                return PENDING\n",
    ),
    Mutant(
        "engine-asks-with-one-register",
        "the host does not see all registers",
        _ASKING,
        "values = tuple(map(self._catalogue.words.decode, registers))",
        "values = tuple(map(self._catalogue.words.decode, registers[:1]))",
    ),
    Mutant(
        "engine-load-register",
        "the register after the last is taken for one that exists",
        _LOAD,
        "not all(0 <= r < program.registers for",
        "not all(0 <= r <= program.registers for",
    ),
    Mutant(
        "engine-load-absent-target",
        "what is sent to nobody counts as a token of the first role",
        _LOAD,
        "self._places.get(receiver, -1)",
        "self._places.get(receiver, 0)",
    ),
    Mutant(
        "engine-load-outside",
        "all addresses outside are shown as one",
        _LOAD,
        "outside.setdefault(target, base + len(code) + len(outside))",
        "outside.setdefault(target, base + len(code))",
    ),
    Mutant(
        "engine-trace-one-load",
        "all sessions are taken for sessions of the first image",
        _TRACE,
        "        if not self._images or not self._follows(coroutine, session, image):\n",
        "        if not self._images:\n",
    ),
    Mutant(
        "engine-trace-chunks",
        "every event is read from the last chunk",
        _TRACE,
        "        chunk, at = self._chunks[index // CHUNK], index % CHUNK\n        first,",
        "        chunk, at = self._chunks[-1], index % CHUNK\n        first,",
    ),
    Mutant(
        "engine-report-waits-first",
        "a run is called quiescent although a coroutine has faulted",
        _REPORT,
        "    if coroutines_faulted:\n",
        "    if coroutines_faulted and not host_waits:\n",
    ),
    Mutant(
        "engine-report-awaited",
        "who waits for room is said to wait for itself",
        _REPORT,
        "        awaited = sender if ROWS[row].outcome.code == RECEIVE_WAIT else receiver\n",
        "        awaited = sender\n",
    ),
    Mutant(
        "engine-blob-key",
        "bytes are the same value whatever their sort",
        _WORDS,
        "            return (sort, data)\n",
        "            return data\n",
    ),
    Mutant(
        "engine-blob-core",
        "bytes with the name of a core sort have that sort",
        _WORDS,
        "NO_SORT if sort in _CORE_NAMES else self._numbered(sort)",
        "self._numbered(sort)",
    ),
    Mutant(
        "engine-foreign-endpoint",
        "the session of an endpoint loses its highest bits",
        _WORDS,
        "            case Endpoint(session, role) if self._is_near(session, role):\n"
        "                return (session <<",
        "            case Endpoint(session, role) if self._is_near(0, role):\n"
        "                return (session % SESSION_LIMIT <<",
    ),
    Mutant(
        "engine-product-order",
        "a product has the sort of its parts in any order",
        _WORDS,
        "self._numbered((left, right))",
        "self._numbered((min(left, right), max(left, right)))",
    ),
    Mutant(
        "engine-sweep-constants",
        "constants are swept away when no register holds them",
        _WORDS,
        "for word in (*live, *self._pinned)}",
        "for word in live}",
    ),
)
