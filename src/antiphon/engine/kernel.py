# pyright: basic, reportMissingImports=false, reportInvalidTypeForm=false, reportGeneralTypeIssues=false
"""The kernel: every instruction as one function over flat tables of integers.

One source, two builds. Interpreted, a table is a list; compiled by Cython, a view of 64-bit words,
or of 32-bit ones where it holds slots, and the names below become constants of C. It differs in
shape from the model's rules, not in meaning:

* Nothing is an object. A *slot* is an index into the tables of its kind: ``s_`` sessions, ``c_``
  coroutines, ``e_`` endpoints, ``q_`` queues, ``m_`` messages, ``n_`` nodes of the id trees, ``r_``
  registers, ``v_`` forks that are open, ``y_`` what they keep; ``i_``, ``o_``, ``k_``, ``t_``,
  ``b_``, ``j_`` belong to images: images, roles, code cells, type states, branches, jumps. A slot
  serves again when its session has ended; ids never do.
* The endpoint that a coroutine gets at the start has the coroutine's slot, so both share a range:
  the *block* of their session. A coroutine that was spawned has a block of its own, without
  endpoints. The endpoints that a coroutine owns besides that of its slot are in a list.
* Guards change nothing. So a step is tried first, and only then counted and taken out of the ready
  queue: if the host raises, the state is that before the pick.
* Addresses are absolute cells. Each role's code is followed by a ``FETCH`` cell for its end and for
  every address outside that it mentions, so a step needs no check of pc.
* A register operand that does not exist is -1 in the first operand: that is decided at load.
* Label tables and branches are hashed by label: the probe starts at ``first + (label & mask)``.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

try:
    import cython
except ImportError:
    from antiphon.engine import cython_shim as cython

if not cython.compiled:
    # The build turns the numbers of this block into constants of C.
    # Instructions, in the order of the table.
    SEND = 0
    RECEIVE = 1
    OFFER = 2
    CHOOSE = 3
    SELECT = 4
    OPEN = 5
    CLOSE = 6
    INVOKE = 7
    ACQUIRE = 8
    RELEASE = 9
    TAG_ = 10
    CHECK = 11
    TRANSFER = 12
    SPAWN = 13
    FORK = 14
    JOIN = 15
    ABORT = 16
    SET = 17
    MOVE = 18
    JUMP = 19
    YIELD = 20
    HALT = 21
    FETCH = 22
    # The table's rows.
    SEND_OPERAND = 0
    SEND_ENDPOINT = 1
    SEND_SESSION = 2
    SEND_OWNER = 3
    SEND_HEAD = 4
    SEND_LABEL = 5
    SEND_SORT = 6
    SEND_FORBIDDEN = 7
    SEND_CARRIED = 8
    SEND_CRASHED = 9
    SEND_LINK = 10
    SEND_ROOM = 11
    SEND_OVERFLOW = 12
    SEND_PENDING = 13
    SEND_REFUSED = 14
    SEND_ANSWER = 15
    SEND_DENIED = 16
    SEND_COMMIT = 17
    RECEIVE_OPERAND = 18
    RECEIVE_ENDPOINT = 19
    RECEIVE_SESSION = 20
    RECEIVE_OWNER = 21
    RECEIVE_HEAD = 22
    RECEIVE_LABEL = 23
    RECEIVE_CRASHED = 24
    RECEIVE_EMPTY = 25
    RECEIVE_DELAYED = 26
    RECEIVE_MESSAGE = 27
    RECEIVE_MESSAGE_SORT = 28
    RECEIVE_FORBIDDEN = 29
    RECEIVE_COMMIT = 30
    OFFER_OPERAND = 31
    OFFER_ENDPOINT = 32
    OFFER_SESSION = 33
    OFFER_OWNER = 34
    OFFER_HEAD = 35
    OFFER_LABEL = 36
    OFFER_SORT = 37
    OFFER_FORBIDDEN = 38
    OFFER_CARRIED = 39
    OFFER_CRASHED = 40
    OFFER_LINK = 41
    OFFER_ROOM = 42
    OFFER_OVERFLOW = 43
    OFFER_PENDING = 44
    OFFER_REFUSED = 45
    OFFER_ANSWER = 46
    OFFER_DENIED = 47
    OFFER_COMMIT = 48
    CHOOSE_OPERAND = 49
    CHOOSE_ENDPOINT = 50
    CHOOSE_SESSION = 51
    CHOOSE_OWNER = 52
    CHOOSE_HEAD = 53
    CHOOSE_CRASHED = 54
    CHOOSE_EMPTY = 55
    CHOOSE_DELAYED = 56
    CHOOSE_MESSAGE = 57
    CHOOSE_MESSAGE_SORT = 58
    CHOOSE_FORBIDDEN = 59
    CHOOSE_TABLE = 60
    CHOOSE_COMMIT = 61
    SELECT_OPERAND = 62
    SELECT_ENDPOINT = 63
    SELECT_SESSION = 64
    SELECT_OWNER = 65
    SELECT_HEAD = 66
    SELECT_PENDING = 67
    SELECT_REFUSED = 68
    SELECT_ANSWER = 69
    SELECT_LABEL = 70
    SELECT_TABLE = 71
    SELECT_COMMIT = 72
    OPEN_OPERAND = 73
    OPEN_FORBIDDEN = 74
    OPEN_LIMIT = 75
    OPEN_COMMIT = 76
    CLOSE_OPERAND = 77
    CLOSE_FORBIDDEN = 78
    CLOSE_ENDPOINT = 79
    CLOSE_SESSION = 80
    CLOSE_OWNER = 81
    CLOSE_COMMIT = 82
    INVOKE_OPERAND = 83
    INVOKE_FORBIDDEN = 84
    INVOKE_PENDING = 85
    INVOKE_REFUSED = 86
    INVOKE_ANSWER = 87
    INVOKE_COMMIT = 88
    ACQUIRE_OPERAND = 89
    ACQUIRE_FORBIDDEN = 90
    ACQUIRE_HELD = 91
    ACQUIRE_HOLDER = 92
    ACQUIRE_PENDING = 93
    ACQUIRE_REFUSED = 94
    ACQUIRE_ANSWER = 95
    ACQUIRE_COMMIT = 96
    RELEASE_OPERAND = 97
    RELEASE_FORBIDDEN = 98
    RELEASE_HOLDER = 99
    RELEASE_EVIDENCE = 100
    RELEASE_COMMIT = 101
    TAG_OPERAND = 102
    TAG_ENDPOINT = 103
    TAG_SESSION = 104
    TAG_OWNER = 105
    TAG_FACT = 106
    TAG_COMMIT = 107
    CHECK_OPERAND = 108
    CHECK_ENDPOINT = 109
    CHECK_SESSION = 110
    CHECK_OWNER = 111
    CHECK_FACT = 112
    CHECK_TARGET = 113
    CHECK_COMMIT = 114
    TRANSFER_OPERAND = 115
    TRANSFER_FORBIDDEN = 116
    TRANSFER_ENDPOINT = 117
    TRANSFER_SESSION = 118
    TRANSFER_OWNER = 119
    TRANSFER_NUMBER = 120
    TRANSFER_TARGET = 121
    TRANSFER_COMMIT = 122
    SPAWN_OPERAND = 123
    SPAWN_FORBIDDEN = 124
    SPAWN_OWNER = 125
    SPAWN_LIMIT = 126
    SPAWN_COMMIT = 127
    FORK_OPERAND = 128
    FORK_GHOST = 129
    FORK_DEPTH = 130
    FORK_COMMIT = 131
    JOIN_NONE = 132
    JOIN_COMMIT = 133
    ABORT_NONE = 134
    ABORT_COMMIT = 135
    SET_OPERAND = 136
    SET_COMMIT = 137
    MOVE_OPERAND = 138
    MOVE_COMMIT = 139
    JUMP_COMMIT = 140
    YIELD_COMMIT = 141
    HALT_FORBIDDEN = 142
    HALT_UNFINISHED = 143
    HALT_HELD = 144
    HALT_COMMIT = 145
    FETCH_BUDGET = 146
    FETCH_CRASHED = 147
    FETCH_PAUSED = 148
    FETCH_ADDRESS = 149
    # What a row does to the coroutine.
    COMMIT = 0
    FAULT = 1
    RECEIVE_WAIT = 2
    SEND_WAIT = 3
    HOST_WAIT = 4
    LINK_WAIT = 5
    PAUSE_WAIT = 6
    LAYER_WAIT = 7
    # Status of a coroutine, and of a session.
    FREE = 0
    READY = 1
    BLOCKED = 2
    DONE = 3
    FAULTED = 4
    ACTIVE = 1
    BROKEN = 2
    OVER = 3
    GONE = 4
    KIN = 5
    # The head of a local type.
    END = 0
    OUTPUT = 1
    INPUT = 2
    # Events, in the order of ``machine.event.KINDS``.
    OPENED = 0
    SENT = 1
    RECEIVED = 2
    SELECTED = 3
    INVOKED = 4
    HALTED = 5
    FAILED = 6
    SESSION_FAILED = 7
    ENDED = 8
    DROPPED = 9
    TRANSFERRED = 10
    SPAWNED = 11
    CORRUPTED = 12
    CLOSED = 13
    ACQUIRED = 14
    RELEASED = 15
    TAGGED = 16
    CHECKED = 17
    DENIED = 18
    FORKED = 19
    JOINED = 20
    ABORTED = 21
    FAR = 31
    # Who owns an endpoint that is itself a message.
    IN_FLIGHT = -2
    # What a queue does with a message when it is full, and why one was lost.
    WAITS = 0
    LOSES = 1
    FAILS = 2
    GROWS = 3
    REPLACES = 4
    FULL = 0
    OVERWRITTEN = 1
    LOST = 2
    REASON_BITS = 2
    # What is to be seen of a session besides: a message was lost, its edges remember something.
    LOSSY = 1
    EDGES = 2
    # Failures of a message, and of a link; which end's owner has crashed.
    DROP = 0
    FLIP = 1
    ERASE = 2
    DELAY = 3
    CUT = 4
    FROM = 1
    TO = 2
    # Later than any tick.
    NEVER = 4611686018427387904
    # The output gate.
    GATE_OFF = 0
    GATE_ALL = 1
    GATE_NONE = 2
    GATE_LISTED = 3
    # Questions to the host, and its answers below every word; -1 is an exception of Python. The
    # last two are not for the user: the word of what shows a grant, and the flow policy.
    PAYLOAD = 0
    CHOICE = 1
    ACTION = 2
    LAYER = 3
    EVIDENCE = 4
    PERMIT = 5
    PENDING = -2
    REFUSED = -3
    WRONG = -4
    UNKNOWN = -5
    # Words (``words.py``): three bits of tag, then the content.
    UNIT_TAG = 0
    NAT_TAG = 1
    BOOL_TAG = 2
    ENDPOINT_TAG = 3
    OBJECT_TAG = 4
    FOREIGN_TAG = 5
    TAG = 7
    TAG_BITS = 3
    ROLE = 1048575
    ROLE_BITS = 20
    STR_SORT = 8
    SESSION_BITS = 40
    SORT = 268435455
    DELEGATING = 134217728
    SORT_BITS = 28
    OBJECT_BITS = 32
    # The trace. Words and columns have 63 bits, because their sign is not used.
    CHUNK = 4096
    LOOKUPS = 1024
    KIND_BITS = 5
    CLOCK_BITS = 58
    PAYLOAD_BITS = 26
    COROUTINE_BITS = 37
    # The register of what was received last (``bytecode.program.RECEIVED``).
    LAST = 1
    # How many slots there may be of a kind.
    SLOTS = 2147483646
    # How many forks a coroutine may have open.
    LEVELS = 16
    # The two trees of ids, and the policies.
    COROUTINES = 0
    SESSIONS = 1
    COOPERATIVE = 0
    ROUND_ROBIN = 1
    PRIORITY = 2
    AGING = 3
    TOKEN_WEIGHTED = 4
    PROGRESS_AWARE = 5
    OVERTAKES = 8
    # What a lane does with a step that is not for it: it does not take it.
    LEAVES = -2

ROWS = (
    SEND_OPERAND,
    SEND_ENDPOINT,
    SEND_SESSION,
    SEND_OWNER,
    SEND_HEAD,
    SEND_LABEL,
    SEND_SORT,
    SEND_FORBIDDEN,
    SEND_CARRIED,
    SEND_CRASHED,
    SEND_LINK,
    SEND_ROOM,
    SEND_OVERFLOW,
    SEND_PENDING,
    SEND_REFUSED,
    SEND_ANSWER,
    SEND_DENIED,
    SEND_COMMIT,
    RECEIVE_OPERAND,
    RECEIVE_ENDPOINT,
    RECEIVE_SESSION,
    RECEIVE_OWNER,
    RECEIVE_HEAD,
    RECEIVE_LABEL,
    RECEIVE_CRASHED,
    RECEIVE_EMPTY,
    RECEIVE_DELAYED,
    RECEIVE_MESSAGE,
    RECEIVE_MESSAGE_SORT,
    RECEIVE_FORBIDDEN,
    RECEIVE_COMMIT,
    OFFER_OPERAND,
    OFFER_ENDPOINT,
    OFFER_SESSION,
    OFFER_OWNER,
    OFFER_HEAD,
    OFFER_LABEL,
    OFFER_SORT,
    OFFER_FORBIDDEN,
    OFFER_CARRIED,
    OFFER_CRASHED,
    OFFER_LINK,
    OFFER_ROOM,
    OFFER_OVERFLOW,
    OFFER_PENDING,
    OFFER_REFUSED,
    OFFER_ANSWER,
    OFFER_DENIED,
    OFFER_COMMIT,
    CHOOSE_OPERAND,
    CHOOSE_ENDPOINT,
    CHOOSE_SESSION,
    CHOOSE_OWNER,
    CHOOSE_HEAD,
    CHOOSE_CRASHED,
    CHOOSE_EMPTY,
    CHOOSE_DELAYED,
    CHOOSE_MESSAGE,
    CHOOSE_MESSAGE_SORT,
    CHOOSE_FORBIDDEN,
    CHOOSE_TABLE,
    CHOOSE_COMMIT,
    SELECT_OPERAND,
    SELECT_ENDPOINT,
    SELECT_SESSION,
    SELECT_OWNER,
    SELECT_HEAD,
    SELECT_PENDING,
    SELECT_REFUSED,
    SELECT_ANSWER,
    SELECT_LABEL,
    SELECT_TABLE,
    SELECT_COMMIT,
    OPEN_OPERAND,
    OPEN_FORBIDDEN,
    OPEN_LIMIT,
    OPEN_COMMIT,
    CLOSE_OPERAND,
    CLOSE_FORBIDDEN,
    CLOSE_ENDPOINT,
    CLOSE_SESSION,
    CLOSE_OWNER,
    CLOSE_COMMIT,
    INVOKE_OPERAND,
    INVOKE_FORBIDDEN,
    INVOKE_PENDING,
    INVOKE_REFUSED,
    INVOKE_ANSWER,
    INVOKE_COMMIT,
    ACQUIRE_OPERAND,
    ACQUIRE_FORBIDDEN,
    ACQUIRE_HELD,
    ACQUIRE_HOLDER,
    ACQUIRE_PENDING,
    ACQUIRE_REFUSED,
    ACQUIRE_ANSWER,
    ACQUIRE_COMMIT,
    RELEASE_OPERAND,
    RELEASE_FORBIDDEN,
    RELEASE_HOLDER,
    RELEASE_EVIDENCE,
    RELEASE_COMMIT,
    TAG_OPERAND,
    TAG_ENDPOINT,
    TAG_SESSION,
    TAG_OWNER,
    TAG_FACT,
    TAG_COMMIT,
    CHECK_OPERAND,
    CHECK_ENDPOINT,
    CHECK_SESSION,
    CHECK_OWNER,
    CHECK_FACT,
    CHECK_TARGET,
    CHECK_COMMIT,
    TRANSFER_OPERAND,
    TRANSFER_FORBIDDEN,
    TRANSFER_ENDPOINT,
    TRANSFER_SESSION,
    TRANSFER_OWNER,
    TRANSFER_NUMBER,
    TRANSFER_TARGET,
    TRANSFER_COMMIT,
    SPAWN_OPERAND,
    SPAWN_FORBIDDEN,
    SPAWN_OWNER,
    SPAWN_LIMIT,
    SPAWN_COMMIT,
    FORK_OPERAND,
    FORK_GHOST,
    FORK_DEPTH,
    FORK_COMMIT,
    JOIN_NONE,
    JOIN_COMMIT,
    ABORT_NONE,
    ABORT_COMMIT,
    SET_OPERAND,
    SET_COMMIT,
    MOVE_OPERAND,
    MOVE_COMMIT,
    JUMP_COMMIT,
    YIELD_COMMIT,
    HALT_FORBIDDEN,
    HALT_UNFINISHED,
    HALT_HELD,
    HALT_COMMIT,
    FETCH_BUDGET,
    FETCH_CRASHED,
    FETCH_PAUSED,
    FETCH_ADDRESS,
)
"""Every row of the table as this build knows it; ``build`` compares them with the table."""


@cython.cfunc
def table(size: cython.longlong) -> cython.longlong[::1]:
    """A table of zeros."""
    if not cython.compiled:
        return [0] * size
    return array("q", [0]) * size


@cython.cfunc
def grown(old: cython.longlong[::1], size: cython.longlong) -> cython.longlong[::1]:
    """The table with zeros added up to ``size``; as it is if it is that long."""
    if len(old) >= size:
        return old
    if not cython.compiled:
        old.extend([0] * (size - len(old)))
        return old
    new: cython.longlong[::1] = table(size)
    new[: old.shape[0]] = old
    return new


@cython.cfunc
def narrow(size: cython.longlong) -> cython.int[::1]:
    """A table of zeros for slots and what there are at most as many of; ``room`` sees to it."""
    if not cython.compiled:
        return [0] * size
    return array("i", [0]) * size


@cython.cfunc
def grown_narrow(old: cython.int[::1], size: cython.longlong) -> cython.int[::1]:
    """``grown`` for a table of slots."""
    if len(old) >= size:
        return old
    if not cython.compiled:
        old.extend([0] * (size - len(old)))
        return old
    new: cython.int[::1] = narrow(size)
    new[: old.shape[0]] = old
    return new


@cython.cfunc
def wider(old: cython.longlong[::1], rows: list) -> cython.longlong[::1]:
    """Another table: the old one with ``rows`` added, and nothing to spare."""
    if not cython.compiled:
        return old + rows
    at: cython.longlong = len(old)
    new: cython.longlong[::1] = table(at + len(rows))
    new[:at] = old
    for row in rows:
        new[at] = row
        at += 1
    return new


@cython.cfunc
def copied(old: cython.longlong[::1]) -> cython.longlong[::1]:
    """A table like another."""
    if not cython.compiled:
        return old.copy()
    new: cython.longlong[::1] = table(len(old))
    new[:] = old
    return new


@cython.cfunc
def copied_narrow(old: cython.int[::1]) -> cython.int[::1]:
    """``copied`` for a table of slots."""
    if not cython.compiled:
        return old.copy()
    new: cython.int[::1] = narrow(len(old))
    new[:] = old
    return new


@cython.cfunc
def room(have: cython.longlong, need: cython.longlong) -> cython.longlong:
    """The next size of a table: a quarter more, so that growing costs O(1) per entry; there are
    never more slots than have a number of 32 bits.
    """
    more: cython.longlong = have + have // 4 + 64
    size: cython.longlong = max(need, more)
    if size > SLOTS:
        raise MemoryError
    return size


@cython.final
@cython.cclass
class Kernel:
    """The state of one machine, and its steps."""

    # images: the first role, the roles, the queues and registers of a session, its shape
    i_first: cython.longlong[::1]
    i_roles: cython.longlong[::1]
    i_queues: cython.longlong[::1]
    i_registers: cython.longlong[::1]
    i_targets: cython.longlong[::1]
    i_shape: cython.longlong[::1]
    # roles: name, priority, whether it is the first of that name, state 0, address 0, registers,
    # and the shape of the block of one who is spawned; the sort of its endpoint when it is new
    o_name: cython.longlong[::1]
    o_rank: cython.longlong[::1]
    o_first: cython.longlong[::1]
    o_state: cython.longlong[::1]
    o_entry: cython.longlong[::1]
    o_registers: cython.longlong[::1]
    o_shape: cython.longlong[::1]
    o_sort: cython.longlong[::1]
    # for each image, the endpoint that each of a session's queues leads to and the one it comes
    # from, what the queue does when it is full, its capacity, how far that may grow, the names of
    # its roles
    targets: cython.longlong[::1]
    g_source: cython.longlong[::1]
    g_sender: cython.longlong[::1]
    g_receiver: cython.longlong[::1]
    g_full: cython.longlong[::1]
    g_capacity: cython.longlong[::1]
    g_maximum: cython.longlong[::1]
    # code cells
    k_op: cython.longlong[::1]
    k_a: cython.longlong[::1]
    k_b: cython.longlong[::1]
    k_c: cython.longlong[::1]
    k_d: cython.longlong[::1]
    # type states
    t_kind: cython.longlong[::1]
    t_queue: cython.longlong[::1]
    t_first: cython.longlong[::1]
    t_mask: cython.longlong[::1]
    # branches
    b_label: cython.longlong[::1]
    b_sort: cython.longlong[::1]
    b_next: cython.longlong[::1]
    b_narrow: cython.longlong[::1]
    # jumps
    j_label: cython.longlong[::1]
    j_target: cython.longlong[::1]
    # sessions: where their coroutines, queues and registers start; the endpoints not released; the
    # coroutines at home that are in the state, and the first of those that were spawned. ``KIN``
    # marks the block of one of those, ``GONE`` a session that ended before some who are at home
    s_id: cython.longlong[::1]
    s_image: cython.int[::1]
    s_status: cython.int[::1]
    s_open: cython.int[::1]
    s_coroutines: cython.int[::1]
    s_queues: cython.int[::1]
    s_registers: cython.int[::1]
    s_next: cython.int[::1]
    s_marks: cython.int[::1]
    s_shape: cython.int[::1]
    s_alive: cython.int[::1]
    s_kin: cython.int[::1]
    # coroutines: ``c_session`` is where it is at home and ``c_block`` what its slot belongs to;
    # ``c_reason`` is the row of a wait or a fault, ``c_self`` the word of the endpoint of its slot,
    # ``c_home`` the endpoint of its role at home, ``c_owned`` the first of the others it owns,
    # ``c_level`` the innermost fork that is open
    c_id: cython.longlong[::1]
    c_session: cython.int[::1]
    c_status: cython.int[::1]
    c_pc: cython.int[::1]
    c_cost: cython.longlong[::1]
    c_next: cython.int[::1]
    c_prev: cython.int[::1]
    c_reason: cython.int[::1]
    c_queue: cython.int[::1]
    c_base: cython.int[::1]
    c_node: cython.int[::1]
    c_self: cython.longlong[::1]
    c_role: cython.int[::1]
    c_block: cython.int[::1]
    c_home: cython.int[::1]
    c_owned: cython.int[::1]
    c_kin: cython.int[::1]
    c_children: cython.longlong[::1]
    c_answers: cython.longlong[::1]
    c_level: cython.int[::1]
    # the tick that it waits for, 0 for none, and its place in ``d_slot``; its next failure
    c_until: cython.longlong[::1]
    c_due: cython.int[::1]
    c_site: cython.int[::1]
    # those who wait for a tick, as a heap, the earliest first; those that a step has woken
    d_slot: cython.int[::1]
    w_slot: cython.int[::1]
    # failures of steps and of messages and links, in order: at which number, how long, the next
    x_step: cython.longlong[::1]
    x_ticks: cython.longlong[::1]
    x_next: cython.longlong[::1]
    f_index: cython.longlong[::1]
    f_kind: cython.longlong[::1]
    f_ticks: cython.longlong[::1]
    f_next: cython.longlong[::1]
    # for policies: the clock when it joined the ready queue, and the priority of its role; while
    # there is a heap, the tokens of its endpoints, what it is ordered by, its place in the heap
    c_since: cython.longlong[::1]
    c_rank: cython.longlong[::1]
    c_weight: cython.int[::1]
    c_key: cython.longlong[::1]
    c_tie: cython.longlong[::1]
    c_place: cython.int[::1]
    # the heap: the coroutines that the policy ``ranked`` picks from, the next one first
    h_slot: cython.int[::1]
    # endpoints, each with the first of the facts known there, and with its neighbours among those
    # that its owner owns
    e_state: cython.int[::1]
    e_owner: cython.int[::1]
    e_tokens: cython.int[::1]
    e_answers: cython.longlong[::1]
    e_facts: cython.int[::1]
    e_next: cython.int[::1]
    e_prev: cython.int[::1]
    # queues: how many places are full, those that forks have included; the endpoint at the far end
    # and the near one, the coroutines that wait for a message, to send one; how many places there
    # are; at how many that are full a send looks closer, -1 for always; its place in ``targets``;
    # how many messages were sent if failures are placed, else -1; the next failure; when its link
    # is up, -1 for never; whose owners have crashed
    q_head: cython.int[::1]
    q_tail: cython.int[::1]
    q_count: cython.int[::1]
    q_target: cython.int[::1]
    q_reader: cython.int[::1]
    q_writer: cython.int[::1]
    q_source: cython.int[::1]
    q_capacity: cython.longlong[::1]
    q_limit: cython.longlong[::1]
    q_kind: cython.int[::1]
    q_sent: cython.longlong[::1]
    q_plan: cython.int[::1]
    q_up: cython.longlong[::1]
    q_crashed: cython.int[::1]
    # messages; one that is delayed has its label's complement, and the tick from which it is there
    m_label: cython.longlong[::1]
    m_at: cython.longlong[::1]
    m_value: cython.longlong[::1]
    m_next: cython.int[::1]
    # of a message that a fork keeps apart: its queue, the endpoint that sent or received it, and by
    # which branch
    m_queue: cython.int[::1]
    m_end: cython.int[::1]
    m_branch: cython.int[::1]
    # forks that are open: the one around, number, clock, chains of what they keep (registers,
    # endpoints), chains of messages that were sent and received, each with its last
    v_up: cython.longlong[::1]
    v_ghost: cython.longlong[::1]
    v_since: cython.longlong[::1]
    v_registers: cython.longlong[::1]
    v_kept: cython.longlong[::1]
    v_staged: cython.longlong[::1]
    v_staged_end: cython.longlong[::1]
    v_taken: cython.longlong[::1]
    v_taken_end: cython.longlong[::1]
    # what forks keep: a word; or of an endpoint its state, and the first of the facts known there,
    # before which those that are newer come
    y_next: cython.longlong[::1]
    y_value: cython.longlong[::1]
    y_end: cython.longlong[::1]
    y_state: cython.longlong[::1]
    y_facts: cython.longlong[::1]
    # registers
    r_value: cython.longlong[::1]
    # facts: the word, and the next one of the endpoint; ``known`` has the pairs of both
    p_word: cython.longlong[::1]
    p_next: cython.longlong[::1]
    p_top: cython.longlong
    p_free: cython.longlong
    known: set
    # the output gate: its mode and the labels that pass; the outputs that did, and that did not
    gate: cython.longlong
    listed: object
    passed: cython.longlong
    denied: cython.longlong
    # guard layers: who holds it, the number of the grant and the word of the evidence; who waits,
    # the first and the last of a list by ``c_next``. The layers in order of their names, and how
    # many a coroutine holds.
    l_holder: cython.longlong[::1]
    l_nonce: cython.longlong[::1]
    l_word: cython.longlong[::1]
    l_waiter: cython.longlong[::1]
    l_last: cython.longlong[::1]
    l_order: cython.longlong[::1]
    c_held: cython.int[::1]
    # nodes of the id trees: 64 children each, counted from 1; which of them hold a ready coroutine
    n_child: cython.int[::1]
    n_up: cython.int[::1]
    n_at: cython.int[::1]
    n_live: cython.int[::1]
    n_ready: cython.ulonglong[::1]
    root: cython.longlong[::1]
    height: cython.longlong[::1]
    # first free session of each shape, and how many there are
    free_first: cython.longlong[::1]
    free_count: cython.longlong[::1]
    shapes: dict
    s_top: cython.longlong
    c_top: cython.longlong
    q_top: cython.longlong
    r_top: cython.longlong
    m_top: cython.longlong
    n_top: cython.longlong
    v_top: cython.longlong
    y_top: cython.longlong
    v_free: cython.longlong
    y_free: cython.longlong
    forks: cython.longlong
    m_free: cython.longlong
    n_free: cython.longlong
    # the machine
    host: Callable[..., int]
    makers: dict
    outcome: cython.longlong[::1]
    budget: cython.longlong
    limit: cython.longlong
    most_sessions: cython.longlong
    alter: Callable[..., int]
    sites: dict
    plans: dict
    failing: cython.bint
    asking: cython.bint
    ordered: cython.bint
    ranked: cython.longlong
    ranks: cython.longlong
    joins: cython.longlong
    overtakes: cython.longlong
    clock: cython.longlong
    last: cython.longlong
    last_slot: cython.longlong
    head: cython.longlong
    tail: cython.longlong
    next_session: cython.longlong
    next_coroutine: cython.longlong
    next_nonce: cython.longlong
    ended: cython.longlong
    closed: cython.longlong
    broken: cython.longlong
    done: cython.longlong
    failed: cython.longlong
    host_waits: cython.longlong
    queue_waits: cython.longlong
    # what a step that was tried leaves for its end: how many were woken, the queue waited for, the
    # tick waited for, the coroutine born, the sessions besides its own that ended
    woken: cython.longlong
    born: cython.longlong
    lost: list
    others: list
    # who was spawned by whom, for those that are alive; and of all, when events are kept
    lines: dict
    kin: list
    queue: cython.longlong
    until: cython.longlong
    # how many wait for a tick, and the earliest of these
    waiting: cython.longlong
    deadline: cython.longlong
    # lanes: those that there were last; of a lane the tick at which it began, how many generations
    # of the ready queue it has taken, whether one could not be taken whole; at which one all are to
    # stop; how many steps and events there were up to the end of each, by how much the tick of a
    # step is later when the other lanes are counted, and where the first event goes
    crew: list
    is_lane: cython.bint
    origin: cython.longlong
    reached: cython.longlong
    left: cython.bint
    stop: cython.longlong[::1]
    z_steps: cython.longlong[::1]
    z_events: cython.longlong[::1]
    z_later: cython.longlong[::1]
    z_place: cython.longlong[::1]
    # the generation whose events are brought to where they belong; that place, as a table and as
    # its chunks, and how many events will be in them
    turn: cython.longlong
    whole: cython.longlong[::1]
    pages: list
    placed: cython.longlong
    # the trace
    tracing: cython.bint
    chunks: list
    chunk: cython.longlong[::1]
    begun: cython.longlong
    filled: cython.longlong
    notes: list
    # notes that are not kept any more, and for each chunk the number of its first
    noted: cython.longlong
    noted_at: list
    # what the prints of events begin as, by a hash of kind, branch and word
    u_branch: cython.longlong[::1]
    u_word: cython.longlong[::1]
    u_what: cython.longlong[::1]

    def __init__(
        self,
        host: Callable[..., int],
        outcome: list,
        budget: int,
        limit: int,
        most_sessions: int,
        tracing: bool,
    ) -> None:
        """``host`` is asked as ``ask`` says; ``outcome`` says what each row does; ``budget`` is how
        many steps each coroutine may take, -1 for any number; at most ``limit`` may be alive, and
        at most ``most_sessions`` sessions active.
        """
        self.host = host
        self.makers = {}
        self.outcome = wider(table(0), outcome)
        self.budget = budget
        self.limit = limit
        self.most_sessions = most_sessions
        self.tracing = tracing
        self.asking = False
        self.crew = []
        self.is_lane = self.left = False
        self.origin = self.reached = self.begun = 0
        self.stop = table(0)
        self.z_steps = table(0)
        self.z_events = table(0)
        self.z_later = table(0)
        self.z_place = table(0)
        self.whole = table(0)
        self.pages = []
        self.turn = self.placed = 0
        self.ordered = False
        self.ranked = self.ranks = self.joins = self.overtakes = 0
        self.shapes = {}
        self.chunks = []
        self.notes = []
        self.noted = 0
        self.noted_at = []
        self.u_branch = table(0)
        self.u_word = table(0)
        self.u_what = table(0)
        self.others = []
        self.lost = []
        self.lines = {}
        self.kin = []
        self.born = -1
        self.chunk = table(0)
        self.filled = CHUNK
        self.clock = self.next_session = self.next_coroutine = self.next_nonce = 0
        self.ended = self.closed = self.broken = self.done = self.failed = 0
        self.host_waits = self.queue_waits = 0
        self.last = self.last_slot = self.head = self.tail = self.queue = -1
        self.woken = self.until = self.waiting = 0
        self.deadline = NEVER
        self.alter = host
        self.sites = {}
        self.plans = {}
        self.failing = False
        self.s_top = self.c_top = self.q_top = self.r_top = self.m_top = self.n_top = 0
        self.v_top = self.y_top = self.forks = 0
        self.m_free = self.n_free = self.v_free = self.y_free = -1
        self.root = wider(table(0), [-1, -1])
        self.height = table(2)
        self.n_ready = array("Q") if cython.compiled else []
        self.i_first = table(0)
        self.i_roles = table(0)
        self.i_queues = table(0)
        self.i_registers = table(0)
        self.i_targets = table(0)
        self.i_shape = table(0)
        self.o_name = table(0)
        self.o_rank = table(0)
        self.o_first = table(0)
        self.o_state = table(0)
        self.o_entry = table(0)
        self.o_registers = table(0)
        self.o_shape = table(0)
        self.o_sort = table(0)
        self.targets = table(0)
        self.g_source = table(0)
        self.g_sender = table(0)
        self.g_receiver = table(0)
        self.g_full = table(0)
        self.g_capacity = table(0)
        self.g_maximum = table(0)
        self.k_op = table(0)
        self.k_a = table(0)
        self.k_b = table(0)
        self.k_c = table(0)
        self.k_d = table(0)
        self.t_kind = table(0)
        self.t_queue = table(0)
        self.t_first = table(0)
        self.t_mask = table(0)
        self.b_label = table(0)
        self.b_sort = table(0)
        self.b_next = table(0)
        self.b_narrow = table(0)
        self.j_label = table(0)
        self.j_target = table(0)
        self.s_id = table(0)
        self.s_image = narrow(0)
        self.s_status = narrow(0)
        self.s_open = narrow(0)
        self.s_coroutines = narrow(0)
        self.s_queues = narrow(0)
        self.s_registers = narrow(0)
        self.s_next = narrow(0)
        self.s_marks = narrow(0)
        self.s_shape = narrow(0)
        self.s_alive = narrow(0)
        self.s_kin = narrow(0)
        self.c_id = table(0)
        self.c_session = narrow(0)
        self.c_status = narrow(0)
        self.c_pc = narrow(0)
        self.c_cost = table(0)
        self.c_next = narrow(0)
        self.c_prev = narrow(0)
        self.c_reason = narrow(0)
        self.c_queue = narrow(0)
        self.c_base = narrow(0)
        self.c_node = narrow(0)
        self.c_self = table(0)
        self.c_level = narrow(0)
        self.c_until = table(0)
        self.c_due = narrow(0)
        self.c_site = narrow(0)
        self.d_slot = narrow(0)
        self.w_slot = narrow(0)
        self.x_step = table(0)
        self.x_ticks = table(0)
        self.x_next = table(0)
        self.f_index = table(0)
        self.f_kind = table(0)
        self.f_ticks = table(0)
        self.f_next = table(0)
        self.c_since = table(0)
        self.c_rank = table(0)
        self.c_weight = narrow(0)
        self.c_key = table(0)
        self.c_tie = table(0)
        self.c_place = narrow(0)
        self.h_slot = narrow(0)
        self.c_role = narrow(0)
        self.c_block = narrow(0)
        self.c_home = narrow(0)
        self.c_owned = narrow(0)
        self.c_kin = narrow(0)
        self.c_children = table(0)
        self.c_answers = table(0)
        self.e_state = narrow(0)
        self.e_owner = narrow(0)
        self.e_tokens = narrow(0)
        self.e_answers = table(0)
        self.e_next = narrow(0)
        self.e_prev = narrow(0)
        self.q_head = narrow(0)
        self.q_tail = narrow(0)
        self.q_count = narrow(0)
        self.q_target = narrow(0)
        self.q_reader = narrow(0)
        self.q_writer = narrow(0)
        self.q_source = narrow(0)
        self.q_capacity = table(0)
        self.q_sent = table(0)
        self.q_plan = narrow(0)
        self.q_up = table(0)
        self.q_crashed = narrow(0)
        self.q_limit = table(0)
        self.q_kind = narrow(0)
        self.m_label = table(0)
        self.m_at = table(0)
        self.m_value = table(0)
        self.m_next = narrow(0)
        self.m_queue = narrow(0)
        self.m_end = narrow(0)
        self.m_branch = narrow(0)
        self.v_up = table(0)
        self.v_ghost = table(0)
        self.v_since = table(0)
        self.v_registers = table(0)
        self.v_kept = table(0)
        self.v_staged = table(0)
        self.v_staged_end = table(0)
        self.v_taken = table(0)
        self.v_taken_end = table(0)
        self.y_next = table(0)
        self.y_value = table(0)
        self.y_end = table(0)
        self.y_state = table(0)
        self.y_facts = table(0)
        self.r_value = table(0)
        self.e_facts = narrow(0)
        self.p_word = table(0)
        self.p_next = table(0)
        self.p_top = 0
        self.p_free = -1
        self.known = set()
        self.gate = GATE_OFF
        self.listed = frozenset()
        self.passed = self.denied = 0
        self.l_holder = table(0)
        self.l_nonce = table(0)
        self.l_word = table(0)
        self.l_waiter = table(0)
        self.l_last = table(0)
        self.l_order = table(0)
        self.c_held = narrow(0)
        self.n_child = narrow(0)
        self.n_up = narrow(0)
        self.n_at = narrow(0)
        self.n_live = narrow(0)
        self.free_first = table(0)
        self.free_count = table(0)

    # Loading

    def install(
        self,
        shape: tuple,
        roles: list,
        targets: list,
        cells: list,
        states: list,
        branches: list,
        jumps: list,
    ) -> int:
        """Add an image and return its number. Every row is a tuple; addresses are the image's own.

        ``shape``: how many roles, queues and registers a session has. Roles: name, priority, first
        of that name, state 0, address 0, registers, sort of a new endpoint. Targets: of each queue
        the role at its end, what it does when it is full, its capacity, the most that this may grow
        to, the role at its beginning, the names of its roles. Cells: instruction and four operands.
        States: kind, queue, first branch, mask. Branches: label, sort, next state, narrowed state.
        Jumps: label, target.
        """
        image: cython.longlong = len(self.i_first)
        cell: cython.longlong = len(self.k_op)
        state: cython.longlong = len(self.t_kind)
        branch: cython.longlong = len(self.b_label)
        jump: cython.longlong = len(self.j_label)
        # Everything is made before anything is kept: a number that does not fit, or a want of
        # memory, leaves the kernel as it was.
        shapes: dict = dict(self.shapes)
        number: cython.longlong = shapes.setdefault(shape, len(shapes))
        kin: list = [shapes.setdefault((1, 0, row[5]), len(shapes)) for row in roles]
        more: cython.longlong = len(shapes) - len(self.shapes)
        free_first: cython.longlong[::1] = wider(self.free_first, [-1] * more)
        free_count: cython.longlong[::1] = wider(self.free_count, [0] * more)
        i_first: cython.longlong[::1] = wider(self.i_first, [len(self.o_name)])
        i_roles: cython.longlong[::1] = wider(self.i_roles, [shape[0]])
        i_queues: cython.longlong[::1] = wider(self.i_queues, [shape[1]])
        i_registers: cython.longlong[::1] = wider(self.i_registers, [shape[2]])
        i_targets: cython.longlong[::1] = wider(self.i_targets, [len(self.targets)])
        i_shape: cython.longlong[::1] = wider(self.i_shape, [number])
        o_name: cython.longlong[::1] = wider(self.o_name, [row[0] for row in roles])
        o_rank: cython.longlong[::1] = wider(self.o_rank, [row[1] for row in roles])
        o_first: cython.longlong[::1] = wider(self.o_first, [row[2] for row in roles])
        o_state: cython.longlong[::1] = wider(self.o_state, [state + row[3] for row in roles])
        o_entry: cython.longlong[::1] = wider(self.o_entry, [cell + row[4] for row in roles])
        o_registers: cython.longlong[::1] = wider(self.o_registers, [row[5] for row in roles])
        far: cython.longlong[::1] = wider(self.targets, [row[0] for row in targets])
        g_full: cython.longlong[::1] = wider(self.g_full, [row[1] for row in targets])
        g_capacity: cython.longlong[::1] = wider(self.g_capacity, [row[2] for row in targets])
        g_maximum: cython.longlong[::1] = wider(self.g_maximum, [row[3] for row in targets])
        o_shape: cython.longlong[::1] = wider(self.o_shape, kin)
        o_sort: cython.longlong[::1] = wider(self.o_sort, [row[6] for row in roles])
        g_source: cython.longlong[::1] = wider(self.g_source, [row[4] for row in targets])
        g_sender: cython.longlong[::1] = wider(self.g_sender, [row[5] for row in targets])
        g_receiver: cython.longlong[::1] = wider(self.g_receiver, [row[6] for row in targets])
        k_op: cython.longlong[::1] = wider(self.k_op, [row[0] for row in cells])
        k_a: cython.longlong[::1] = wider(
            self.k_a, [row[1] + cell if row[0] == JUMP else row[1] for row in cells]
        )
        k_b: cython.longlong[::1] = wider(
            self.k_b, [row[2] + cell if row[0] == SPAWN else row[2] for row in cells]
        )
        k_c: cython.longlong[::1] = wider(
            self.k_c,
            [row[3] + jump if row[0] in {CHOOSE, SELECT, OPEN, SPAWN} else row[3] for row in cells],
        )
        k_d: cython.longlong[::1] = wider(self.k_d, [row[4] for row in cells])
        t_kind: cython.longlong[::1] = wider(self.t_kind, [row[0] for row in states])
        t_queue: cython.longlong[::1] = wider(self.t_queue, [row[1] for row in states])
        t_first: cython.longlong[::1] = wider(self.t_first, [row[2] + branch for row in states])
        t_mask: cython.longlong[::1] = wider(self.t_mask, [row[3] for row in states])
        b_label: cython.longlong[::1] = wider(self.b_label, [row[0] for row in branches])
        b_sort: cython.longlong[::1] = wider(self.b_sort, [row[1] for row in branches])
        b_next: cython.longlong[::1] = wider(self.b_next, [row[2] + state for row in branches])
        b_narrow: cython.longlong[::1] = wider(self.b_narrow, [row[3] + state for row in branches])
        j_label: cython.longlong[::1] = wider(self.j_label, [row[0] for row in jumps])
        j_target: cython.longlong[::1] = wider(self.j_target, [row[1] + cell for row in jumps])
        self.shapes = shapes
        self.free_first = free_first
        self.free_count = free_count
        self.i_first = i_first
        self.i_roles = i_roles
        self.i_queues = i_queues
        self.i_registers = i_registers
        self.i_targets = i_targets
        self.i_shape = i_shape
        self.o_name = o_name
        self.o_rank = o_rank
        self.o_first = o_first
        self.o_state = o_state
        self.o_entry = o_entry
        self.o_registers = o_registers
        self.o_shape = o_shape
        self.o_sort = o_sort
        self.targets = far
        self.g_full = g_full
        self.g_capacity = g_capacity
        self.g_maximum = g_maximum
        self.g_source = g_source
        self.g_sender = g_sender
        self.g_receiver = g_receiver
        self.k_op = k_op
        self.k_a = k_a
        self.k_b = k_b
        self.k_c = k_c
        self.k_d = k_d
        self.t_kind = t_kind
        self.t_queue = t_queue
        self.t_first = t_first
        self.t_mask = t_mask
        self.b_label = b_label
        self.b_sort = b_sort
        self.b_next = b_next
        self.b_narrow = b_narrow
        self.j_label = j_label
        self.j_target = j_target
        return image

    def place(self, alter: Callable[..., int], sites: list, plans: list) -> None:
        """Have failures; nothing may be open yet. ``alter`` gives what is left of a value.

        ``sites`` are those of one coroutine each: session, name of the role, and in ascending order
        the pairs of step and ticks, 0 ticks for a crash. ``plans`` are those of one edge each:
        session, names of the sender and of the receiver, and the triples of index, kind and ticks,
        in the order in which they happen; -1 ticks for a link that stays down.
        """
        self.alter = alter
        self.failing = True
        for session, name, rows in sites:
            at = len(self.x_step)
            self.sites[session, name] = at
            last = at + len(rows) - 1
            self.x_step = wider(self.x_step, [row[0] for row in rows])
            self.x_ticks = wider(self.x_ticks, [row[1] for row in rows])
            self.x_next = wider(self.x_next, [*range(at + 1, last + 1), -1])
        for session, sender, receiver, rows in plans:
            at = len(self.f_index)
            self.plans[session, sender, receiver] = at
            last = at + len(rows) - 1
            self.f_index = wider(self.f_index, [row[0] for row in rows])
            self.f_kind = wider(self.f_kind, [row[1] for row in rows])
            self.f_ticks = wider(self.f_ticks, [row[2] for row in rows])
            self.f_next = wider(self.f_next, [*range(at + 1, last + 1), -1])

    def guard_outputs(self, gate: cython.longlong, listed: object) -> None:
        """From now on outputs are checked; ``listed`` are the labels that pass if that is asked."""
        self.gate = gate
        self.listed = listed

    def make_by(self, makers: dict) -> None:
        """For a branch that is a key of ``makers``, now or later, the host is not asked for a
        payload: the function there makes its word out of that of what the role received last.
        """
        self.makers = makers

    def outputs(self) -> tuple:
        """How many outputs met the condition, and how many did not."""
        return (self.passed, self.denied)

    def layers(self, order: list) -> None:
        """Have these guard layers, which are listed in order of their names; new ones are free."""
        i: cython.longlong
        l_order: cython.longlong[::1] = wider(table(0), order)
        known: cython.longlong = len(self.l_order)
        self.l_nonce = grown(self.l_nonce, len(order))
        self.l_word = grown(self.l_word, len(order))
        self.l_waiter = grown(self.l_waiter, len(order))
        self.l_last = grown(self.l_last, len(order))
        self.l_holder = grown(self.l_holder, len(order))
        for i in range(known, len(order)):
            self.l_holder[i] = self.l_waiter[i] = -1
        self.l_order = l_order

    def load(self, image: cython.longlong, count: cython.longlong) -> int:
        """Open ``count`` sessions of an image and return the id of the first."""
        first: cython.longlong = self.next_session
        new: cython.longlong = count - self.free_count[self.i_shape[image]]
        if new > 0:
            self.reserve(new, self.i_roles[image], self.i_queues[image], self.i_registers[image])
        for _i in range(count):
            self.load_one(image)
        return first

    @cython.cfunc
    def reserve(
        self,
        count: cython.longlong,
        roles: cython.longlong,
        queues: cython.longlong,
        registers: cython.longlong,
    ) -> cython.longlong:
        """Have room for ``count`` new blocks with so many coroutines, queues and registers.

        Of tables that grow together the one whose length is tested grows last, here and below: if
        memory runs out in between, the next try grows the rest.
        """
        size: cython.longlong
        need: cython.longlong = self.s_top + count
        if need > len(self.s_id):
            size = room(len(self.s_id), need)
            self.s_image = grown_narrow(self.s_image, size)
            self.s_status = grown_narrow(self.s_status, size)
            self.s_open = grown_narrow(self.s_open, size)
            self.s_coroutines = grown_narrow(self.s_coroutines, size)
            self.s_queues = grown_narrow(self.s_queues, size)
            self.s_registers = grown_narrow(self.s_registers, size)
            self.s_next = grown_narrow(self.s_next, size)
            self.s_marks = grown_narrow(self.s_marks, size)
            self.s_shape = grown_narrow(self.s_shape, size)
            self.s_alive = grown_narrow(self.s_alive, size)
            self.s_kin = grown_narrow(self.s_kin, size)
            self.s_id = grown(self.s_id, size)
        need = self.c_top + count * roles
        if need > len(self.c_id):
            size = room(len(self.c_id), need)
            self.c_session = grown_narrow(self.c_session, size)
            self.c_status = grown_narrow(self.c_status, size)
            self.c_pc = grown_narrow(self.c_pc, size)
            self.c_cost = grown(self.c_cost, size)
            self.c_next = grown_narrow(self.c_next, size)
            self.c_prev = grown_narrow(self.c_prev, size)
            self.c_reason = grown_narrow(self.c_reason, size)
            self.c_queue = grown_narrow(self.c_queue, size)
            self.c_base = grown_narrow(self.c_base, size)
            self.c_node = grown_narrow(self.c_node, size)
            self.c_self = grown(self.c_self, size)
            self.c_level = grown_narrow(self.c_level, size)
            self.c_until = grown(self.c_until, size)
            self.c_due = grown_narrow(self.c_due, size)
            self.c_site = grown_narrow(self.c_site, size)
            self.d_slot = grown_narrow(self.d_slot, size)
            self.w_slot = grown_narrow(self.w_slot, size)
            self.c_since = grown(self.c_since, size)
            self.c_rank = grown(self.c_rank, size)
            if self.ranked != 0:
                self.reserve_ranks(size)
            self.c_role = grown_narrow(self.c_role, size)
            self.c_block = grown_narrow(self.c_block, size)
            self.c_home = grown_narrow(self.c_home, size)
            self.c_owned = grown_narrow(self.c_owned, size)
            self.c_kin = grown_narrow(self.c_kin, size)
            self.c_children = grown(self.c_children, size)
            self.c_answers = grown(self.c_answers, size)
            self.c_held = grown_narrow(self.c_held, size)
            self.e_state = grown_narrow(self.e_state, size)
            self.e_owner = grown_narrow(self.e_owner, size)
            self.e_tokens = grown_narrow(self.e_tokens, size)
            self.e_answers = grown(self.e_answers, size)
            self.e_facts = grown_narrow(self.e_facts, size)
            self.e_next = grown_narrow(self.e_next, size)
            self.e_prev = grown_narrow(self.e_prev, size)
            self.c_id = grown(self.c_id, size)
        need = self.q_top + count * queues
        if need > len(self.q_head):
            size = room(len(self.q_head), need)
            self.q_tail = grown_narrow(self.q_tail, size)
            self.q_count = grown_narrow(self.q_count, size)
            self.q_target = grown_narrow(self.q_target, size)
            self.q_reader = grown_narrow(self.q_reader, size)
            self.q_writer = grown_narrow(self.q_writer, size)
            self.q_source = grown_narrow(self.q_source, size)
            self.q_capacity = grown(self.q_capacity, size)
            self.q_sent = grown(self.q_sent, size)
            self.q_plan = grown_narrow(self.q_plan, size)
            self.q_up = grown(self.q_up, size)
            self.q_crashed = grown_narrow(self.q_crashed, size)
            self.q_limit = grown(self.q_limit, size)
            self.q_kind = grown_narrow(self.q_kind, size)
            self.q_head = grown_narrow(self.q_head, size)
        need = self.r_top + count * registers
        if need > len(self.r_value):
            self.r_value = grown(self.r_value, room(len(self.r_value), need))
        return 0

    @cython.cfunc
    def block_slot(
        self,
        shape: cython.longlong,
        roles: cython.longlong,
        queues: cython.longlong,
        registers: cython.longlong,
    ) -> cython.longlong:
        """A free slot with what belongs to it: one that served before, or the next."""
        s: cython.longlong = self.free_first[shape]
        if s >= 0:
            self.free_first[shape] = self.s_next[s]
            self.free_count[shape] -= 1
            return s
        s = self.s_top
        self.s_shape[s] = shape
        self.s_coroutines[s] = self.c_top
        self.s_queues[s] = self.q_top
        self.s_registers[s] = self.r_top
        self.s_top += 1
        self.c_top += roles
        self.q_top += queues
        self.r_top += registers
        return s

    @cython.cfunc
    def load_one(self, image: cython.longlong) -> cython.longlong:
        """Open a session with its coroutines: they are ready, behind all others."""
        i: cython.longlong
        s: cython.longlong = self.new_session(image)
        self.record(OPENED, 0, 0, self.s_id[s])
        self.s_alive[s] = self.i_roles[image]
        r: cython.longlong = self.s_registers[s]
        for i in range(self.i_registers[image]):
            self.r_value[r + i] = 0
        c: cython.longlong
        o: cython.longlong
        for i in range(self.i_roles[image]):
            c = self.s_coroutines[s] + i
            o = self.i_first[image] + i
            self.start(s, c, o, r)
            r += self.o_registers[o]
        # Last: nobody sees a session of which memory ran out half-way.
        self.s_status[s] = ACTIVE
        return 0

    @cython.cfunc
    def new_session(self, image: cython.longlong) -> cython.longlong:
        """A session with the next id, for which there is room; nobody owns its endpoints yet."""
        i: cython.longlong
        roles: cython.longlong = self.i_roles[image]
        s: cython.longlong = self.block_slot(
            self.i_shape[image], roles, self.i_queues[image], self.i_registers[image]
        )
        session: cython.longlong = self.next_session
        self.next_session += 1
        self.s_id[s] = session
        self.s_image[s] = image
        self.s_marks[s] = self.s_alive[s] = 0
        self.s_open[s] = roles
        self.s_kin[s] = -1
        self.insert(SESSIONS, session, s)
        e: cython.longlong
        for i in range(roles):
            e = self.s_coroutines[s] + i
            self.c_session[e] = s
            self.e_state[e] = self.o_state[self.i_first[image] + i]
            self.e_owner[e] = -1
            self.e_tokens[e] = self.e_answers[e] = 0
            self.e_facts[e] = -1
        q: cython.longlong
        target: cython.longlong
        for i in range(self.i_queues[image]):
            q = self.s_queues[s] + i
            self.q_kind[q] = self.i_targets[image] + i
            self.q_capacity[q] = self.q_limit[q] = self.g_capacity[self.q_kind[q]]
            self.q_sent[q] = self.q_plan[q] = -1
            self.q_up[q] = self.q_crashed[q] = 0
            target = self.g_source[self.q_kind[q]]
            self.q_source[q] = self.s_coroutines[s] + target if target >= 0 else -1
            target = self.targets[self.q_kind[q]]
            self.q_head[q] = self.q_tail[q] = self.q_reader[q] = self.q_writer[q] = -1
            self.q_count[q] = 0
            self.q_target[q] = self.s_coroutines[s] + target if target >= 0 else -1
            if self.failing:
                self.foresee(s, q)
        return s

    @cython.cfunc
    def start(
        self, s: cython.longlong, c: cython.longlong, o: cython.longlong, r: cython.longlong
    ) -> cython.longlong:
        """Set up the coroutine of one role, its registers from ``r`` on; it owns its endpoint."""
        word: cython.longlong = self.e_word(c)
        if self.o_registers[o] > 0:
            self.r_value[r] = word
        self.e_owner[c] = c
        self.begin(s, c, o, r, self.o_entry[o])
        if self.failing:
            self.c_site[c] = self.sites.get((self.s_id[s], self.o_name[o]), -1)
        self.c_self[c] = word if self.o_first[o] != 0 else -1
        self.c_block[c] = s
        self.c_home[c] = c
        self.link(c, self.clock)
        return 0

    @cython.cfunc
    def begin(
        self,
        s: cython.longlong,
        c: cython.longlong,
        o: cython.longlong,
        r: cython.longlong,
        pc: cython.longlong,
    ) -> cython.longlong:
        """Set up a coroutine with the next id, at home in ``s`` as ``o``, that owns nothing."""
        self.c_id[c] = self.next_coroutine
        self.next_coroutine += 1
        self.c_session[c] = s
        self.c_role[c] = o
        self.c_status[c] = READY
        self.c_pc[c] = pc
        self.c_cost[c] = self.c_children[c] = self.c_answers[c] = self.c_until[c] = 0
        self.c_reason[c] = self.c_queue[c] = self.c_owned[c] = self.c_due[c] = self.c_site[c] = -1
        self.c_level[c] = -1
        self.c_held[c] = 0
        self.c_base[c] = r
        self.c_rank[c] = self.o_rank[o]
        if self.ranked != 0:
            self.c_weight[c] = 0
            self.c_place[c] = -1
        self.c_node[c] = self.insert(COROUTINES, self.c_id[c], c)
        return 0

    @cython.cfunc
    def foresee(self, s: cython.longlong, q: cython.longlong) -> cython.longlong:
        """Note the failures that are placed on a queue of a new session."""
        kind: cython.longlong = self.q_kind[q]
        f: cython.longlong = self.plans.get(
            (self.s_id[s], self.g_sender[kind], self.g_receiver[kind]), -1
        )
        if f < 0:
            return 0
        self.q_sent[q] = 0
        self.q_plan[q] = f
        self.q_limit[q] = -1
        self.s_marks[s] |= EDGES
        return self.cut(q)

    # The instructions, in the order of the table

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def send(self, c: cython.longlong) -> cython.longlong:
        """``send chan val``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return SEND_OPERAND - 1 - e
        state: cython.longlong = self.e_state[e]
        if self.t_kind[state] != OUTPUT:
            return SEND_HEAD
        if self.t_mask[state] != 0:
            return SEND_LABEL
        return self.output(c, pc, e, self.t_first[state], 0)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def receive(self, c: cython.longlong) -> cython.longlong:
        """``receive chan dst``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return RECEIVE_OPERAND - 1 - e
        state: cython.longlong = self.e_state[e]
        if self.t_kind[state] != INPUT:
            return RECEIVE_HEAD
        if self.t_mask[state] != 0:
            return RECEIVE_LABEL
        q: cython.longlong = self.s_queues[self.c_session[e]] + self.t_queue[state]
        m: cython.longlong = self.q_head[q]
        if m < 0:
            self.queue = q
            return RECEIVE_EMPTY if self.q_crashed[q] & FROM == 0 else RECEIVE_CRASHED
        b: cython.longlong = self.t_first[state]
        label: cython.longlong = self.m_label[m]
        if label < 0:
            if self.is_late(q, m):
                return RECEIVE_DELAYED
            label = ~label
        if label != self.b_label[b]:
            return RECEIVE_MESSAGE
        if sort_of(self.m_value[m]) != self.b_sort[b]:
            if self.is_lane:
                return LEAVES
            if not self.still_fits(self.m_value[m], self.b_sort[b]):
                return RECEIVE_MESSAGE_SORT
            if self.c_level[c] >= 0:
                return RECEIVE_FORBIDDEN
        self.take(c, e, q, b, self.k_b[pc])
        self.c_pc[c] = pc + 1
        return RECEIVE_COMMIT

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def offer(self, c: cython.longlong) -> cython.longlong:
        """``offer chan label val``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return OFFER_OPERAND - 1 - e
        state: cython.longlong = self.e_state[e]
        if self.t_kind[state] != OUTPUT:
            return OFFER_HEAD
        b: cython.longlong = self.branch(state, self.k_c[pc])
        if b < 0:
            return OFFER_LABEL
        return self.output(c, pc, e, b, OFFER_OPERAND - SEND_OPERAND)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def choose(self, c: cython.longlong) -> cython.longlong:
        """``choose chan dst table``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return CHOOSE_OPERAND - 1 - e
        state: cython.longlong = self.e_state[e]
        if self.t_kind[state] != INPUT:
            return CHOOSE_HEAD
        q: cython.longlong = self.s_queues[self.c_session[e]] + self.t_queue[state]
        m: cython.longlong = self.q_head[q]
        if m < 0:
            self.queue = q
            return CHOOSE_EMPTY if self.q_crashed[q] & FROM == 0 else CHOOSE_CRASHED
        label: cython.longlong = self.m_label[m]
        if label < 0:
            if self.is_late(q, m):
                return CHOOSE_DELAYED
            label = ~label
        b: cython.longlong = self.branch(state, label)
        if b < 0:
            return CHOOSE_MESSAGE
        if sort_of(self.m_value[m]) != self.b_sort[b]:
            if self.is_lane:
                return LEAVES
            if not self.still_fits(self.m_value[m], self.b_sort[b]):
                return CHOOSE_MESSAGE_SORT
            if self.c_level[c] >= 0:
                return CHOOSE_FORBIDDEN
        target: cython.longlong = self.jump_target(pc, label)
        if target < 0:
            return CHOOSE_TABLE
        self.take(c, e, q, b, self.k_b[pc])
        self.c_pc[c] = target
        return CHOOSE_COMMIT

    @cython.cfunc
    def select(self, c: cython.longlong) -> cython.longlong:
        """``select chan table``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return SELECT_OPERAND - 1 - e
        state: cython.longlong = self.e_state[e]
        if self.t_kind[state] != OUTPUT:
            return SELECT_HEAD
        label: cython.longlong = self.ask(CHOICE, c, e, 0)
        if label < 0 and label != UNKNOWN:
            return SELECT_PENDING + PENDING - label
        b: cython.longlong = self.branch(state, label)
        if b < 0:
            return SELECT_LABEL
        target: cython.longlong = self.jump_target(pc, label)
        if target < 0:
            return SELECT_TABLE
        if self.c_level[c] >= 0:
            self.remember(c, e)
        self.e_state[e] = self.b_narrow[b]
        self.e_answers[e] += 1
        self.c_pc[c] = target
        self.tell(SELECTED, c, e, b, 0)
        return SELECT_COMMIT

    @cython.cfunc
    def open_(self, c: cython.longlong) -> cython.longlong:
        """``open name entries``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return OPEN_OPERAND
        if self.c_level[c] >= 0:
            return OPEN_FORBIDDEN
        if self.next_session - self.ended - self.closed - self.broken >= self.most_sessions:
            return OPEN_LIMIT
        image: cython.longlong = self.k_b[pc]
        first: cython.longlong = self.k_c[pc]
        i: cython.longlong
        e: cython.longlong
        if self.free_count[self.i_shape[image]] == 0:
            self.reserve(1, self.i_roles[image], self.i_queues[image], self.i_registers[image])
        s: cython.longlong = self.new_session(image)
        for i in range(self.k_d[pc]):
            e = self.s_coroutines[s] + i
            self.give(e, c)
            self.r_value[self.c_base[c] + self.j_label[first + i]] = self.e_word(e)
        self.s_status[s] = ACTIVE
        self.c_pc[c] = pc + 1
        self.record(OPENED, self.c_id[c], image + 1, self.s_id[s])
        return OPEN_COMMIT

    @cython.cfunc
    def close(self, c: cython.longlong) -> cython.longlong:
        """``close chan``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return CLOSE_OPERAND
        if self.c_level[c] >= 0:
            return CLOSE_FORBIDDEN
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return CLOSE_FORBIDDEN - 1 - e
        s: cython.longlong = self.c_session[e]
        self.c_pc[c] = pc + 1
        self.record(CLOSED, self.c_id[c], 0, self.s_id[s])
        self.s_status[s] = OVER
        self.closed += 1
        self.wake_all(s)
        self.strip_session(s)
        first: cython.longlong = self.s_coroutines[s]
        for e in range(first, first + self.i_roles[self.s_image[s]]):
            self.give(e, -1)
        self.clear_queues(s)
        self.fail_lost(c)
        self.retire(s)
        return CLOSE_COMMIT

    @cython.cfunc
    def invoke(self, c: cython.longlong) -> cython.longlong:
        """``invoke action args dst``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return INVOKE_OPERAND
        if self.c_level[c] >= 0 and self.k_c[pc] == 0:
            return INVOKE_FORBIDDEN
        home: cython.longlong = self.at_home(c)
        value: cython.longlong = self.ask(ACTION, c, home, self.k_b[pc])
        if value < 0:
            return INVOKE_PENDING + PENDING - value
        self.r_value[self.c_base[c] + self.k_a[pc]] = value
        self.answered(c, home)
        self.c_pc[c] = pc + 1
        self.record(INVOKED, self.c_id[c], self.k_b[pc], value)
        return INVOKE_COMMIT

    @cython.cfunc
    def acquire(self, c: cython.longlong) -> cython.longlong:
        """``acquire layer dst``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return ACQUIRE_OPERAND
        if self.c_level[c] >= 0:
            return ACQUIRE_FORBIDDEN
        layer: cython.longlong = self.k_b[pc]
        if self.l_holder[layer] == c:
            return ACQUIRE_HOLDER
        if self.l_holder[layer] >= 0:
            return ACQUIRE_HELD
        home: cython.longlong = self.at_home(c)
        value: cython.longlong = self.ask(LAYER, c, home, layer)
        if value < 0:
            return ACQUIRE_PENDING + PENDING - value
        grant = [self.next_nonce, self.c_id[c]]
        value = self.host(EVIDENCE, 0, 0, 0, 0, 0, None, layer, 0, grant)
        self.l_holder[layer] = c
        self.l_nonce[layer] = self.next_nonce
        self.l_word[layer] = value
        self.next_nonce += 1
        self.c_held[c] += 1
        self.r_value[self.c_base[c] + self.k_a[pc]] = value
        self.answered(c, home)
        self.c_pc[c] = pc + 1
        self.record(ACQUIRED, self.c_id[c], layer, 0)
        return ACQUIRE_COMMIT

    @cython.cfunc
    def release(self, c: cython.longlong) -> cython.longlong:
        """``release layer evidence``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return RELEASE_OPERAND
        if self.c_level[c] >= 0:
            return RELEASE_FORBIDDEN
        layer: cython.longlong = self.k_b[pc]
        if self.l_holder[layer] != c:
            return RELEASE_HOLDER
        if self.r_value[self.c_base[c] + self.k_a[pc]] != self.l_word[layer]:
            return RELEASE_EVIDENCE
        self.c_pc[c] = pc + 1
        self.free_layer(layer)
        return RELEASE_COMMIT

    @cython.cfunc
    def free_layer(self, layer: cython.longlong) -> cython.longlong:
        """Nobody holds a guard layer any more; the end of the step makes those ready who wait."""
        c: cython.longlong = self.l_holder[layer]
        self.l_holder[layer] = -1
        self.l_word[layer] = 0
        self.c_held[c] -= 1
        self.record(RELEASED, self.c_id[c], layer, 0)
        c = self.l_waiter[layer]
        self.l_waiter[layer] = -1
        while c >= 0:
            self.queue_waits -= 1
            self.c_status[c] = READY
            self.c_reason[c] = -1
            self.w_slot[self.woken] = c
            self.woken += 1
            c = self.c_next[c]
        return 0

    @cython.cfunc
    def tag(self, c: cython.longlong) -> cython.longlong:
        """``tag chan fact dst``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return TAG_OPERAND - 1 - e
        fact: cython.longlong = self.r_value[self.c_base[c] + self.k_b[pc]]
        if sort_of(fact) != STR_SORT:
            return TAG_FACT
        if self.c_level[c] >= 0:
            self.remember(c, e)
        if (e, fact) not in self.known:
            self.learn(e, fact)
        self.r_value[self.c_base[c] + self.k_c[pc]] = 1 << TAG_BITS | BOOL_TAG
        self.c_pc[c] = pc + 1
        if self.tracing:
            self.note(TAGGED, c, (self.e_word(e), fact))
        return TAG_COMMIT

    @cython.cfunc
    def check(self, c: cython.longlong) -> cython.longlong:
        """``check chan fact target dst``"""
        pc: cython.longlong = self.c_pc[c]
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return CHECK_OPERAND - 1 - e
        fact: cython.longlong = self.r_value[self.c_base[c] + self.k_b[pc]]
        if sort_of(fact) != STR_SORT:
            return CHECK_FACT
        target: cython.longlong = self.r_value[self.c_base[c] + self.k_c[pc]]
        if sort_of(target) != STR_SORT:
            return CHECK_TARGET
        word: cython.longlong = self.e_word(e)
        permitted: cython.longlong = 0
        if (e, fact) in self.known:
            permitted = self.host(PERMIT, 0, 0, 0, 0, 0, None, 0, 0, [word, fact, target])
        self.r_value[self.c_base[c] + self.k_d[pc]] = permitted << TAG_BITS | BOOL_TAG
        self.c_pc[c] = pc + 1
        if self.tracing:
            self.note(CHECKED, c, (word, fact, target, permitted))
        return CHECK_COMMIT

    @cython.cfunc
    def learn(self, e: cython.longlong, fact: cython.longlong) -> cython.longlong:
        """A fact is known at an endpoint that was not."""
        f: cython.longlong = self.p_free
        size: cython.longlong
        if f >= 0:
            self.p_free = self.p_next[f]
        else:
            f = self.p_top
            if f == len(self.p_word):
                size = room(f, 0)
                self.p_next = grown(self.p_next, size)
                self.p_word = grown(self.p_word, size)
            self.p_top += 1
        self.known.add((e, fact))
        self.p_word[f] = fact
        self.p_next[f] = self.e_facts[e]
        self.e_facts[e] = f
        return 0

    @cython.cfunc
    def forget(self, e: cython.longlong, known: cython.longlong) -> cython.longlong:
        """Of what is known at an endpoint nothing is left but ``known``, the older facts."""
        f: cython.longlong = self.e_facts[e]
        following: cython.longlong
        while f != known:
            following = self.p_next[f]
            self.known.discard((e, self.p_word[f]))
            self.p_word[f] = 0
            self.p_next[f] = self.p_free
            self.p_free = f
            f = following
        self.e_facts[e] = known
        return 0

    @cython.cfunc
    def transfer(self, c: cython.longlong) -> cython.longlong:
        """``transfer endpoint target``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return TRANSFER_OPERAND
        if self.c_level[c] >= 0:
            return TRANSFER_FORBIDDEN
        e: cython.longlong = self.channel(c, self.k_a[pc])
        if e < 0:
            return TRANSFER_FORBIDDEN - 1 - e
        word: cython.longlong = self.r_value[self.c_base[c] + self.k_b[pc]]
        if sort_of(word) != NAT_TAG:
            return TRANSFER_NUMBER
        t: cython.longlong = -1
        if word & TAG == NAT_TAG:
            t = self.find(COROUTINES, word >> TAG_BITS)
        if t < 0 or self.c_status[t] == DONE or self.c_status[t] == FAULTED:
            return TRANSFER_TARGET
        if t != c:
            self.give(e, t)
        self.c_pc[c] = pc + 1
        if self.tracing:
            self.note(TRANSFERRED, c, (self.e_word(e), self.c_id[t]))
        return TRANSFER_COMMIT

    @cython.cfunc
    def spawn(self, c: cython.longlong) -> cython.longlong:
        """``spawn target args dst``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return SPAWN_OPERAND
        if self.c_level[c] >= 0:
            return SPAWN_FORBIDDEN
        first: cython.longlong = self.k_c[pc]
        count: cython.longlong = self.k_d[pc]
        i: cython.longlong
        j: cython.longlong
        e: cython.longlong
        for i in range(count):
            e = self.given(c, first + i)
            if e < 0:
                continue
            if self.e_owner[e] != c:
                return SPAWN_OWNER
            for j in range(i):
                if self.given(c, first + j) == e:
                    return SPAWN_OWNER
        if self.next_coroutine - self.done - self.failed >= self.limit:
            return SPAWN_LIMIT
        child: cython.longlong = self.new_child(c, self.k_b[pc])
        base: cython.longlong = self.c_base[child]
        for i in range(count):
            self.r_value[base + i] = self.r_value[self.c_base[c] + self.j_label[first + i]]
            e = self.given(c, first + i)
            if e >= 0:
                self.give(e, child)
        self.r_value[self.c_base[c] + self.k_a[pc]] = self.c_id[child] << TAG_BITS | NAT_TAG
        self.c_pc[c] = pc + 1
        self.record(SPAWNED, self.c_id[c], 0, self.c_id[child])
        self.born = child
        return SPAWN_COMMIT

    @cython.cfunc
    def given(self, c: cython.longlong, at: cython.longlong) -> cython.longlong:
        """The endpoint of an active session that is the argument in row ``at``; else below 0."""
        word: cython.longlong = self.r_value[self.c_base[c] + self.j_label[at]]
        e: cython.longlong = self.endpoint(word)
        if e >= 0 and self.s_status[self.c_session[e]] != ACTIVE:
            return -3
        return e

    @cython.cfunc
    def new_child(self, c: cython.longlong, pc: cython.longlong) -> cython.longlong:
        """A coroutine of the same role at home in the same session, with a block of its own."""
        o: cython.longlong = self.c_role[c]
        s: cython.longlong = self.c_session[c]
        shape: cython.longlong = self.o_shape[o]
        i: cython.longlong
        if self.free_count[shape] == 0:
            self.reserve(1, 1, 0, self.o_registers[o])
        line = (*self.lines.get(c, ()), self.c_children[c])
        block: cython.longlong = self.block_slot(shape, 1, 0, self.o_registers[o])
        child: cython.longlong = self.s_coroutines[block]
        r: cython.longlong = self.s_registers[block]
        for i in range(self.o_registers[o]):
            self.r_value[r + i] = 0
        self.s_status[block] = KIN
        self.begin(s, child, o, r, pc)
        self.lines[child] = line
        if self.tracing:
            self.kin.append((self.c_id[child], self.c_id[c]))
        self.c_self[child] = self.e_owner[child] = -1
        self.c_block[child] = block
        self.c_home[child] = self.s_coroutines[s] + o - self.i_first[self.s_image[s]]
        self.c_kin[child] = self.s_kin[s]
        self.s_kin[s] = child
        self.s_alive[s] += 1
        self.c_children[c] += 1
        return child

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def give(self, e: cython.longlong, c: cython.longlong) -> cython.longlong:
        """An endpoint passes from who owns it, if anyone does, to ``c``; -1 is nobody, and
        ``IN_FLIGHT`` a message.
        """
        owner: cython.longlong = self.e_owner[e]
        behind: cython.longlong
        if self.ranked != 0:
            self.weigh(owner, -self.e_tokens[e])
            self.weigh(c, self.e_tokens[e])
        if owner >= 0 and owner != e:
            behind = self.e_next[e]
            if self.e_prev[e] >= 0:
                self.e_next[self.e_prev[e]] = behind
            else:
                self.c_owned[owner] = behind
            if behind >= 0:
                self.e_prev[behind] = self.e_prev[e]
        self.e_owner[e] = c
        if c >= 0 and c != e:
            behind = self.c_owned[c]
            self.e_prev[e] = -1
            self.e_next[e] = behind
            if behind >= 0:
                self.e_prev[behind] = e
            self.c_owned[c] = e
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def e_word(self, e: cython.longlong) -> cython.longlong:
        """The word that names an endpoint."""
        s: cython.longlong = self.c_session[e]
        o: cython.longlong = self.i_first[self.s_image[s]] + e - self.s_coroutines[s]
        return ((self.s_id[s] << ROLE_BITS | self.o_name[o]) << TAG_BITS) | ENDPOINT_TAG

    @cython.cfunc
    def fork(self, c: cython.longlong) -> cython.longlong:
        """``fork ghost``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return FORK_OPERAND
        ghost: cython.longlong = self.r_value[self.c_base[c] + self.k_a[pc]]
        if sort_of(ghost) != NAT_TAG:
            return FORK_GHOST
        depth: cython.longlong = 0
        level: cython.longlong = self.c_level[c]
        while level >= 0:
            depth += 1
            level = self.v_up[level]
        if depth >= LEVELS:
            return FORK_DEPTH
        self.open_level(c, ghost)
        self.c_pc[c] = pc + 1
        self.record(FORKED, self.c_id[c], 0, ghost)
        return FORK_COMMIT

    @cython.cfunc
    def join(self, c: cython.longlong) -> cython.longlong:
        """``join``"""
        level: cython.longlong = self.c_level[c]
        if level < 0:
            return JOIN_NONE
        self.c_pc[c] += 1
        self.record(JOINED, self.c_id[c], 0, self.v_since[level])
        if self.v_up[level] >= 0:
            self.merge_level(level, self.v_up[level])
        else:
            self.publish_level(c, level)
        self.close_level(c)
        if self.lost:
            self.fail_lost(c)
        return JOIN_COMMIT

    @cython.cfunc
    def abort(self, c: cython.longlong) -> cython.longlong:
        """``abort``"""
        level: cython.longlong = self.c_level[c]
        if level < 0:
            return ABORT_NONE
        self.c_pc[c] += 1
        self.record(ABORTED, self.c_id[c], 0, self.v_since[level])
        self.undo_level(c, level)
        self.close_level(c)
        return ABORT_COMMIT

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def set(self, c: cython.longlong) -> cython.longlong:
        """``set dst val``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return SET_OPERAND
        self.r_value[self.c_base[c] + self.k_a[pc]] = self.k_b[pc]
        self.c_pc[c] = pc + 1
        return SET_COMMIT

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def move(self, c: cython.longlong) -> cython.longlong:
        """``move dst src``"""
        pc: cython.longlong = self.c_pc[c]
        if self.k_a[pc] < 0:
            return MOVE_OPERAND
        base: cython.longlong = self.c_base[c]
        self.r_value[base + self.k_a[pc]] = self.r_value[base + self.k_b[pc]]
        self.c_pc[c] = pc + 1
        return MOVE_COMMIT

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def jump(self, c: cython.longlong) -> cython.longlong:
        """``jump target``"""
        self.c_pc[c] = self.k_a[self.c_pc[c]]
        return JUMP_COMMIT

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def yield_(self, c: cython.longlong) -> cython.longlong:
        """``yield``"""
        self.c_pc[c] += 1
        return YIELD_COMMIT

    @cython.cfunc
    def halt(self, c: cython.longlong) -> cython.longlong:
        """``halt``"""
        s: cython.longlong = self.c_session[c]
        if self.c_level[c] >= 0:
            return HALT_FORBIDDEN
        owner: cython.bint = self.e_owner[c] == c
        if owner and self.t_kind[self.e_state[c]] != END:
            return HALT_UNFINISHED
        e: cython.longlong = self.c_owned[c]
        while e >= 0:
            if self.t_kind[self.e_state[e]] != END:
                return HALT_UNFINISHED
            e = self.e_next[e]
        if self.c_held[c] > 0:
            return HALT_HELD
        self.record(HALTED, self.c_id[c], 0, 0)
        self.c_status[c] = DONE
        self.done += 1
        if self.c_owned[c] >= 0:
            return self.halt_many(c)
        if owner:
            self.e_owner[c] = -1
            self.s_open[s] -= 1
            if self.s_open[s] == 0 and self.s_status[s] == ACTIVE:
                self.finish(c, s)
        return HALT_COMMIT

    @cython.cfunc
    def halt_many(self, c: cython.longlong) -> cython.longlong:
        """The end of ``halt`` for one that owns more than the endpoint of its slot."""
        e: cython.longlong
        s: cython.longlong
        owned = self.owned(c)
        for _, e in owned:
            self.give(e, -1)
            self.s_open[self.c_session[e]] -= 1
        for _, e in owned:
            s = self.c_session[e]
            if self.s_open[s] == 0 and self.s_status[s] == ACTIVE:
                self.finish(c, s)
                if s != self.c_session[c]:
                    self.others.append(s)
        return HALT_COMMIT

    @cython.cfunc
    def finish(self, c: cython.longlong, s: cython.longlong) -> cython.longlong:
        """A session ends with the last of its endpoints; the end of the step retires it."""
        self.record(ENDED, self.c_id[c], 0, self.s_id[s])
        self.s_status[s] = OVER
        self.ended += 1
        self.clear_queues(s)
        if self.lost:
            self.fail_lost(c)
        return 0

    @cython.cfunc
    def owned(self, c: cython.longlong) -> list:
        """The endpoints that a coroutine owns: session and slot, in ascending order."""
        e: cython.longlong = self.c_owned[c]
        found = []
        if self.e_owner[c] == c:
            found.append((self.s_id[self.c_session[c]], c))
        while e >= 0:
            found.append((self.s_id[self.c_session[e]], e))
            e = self.e_next[e]
        found.sort()
        return found

    # What instructions share

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def channel(self, c: cython.longlong, register: cython.longlong) -> cython.longlong:
        """The endpoint in a register; else -1 less the number of the guard that failed."""
        if register < 0:
            return -1
        word: cython.longlong = self.r_value[self.c_base[c] + register]
        e: cython.longlong = c if word == self.c_self[c] else self.endpoint(word)
        if e < 0:
            return e
        if self.s_status[self.c_session[e]] != ACTIVE:
            return -3
        if self.e_owner[e] != c:
            return -4
        return e

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def endpoint(self, word: cython.longlong) -> cython.longlong:
        """The endpoint that a word names; -2 if it is no endpoint, -3 if there is none such."""
        tag: cython.longlong = word & TAG
        if tag != ENDPOINT_TAG:
            return -3 if tag == FOREIGN_TAG else -2
        s: cython.longlong = self.find(SESSIONS, word >> (TAG_BITS + ROLE_BITS))
        if s < 0:
            return -3
        role: cython.longlong = (word >> TAG_BITS) & ROLE
        first: cython.longlong = self.i_first[self.s_image[s]]
        i: cython.longlong
        for i in range(self.i_roles[self.s_image[s]]):
            if self.o_name[first + i] == role:
                return self.s_coroutines[s] + i
        return -3

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def branch(self, state: cython.longlong, label: cython.longlong) -> cython.longlong:
        """The branch of a state with this label; -1 if there is none."""
        first: cython.longlong = self.t_first[state]
        mask: cython.longlong = self.t_mask[state]
        at: cython.longlong = label & mask
        if label < 0:
            return -1
        for _i in range(mask + 1):
            if self.b_label[first + at] == label:
                return first + at
            if self.b_label[first + at] < 0:
                return -1
            at = (at + 1) & mask
        return -1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def jump_target(self, pc: cython.longlong, label: cython.longlong) -> cython.longlong:
        """The address of a label in the table of the instruction at pc; -1 if it has none."""
        first: cython.longlong = self.k_c[pc]
        mask: cython.longlong = self.k_d[pc]
        at: cython.longlong = label & mask
        for _i in range(mask + 1):
            if self.j_label[first + at] == label:
                return self.j_target[first + at]
            if self.j_label[first + at] < 0:
                return -1
            at = (at + 1) & mask
        return -1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def output(
        self,
        c: cython.longlong,
        pc: cython.longlong,
        e: cython.longlong,
        b: cython.longlong,
        shift: cython.longlong,
    ) -> cython.longlong:
        """The rest of ``send`` and ``offer``, whose rows lie ``shift`` apart, for one branch."""
        source: cython.longlong = self.k_b[pc]
        value: cython.longlong = 0
        carried: cython.longlong = -1
        if source >= 0:
            value = self.r_value[self.c_base[c] + source]
            if sort_of(value) != self.b_sort[b]:
                if self.is_lane:
                    return LEAVES
                carried = self.fitting(value, self.b_sort[b])
                if carried < 0:
                    return SEND_SORT + shift
                if self.c_level[c] >= 0:
                    return SEND_FORBIDDEN + shift
                if self.e_owner[carried] != c or carried == e:
                    return SEND_CARRIED + shift
        elif self.c_level[c] >= 0 and self.b_sort[b] >= DELEGATING:
            return SEND_FORBIDDEN + shift
        q: cython.longlong = self.s_queues[self.c_session[e]] + self.t_queue[self.e_state[e]]
        is_special: cython.bint = self.q_count[q] >= self.q_limit[q]
        if is_special:
            row: cython.longlong = self.obstacle(q)
            if row != SEND_COMMIT:
                self.queue = q
                return row + shift
        if self.is_lane and (source < 0 or is_special or self.m_free < 0):
            return LEAVES
        if source < 0:
            with cython.gil:
                value = self.ask(PAYLOAD, c, e, b)
            if value < 0:
                return SEND_PENDING + PENDING - value + shift
            if sort_of(value) != self.b_sort[b]:
                carried = self.fitting(value, self.b_sort[b])
                if carried < 0 or self.e_owner[carried] != c or carried == e:
                    return SEND_ANSWER + shift
        if self.gate != GATE_OFF:
            if self.is_denied(b):
                self.denied += 1
                self.tell(DENIED, c, e, b, value)
                return SEND_DENIED + shift
            self.passed += 1
        if source < 0:
            self.e_answers[e] += 1
        if carried >= 0:
            self.give(carried, IN_FLIGHT)
        if self.c_level[c] >= 0:
            with cython.gil:
                self.remember(c, e)
            is_special = True
        self.e_state[e] = self.b_next[b]
        self.c_pc[c] = pc + 1
        if is_special:
            self.tell(SENT, c, e, b, value)
            with cython.gil:
                self.convey(c, e, q, b, value)
                if self.lost:
                    self.fail_lost(c)
            return SEND_COMMIT + shift
        self.put(q, self.b_label[b], value)
        self.tell(SENT, c, e, b, value)
        if self.q_reader[q] >= 0:
            self.wake_waiter(self.q_reader[q])
        return SEND_COMMIT + shift

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def is_denied(self, b: cython.longlong) -> cython.bint:
        """Whether the output gate keeps back a message of a branch."""
        if self.gate != GATE_LISTED:
            return self.gate == GATE_NONE
        with cython.gil:
            return self.b_label[b] not in self.listed

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def fitting(self, word: cython.longlong, sort: cython.longlong) -> cython.longlong:
        """The endpoint that a word names, if it has a sort that delegates; else -1."""
        if sort < DELEGATING:
            return -1
        e: cython.longlong = self.endpoint(word)
        if e < 0:
            return -1
        s: cython.longlong = self.c_session[e]
        o: cython.longlong = self.i_first[self.s_image[s]] + e - self.s_coroutines[s]
        if self.s_status[s] != ACTIVE or self.o_sort[o] != sort:
            return -1
        return e if self.e_state[e] == self.o_state[o] else -1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def still_fits(self, word: cython.longlong, sort: cython.longlong) -> cython.bint:
        """Whether a message that has another sort may be taken: it is an endpoint as it should be,
        or one of a session that is not active any more.
        """
        if sort < DELEGATING or word & TAG != ENDPOINT_TAG:
            return False
        e: cython.longlong = self.endpoint(word)
        if e < 0 or self.s_status[self.c_session[e]] != ACTIVE:
            return True
        return self.fitting(word, sort) >= 0

    @cython.cfunc
    def lose(self, word: cython.longlong) -> cython.longlong:
        """An endpoint in a message that is lost is nobody's; ``lost`` knows its session."""
        e: cython.longlong = self.endpoint(word)
        if e >= 0:
            self.e_owner[e] = -1
            self.lost.append(self.s_id[self.c_session[e]])
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def is_late(self, q: cython.longlong, m: cython.longlong) -> cython.bint:
        """Whether a delayed message is still on its way; then its receiver waits for it."""
        if self.m_at[m] <= self.clock:
            return False
        self.queue = q
        self.until = self.m_at[m]
        return True

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def obstacle(self, q: cython.longlong) -> cython.longlong:
        """What keeps a message from a queue that is looked at closely: a row of ``send``, its
        commit if nothing does.
        """
        if self.q_crashed[q] & TO != 0:
            return SEND_CRASHED
        if self.q_up[q] < 0 or self.clock < self.q_up[q]:
            self.until = max(self.q_up[q], 0)
            return SEND_LINK
        if self.q_count[q] < self.q_capacity[q]:
            return SEND_COMMIT
        kind: cython.longlong = self.q_kind[q]
        full: cython.longlong = self.g_full[kind]
        if full == FAILS:
            return SEND_OVERFLOW
        if full == WAITS or (full == GROWS and self.q_capacity[q] >= self.g_maximum[kind]):
            return SEND_ROOM
        return SEND_COMMIT

    @cython.cfunc
    def convey(
        self,
        c: cython.longlong,
        e: cython.longlong,
        q: cython.longlong,
        b: cython.longlong,
        value: cython.longlong,
    ) -> cython.longlong:
        """Send a message over its link, which may do something to it, to a queue that has no
        obstacle, or in a fork up to it.
        """
        f: cython.longlong = self.q_plan[q]
        at: cython.longlong = 0
        kind: cython.longlong = -1
        if self.q_sent[q] >= 0:
            if f >= 0 and self.f_kind[f] != CUT and self.f_index[f] == self.q_sent[q]:
                kind = self.f_kind[f]
                self.q_plan[q] = self.f_next[f]
            self.q_sent[q] += 1
            self.cut(q)
        if kind >= 0 and kind != DELAY and value & TAG == ENDPOINT_TAG:
            self.lose(value)
        if kind == DROP:
            self.s_marks[self.c_session[e]] |= LOSSY
            self.tell(DROPPED, c, e, b, self.b_label[b] << REASON_BITS | LOST)
            return 0
        if kind == FLIP or kind == ERASE:  # noqa: SIM109 (a comparison of C)
            value = self.alter(kind, value)
            self.s_marks[self.c_session[e]] |= LOSSY
            self.tell(CORRUPTED, c, e, b, value)
        elif kind == DELAY:
            at = self.clock + self.f_ticks[f]
        return self.keep(c, e, q, b, value, at)

    @cython.cfunc
    def cut(self, q: cython.longlong) -> cython.longlong:
        """Let the link of a queue go down, if that is placed after so many messages."""
        f: cython.longlong = self.q_plan[q]
        if f >= 0 and self.f_kind[f] == CUT and self.f_index[f] == self.q_sent[q]:
            self.q_up[q] = self.clock + self.f_ticks[f] if self.f_ticks[f] >= 0 else -1
            self.q_plan[q] = self.f_next[f]
        return 0

    @cython.cfunc
    def keep(
        self,
        c: cython.longlong,
        e: cython.longlong,
        q: cython.longlong,
        b: cython.longlong,
        value: cython.longlong,
        at: cython.longlong,
    ) -> cython.longlong:
        """Put a message that is there from the tick ``at`` on into a queue, whatever that takes;
        wake who waits for it. In a fork it only has its place there.
        """
        m: cython.longlong
        s: cython.longlong = self.c_session[e]
        reader: cython.longlong = self.q_reader[q]
        kind: cython.longlong = self.q_kind[q]
        label: cython.longlong = self.b_label[b]
        if self.q_count[q] >= self.q_capacity[q] and self.g_full[kind] == LOSES:
            self.s_marks[s] |= LOSSY
            if value & TAG == ENDPOINT_TAG:
                self.lose(value)
            self.tell(DROPPED, c, e, b, label << REASON_BITS | FULL)
            return 0
        if self.q_count[q] >= self.q_capacity[q] and self.g_full[kind] == GROWS:
            self.q_capacity[q] = min(2 * self.q_capacity[q], self.g_maximum[kind])
            self.s_marks[s] |= EDGES
            if self.q_limit[q] >= 0:
                self.q_limit[q] = self.q_capacity[q]
        if self.c_level[c] >= 0:
            m = self.stage(c, e, q, b, value)
            reader = -1
        elif self.is_replaced(q):
            m = self.q_head[q]
            self.overwrite(c, e, b, q, value)
        else:
            self.put(q, label, value)
            m = self.q_tail[q]
            if reader >= 0 and self.c_until[reader] > 0:
                reader = -1
        self.m_label[m] = label
        if at > 0:
            self.m_label[m] = ~label
            self.m_at[m] = at
        if reader >= 0:
            self.wake_waiter(reader)
        return 0

    @cython.cfunc
    def is_replaced(self, q: cython.longlong) -> cython.bint:
        """Whether a queue holds one message, and has no room for two."""
        return self.q_head[q] >= 0 and self.g_full[self.q_kind[q]] == REPLACES

    @cython.cfunc
    def overwrite(
        self,
        c: cython.longlong,
        e: cython.longlong,
        b: cython.longlong,
        q: cython.longlong,
        value: cython.longlong,
    ) -> cython.longlong:
        """The message in a queue is lost; its place has another value, and soon another label."""
        m: cython.longlong = self.q_head[q]
        old: cython.longlong = self.m_label[m]
        self.s_marks[self.c_session[e]] |= LOSSY
        if self.m_value[m] & TAG == ENDPOINT_TAG:
            self.lose(self.m_value[m])
        self.m_value[m] = value
        if old < 0:
            old = ~old
        return self.tell(DROPPED, c, e, b, old << REASON_BITS | OVERWRITTEN)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def put(
        self, q: cython.longlong, label: cython.longlong, value: cython.longlong
    ) -> cython.longlong:
        """Queue a message."""
        m: cython.longlong = self.m_free
        if m >= 0:
            self.m_free = self.m_next[m]
        else:
            with cython.gil:
                m = self.new_message()
        self.m_label[m] = label
        self.m_value[m] = value
        self.q_count[q] += 1
        return self.append(q, m)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def append(self, q: cython.longlong, m: cython.longlong) -> cython.longlong:
        """A message that has a place joins its queue; the endpoint it is for, if any, has one token
        more.
        """
        self.m_next[m] = -1
        if self.q_tail[q] >= 0:
            self.m_next[self.q_tail[q]] = m
        else:
            self.q_head[q] = m
        self.q_tail[q] = m
        if self.q_target[q] >= 0:
            self.e_tokens[self.q_target[q]] += 1
            if self.ranked != 0:
                self.weigh(self.e_owner[self.q_target[q]], 1)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def take(
        self,
        c: cython.longlong,
        e: cython.longlong,
        q: cython.longlong,
        b: cython.longlong,
        register: cython.longlong,
    ) -> cython.longlong:
        """The commit of ``receive`` and ``choose``, but for pc: take the oldest message."""
        m: cython.longlong = self.q_head[q]
        value: cython.longlong = self.m_value[m]
        if self.c_level[c] >= 0:
            with cython.gil:
                self.remember(c, e)
        self.q_head[q] = self.m_next[m]
        if self.q_head[q] < 0:
            self.q_tail[q] = -1
        self.e_tokens[e] -= 1
        if self.ranked != 0:
            self.weigh(c, -1)
        if self.c_level[c] >= 0:
            self.set_aside(c, e, q, b, m)
        else:
            self.free_message(q, m)
        self.e_state[e] = self.b_next[b]
        self.r_value[self.c_base[c] + register] = value
        if value & TAG == ENDPOINT_TAG:
            self.gain(c, value)
        self.tell(RECEIVED, c, e, b, value)
        if self.q_writer[q] >= 0 and self.c_level[c] < 0:
            self.wake_writer(self.q_writer[q])
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def free_message(self, q: cython.longlong, m: cython.longlong) -> cython.longlong:
        """A message that is in no list is gone, and its place in its queue is free."""
        self.q_count[q] -= 1
        self.m_value[m] = 0
        self.m_next[m] = self.m_free
        self.m_free = m
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def wake_writer(self, c: cython.longlong) -> cython.longlong:
        """A queue has room: wake who waits for that, and not for its link."""
        if self.outcome[self.c_reason[c]] != LINK_WAIT:
            self.wake_waiter(c)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def gain(self, c: cython.longlong, word: cython.longlong) -> cython.longlong:
        """A coroutine owns an endpoint that it has received, if its session is still there."""
        e: cython.longlong = self.endpoint(word)
        if e >= 0:
            self.give(e, c)
        return 0

    @cython.cfunc
    def new_message(self) -> cython.longlong:
        """A message slot that never served."""
        size: cython.longlong
        if self.m_top == len(self.m_label):
            size = room(len(self.m_label), 0)
            self.m_value = grown(self.m_value, size)
            self.m_next = grown_narrow(self.m_next, size)
            self.m_at = grown(self.m_at, size)
            self.m_queue = grown_narrow(self.m_queue, size)
            self.m_end = grown_narrow(self.m_end, size)
            self.m_branch = grown_narrow(self.m_branch, size)
            self.m_label = grown(self.m_label, size)
        self.m_top += 1
        return self.m_top - 1

    @cython.cfunc
    def ask(
        self,
        kind: cython.longlong,
        c: cython.longlong,
        e: cython.longlong,
        detail: cython.longlong,
    ) -> cython.longlong:
        """Ask the host: a word, a label, or one of the answers below 0. Below 0, ``e`` says that
        the coroutine asks as itself.

        The one place where the machine leaves its tables. Nothing has changed yet, and while the
        host thinks nothing can: ``busy`` says so.
        """
        o: cython.longlong = self.c_role[c]
        s: cython.longlong = self.c_session[c]
        node: cython.longlong = 0
        answers: cython.longlong = self.c_answers[c]
        line = None
        if kind == PAYLOAD and len(self.makers) > 0:
            maker = self.makers.get(detail)
            if maker is not None:
                return self.made(c, maker)
        registers = [self.r_value[self.c_base[c] + i] for i in range(self.o_registers[o])]
        if e >= 0:
            s = self.c_session[e]
            o = self.i_first[self.s_image[s]] + e - self.s_coroutines[s]
            node = self.e_state[e] - self.o_state[o]
            answers = self.e_answers[e]
        else:
            line = self.lines.get(c, ())
        self.asking = True
        try:
            answer: cython.longlong = self.host(
                kind,
                self.s_image[s],
                self.s_id[s],
                o - self.i_first[self.s_image[s]],
                node,
                answers,
                line,
                detail,
                self.s_image[self.c_session[c]],
                registers,
            )
        finally:
            self.asking = False
        return answer

    @cython.cfunc
    def made(self, c: cython.longlong, maker: Callable[[int], int]) -> cython.longlong:
        """``ask`` for a payload that a function makes."""
        last: cython.longlong = UNIT_TAG
        if self.o_registers[self.c_role[c]] > LAST:
            last = self.r_value[self.c_base[c] + LAST]
        self.asking = True
        try:
            answer: cython.longlong = maker(last)
        finally:
            self.asking = False
        return answer

    @cython.cfunc
    def at_home(self, c: cython.longlong) -> cython.longlong:
        """The endpoint as which a coroutine asks for what is no message: that of its role, while it
        owns it; else -1.
        """
        home: cython.longlong = self.c_home[c]
        return home if self.e_owner[home] == c else -1

    @cython.cfunc
    def answered(self, c: cython.longlong, home: cython.longlong) -> cython.longlong:
        """The host's answer to one who has asked so is used."""
        if home >= 0:
            self.e_answers[home] += 1
        else:
            self.c_answers[c] += 1
        return 0

    # Forks. What was received in one is kept for ``abort``, what was sent for ``join``; both have
    # their place in their queue still.

    @cython.cfunc
    def open_level(self, c: cython.longlong, ghost: cython.longlong) -> cython.longlong:
        """One more fork of a coroutine: it keeps the registers."""
        level: cython.longlong = self.new_level()
        i: cython.longlong = self.o_registers[self.c_role[c]]
        x: cython.longlong
        self.v_up[level] = self.c_level[c]
        self.v_ghost[level] = ghost
        self.v_since[level] = self.clock
        self.v_registers[level] = self.v_kept[level] = -1
        self.v_staged[level] = self.v_staged_end[level] = -1
        self.v_taken[level] = self.v_taken_end[level] = -1
        while i > 0:
            i -= 1
            x = self.new_entry()
            self.y_value[x] = self.r_value[self.c_base[c] + i]
            self.y_next[x] = self.v_registers[level]
            self.v_registers[level] = x
        self.c_level[c] = level
        self.forks += 1
        return 0

    @cython.cfunc
    def close_level(self, c: cython.longlong) -> cython.longlong:
        """The innermost fork of a coroutine, which has no messages any more, is gone."""
        level: cython.longlong = self.c_level[c]
        self.free_entries(self.v_registers[level])
        self.free_entries(self.v_kept[level])
        self.c_level[c] = self.v_up[level]
        self.v_up[level] = self.v_free
        self.v_free = level
        self.forks -= 1
        return 0

    @cython.cfunc
    def remember(self, c: cython.longlong, e: cython.longlong) -> cython.longlong:
        """Before an endpoint changes: the innermost fork knows how it was."""
        level: cython.longlong = self.c_level[c]
        if self.kept(level, e) >= 0:
            return 0
        x: cython.longlong = self.new_entry()
        self.y_end[x] = e
        self.y_state[x] = self.e_state[e]
        self.y_facts[x] = self.e_facts[e]
        self.y_next[x] = self.v_kept[level]
        self.v_kept[level] = x
        return 0

    @cython.cfunc
    def kept(self, level: cython.longlong, e: cython.longlong) -> cython.longlong:
        """Where a fork keeps an endpoint; -1 if it does not."""
        x: cython.longlong = self.v_kept[level]
        while x >= 0 and self.y_end[x] != e:
            x = self.y_next[x]
        return x

    @cython.cfunc
    def stage(
        self,
        c: cython.longlong,
        e: cython.longlong,
        q: cython.longlong,
        b: cython.longlong,
        value: cython.longlong,
    ) -> cython.longlong:
        """A message that is sent in a fork has its place in the queue, but is not there."""
        m: cython.longlong = self.m_free
        if m >= 0:
            self.m_free = self.m_next[m]
        else:
            m = self.new_message()
        self.m_value[m] = value
        self.m_next[m] = -1
        self.m_queue[m] = q
        self.m_end[m] = e
        self.m_branch[m] = b
        self.q_count[q] += 1
        level: cython.longlong = self.c_level[c]
        if self.v_staged_end[level] >= 0:
            self.m_next[self.v_staged_end[level]] = m
        else:
            self.v_staged[level] = m
        self.v_staged_end[level] = m
        return m

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def set_aside(
        self,
        c: cython.longlong,
        e: cython.longlong,
        q: cython.longlong,
        b: cython.longlong,
        m: cython.longlong,
    ) -> cython.longlong:
        """A message that is received in a fork keeps its place in the queue, and is not there."""
        level: cython.longlong = self.c_level[c]
        self.m_next[m] = -1
        self.m_queue[m] = q
        self.m_end[m] = e
        self.m_branch[m] = b
        if self.v_taken_end[level] >= 0:
            self.m_next[self.v_taken_end[level]] = m
        else:
            self.v_taken[level] = m
        self.v_taken_end[level] = m
        return 0

    @cython.cfunc
    def merge_level(self, level: cython.longlong, up: cython.longlong) -> cython.longlong:
        """What was done in a fork was done in the one around it."""
        x: cython.longlong = self.v_kept[level]
        rest: cython.longlong = -1
        following: cython.longlong
        while x >= 0:
            following = self.y_next[x]
            if self.kept(up, self.y_end[x]) < 0:
                self.y_next[x] = self.v_kept[up]
                self.v_kept[up] = x
            else:
                self.y_next[x] = rest
                rest = x
            x = following
        self.v_kept[level] = rest
        if self.v_staged[level] >= 0:
            if self.v_staged_end[up] >= 0:
                self.m_next[self.v_staged_end[up]] = self.v_staged[level]
            else:
                self.v_staged[up] = self.v_staged[level]
            self.v_staged_end[up] = self.v_staged_end[level]
        if self.v_taken[level] >= 0:
            if self.v_taken_end[up] >= 0:
                self.m_next[self.v_taken_end[up]] = self.v_taken[level]
            else:
                self.v_taken[up] = self.v_taken[level]
            self.v_taken_end[up] = self.v_taken_end[level]
        return 0

    @cython.cfunc
    def publish_level(self, c: cython.longlong, level: cython.longlong) -> cython.longlong:
        """What was done in a fork is done: messages are queued, places are free, waiters wake."""
        m: cython.longlong = self.v_staged[level]
        q: cython.longlong
        reader: cython.longlong
        following: cython.longlong
        while m >= 0:
            following = self.m_next[m]
            q = self.m_queue[m]
            reader = self.q_reader[q]
            if self.is_replaced(q):
                self.replace(c, q, m)
            else:
                self.append(q, m)
                if reader >= 0 and self.c_until[reader] > 0:
                    reader = -1
            if reader >= 0:
                self.wake_waiter(reader)
            m = following
        m = self.v_taken[level]
        while m >= 0:
            following = self.m_next[m]
            q = self.m_queue[m]
            self.free_message(q, m)
            if self.q_writer[q] >= 0:
                self.wake_writer(self.q_writer[q])
            m = following
        return 0

    @cython.cfunc
    def replace(
        self, c: cython.longlong, q: cython.longlong, m: cython.longlong
    ) -> cython.longlong:
        """A message that was sent in a fork takes the place of the one in the queue."""
        head: cython.longlong = self.q_head[q]
        self.overwrite(c, self.m_end[m], self.m_branch[m], q, self.m_value[m])
        self.m_label[head] = self.m_label[m]
        self.m_at[head] = self.m_at[m]
        return self.free_message(q, m)

    @cython.cfunc
    def undo_level(self, c: cython.longlong, level: cython.longlong) -> cython.longlong:
        """Nothing was done in a fork: registers, types and queues are as they were."""
        x: cython.longlong = self.v_registers[level]
        i: cython.longlong = self.c_base[c]
        m: cython.longlong = self.v_taken[level]
        q: cython.longlong
        last: cython.longlong = -1
        following: cython.longlong
        while x >= 0:
            self.r_value[i] = self.y_value[x]
            i += 1
            x = self.y_next[x]
        x = self.v_kept[level]
        while x >= 0:
            self.e_state[self.y_end[x]] = self.y_state[x]
            self.forget(self.y_end[x], self.y_facts[x])
            x = self.y_next[x]
        self.free_messages(self.v_staged[level])
        # The newest goes back first.
        while m >= 0:
            following = self.m_next[m]
            self.m_next[m] = last
            last = m
            m = following
        while last >= 0:
            m = last
            last = self.m_next[m]
            q = self.m_queue[m]
            if self.is_replaced(q):
                self.miss(c, q, m)
                continue
            self.m_next[m] = self.q_head[q]
            self.q_head[q] = m
            if self.q_tail[q] < 0:
                self.q_tail[q] = m
            self.e_tokens[self.m_end[m]] += 1
            if self.ranked != 0:
                self.weigh(c, 1)
        return 0

    @cython.cfunc
    def miss(self, c: cython.longlong, q: cython.longlong, m: cython.longlong) -> cython.longlong:
        """A message that was received in a fork finds a newer one in its queue."""
        label: cython.longlong = self.m_label[m]
        if label < 0:
            label = ~label
        self.s_marks[self.c_session[self.m_end[m]]] |= LOSSY
        self.tell(DROPPED, c, self.m_end[m], self.m_branch[m], label << REASON_BITS | OVERWRITTEN)
        return self.free_message(q, m)

    @cython.cfunc
    def free_messages(self, m: cython.longlong) -> cython.longlong:
        """The messages of a chain are gone, and their places are free."""
        following: cython.longlong
        while m >= 0:
            following = self.m_next[m]
            self.free_message(self.m_queue[m], m)
            m = following
        return 0

    @cython.cfunc
    def drop_levels(self, c: cython.longlong) -> cython.longlong:
        """All forks of a coroutine are gone with what they kept."""
        level: cython.longlong
        while self.c_level[c] >= 0:
            level = self.c_level[c]
            self.free_messages(self.v_staged[level])
            self.free_messages(self.v_taken[level])
            self.close_level(c)
        return 0

    @cython.cfunc
    def strip_session(self, s: cython.longlong) -> cython.longlong:
        """Nothing of a session is left in the forks of those who own its endpoints."""
        e: cython.longlong
        level: cython.longlong
        first: cython.longlong = self.s_coroutines[s]
        if self.forks == 0:
            return 0
        for e in range(first, first + self.i_roles[self.s_image[s]]):
            level = self.c_level[self.e_owner[e]] if self.e_owner[e] >= 0 else -1
            while level >= 0:
                self.strip_level(level, s)
                level = self.v_up[level]
        return 0

    @cython.cfunc
    def strip_level(self, level: cython.longlong, s: cython.longlong) -> cython.longlong:
        """Nothing of a session is left in a fork."""
        x: cython.longlong = self.v_kept[level]
        gone: cython.longlong = -1
        following: cython.longlong
        self.v_kept[level] = -1
        while x >= 0:
            following = self.y_next[x]
            if self.c_session[self.y_end[x]] == s:
                self.y_next[x] = gone
                gone = x
            else:
                self.y_next[x] = self.v_kept[level]
                self.v_kept[level] = x
            x = following
        self.free_entries(gone)
        self.v_staged[level] = self.without(self.v_staged[level], s)
        self.v_staged_end[level] = self.last_of(self.v_staged[level])
        self.v_taken[level] = self.without(self.v_taken[level], s)
        self.v_taken_end[level] = self.last_of(self.v_taken[level])
        return 0

    @cython.cfunc
    def without(self, m: cython.longlong, s: cython.longlong) -> cython.longlong:
        """A chain of messages without those of a session."""
        first: cython.longlong = -1
        last: cython.longlong = -1
        following: cython.longlong
        while m >= 0:
            following = self.m_next[m]
            if self.c_session[self.m_end[m]] == s:
                self.free_message(self.m_queue[m], m)
            else:
                if last >= 0:
                    self.m_next[last] = m
                else:
                    first = m
                self.m_next[m] = -1
                last = m
            m = following
        return first

    @cython.cfunc
    def last_of(self, m: cython.longlong) -> cython.longlong:
        """The last message of a chain; -1 if there is none."""
        while m >= 0 and self.m_next[m] >= 0:
            m = self.m_next[m]
        return m

    @cython.cfunc
    def new_level(self) -> cython.longlong:
        """A fork's slot."""
        level: cython.longlong = self.v_free
        size: cython.longlong
        if level >= 0:
            self.v_free = self.v_up[level]
            return level
        level = self.v_top
        if level == len(self.v_up):
            size = room(level, 0)
            self.v_ghost = grown(self.v_ghost, size)
            self.v_since = grown(self.v_since, size)
            self.v_registers = grown(self.v_registers, size)
            self.v_kept = grown(self.v_kept, size)
            self.v_staged = grown(self.v_staged, size)
            self.v_staged_end = grown(self.v_staged_end, size)
            self.v_taken = grown(self.v_taken, size)
            self.v_taken_end = grown(self.v_taken_end, size)
            self.v_up = grown(self.v_up, size)
        self.v_top += 1
        return level

    @cython.cfunc
    def new_entry(self) -> cython.longlong:
        """A slot for something that a fork keeps."""
        x: cython.longlong = self.y_free
        size: cython.longlong
        if x >= 0:
            self.y_free = self.y_next[x]
            return x
        x = self.y_top
        if x == len(self.y_next):
            size = room(x, 0)
            self.y_value = grown(self.y_value, size)
            self.y_end = grown(self.y_end, size)
            self.y_state = grown(self.y_state, size)
            self.y_facts = grown(self.y_facts, size)
            self.y_next = grown(self.y_next, size)
        self.y_top += 1
        return x

    @cython.cfunc
    def free_entries(self, x: cython.longlong) -> cython.longlong:
        """The slots of a chain may serve again."""
        following: cython.longlong
        while x >= 0:
            following = self.y_next[x]
            self.y_value[x] = 0
            self.y_next[x] = self.y_free
            self.y_free = x
            x = following
        return 0

    # One step

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def attempt(self, c: cython.longlong) -> cython.longlong:
        """Try the instruction at pc: the row that it reached."""
        op: cython.longlong = self.k_op[self.c_pc[c]]
        if op == SEND:
            return self.send(c)
        if op == RECEIVE:
            return self.receive(c)
        if op == OFFER:
            return self.offer(c)
        if op == CHOOSE:
            return self.choose(c)
        if op == SET:
            return self.set(c)
        if op == MOVE:
            return self.move(c)
        if op == JUMP:
            return self.jump(c)
        if op == YIELD:
            return self.yield_(c)
        if self.is_lane:
            return LEAVES
        with cython.gil:
            return self.attempt_other(c, op)

    @cython.cfunc
    def attempt_other(self, c: cython.longlong, op: cython.longlong) -> cython.longlong:
        """``attempt`` for the instructions that a lane does not take."""
        if op == SELECT:
            return self.select(c)
        if op == OPEN:
            return self.open_(c)
        if op == CLOSE:
            return self.close(c)
        if op == INVOKE:
            return self.invoke(c)
        if op == ACQUIRE:
            return self.acquire(c)
        if op == RELEASE:
            return self.release(c)
        if op == TAG_:
            return self.tag(c)
        if op == CHECK:
            return self.check(c)
        if op == TRANSFER:
            return self.transfer(c)
        if op == SPAWN:
            return self.spawn(c)
        if op == FORK:
            return self.fork(c)
        if op == JOIN:
            return self.join(c)
        if op == ABORT:
            return self.abort(c)
        if op == HALT:
            return self.halt(c)
        return FETCH_ADDRESS

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def advance(self, c: cython.longlong) -> cython.longlong:
        """Let a ready coroutine take one step: the row that it reached."""
        row: cython.longlong = FETCH_BUDGET
        if self.c_cost[c] != self.budget:
            row = self.attempt(c) if not self.failing else self.attempt_or_fail(c)
        if self.is_lane and (row == LEAVES or self.outcome[row] == FAULT):
            return LEAVES
        if row != FETCH_BUDGET:
            self.c_cost[c] += 1
        kind: cython.longlong = self.outcome[row]
        self.last = self.c_id[c]
        self.last_slot = c
        self.overtakes = 0 if c == self.head else self.overtakes + 1
        if kind == COMMIT:
            if row == HALT_COMMIT:
                self.unlink(c)
                with cython.gil:
                    self.conclude(c)
            else:
                if self.tail != c:
                    self.to_back(c)
                self.c_since[c] = self.clock + 1
                if self.ranked != 0:
                    self.rejoin(c)
                if row == SPAWN_COMMIT:
                    self.link(self.born, self.clock + 1)
        elif kind == FAULT:
            self.unlink(c)
            with cython.gil:
                self.fail_or_crash(c, row)
        else:
            self.unlink(c)
            self.block(c, row, kind)
        self.clock += 1
        if self.clock >= self.deadline:
            self.expire()
        if self.woken > 0:
            self.link_woken()
        return row

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def attempt_or_fail(self, c: cython.longlong) -> cython.longlong:
        """Try the instruction at pc, unless a failure is placed at this step."""
        x: cython.longlong = self.c_site[c]
        if x < 0 or self.x_step[x] != self.c_cost[c]:
            return self.attempt(c)
        self.c_site[c] = self.x_next[x]
        if self.x_ticks[x] == 0:
            return FETCH_CRASHED
        self.until = self.clock + self.x_ticks[x]
        return FETCH_PAUSED

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def link_woken(self) -> cython.longlong:
        """Those whom a step has woken join the ready queue, in ascending id."""
        i: cython.longlong
        at: cython.longlong
        c: cython.longlong
        for i in range(1, self.woken):
            c = self.w_slot[i]
            at = i
            while at > 0 and self.c_id[self.w_slot[at - 1]] > self.c_id[c]:
                self.w_slot[at] = self.w_slot[at - 1]
                at -= 1
            self.w_slot[at] = c
        for i in range(self.woken):
            self.link(self.w_slot[i], self.clock)
        self.woken = 0
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def block(
        self, c: cython.longlong, row: cython.longlong, kind: cython.longlong
    ) -> cython.longlong:
        """The end of a step that waits."""
        layer: cython.longlong
        self.c_status[c] = BLOCKED
        self.c_reason[c] = row
        if kind == HOST_WAIT:
            self.host_waits += 1
            return 0
        if self.until > 0:
            self.wait_until(c)
        if kind == PAUSE_WAIT:
            return 0
        self.queue_waits += 1
        if kind == LAYER_WAIT:
            layer = self.k_b[self.c_pc[c]]
            self.c_next[c] = -1
            if self.l_waiter[layer] < 0:
                self.l_waiter[layer] = c
            else:
                self.c_next[self.l_last[layer]] = c
            self.l_last[layer] = c
            return 0
        self.c_queue[c] = self.queue
        if kind == RECEIVE_WAIT:
            self.q_reader[self.queue] = c
        else:
            self.q_writer[self.queue] = c
        return 0

    # Who waits for a tick: a heap, each knowing its place

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def wait_until(self, c: cython.longlong) -> cython.longlong:
        """Wait for the tick that the step has left, at most."""
        self.c_until[c] = self.until
        self.until = 0
        self.d_slot[self.waiting] = c
        self.c_due[c] = self.waiting
        self.waiting += 1
        self.sift(c)
        self.deadline = self.c_until[self.d_slot[0]]
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def wait_no_more(self, c: cython.longlong) -> cython.longlong:
        """Wait for no tick; the last one of the heap fills the gap."""
        place: cython.longlong = self.c_due[c]
        self.c_until[c] = 0
        self.c_due[c] = -1
        self.waiting -= 1
        last: cython.longlong = self.d_slot[self.waiting]
        if last != c:
            self.d_slot[place] = last
            self.c_due[last] = place
            self.sift(last)
        self.deadline = self.c_until[self.d_slot[0]] if self.waiting > 0 else NEVER
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def sift(self, c: cython.longlong) -> cython.longlong:
        """Move one whose place may be wrong up or down to the right one."""
        place: cython.longlong = self.c_due[c]
        other: cython.longlong
        next_: cython.longlong
        while place > 0:
            other = self.d_slot[(place - 1) >> 1]
            if self.c_until[other] <= self.c_until[c]:
                break
            self.d_slot[place] = other
            self.c_due[other] = place
            place = (place - 1) >> 1
        next_ = 2 * place + 1
        while next_ < self.waiting:
            if next_ + 1 < self.waiting and (
                self.c_until[self.d_slot[next_ + 1]] < self.c_until[self.d_slot[next_]]
            ):
                next_ += 1
            other = self.d_slot[next_]
            if self.c_until[c] <= self.c_until[other]:
                break
            self.d_slot[place] = other
            self.c_due[other] = place
            place = next_
            next_ = 2 * place + 1
        self.d_slot[place] = c
        self.c_due[c] = place
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def expire(self) -> cython.longlong:
        """Wake those whose tick has come."""
        c: cython.longlong
        while self.waiting > 0 and self.c_until[self.d_slot[0]] <= self.clock:
            c = self.d_slot[0]
            if self.c_queue[c] >= 0:
                self.wake_waiter(c)
                continue
            self.wait_no_more(c)
            self.c_status[c] = READY
            self.c_reason[c] = -1
            self.w_slot[self.woken] = c
            self.woken += 1
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def wake_waiter(self, c: cython.longlong) -> cython.longlong:
        """A coroutine need not wait for its queue any more; the end of the step makes it ready."""
        q: cython.longlong = self.c_queue[c]
        if self.q_reader[q] == c:
            self.q_reader[q] = -1
        else:
            self.q_writer[q] = -1
        if self.c_until[c] > 0:
            self.wait_no_more(c)
        self.queue_waits -= 1
        self.c_status[c] = READY
        self.c_reason[c] = self.c_queue[c] = -1
        self.w_slot[self.woken] = c
        self.woken += 1
        return 0

    @cython.cfunc
    def fail_or_crash(self, c: cython.longlong, row: cython.longlong) -> cython.longlong:
        """The end of a step that faults, or at which a crash is placed."""
        return self.crash(c) if row == FETCH_CRASHED else self.fail(c, row)

    @cython.cfunc
    def crash(self, c: cython.longlong) -> cython.longlong:
        """The end of a step that crashes: nothing else changes hands, and nobody waits for it."""
        self.c_status[c] = FAULTED
        self.c_reason[c] = FETCH_CRASHED
        self.failed += 1
        self.record(FAILED, self.c_id[c], FETCH_CRASHED, 0)
        self.drop_levels(c)
        s: cython.longlong
        e: cython.longlong
        q: cython.longlong
        first: cython.longlong
        if self.c_held[c] > 0:
            self.free_layers(c)
        for _, e in self.owned(c):
            s = self.c_session[e]
            first = self.s_queues[s]
            if self.s_status[s] == ACTIVE:
                for q in range(first, first + self.i_queues[self.s_image[s]]):
                    if self.q_target[q] == e:
                        self.q_crashed[q] |= TO
                        self.q_limit[q] = -1
                        if self.q_writer[q] >= 0:
                            self.wake_waiter(self.q_writer[q])
                    elif self.q_source[q] == e:
                        self.q_crashed[q] |= FROM
                        if self.q_reader[q] >= 0 and self.c_until[self.q_reader[q]] == 0:
                            self.wake_waiter(self.q_reader[q])
        return 0

    @cython.cfunc
    def fail(self, c: cython.longlong, row: cython.longlong) -> cython.longlong:
        """The end of a step that faults: the sessions of its endpoints go with it (S11)."""
        self.c_status[c] = FAULTED
        self.c_reason[c] = row
        self.failed += 1
        self.record(FAILED, self.c_id[c], row, 0)
        self.drop_levels(c)
        if self.c_held[c] > 0:
            self.free_layers(c)
        session: cython.longlong
        for session, _ in self.owned(c):
            self.lost.append(session)
        self.fail_lost(c)
        return 0

    @cython.cfunc
    def fail_lost(self, c: cython.longlong) -> cython.longlong:
        """The sessions in ``lost`` fail, those that are active, and all that are lost with them."""
        s: cython.longlong
        session: cython.longlong
        # The list grows while it is gone through.
        for session in self.lost:
            s = self.find(SESSIONS, session)
            if s >= 0 and self.s_status[s] == ACTIVE:
                self.s_status[s] = BROKEN
                self.broken += 1
                self.record(SESSION_FAILED, self.c_id[c], 0, session)
                self.wake_all(s)
                self.strip_session(s)
                self.clear_queues(s)
        self.lost.clear()
        return 0

    @cython.cfunc
    def free_layers(self, c: cython.longlong) -> cython.longlong:
        """The layers that a coroutine holds are free, in order of their names."""
        i: cython.longlong
        layer: cython.longlong
        for i in range(len(self.l_order)):
            layer = self.l_order[i]
            if self.l_holder[layer] == c:
                self.free_layer(layer)
        return 0

    @cython.cfunc
    def wake_all(self, s: cython.longlong) -> cython.longlong:
        """Those who wait for a queue of a session wait no more; its tokens are gone."""
        e: cython.longlong
        c: cython.longlong
        q: cython.longlong
        first: cython.longlong = self.s_coroutines[s]
        for e in range(first, first + self.i_roles[self.s_image[s]]):
            c = self.e_owner[e]
            if self.ranked != 0:
                self.weigh(c, -self.e_tokens[e])
            self.e_tokens[e] = 0
            if c >= 0 and self.c_status[c] == BLOCKED:
                q = self.c_queue[c] - self.s_queues[s]
                if 0 <= q < self.i_queues[self.s_image[s]]:
                    self.wake_waiter(c)
        return 0

    @cython.cfunc
    def clear_queues(self, s: cython.longlong) -> cython.longlong:
        """Empty a session's queues; the endpoints in them are lost, in order of the queues."""
        q: cython.longlong
        m: cython.longlong
        first: cython.longlong = self.s_queues[s]
        for q in range(first, first + self.i_queues[self.s_image[s]]):
            m = self.q_head[q]
            while m >= 0:
                if self.m_value[m] & TAG == ENDPOINT_TAG:
                    self.lose(self.m_value[m])
                self.q_head[q] = self.m_next[m]
                self.m_value[m] = 0
                self.m_next[m] = self.m_free
                self.m_free = m
                m = self.q_head[q]
            self.q_tail[q] = -1
            self.q_count[q] = 0
        return 0

    @cython.cfunc
    def retire(self, s: cython.longlong) -> cython.longlong:
        """A session that has ended leaves the state, and with it those at home there that are done;
        when the last of them has left, its slots may serve again.
        """
        i: cython.longlong
        c: cython.longlong
        following: cython.longlong
        self.remove(SESSIONS, self.s_id[s])
        self.s_status[s] = GONE
        c = self.s_kin[s]
        while c >= 0:
            following = self.c_kin[c]
            if self.c_status[c] == DONE:
                self.depart(c)
            c = following
        for i in range(self.i_roles[self.s_image[s]]):
            c = self.s_coroutines[s] + i
            if self.e_facts[c] >= 0:
                self.forget(c, -1)
            if self.c_status[c] == DONE:
                self.depart(c)
        if self.s_alive[s] == 0 and self.s_status[s] == GONE:
            self.free_block(s)
        return 0

    @cython.cfunc
    def conclude(self, c: cython.longlong) -> cython.longlong:
        """The end of a step in which a coroutine is done: what ended with it leaves the state."""
        s: cython.longlong = self.c_session[c]
        other: cython.longlong
        if self.s_status[s] == GONE:
            self.depart(c)
        elif self.s_status[s] == OVER:
            self.retire(s)
        if self.others:
            for other in self.others:
                self.retire(other)
            self.others.clear()
        return 0

    @cython.cfunc
    def depart(self, c: cython.longlong) -> cython.longlong:
        """A coroutine that is done leaves the state."""
        s: cython.longlong = self.c_session[c]
        self.remove(COROUTINES, self.c_id[c])
        self.c_status[c] = FREE
        if self.c_block[c] != s:
            self.lines.pop(c, None)
            self.free_block(self.c_block[c])
        self.s_alive[s] -= 1
        if self.s_alive[s] == 0 and self.s_status[s] == GONE:
            self.free_block(s)
        return 0

    @cython.cfunc
    def free_block(self, s: cython.longlong) -> cython.longlong:
        """A slot and what belongs to it may serve again."""
        shape: cython.longlong = self.s_shape[s]
        self.s_status[s] = FREE
        self.s_next[s] = self.free_first[shape]
        self.free_first[shape] = s
        self.free_count[shape] += 1
        return 0

    # The ready queue

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def link(self, c: cython.longlong, since: cython.longlong) -> cython.longlong:
        """Join the back; ``since`` is the clock then."""
        tail: cython.longlong = self.tail
        self.c_prev[c] = tail
        self.c_next[c] = -1
        if tail >= 0:
            self.c_next[tail] = c
        else:
            self.head = c
        self.tail = c
        self.c_since[c] = since
        if self.ordered:
            self.mark(c)
        if self.ranked != 0:
            self.rejoin(c)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def unlink(self, c: cython.longlong) -> cython.longlong:
        """Leave, wherever it stands."""
        before: cython.longlong = self.c_prev[c]
        behind: cython.longlong = self.c_next[c]
        if before >= 0:
            self.c_next[before] = behind
        else:
            self.head = behind
        if behind >= 0:
            self.c_prev[behind] = before
        else:
            self.tail = before
        if self.ordered:
            self.unmark(c)
        if self.ranked != 0:
            self.leave(c)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def to_back(self, c: cython.longlong) -> cython.longlong:
        """From a place that is not the back to the back."""
        before: cython.longlong = self.c_prev[c]
        behind: cython.longlong = self.c_next[c]
        if before >= 0:
            self.c_next[before] = behind
        else:
            self.head = behind
        self.c_prev[behind] = before
        self.c_next[self.tail] = c
        self.c_prev[c] = self.tail
        self.c_next[c] = -1
        self.tail = c
        return 0

    # The heap: from the first use of one of the policies that rank, until another policy is used,
    # the coroutines that it may pick, each knowing its place. Smaller keys come first, then smaller
    # ties; no two have both alike.

    @cython.cfunc
    def rank(self, policy: cython.longlong) -> cython.longlong:
        """Begin to keep a heap for a policy, or none for one that does not rank."""
        c: cython.longlong
        if policy == self.ranked:
            return 0
        self.ranked = self.ranks = 0
        if policy < PRIORITY:
            return 0
        self.reserve_ranks(len(self.c_id))
        for c in range(self.c_top):
            self.c_weight[c] = 0
            self.c_place[c] = -1
        for c in range(self.c_top):
            if self.e_owner[c] >= 0:
                self.c_weight[self.e_owner[c]] += self.e_tokens[c]
        self.ranked = policy
        c = self.head
        while c >= 0:
            self.rejoin(c)
            c = self.c_next[c]
        return 0

    @cython.cfunc
    def reserve_ranks(self, size: cython.longlong) -> cython.longlong:
        """Have the tables of the heap: a machine that ranks nobody has none."""
        self.c_weight = grown_narrow(self.c_weight, size)
        self.c_key = grown(self.c_key, size)
        self.c_tie = grown(self.c_tie, size)
        self.c_place = grown_narrow(self.c_place, size)
        self.h_slot = grown_narrow(self.h_slot, size)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def rejoin(self, c: cython.longlong) -> cython.longlong:
        """Who stands at the back of the ready queue takes its place in the heap."""
        self.joins += 1
        if self.ranked == PRIORITY:
            self.c_key[c] = -self.c_rank[c]
            self.c_tie[c] = self.c_id[c]
        elif self.ranked == AGING:
            self.c_key[c] = self.c_since[c] - self.c_rank[c]
            self.c_tie[c] = self.c_id[c]
        elif self.ranked == TOKEN_WEIGHTED:
            self.c_key[c] = -self.c_weight[c]
            self.c_tie[c] = self.joins
        else:
            self.c_key[c] = self.joins
            self.c_tie[c] = 0
            if self.c_weight[c] == 0:
                return 0
        return self.enter(c)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def weigh(self, c: cython.longlong, change: cython.longlong) -> cython.longlong:
        """The tokens of a coroutine have changed, if it is one."""
        if c < 0:
            return 0
        self.c_weight[c] += change
        if self.ranked == TOKEN_WEIGHTED:
            if self.c_place[c] >= 0:
                self.c_key[c] = -self.c_weight[c]
                self.settle(c)
        elif self.ranked == PROGRESS_AWARE and self.c_status[c] == READY:
            if self.c_weight[c] == 0:
                self.leave(c)
            else:
                self.enter(c)
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def enter(self, c: cython.longlong) -> cython.longlong:
        """Be in the heap, at the right place."""
        if self.c_place[c] < 0:
            self.c_place[c] = self.ranks
            self.h_slot[self.ranks] = c
            self.ranks += 1
        return self.settle(c)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def leave(self, c: cython.longlong) -> cython.longlong:
        """Be in the heap no more; the last one fills the gap."""
        place: cython.longlong = self.c_place[c]
        if place < 0:
            return 0
        self.c_place[c] = -1
        self.ranks -= 1
        last: cython.longlong = self.h_slot[self.ranks]
        if last == c:
            return 0
        self.h_slot[place] = last
        self.c_place[last] = place
        return self.settle(last)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def settle(self, c: cython.longlong) -> cython.longlong:
        """Move one whose place may be wrong up or down to the right one."""
        place: cython.longlong = self.c_place[c]
        other: cython.longlong
        next_: cython.longlong
        while place > 0:
            other = self.h_slot[(place - 1) >> 1]
            if not self.is_before(c, other):
                break
            self.h_slot[place] = other
            self.c_place[other] = place
            place = (place - 1) >> 1
        next_ = 2 * place + 1
        while next_ < self.ranks:
            if next_ + 1 < self.ranks and self.is_before(
                self.h_slot[next_ + 1], self.h_slot[next_]
            ):
                next_ += 1
            other = self.h_slot[next_]
            if not self.is_before(other, c):
                break
            self.h_slot[place] = other
            self.c_place[other] = place
            place = next_
            next_ = 2 * place + 1
        self.h_slot[place] = c
        self.c_place[c] = place
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    @cython.inline
    def is_before(self, c: cython.longlong, other: cython.longlong) -> cython.bint:
        """Whether the policy prefers a coroutine to another."""
        if self.c_key[c] != self.c_key[other]:
            return self.c_key[c] < self.c_key[other]
        return self.c_tie[c] < self.c_tie[other]

    @cython.cfunc
    @cython.inline
    def first_ranked(self) -> cython.longlong:
        """Whom the policy of the heap picks; -1 if nobody is ready."""
        if self.ranked == PROGRESS_AWARE and (self.ranks == 0 or self.overtakes >= OVERTAKES):
            return self.head
        return self.h_slot[0] if self.ranks > 0 else -1

    # Ids: two trees of 64 children a node, made and freed as ids come and go: they take room for
    # what is alive, not for what ever was. From the first use of round-robin on, a node of the
    # coroutines' tree also knows which children have a ready coroutine below.

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def find(self, tree: cython.longlong, number: cython.longlong) -> cython.longlong:
        """The slot of an id; -1 if it is not alive."""
        level: cython.longlong = self.height[tree]
        node: cython.longlong = self.root[tree]
        if level == 0 or number < 0 or number >> (6 * level) != 0:
            return -1
        while level > 0:
            level -= 1
            node = self.n_child[node * 64 + ((number >> (6 * level)) & 63)] - 1
            if node < 0:
                return -1
        return node

    @cython.cfunc
    def insert(
        self, tree: cython.longlong, number: cython.longlong, slot: cython.longlong
    ) -> cython.longlong:
        """Note the slot of a new id, the largest so far: the node that holds it."""
        level: cython.longlong = self.height[tree]
        node: cython.longlong = self.root[tree]
        up: cython.longlong
        if level == 0:
            self.root[tree] = node = self.new_node(-1, 0)
            level = 1
            while number >> (6 * level) != 0:
                level += 1
        while number >> (6 * level) != 0:
            up = self.new_node(-1, 0)
            self.n_child[up * 64] = node + 1
            self.n_live[up] = 1
            self.n_up[node] = up
            self.n_ready[up] = 1 if self.n_ready[node] != 0 else 0
            self.root[tree] = node = up
            level += 1
        self.height[tree] = level
        at: cython.longlong
        while level > 1:
            level -= 1
            at = (number >> (6 * level)) & 63
            up = node
            node = self.n_child[up * 64 + at] - 1
            if node < 0:
                node = self.new_node(up, at)
                self.n_child[up * 64 + at] = node + 1
                self.n_live[up] += 1
        self.n_child[node * 64 + (number & 63)] = slot + 1
        self.n_live[node] += 1
        return node

    @cython.cfunc
    def remove(self, tree: cython.longlong, number: cython.longlong) -> cython.longlong:
        """Forget an id, and the nodes that held only this one."""
        level: cython.longlong = self.height[tree] - 1
        node: cython.longlong = self.root[tree]
        while level > 0:
            node = self.n_child[node * 64 + ((number >> (6 * level)) & 63)] - 1
            level -= 1
        at: cython.longlong = number & 63
        up: cython.longlong
        while True:
            self.n_child[node * 64 + at] = 0
            self.n_live[node] -= 1
            if self.n_live[node] > 0:
                return 0
            up = self.n_up[node]
            at = self.n_at[node]
            self.n_up[node] = self.n_free
            self.n_free = node
            if up < 0:
                self.root[tree] = -1
                self.height[tree] = 0
                return 0
            node = up

    @cython.cfunc
    def new_node(self, up: cython.longlong, at: cython.longlong) -> cython.longlong:
        """An empty node below ``up``."""
        node: cython.longlong = self.n_free
        size: cython.longlong
        if node >= 0:
            self.n_free = self.n_up[node]
        else:
            node = self.n_top
            if node == len(self.n_up):
                size = room(node, 0)
                self.n_at = grown_narrow(self.n_at, size)
                self.n_live = grown_narrow(self.n_live, size)
                self.n_child = grown_narrow(self.n_child, size * 64)
                self.grow_ready(size)
                self.n_up = grown_narrow(self.n_up, size)
            self.n_top += 1
        self.n_up[node] = up
        self.n_at[node] = at
        self.n_live[node] = 0
        self.n_ready[node] = 0
        return node

    @cython.cfunc
    def grow_ready(self, size: cython.longlong) -> cython.longlong:
        """``grown`` for the one table of unsigned words."""
        if len(self.n_ready) >= size:
            return 0
        if not cython.compiled:
            self.n_ready.extend([0] * (size - len(self.n_ready)))
            return 0
        new: cython.ulonglong[::1] = array("Q", [0]) * size
        new[: self.n_ready.shape[0]] = self.n_ready
        self.n_ready = new
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def mark(self, c: cython.longlong) -> cython.longlong:
        """A coroutine has become ready."""
        node: cython.longlong = self.c_node[c]
        at: cython.longlong = self.c_id[c] & 63
        one: cython.ulonglong = 1
        ready: cython.ulonglong
        while node >= 0:
            ready = self.n_ready[node]
            self.n_ready[node] = ready | (one << at)
            if ready != 0:
                return 0
            at = self.n_at[node]
            node = self.n_up[node]
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def unmark(self, c: cython.longlong) -> cython.longlong:
        """A coroutine is not ready any more."""
        node: cython.longlong = self.c_node[c]
        at: cython.longlong = self.c_id[c] & 63
        one: cython.ulonglong = 1
        while node >= 0:
            self.n_ready[node] = self.n_ready[node] & ~(one << at)
            if self.n_ready[node] != 0:
                return 0
            at = self.n_at[node]
            node = self.n_up[node]
        return 0

    @cython.cfunc
    def order(self) -> cython.longlong:
        """Begin to keep the ready coroutines in order of their ids as well."""
        c: cython.longlong = self.head
        if not self.ordered:
            self.ordered = True
            while c >= 0:
                self.mark(c)
                c = self.c_next[c]
        return 0

    @cython.cfunc
    @cython.inline
    def next_in_order(self) -> cython.longlong:
        """The ready coroutine with the smallest id above the last pick, else with the smallest."""
        if self.head < 0:
            return -1
        c: cython.longlong = self.last_slot
        level: cython.longlong = 0
        node: cython.longlong
        at: cython.longlong
        rest: cython.ulonglong
        if c < 0 or self.c_id[c] != self.last or self.c_status[c] == FREE:
            return self.next_from_root()
        # Up from where the last pick is to the first node that has more.
        node = self.c_node[c]
        at = self.last & 63
        while node >= 0:
            rest = (self.n_ready[node] >> at) >> 1
            if rest != 0:
                return self.smallest(self.n_child[node * 64 + at + 1 + lowest(rest)] - 1, level)
            at = self.n_at[node]
            node = self.n_up[node]
            level += 1
        return self.smallest(self.root[COROUTINES], self.height[COROUTINES])

    @cython.cfunc
    def next_from_root(self) -> cython.longlong:
        """``next_in_order`` when the last pick is not alive."""
        level: cython.longlong = self.height[COROUTINES]
        node: cython.longlong = self.root[COROUTINES]
        found: cython.longlong = -1
        found_level: cython.longlong = 0
        at: cython.longlong
        rest: cython.ulonglong
        if self.last < 0:
            return self.smallest(node, level)
        while level > 0 and node >= 0:
            level -= 1
            at = (self.last >> (6 * level)) & 63
            rest = (self.n_ready[node] >> at) >> 1
            if rest != 0:
                found = self.n_child[node * 64 + at + 1 + lowest(rest)] - 1
                found_level = level
            node = self.n_child[node * 64 + at] - 1
        if found >= 0:
            return self.smallest(found, found_level)
        return self.smallest(self.root[COROUTINES], self.height[COROUTINES])

    @cython.cfunc
    @cython.inline
    def smallest(self, node: cython.longlong, level: cython.longlong) -> cython.longlong:
        """The ready coroutine with the smallest id below a node; on level 0 it is that already."""
        while level > 0:
            level -= 1
            node = self.n_child[node * 64 + lowest(self.n_ready[node])] - 1
        return node

    # The trace

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def record(
        self,
        kind: cython.longlong,
        coroutine: cython.longlong,
        payload: cython.longlong,
        value: cython.longlong,
    ) -> cython.longlong:
        """Append an event: three words, each in its column of the chunk."""
        if not self.tracing:
            return 0
        at: cython.longlong = self.filled
        if at == CHUNK:
            with cython.gil:
                self.new_chunk()
            at = 0
        self.chunk[at] = self.clock << KIND_BITS | kind
        self.chunk[at + CHUNK] = coroutine << PAYLOAD_BITS | payload
        self.chunk[at + 2 * CHUNK] = value
        self.filled = at + 1
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    @cython.inline
    def tell(
        self,
        kind: cython.longlong,
        c: cython.longlong,
        e: cython.longlong,
        b: cython.longlong,
        word: cython.longlong,
    ) -> cython.longlong:
        """Append an event that concerns a branch of an endpoint. The session is not written down
        where it is the one that the coroutine is at home in.
        """
        if not self.tracing:
            return 0
        if e == c or self.c_session[e] == self.c_session[c]:
            return self.record(kind, self.c_id[c], b, word)
        with cython.gil:
            self.notes.append((kind, self.s_id[self.c_session[e]], word))
            return self.record(FAR, self.c_id[c], b, self.noted + len(self.notes) - 1)

    @cython.cfunc
    def note(self, kind: cython.longlong, c: cython.longlong, what: tuple) -> cython.longlong:
        """Append a rare event: what it says is a note on the side. Only when events are kept."""
        self.notes.append(what)
        self.record(kind, self.c_id[c], 0, self.noted + len(self.notes) - 1)
        return 0

    @cython.cfunc
    def new_chunk(self) -> cython.longlong:
        """Go on in another chunk; a lane has some from before."""
        if self.begun == len(self.chunks):
            chunk = array("q", [0]) * (3 * CHUNK)
            self.chunks.append(chunk)
            # The note of the event that comes, if it has one, is there already.
            self.noted_at.append(self.noted + len(self.notes) - 1)
        self.chunk = self.chunks[self.begun]
        self.begun += 1
        return 0

    # Lanes. In the cooperative order everybody who is ready takes a step, then everybody who is
    # ready then, and so on: these are generations. Cut into segments with no session in two, the
    # ready queue stays cut so: the next generation of a segment is made of those who have stepped
    # or been woken there, in the order of the steps, and stands before that of the segments behind.
    # So a lane can take the generations of its segment alone, and the order of all steps follows
    # from how many there are in each generation of each lane.

    def align(self, limit: cython.longlong) -> int:
        """Take up to ``limit`` steps so that no session is both at the front and at the back of the
        ready queue, as it is where a generation has begun within one: how many there were.
        """
        steps: cython.longlong = 0
        s: cython.longlong
        if self.head < 0:
            return 0
        s = self.c_session[self.tail]
        limit = min(limit, self.i_roles[self.s_image[s]])
        while steps < limit and self.head >= 0 and self.c_session[self.head] == s:
            self.advance(self.head)
            steps += 1
        return steps

    def segments(self, most: cython.longlong) -> list:
        """The lengths of up to ``most`` segments of the ready queue, about equally long, which have
        no session in common; none if there would be one only, or if they would have more in common.
        """
        last: cython.int[::1]
        i: cython.longlong = 0
        c: cython.longlong = self.head
        reach: cython.longlong = 0
        begin: cython.longlong = 0
        wanted: cython.longlong = 1
        count: cython.longlong
        found = []
        if not self.is_apart():
            return found
        last = narrow(self.s_top)
        while c >= 0:
            i += 1
            last[self.c_session[c]] = i
            c = self.c_next[c]
        count = i
        i = 0
        c = self.head
        while c >= 0:
            i += 1
            reach = max(reach, last[self.c_session[c]])
            if reach == i and (i == count or i * most >= wanted * count):
                found.append(i - begin)
                begin = i
                wanted = i * most // count + 1
            c = self.c_next[c]
        return found if len(found) > 1 else []

    def is_apart(self) -> bool:
        """Whether no session of those who are ready has to do with another: each of its endpoints
        is its own coroutine's, who owns no other, or nobody's; and nothing is kept that steps of
        all sessions look at.
        """
        c: cython.longlong = self.head
        if (
            self.failing
            or self.ordered
            or self.ranked != 0
            or self.forks > 0
            or self.waiting > 0
            or self.gate != GATE_OFF
        ):
            return False
        while c >= 0:
            if not self.is_private(self.c_session[c]):
                return False
            c = self.c_next[c]
        return True

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def is_private(self, s: cython.longlong) -> cython.bint:
        """Whether a session's endpoints are nobody's but its own coroutines', each having one."""
        e: cython.longlong
        first: cython.longlong = self.s_coroutines[s]
        if self.s_kin[s] >= 0:
            return False
        for e in range(first, first + self.i_roles[self.s_image[s]]):
            if (self.e_owner[e] != e and self.e_owner[e] != -1) or self.c_owned[e] >= 0:
                return False
        return True

    def homes(self, lengths: list) -> list:
        """For each segment of these lengths the sessions of those in it, as they come: pairs of the
        first and the last of ids that follow each other.
        """
        c: cython.longlong = self.head
        i: cython.longlong
        length: cython.longlong
        number: cython.longlong
        first: cython.longlong
        last: cython.longlong
        found = []
        for length in lengths:
            pairs = []
            first = last = -1
            for i in range(length):
                if c < 0:
                    break
                number = self.s_id[self.c_session[c]]
                if i == 0:
                    first = number
                elif number != last and number != last + 1:
                    pairs.append((first, last))
                    first = number
                last = number
                c = self.c_next[c]
            if first >= 0:
                pairs.append((first, last))
            found.append(pairs)
        return found

    def flat(self) -> list:
        """What lanes rest on and change, for a digest: tables, and a list of numbers."""
        ready = (self.head, self.tail, self.clock, self.next_session, self.next_coroutine)
        others = (self.m_free, self.m_top, self.s_top, self.c_top, self.last, self.queue_waits)
        return [
            [*ready, *others],
            self.c_session,
            self.c_owned,
            self.c_status,
            self.c_pc,
            self.c_cost,
            self.c_next,
            self.c_reason,
            self.c_queue,
            self.e_state,
            self.e_owner,
            self.e_tokens,
            self.s_status,
            self.s_kin,
            self.q_head,
            self.q_count,
            self.q_reader,
            self.q_writer,
            self.m_label,
            self.m_value,
            self.m_next,
            self.r_value,
        ]

    def lanes(self, lengths: list, generations: cython.longlong) -> list:
        """A lane for each segment of these lengths, ready to ``go`` for so many generations. They
        work on a copy: nothing has happened until they are asked to ``arrive``.
        """
        at: cython.longlong
        length: cython.longlong
        count: cython.longlong = 0
        c: cython.longlong = self.head
        lane: Kernel
        for length in lengths:
            count += length
        self.have_messages(2 * count + CHUNK)
        while len(self.crew) < len(lengths):
            self.crew.append(
                Kernel(self.host, [], self.budget, self.limit, self.most_sessions, self.tracing)
            )
        crew = self.crew[: len(lengths)]
        stop: cython.longlong[::1] = table(1)
        stop[0] = generations
        first: Kernel = crew[0]
        first.copy_tables(self)
        for lane in crew:
            lane.share_tables(self, first)
            lane.prepare(self, stop, generations)
        for at in range(len(lengths)):
            lane = crew[at]
            length = lengths[at]
            lane.head = c
            first.c_prev[c] = -1
            for _i in range(length):
                lane.tail = c
                c = first.c_next[c]
            first.c_next[lane.tail] = -1
        self.deal(crew, lengths, count)
        return crew

    @cython.cfunc
    def have_messages(self, count: cython.longlong) -> cython.longlong:
        """Have at least so many free message slots, all in the list of those."""
        m: cython.longlong = self.m_free
        last: cython.longlong = -1
        top: cython.longlong
        while m >= 0:
            count -= 1
            last = m
            m = self.m_next[m]
        top = self.m_top
        while count > 0 or self.m_top < len(self.m_label):
            m = self.new_message()
            self.m_next[m] = -1
            if last >= 0:
                self.m_next[last] = m
            else:
                self.m_free = m
            last = m
            count -= 1
        return self.m_top - top

    @cython.cfunc
    def deal(self, crew: list, lengths: list, count: cython.longlong) -> cython.longlong:
        """Give each lane its part of the free message slots."""
        lane: Kernel
        first: Kernel = crew[0]
        at: cython.longlong
        i: cython.longlong
        part: cython.longlong
        free: cython.longlong = 0
        m: cython.longlong = self.m_free
        while m >= 0:
            free += 1
            m = self.m_next[m]
        m = self.m_free
        for at in range(len(crew)):
            lane = crew[at]
            part = free if at == len(crew) - 1 else free * lengths[at] // count
            lane.m_free = m
            for _i in range(part - 1):
                if m < 0:
                    break
                m = first.m_next[m]
            if part > 0 and m >= 0:
                i = first.m_next[m]
                first.m_next[m] = -1
                m = i
            else:
                lane.m_free = -1
            free -= part
            count -= lengths[at]
        return 0

    @cython.cfunc
    def copy_tables(self, of: Kernel) -> cython.longlong:
        """Have a copy of all that lanes write to."""
        self.c_status = copied_narrow(of.c_status)
        self.c_pc = copied_narrow(of.c_pc)
        self.c_cost = copied(of.c_cost)
        self.c_next = copied_narrow(of.c_next)
        self.c_prev = copied_narrow(of.c_prev)
        self.c_reason = copied_narrow(of.c_reason)
        self.c_queue = copied_narrow(of.c_queue)
        self.c_since = copied(of.c_since)
        self.e_state = copied_narrow(of.e_state)
        self.e_tokens = copied_narrow(of.e_tokens)
        self.q_head = copied_narrow(of.q_head)
        self.q_tail = copied_narrow(of.q_tail)
        self.q_count = copied_narrow(of.q_count)
        self.q_reader = copied_narrow(of.q_reader)
        self.q_writer = copied_narrow(of.q_writer)
        self.m_label = copied(of.m_label)
        self.m_value = copied(of.m_value)
        self.m_next = copied_narrow(of.m_next)
        self.r_value = copied(of.r_value)
        return 0

    @cython.cfunc
    def have_tables(self, of: Kernel) -> cython.longlong:
        """Have the tables that lanes write to of another."""
        self.c_status = of.c_status
        self.c_pc = of.c_pc
        self.c_cost = of.c_cost
        self.c_next = of.c_next
        self.c_prev = of.c_prev
        self.c_reason = of.c_reason
        self.c_queue = of.c_queue
        self.c_since = of.c_since
        self.e_state = of.e_state
        self.e_tokens = of.e_tokens
        self.q_head = of.q_head
        self.q_tail = of.q_tail
        self.q_count = of.q_count
        self.q_reader = of.q_reader
        self.q_writer = of.q_writer
        self.m_label = of.m_label
        self.m_value = of.m_value
        self.m_next = of.m_next
        self.r_value = of.r_value
        return 0

    @cython.cfunc
    def share_tables(self, of: Kernel, first: Kernel) -> cython.longlong:
        """Have the tables of ``first`` that lanes write to, and of ``of`` those that they read."""
        self.have_tables(first)
        self.outcome = of.outcome
        self.i_first = of.i_first
        self.i_roles = of.i_roles
        self.o_name = of.o_name
        self.k_op = of.k_op
        self.k_a = of.k_a
        self.k_b = of.k_b
        self.k_c = of.k_c
        self.k_d = of.k_d
        self.t_kind = of.t_kind
        self.t_queue = of.t_queue
        self.t_first = of.t_first
        self.t_mask = of.t_mask
        self.b_label = of.b_label
        self.b_sort = of.b_sort
        self.b_next = of.b_next
        self.j_label = of.j_label
        self.j_target = of.j_target
        self.s_id = of.s_id
        self.s_image = of.s_image
        self.s_status = of.s_status
        self.s_coroutines = of.s_coroutines
        self.s_queues = of.s_queues
        self.c_id = of.c_id
        self.c_session = of.c_session
        self.c_base = of.c_base
        self.c_self = of.c_self
        self.c_level = of.c_level
        self.c_until = of.c_until
        self.e_owner = of.e_owner
        self.q_target = of.q_target
        self.q_kind = of.q_kind
        self.q_capacity = of.q_capacity
        self.q_limit = of.q_limit
        self.q_up = of.q_up
        self.q_crashed = of.q_crashed
        self.g_full = of.g_full
        self.g_maximum = of.g_maximum
        self.n_child = of.n_child
        self.root = of.root
        self.height = of.height
        return 0

    @cython.cfunc
    def prepare(
        self, of: Kernel, stop: cython.longlong[::1], generations: cython.longlong
    ) -> cython.longlong:
        """Be a lane at its beginning. One step wakes at most two, the reader and the writer of a
        queue.
        """
        self.is_lane = True
        self.left = False
        self.stop = stop
        self.origin = self.clock = of.clock
        self.reached = self.begun = self.queue_waits = self.woken = self.until = 0
        self.filled = CHUNK
        self.w_slot = narrow(4)
        self.z_steps = grown(self.z_steps, generations)
        self.z_events = grown(self.z_events, generations)
        self.z_later = grown(self.z_later, generations)
        self.z_place = grown(self.z_place, generations)
        return 0

    def go(self) -> int:
        """Of a lane: take the generations there are to be, but none that another lane cannot take:
        how many there were before one that this one cannot, ``NEVER`` if nothing was in its way.
        """
        far: cython.longlong = NEVER
        with cython.nogil:
            self.take_generations()
        if self.left:
            far = self.reached
        return far

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(-1, check=True)
    def take_generations(self) -> cython.longlong:
        """``go``. Where another lane stops makes this one stop too, but not before it: how far all
        come does not depend on who is quicker.
        """
        c: cython.longlong
        last: cython.longlong
        while self.head >= 0 and self.reached < self.stop[0]:
            last = self.tail
            c = -1
            while c != last:
                c = self.head
                if self.advance(c) == LEAVES:
                    self.left = True
                    self.stop[0] = min(self.stop[0], self.reached)
                    return 0
            self.z_steps[self.reached] = self.clock - self.origin
            self.z_events[self.reached] = CHUNK * (self.begun - 1) + self.filled
            self.reached += 1
        return 0

    def gather(self, crew: list, fresh: Callable[[int], memoryview]) -> int:
        """All lanes have gone as far as they were to: say where each of their steps and events
        belongs; how many steps there are. ``fresh`` makes a table of zeros that is kept.
        """
        g: cython.longlong
        lane: Kernel
        before: cython.longlong
        size: cython.longlong
        generations: cython.longlong = 0
        steps: cython.longlong = 0
        place: cython.longlong = self.filled if self.filled < CHUNK else 0
        for lane in crew:
            generations = max(generations, lane.reached)
        for g in range(generations):
            for lane in crew:
                if g < lane.reached:
                    before = lane.z_steps[g - 1] if g > 0 else 0
                    lane.z_later[g] = steps - before
                    steps += lane.z_steps[g] - before
                    before = lane.z_events[g - 1] if g > 0 else 0
                    lane.z_place[g] = place
                    place += lane.z_events[g] - before
        self.placed = place
        if self.tracing and place > 0:
            size = 3 * CHUNK * ((place + CHUNK - 1) // CHUNK)
            page = fresh(size)
            self.pages = [page[g : g + 3 * CHUNK] for g in range(0, size, 3 * CHUNK)]
            self.whole = page
            if self.filled < CHUNK:
                for g in range(3 * CHUNK):
                    self.whole[g] = self.chunk[g]
            for lane in crew:
                lane.whole = self.whole
        return steps

    def deliver(self) -> None:
        """Of a lane: bring its events to where they belong."""
        part: cython.longlong
        self.turn = 0
        for part in range(self.begun):
            self.chunk = self.chunks[part]
            with cython.nogil:
                self.deliver_chunk(part * CHUNK)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def deliver_chunk(self, before: cython.longlong) -> cython.longlong:
        """``deliver`` for one chunk, with so many events before it."""
        at: cython.longlong = 0
        count: cython.longlong = min(CHUNK, self.z_events[self.reached - 1] - before)
        place: cython.longlong
        later: cython.longlong
        end: cython.longlong
        shift: cython.longlong
        i: cython.longlong
        while at < count:
            while self.z_events[self.turn] <= before + at:
                self.turn += 1
            place = self.z_place[self.turn] + before + at
            if self.turn > 0:
                place -= self.z_events[self.turn - 1]
            later = self.z_later[self.turn] << KIND_BITS
            end = min(count, self.z_events[self.turn] - before)
            end = min(end, at + CHUNK - place % CHUNK)
            shift = place + 2 * CHUNK * (place // CHUNK) - at
            for i in range(at, end):
                self.whole[shift + i] = self.chunk[i] + later
            shift += CHUNK
            for i in range(at, end):
                self.whole[shift + i] = self.chunk[i + CHUNK]
            shift += CHUNK
            for i in range(at, end):
                self.whole[shift + i] = self.chunk[i + 2 * CHUNK]
            at = end
        return 0

    def arrive(self, crew: list, steps: cython.longlong) -> None:
        """What the lanes have done has happened: so many steps."""
        lane: Kernel
        first: Kernel = crew[0]
        c: cython.longlong
        m: cython.longlong
        last: cython.longlong = -1
        reached: cython.longlong = 0
        self.have_tables(first)
        self.head = self.tail = self.m_free = -1
        for lane in crew:
            c = lane.head
            while c >= 0:
                self.c_since[c] += lane.z_later[lane.reached - 1]
                c = self.c_next[c]
            if lane.head >= 0:
                if self.tail >= 0:
                    self.c_next[self.tail] = lane.head
                else:
                    self.head = lane.head
                self.c_prev[lane.head] = self.tail
                self.tail = lane.tail
            m = lane.m_free
            if m >= 0:
                if last >= 0:
                    self.m_next[last] = m
                else:
                    self.m_free = m
            while m >= 0:
                last = m
                m = self.m_next[m]
            if lane.reached >= reached:
                reached = lane.reached
                self.last = lane.last
                self.last_slot = lane.last_slot
            self.queue_waits += lane.queue_waits
            lane.whole = table(0)
        self.overtakes = 0
        self.clock += steps
        if len(self.pages) > 0:
            self.turn_page()

    @cython.cfunc
    def turn_page(self) -> cython.longlong:
        """The chunks that lanes have filled are the last ones."""
        if self.filled < CHUNK:
            self.chunks.pop()
        self.chunks += self.pages
        # Lanes take no notes.
        more: cython.longlong = len(self.chunks) - len(self.noted_at)
        self.noted_at += [self.noted + len(self.notes)] * more
        self.begun = len(self.chunks)
        self.chunk = self.chunks[self.begun - 1]
        self.filled = (self.placed - 1) % CHUNK + 1
        self.pages = []
        self.whole = table(0)
        return 0

    # What the rest of the engine sees

    def pick(self, coroutine: cython.longlong) -> int:
        """One step of a coroutine: the row; -1 if it is not ready, -2 if the clock is full."""
        if self.clock >> CLOCK_BITS != 0:
            return -2
        c: cython.longlong = self.find(COROUTINES, coroutine)
        if c < 0 or self.c_status[c] != READY:
            return -1
        return self.advance(c)

    def wake(self, coroutine: cython.longlong) -> None:
        """The host says that a coroutine that waits for it should ask again."""
        c: cython.longlong = self.find(COROUTINES, coroutine)
        if c < 0 or self.c_status[c] != BLOCKED or self.outcome[self.c_reason[c]] != HOST_WAIT:
            return
        self.host_waits -= 1
        self.c_status[c] = READY
        self.c_reason[c] = -1
        self.link(c, self.clock)

    def elapse(self, tick: cython.longlong) -> None:
        """Let time pass until ``tick``, if nobody is ready and that is when the first is again."""
        if self.head >= 0 or self.waiting == 0 or tick != self.deadline:
            return
        self.clock = tick
        self.expire()
        self.link_woken()

    def rest(self) -> bool:
        """If nobody is ready, let time pass until somebody is: whether that made anybody ready."""
        if self.head >= 0:
            return False
        self.elapse(self.deadline)
        return self.head >= 0

    def run(self, policy: cython.longlong, limit: cython.longlong) -> int:
        """Up to ``limit`` steps under a policy: how many there were. While nobody is ready time
        passes, at the end too.
        """
        steps: cython.longlong = 0
        c: cython.longlong
        self.rank(policy)
        if policy == ROUND_ROBIN:
            self.order()
            while steps < limit:
                c = self.next_in_order()
                if c < 0:
                    if not self.rest():
                        break
                    continue
                self.advance(c)
                steps += 1
        elif policy >= PRIORITY:
            while steps < limit:
                c = self.first_ranked()
                if c < 0:
                    if not self.rest():
                        break
                    continue
                self.advance(c)
                steps += 1
        else:
            while steps < limit:
                c = self.head
                if c < 0:
                    if not self.rest():
                        break
                    continue
                self.advance(c)
                steps += 1
        self.rest()
        return steps

    def busy(self) -> bool:
        """Whether the host is being asked now."""
        return self.asking

    def counters(self) -> tuple:
        """Clock, next ids, last pick; ended and faulted sessions, done and faulted
        coroutines; closed sessions.
        """
        return (
            self.clock,
            self.next_session,
            self.next_coroutine,
            self.last,
            self.ended,
            self.broken,
            self.done,
            self.failed,
            self.closed,
        )

    def waits(self) -> tuple:
        """Whether one is ready or will be; how many wait for the host; how many for a queue."""
        return (self.head >= 0 or self.waiting > 0, self.host_waits, self.queue_waits)

    def ready(self) -> list:
        """The ready queue."""
        c: cython.longlong = self.head
        found = []
        while c >= 0:
            found.append(self.c_id[c])
            c = self.c_next[c]
        return found

    def memory(self) -> tuple:
        """For each of ``ready`` the clock when it joined; how many picks passed over the head."""
        c: cython.longlong = self.head
        found = []
        while c >= 0:
            found.append(self.c_since[c])
            c = self.c_next[c]
        return (found, self.overtakes)

    def sessions(self) -> list:
        """Id and slot of every live session."""
        return [
            (self.s_id[s], s)
            for s in range(self.s_top)
            if self.s_status[s] == ACTIVE or self.s_status[s] == BROKEN
        ]

    def coroutines(self) -> list:
        """Id and slot of every coroutine."""
        return [(self.c_id[c], c) for c in range(self.c_top) if self.c_status[c] != FREE]

    def session_view(self, s: cython.longlong) -> tuple:
        """All of a session in numbers: its image, whether it is active and has lost a message; of
        each endpoint the state, the owner's id, or -1, or ``IN_FLIGHT``, tokens, answers and facts;
        of each queue that holds something its place and messages; of each edge that remembers
        something its place, the capacity that its queue has grown to, 0 if it has not, the messages
        sent on it, -1 if they are not counted, and the tick from which its link is up, -1 for
        never.
        """
        image: cython.longlong = self.s_image[s]
        e: cython.longlong
        o: cython.longlong
        i: cython.longlong
        q: cython.longlong
        owner: cython.longlong
        grown_to: cython.longlong
        endpoints = []
        queues = []
        edges = []
        for i in range(self.i_roles[image]):
            e, o = self.s_coroutines[s] + i, self.i_first[image] + i
            owner = self.e_owner[e]
            endpoints.append(
                (
                    self.e_state[e] - self.o_state[o],
                    self.c_id[owner] if owner >= 0 else owner,
                    self.e_tokens[e],
                    self.e_answers[e],
                    tuple(self.facts(e)) if self.e_facts[e] >= 0 else (),
                )
            )
        for i in range(self.i_queues[image]):
            q = self.s_queues[s] + i
            if self.q_head[q] >= 0:
                queues.append((i, tuple(self.messages(q))))
            if self.s_marks[s] & EDGES != 0:
                grown_to = self.q_capacity[q]
                if grown_to == self.g_capacity[self.q_kind[q]]:
                    grown_to = 0
                if grown_to != 0 or self.q_sent[q] > 0 or self.q_up[q] != 0:
                    edges.append((i, grown_to, self.q_sent[q], self.q_up[q]))
        return (
            image,
            self.s_status[s] == ACTIVE,
            self.s_marks[s] & LOSSY != 0,
            tuple(endpoints),
            tuple(queues),
            tuple(edges),
        )

    def coroutine_view(self, c: cython.longlong) -> tuple:
        """Image, id of its session, role; cell, status, row of a wait or fault, cost; its line,
        children and answers; the tick waited for, 0 for none.
        """
        s: cython.longlong = self.c_session[c]
        return (
            self.s_image[s],
            self.s_id[s],
            self.c_role[c] - self.i_first[self.s_image[s]],
            self.c_pc[c],
            self.c_status[c],
            self.c_reason[c],
            self.c_cost[c],
            self.lines.get(c, ()),
            self.c_children[c],
            self.c_answers[c],
            self.c_until[c],
        )

    def waits_for(self, c: cython.longlong) -> tuple:
        """The session whose queue a coroutine waits for: slot, id, image; and the queue: all -1
        if it waits for none.
        """
        q: cython.longlong = self.c_queue[c]
        s: cython.longlong
        e: cython.longlong
        if q < 0:
            return (-1, -1, -1, -1)
        s = self.c_session[c]
        if not 0 <= q - self.s_queues[s] < self.i_queues[self.s_image[s]]:
            e = self.c_owned[c]
            while e >= 0:
                s = self.c_session[e]
                if 0 <= q - self.s_queues[s] < self.i_queues[self.s_image[s]]:
                    break
                e = self.e_next[e]
        return (s, self.s_id[s], self.s_image[s], q - self.s_queues[s])

    def facts(self, e: cython.longlong) -> list:
        """The words of the facts that are known at an endpoint."""
        f: cython.longlong = self.e_facts[e]
        found = []
        while f >= 0:
            found.append(self.p_word[f])
            f = self.p_next[f]
        return found

    def layer(self, c: cython.longlong) -> int:
        """The guard layer that a coroutine waits for; -1 if it waits for none."""
        if self.c_status[c] != BLOCKED or self.outcome[self.c_reason[c]] != LAYER_WAIT:
            return -1
        return self.k_b[self.c_pc[c]]

    def guards(self) -> tuple:
        """How many grants there were; of each layer that is held its number, holder and grant."""
        held = [
            (i, self.c_id[self.l_holder[i]], self.l_nonce[i])
            for i in range(len(self.l_order))
            if self.l_holder[i] >= 0
        ]
        return (self.next_nonce, held)

    def registers(self, c: cython.longlong) -> list:
        """The words in a coroutine's registers."""
        return [self.r_value[self.c_base[c] + i] for i in range(self.o_registers[self.c_role[c]])]

    def levels(self, c: cython.longlong) -> tuple:
        """The forks of a coroutine, the outermost first: number, clock, registers; endpoints with
        states; messages sent and received.
        """
        level: cython.longlong = self.c_level[c]
        x: cython.longlong
        found = []
        while level >= 0:
            registers = []
            kept = []
            x = self.v_registers[level]
            while x >= 0:
                registers.append(self.y_value[x])
                x = self.y_next[x]
            x = self.v_kept[level]
            while x >= 0:
                kept.append(self.end_view(x))
                x = self.y_next[x]
            found.append(
                (
                    self.v_ghost[level],
                    self.v_since[level],
                    tuple(registers),
                    tuple(kept),
                    self.apart(self.v_staged[level]),
                    self.apart(self.v_taken[level]),
                )
            )
            level = self.v_up[level]
        found.reverse()
        return tuple(found)

    @cython.cfunc
    def end_view(self, x: cython.longlong) -> tuple:
        """An endpoint that a fork keeps: its image and session, its place in it, the number of its
        type's state, the words of its facts.
        """
        e: cython.longlong = self.y_end[x]
        s: cython.longlong = self.c_session[e]
        i: cython.longlong = e - self.s_coroutines[s]
        node: cython.longlong = self.y_state[x] - self.o_state[self.i_first[self.s_image[s]] + i]
        f: cython.longlong = self.y_facts[x]
        facts = []
        while f >= 0:
            facts.append(self.p_word[f])
            f = self.p_next[f]
        return (self.s_image[s], self.s_id[s], i, node, tuple(facts))

    @cython.cfunc
    def apart(self, m: cython.longlong) -> tuple:
        """A chain of messages: image, session, queue in it, label, word, and when it is there."""
        s: cython.longlong
        queue: cython.longlong
        label: cython.longlong
        at: cython.longlong
        found = []
        while m >= 0:
            s = self.c_session[self.m_end[m]]
            queue = self.m_queue[m] - self.s_queues[s]
            label = self.m_label[m]
            at = 0
            if label < 0:
                label = ~label
                at = self.m_at[m]
            found.append((self.s_image[s], self.s_id[s], queue, label, self.m_value[m], at))
            m = self.m_next[m]
        return tuple(found)

    def messages(self, q: cython.longlong) -> list:
        """The labels and words in a queue, oldest first, and the ticks from which they are there, 0
        for at once.
        """
        m: cython.longlong = self.q_head[q]
        label: cython.longlong
        found = []
        while m >= 0:
            label = self.m_label[m]
            if label >= 0:
                found.append((label, self.m_value[m], 0))
            else:
                found.append((~label, self.m_value[m], self.m_at[m]))
            m = self.m_next[m]
        return found

    def objects(self) -> set:
        """Every word that names an object in registers, messages, facts, grants and forks, some
        perhaps stale. The number of a fork is among the registers that it keeps.
        """
        i: cython.longlong
        found = set()
        for i in range(self.r_top):
            if self.r_value[i] & TAG >= OBJECT_TAG:
                found.add(self.r_value[i])
        for i in range(self.m_top):
            if self.m_value[i] & TAG >= OBJECT_TAG:
                found.add(self.m_value[i])
        for i in range(self.p_top):
            if self.p_word[i] & TAG >= OBJECT_TAG:
                found.add(self.p_word[i])
        for i in range(len(self.l_word)):
            if self.l_word[i] & TAG >= OBJECT_TAG:
                found.add(self.l_word[i])
        for i in range(self.y_top):
            if self.y_value[i] & TAG >= OBJECT_TAG:
                found.add(self.y_value[i])
        for chunk in self.chunks:
            for i in range(2 * CHUNK, 3 * CHUNK):
                if chunk[i] & TAG >= OBJECT_TAG:
                    found.add(chunk[i])
        for note in self.notes:
            found.update(note)
        return found

    def recorded(self) -> tuple:
        """The chunks of the trace, and how many events are in the last; the notes on the side, and
        the number of the first; and of every coroutine that was spawned its id and its parent's.
        """
        return (self.chunks, self.filled, self.notes, self.noted, self.kin)

    def let_go(self, chunks: cython.longlong) -> None:
        """Keep so many of the first chunks no more, nor their notes, nor who was spawned by whom;
        the last chunk stays. Whoever reads them now has lists that stay as they are.
        """
        self.chunks = self.chunks[chunks:]
        self.begun = len(self.chunks)
        self.noted_at = self.noted_at[chunks:]
        self.kin = []
        first: cython.longlong = max(self.noted, self.noted_at[0])
        self.notes = self.notes[first - self.noted :]
        self.noted = first

    def prints(self, first: cython.longlong, reader: Any) -> bytearray:
        """``machine.event_print`` of each event that is kept, from one on: four bytes, the high
        ones first. ``reader`` is asked for what does not stand in the columns. Only where all is
        kept: then a word has one value for ever, and need be looked at once.
        """
        stop: cython.longlong = CHUNK * (len(self.chunks) - 1) + self.filled
        low: cython.ulonglong = 4294967295
        one: cython.ulonglong = 2654435761
        other: cython.ulonglong = 2246822519
        if len(self.u_what) == 0:
            self.u_branch = table(LOOKUPS)
            self.u_word = table(LOOKUPS)
            self.u_what = table(LOOKUPS)
        # The range of coroutines that was looked up last.
        start: cython.longlong = 0
        end: cython.longlong = 0
        session: cython.longlong = 0
        roles: cython.longlong = 1
        columns: cython.longlong[::1] = self.chunk
        number: cython.longlong
        at: cython.longlong
        key: cython.longlong
        word: cython.longlong
        coroutine: cython.longlong
        slot: cython.longlong
        here: cython.longlong = -1
        h: cython.ulonglong
        out = bytearray(4 * max(0, stop - first))
        to: cython.uchar[::1] = out
        place: cython.longlong = 0
        for number in range(first, stop):
            if number // CHUNK != here:
                here = number // CHUNK
                columns = self.chunks[here]
            at = number % CHUNK
            key = columns[at] & (1 << KIND_BITS) - 1
            if key in (SENT, RECEIVED):
                coroutine = columns[at + CHUNK] >> PAYLOAD_BITS
                key |= (columns[at + CHUNK] & (1 << PAYLOAD_BITS) - 1) << KIND_BITS
                word = columns[at + 2 * CHUNK]
                if not start <= coroutine < end:
                    start, end, session, roles = reader.home(coroutine)
                slot = (key ^ key >> 9 ^ word >> TAG_BITS ^ word >> 31) & LOOKUPS - 1
                if self.u_branch[slot] != key or self.u_word[slot] != word:
                    self.u_what[slot] = reader.what(number)
                    self.u_branch[slot] = key
                    self.u_word[slot] = word
                h = self.u_what[slot]
                h = stirred(h, columns[at] >> KIND_BITS, low, one, other)
                h = stirred(h, session + (coroutine - start) // roles, low, one, other)
                h = stirred(h, coroutine, low, one, other)
            else:
                h = reader.print_of(number)
            to[place] = h >> 24 & 255
            to[place + 1] = h >> 16 & 255
            to[place + 2] = h >> 8 & 255
            to[place + 3] = h & 255
            place += 4
        return out

    def sizes(self) -> tuple:
        """How many slots there are of sessions, coroutines, queues, registers, messages, nodes."""
        return (
            len(self.s_id),
            len(self.c_id),
            len(self.q_head),
            len(self.r_value),
            len(self.m_label),
            len(self.n_up),
        )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
@cython.inline
def sort_of(word: cython.longlong) -> cython.longlong:
    """The number of the sort of a word; that of an endpoint is no sort's."""
    tag: cython.longlong = word & TAG
    return tag if tag != OBJECT_TAG else (word >> TAG_BITS) & SORT


@cython.cfunc
@cython.inline
def stirred(
    h: cython.ulonglong,
    number: cython.ulonglong,
    low: cython.ulonglong,
    one: cython.ulonglong,
    other: cython.ulonglong,
) -> cython.ulonglong:
    """A print with a number stirred in, as in ``machine.event_print``."""
    h = ((h ^ (number & low)) * one) & low
    h = h ^ h >> 15
    h = ((h ^ number >> 32) * other) & low
    return h ^ h >> 13


@cython.cfunc
@cython.inline
def lowest(word: cython.ulonglong) -> cython.longlong:
    """The number of the lowest bit of a word that is not 0."""
    if not cython.compiled:
        return (word & -word).bit_length() - 1
    # The bits below the lowest one are counted, in one half: Cython takes larger literals for
    # objects of Python.
    at: cython.longlong = 0
    if word << 32 == 0:
        word >>= 32
        at = 32
    word = (word & (~word + 1)) - 1
    word = word - ((word >> 1) & 0x55555555)
    word = (word & 0x33333333) + ((word >> 2) & 0x33333333)
    word = (word + (word >> 4)) & 0x0F0F0F0F
    return at + (((word * 0x01010101) >> 24) & 63)
