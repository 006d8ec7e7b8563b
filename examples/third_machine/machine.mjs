// The machine: what it is told, how a step goes, and the state that it shows.

import { registersOf, RULES } from "./instructions.mjs";
import { Session } from "./session.mjs";
import { Fault, Step, Wait } from "./step.mjs";
import { Types } from "./types.mjs";
import { endpointValue, UNIT } from "./values.mjs";

export class Machine {
  clock = 0;
  lastPick = null;
  ready = [];
  sessions = new Map();
  coroutines = new Map();
  types = new Types();
  counters = { sessions_ended: 0, sessions_faulted: 0, sessions_closed: 0, coroutines_done: 0, coroutines_faulted: 0 };
  #nextSession = 0;
  #nextCoroutine = 0;

  constructor(config) {
    this.capacity = config.capacity;
  }

  /** Open a session of an image, with a coroutine for each role. */
  load({ name, roles }) {
    const first = this.#nextCoroutine;
    const { id } = this.openSession(
      name,
      roles.map(({ role, type }, at) => ({ role, type, owner: first + at })),
    );
    for (const { role, registers, code } of roles) this.#addCoroutine(id, role, registers, code);
    const opened = { event: "Opened", tick: this.clock, session: id, roles: roles.map(({ role }) => role) };
    return answer(this, null, null, [opened]);
  }

  /** Make a choice; `host` is what the host says if it is asked. */
  choose([kind, id], host) {
    const coroutine = this.coroutines.get(id);
    if (kind === "pick" && coroutine?.status === "ready") return this.#step(coroutine, host);
    if (kind === "wake" && coroutine?.block?.code === "host-wait") this.wake([id]);
    return answer(this, null, null, []);
  }

  /** A new session with an endpoint for each entry. */
  openSession(name, entries) {
    const session = new Session(this.#nextSession, name);
    this.#nextSession += 1;
    this.sessions.set(session.id, session);
    for (const { role, type, owner } of entries) {
      const node = this.types.read(type);
      session.addEndpoint(role, this.types.numbering(node), this.types.head(node), owner);
    }
    return session;
  }

  /** The session leaves the state, with the coroutines at home in it that are done. */
  removeSession(session) {
    this.sessions.delete(session.id);
    for (const { id, session: home, status } of this.coroutines.values()) {
      if (home === session.id && status === "done") this.coroutines.delete(id);
    }
  }

  /** What a coroutine owns, in ascending order of the sessions: `[session, endpoint]`. */
  ownedBy({ id }) {
    return [...this.sessions.values()].flatMap((session) =>
      [...session.endpoints.values()].filter(({ owner }) => owner === id).map((endpoint) => [session, endpoint]),
    );
  }

  /** Who waits on a queue of a session: ids, some perhaps twice. */
  waitingOn(session) {
    return [...session.endpoints.values()]
      .map(({ owner }) => this.coroutines.get(owner))
      .filter((owner) => owner?.block?.session === session.id && owner.block.code !== "host-wait")
      .map(({ id }) => id);
  }

  /** Make coroutines ready, in ascending order, each once. */
  wake(ids) {
    for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
      Object.assign(this.coroutines.get(id), { status: "ready", block: null });
      this.ready.push(id);
    }
  }

  #addCoroutine(session, role, size, code) {
    const registers = Array(size).fill(UNIT);
    if (size > 0) registers[0] = endpointValue(session, role);
    const id = this.#nextCoroutine;
    this.#nextCoroutine += 1;
    const coroutine = { id, session, role, pc: 0, status: "ready", block: null, fault: null, registers, cost: 0, code };
    this.coroutines.set(id, coroutine);
    this.ready.push(id);
  }

  #step(coroutine, host) {
    const instruction = coroutine.code[coroutine.pc] ?? { op: "fetch" };
    const rule = RULES[instruction.op];
    if (rule === undefined) throw new Error(`there is no instruction ${instruction.op} here`);
    const step = new Step(this, coroutine, instruction, host);
    this.clock += 1;
    this.lastPick = coroutine.id;
    this.ready = this.ready.filter((id) => id !== coroutine.id);
    coroutine.cost += 1;
    let outcome = ["ok", "commit"];
    try {
      step.require(
        registersOf(instruction).every((at) => at >= 0 && at < coroutine.registers.length),
        "out-of-registers",
        "operand",
      );
      rule(step);
      if (coroutine.status === "ready") this.ready.push(coroutine.id);
    } catch (stop) {
      if (stop instanceof Wait) step.wait(stop);
      else if (stop instanceof Fault) step.fault(stop);
      else throw stop;
      outcome = [stop.code, stop.clause];
    }
    this.wake(step.woken);
    return answer(this, [instruction.op, ...outcome].join("."), step.asked, step.events);
  }

  toJSON() {
    const { sessions_closed, ...counters } = this.counters;
    return {
      clock: this.clock,
      next_session: this.#nextSession,
      next_coroutine: this.#nextCoroutine,
      last_pick: this.lastPick,
      ready: this.ready,
      sessions: [...this.sessions.values()],
      coroutines: [...this.coroutines.values()].map(({ code, ...shown }) => shown),
      counters: sessions_closed === 0 ? counters : this.counters,
    };
  }
}

/** What is said after each message. */
export const answer = (machine, row, asked, events) => ({ row, asked, events, state: machine });
