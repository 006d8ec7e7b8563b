// One step: its guards may end it, as a wait or as a fault, before it has changed anything.

/** A guard that does not hold now, but may later. */
export class Wait {
  constructor(code, clause, queue) {
    Object.assign(this, { code, clause, queue });
  }
}

/** A guard that does not hold. */
export class Fault {
  constructor(code, clause) {
    Object.assign(this, { code, clause });
  }
}

export class Step {
  /** The question to the host, if this step has one. */
  asked = null;
  events = [];
  /** Who is woken when the step is done. */
  woken = [];
  #tick;
  #host;

  constructor(machine, coroutine, instruction, host) {
    Object.assign(this, { machine, coroutine, instruction });
    this.#tick = machine.clock;
    this.#host = host;
  }

  /** A guard: the step is a fault unless it holds. */
  require(holds, code, clause) {
    if (!holds) throw new Fault(code, clause);
  }

  /** Ask the host, and go on with what it has answered, unless it is pending or a refusal. */
  ask(question) {
    this.asked = question;
    if (this.#host === "pending") throw new Wait("host-wait", "pending");
    this.require(this.#host !== undefined && this.#host.refused === undefined, "invoke-fault", "refused");
    return this.#host;
  }

  emit(event, session, more) {
    this.events.push({ event, tick: this.#tick, session, coroutine: this.coroutine.id, ...more });
  }

  /** The owner of an endpoint is woken if it waits so on this very queue. */
  wakeOwner(session, role, code, sender, receiver) {
    const block = this.machine.coroutines.get(session.ownerOf(role))?.block;
    if (
      block?.code === code &&
      block.session === session.id &&
      block.sender === sender &&
      block.receiver === receiver
    ) {
      this.woken.push(session.ownerOf(role));
    }
  }

  /** End as a wait: on a queue `{session, sender, receiver}`, or on the host, at home. */
  wait({ code, queue }) {
    const { coroutine } = this;
    coroutine.status = "blocked";
    coroutine.block = { code, ...(queue ?? { session: coroutine.session }) };
  }

  /** End as a fault, which takes the active sessions of this coroutine's endpoints with it. */
  fault({ code, clause }) {
    const { machine, coroutine } = this;
    coroutine.status = "faulted";
    coroutine.fault = { instruction: this.instruction.op, code, clause };
    machine.counters.coroutines_faulted += 1;
    this.emit("Faulted", coroutine.session, { role: coroutine.role, fault: coroutine.fault });
    const owned = machine.ownedBy(coroutine).map(([session]) => session);
    for (const session of new Set(owned.filter(({ isActive }) => isActive))) {
      this.woken.push(...machine.waitingOn(session));
      session.fault();
      machine.counters.sessions_faulted += 1;
      this.emit("SessionFaulted", session.id);
    }
  }
}
