"""More seeded faults of the uncompiled kernel: no function of it is without one."""

from __future__ import annotations

from typing import Final

from antiphon.parity.mutant import Mutant

_KERNEL: Final = "engine/kernel.py"

_LENGTH = "    if len(old) >= size:\n        return old\n    if not cython.compiled:\n"
_ZEROS = '    """A table of zeros."""\n    if not cython.compiled:\n'
_GROWN = '; as it is if it is that long."""\n' + _LENGTH
_NARROW = '; ``room`` sees to it."""\n    if not cython.compiled:\n'
_GROWN_NARROW = '    """``grown`` for a table of slots."""\n' + _LENGTH

KERNEL_MUTANTS: Final = (
    Mutant(
        "engine-table",
        "a new table has an entry to spare",
        _KERNEL,
        _ZEROS + "        return [0] * size\n",
        _ZEROS + "        return [0] * (size + 1)\n",
    ),
    Mutant(
        "engine-grown",
        "a table that grows is one entry short",
        _KERNEL,
        _GROWN + "        old.extend([0] * (size - len(old)))\n",
        _GROWN + "        old.extend([0] * (size - len(old) - 1))\n",
    ),
    Mutant(
        "engine-narrow",
        "a new table of slots has an entry to spare",
        _KERNEL,
        _NARROW + "        return [0] * size\n",
        _NARROW + "        return [0] * (size + 1)\n",
    ),
    Mutant(
        "engine-grown-narrow",
        "a table of slots grows by one entry",
        _KERNEL,
        _GROWN_NARROW + "        old.extend([0] * (size - len(old)))\n",
        _GROWN_NARROW + "        old.extend([0])\n",
    ),
    Mutant(
        "engine-wider",
        "the rows of a new image stand before those of the others",
        _KERNEL,
        "        return old + rows\n",
        "        return rows + old\n",
    ),
    Mutant(
        "engine-room",
        "a table grows by its quarter, however much is needed",
        _KERNEL,
        "    size: cython.longlong = max(need, more)\n",
        "    size: cython.longlong = more\n",
    ),
    Mutant(
        "engine-first-ids",
        "ids begin with 1",
        _KERNEL,
        "        self.clock = self.next_session = self.next_coroutine = self.next_nonce = 0\n",
        "        self.clock = self.next_nonce = 0\n"
        "        self.next_session = self.next_coroutine = 1\n",
    ),
    Mutant(
        "engine-install-jump",
        "a jump of the second image leads into the first",
        _KERNEL,
        "[row[1] + cell if row[0] == JUMP else row[1] for row in cells]",
        "[row[1] for row in cells]",
    ),
    Mutant(
        "engine-open-one",
        "of many sessions opened at once there is one",
        _KERNEL,
        "        for _i in range(count):\n            self.load_one(image)\n",
        "        for _i in range(1):\n            self.load_one(image)\n",
    ),
    Mutant(
        "engine-reserve-queues",
        "for many sessions there is room for the queues of one",
        _KERNEL,
        "        need = self.q_top + count * queues\n",
        "        need = self.q_top + queues\n",
    ),
    Mutant(
        "engine-slot-lost",
        "taking a free slot loses those behind it",
        _KERNEL,
        "            self.free_first[shape] = self.s_next[s]\n"
        "            self.free_count[shape] -= 1\n",
        "            self.free_first[shape] = -1\n            self.free_count[shape] -= 1\n",
    ),
    Mutant(
        "engine-slot-keeps-registers",
        "a session finds the registers of the one whose slot it has",
        _KERNEL,
        "        for i in range(self.i_registers[image]):\n            self.r_value[r + i] = 0\n",
        "",
    ),
    Mutant(
        "engine-slot-keeps-answers",
        "an endpoint goes on counting answers where another ended",
        _KERNEL,
        "            self.e_tokens[e] = self.e_answers[e] = 0\n",
        "            self.e_tokens[e] = 0\n",
    ),
    Mutant(
        "engine-send-any-label",
        "``send`` sends the first of several labels",
        _KERNEL,
        "        if self.t_mask[state] != 0:\n            return SEND_LABEL\n",
        "",
    ),
    Mutant(
        "engine-offer-label-row",
        "an unknown label is reported as a wrong head",
        _KERNEL,
        "            return OFFER_LABEL\n",
        "            return OFFER_HEAD\n",
    ),
    Mutant(
        "engine-invoke-free",
        "an action uses no answer up",
        _KERNEL,
        "            self.e_answers[home] += 1\n",
        "            self.e_answers[home] += 0\n",
    ),
    Mutant(
        "engine-set-twice",
        "a constant goes to register 0",
        _KERNEL,
        "        self.r_value[self.c_base[c] + self.k_a[pc]] = self.k_b[pc]\n",
        "        self.r_value[self.c_base[c]] = self.k_b[pc]\n",
    ),
    Mutant(
        "engine-move-backwards",
        "``move`` copies the other way",
        _KERNEL,
        "        self.r_value[base + self.k_a[pc]] = self.r_value[base + self.k_b[pc]]\n",
        "        self.r_value[base + self.k_b[pc]] = self.r_value[base + self.k_a[pc]]\n",
    ),
    Mutant(
        "engine-jump-too-far",
        "a jump goes one further",
        _KERNEL,
        "        self.c_pc[c] = self.k_a[self.c_pc[c]]\n",
        "        self.c_pc[c] = self.k_a[self.c_pc[c]] + 1\n",
    ),
    Mutant(
        "engine-yield-stays",
        "``yield`` does not go on",
        _KERNEL,
        "        self.c_pc[c] += 1\n        return YIELD_COMMIT\n",
        "        return YIELD_COMMIT\n",
    ),
    Mutant(
        "engine-foreign-row",
        "an endpoint of no session is no endpoint at all",
        _KERNEL,
        "            return -3 if tag == FOREIGN_TAG else -2\n",
        "            return -2\n",
    ),
    Mutant(
        "engine-branch-probe",
        "a label that is not in its own place is not found",
        _KERNEL,
        "            if self.b_label[first + at] < 0:\n"
        "                return -1\n"
        "            at = (at + 1) & mask\n",
        "            return -1\n",
    ),
    Mutant(
        "engine-new-message",
        "a new message slot is given away without being taken",
        _KERNEL,
        "        self.m_top += 1\n        return self.m_top - 1\n",
        "        return self.m_top - 1\n",
    ),
    Mutant(
        "engine-attempt",
        "a constant is taken for a move",
        _KERNEL,
        "            return self.set(c)\n",
        "            return self.move(c)\n",
    ),
    Mutant(
        "engine-clear-one-queue",
        "containment empties the first queue only",
        _KERNEL,
        "self.i_queues[self.s_image[s]]):\n            m = self.q_head[q]\n",
        "min(1, self.i_queues[self.s_image[s]])):\n            m = self.q_head[q]\n",
    ),
    Mutant(
        "engine-retire-keeps-ids",
        "the id of a coroutine whose session has ended still names its slot",
        _KERNEL,
        "        self.remove(COROUTINES, self.c_id[c])\n        self.c_status[c] = FREE\n",
        "        self.c_status[c] = FREE\n",
    ),
    Mutant(
        "engine-woken-waits",
        "who was woken still counts as waiting for a queue",
        _KERNEL,
        "            self.wait_no_more(c)\n        self.queue_waits -= 1\n",
        "            self.wait_no_more(c)\n",
    ),
    Mutant(
        "engine-record-early",
        "events carry the clock of the next step",
        _KERNEL,
        "        self.chunk[at] = self.clock << KIND_BITS | kind\n",
        "        self.chunk[at] = (self.clock + 1) << KIND_BITS | kind\n",
    ),
    Mutant(
        "engine-new-chunk-first",
        "a new chunk of the trace stands before the others",
        _KERNEL,
        "        self.chunks.append(chunk)\n",
        "        self.chunks.insert(0, chunk)\n",
    ),
    Mutant(
        "engine-counters",
        "ended and faulted sessions are exchanged",
        _KERNEL,
        "            self.ended,\n            self.broken,\n",
        "            self.broken,\n            self.ended,\n",
    ),
    Mutant(
        "engine-waits",
        "those who wait for the host are taken for those who wait for a queue",
        _KERNEL,
        "        return (self.head >= 0 or self.waiting > 0, self.host_waits, self.queue_waits)\n",
        "        return (self.head >= 0 or self.waiting > 0, self.queue_waits, self.host_waits)\n",
    ),
    Mutant(
        "engine-ready-backwards",
        "the ready queue is shown from its back",
        _KERNEL,
        "            found.append(self.c_id[c])\n",
        "            found.insert(0, self.c_id[c])\n",
    ),
    Mutant(
        "engine-sessions-active",
        "a faulted session is not shown",
        _KERNEL,
        "            if self.s_status[s] == ACTIVE or self.s_status[s] == BROKEN\n",
        "            if self.s_status[s] == ACTIVE\n",
    ),
    Mutant(
        "engine-session-active",
        "a faulted session is shown as active",
        _KERNEL,
        "            self.s_status[s] == ACTIVE,\n",
        "            self.s_status[s] != FREE,\n",
    ),
    Mutant(
        "engine-endpoint-state",
        "states are numbered across the roles",
        _KERNEL,
        "                    self.e_state[e] - self.o_state[o],\n",
        "                    self.e_state[e],\n",
    ),
    Mutant(
        "engine-coroutine-queue",
        "queues waited for are numbered across the sessions",
        _KERNEL,
        "self.s_image[s], q - self.s_queues[s])",
        "self.s_image[s], q)",
    ),
    Mutant(
        "engine-registers-fewer",
        "register 0 is shown for every register",
        _KERNEL,
        "        return [self.r_value[self.c_base[c] + i] for",
        "        return [self.r_value[self.c_base[c]] for",
    ),
    Mutant(
        "engine-messages-backwards",
        "queues are shown from the newest message",
        _KERNEL,
        "                found.append((label, self.m_value[m], 0))\n",
        "                found.insert(0, (label, self.m_value[m], 0))\n",
    ),
    Mutant(
        "engine-objects-in-messages",
        "a value that is in a message only is swept away",
        _KERNEL,
        "        for i in range(self.m_top):\n",
        "        for i in range(0):\n",
    ),
    Mutant(
        "engine-recorded",
        "the last event is not shown",
        _KERNEL,
        "        return (self.chunks, self.filled, ",
        "        return (self.chunks, self.filled - 1, ",
    ),
    Mutant(
        "engine-sort-of",
        "all objects are of one sort",
        _KERNEL,
        "    return tag if tag != OBJECT_TAG else (word >> TAG_BITS) & SORT\n",
        "    return tag\n",
    ),
)
