// The instructions: first the guards, in their order, then all changes. Nothing changes before the last guard.

import { Wait } from "./step.mjs";
import { branchOf } from "./types.mjs";
import { endpointValue, hasSort } from "./values.mjs";

const HOST = "host";

/** The registers that an instruction names. */
export function registersOf({ op, chan, dst, src, val, entries = [] }) {
  const named = [chan, dst, src, ...entries.map(([, , register]) => register)];
  // The `val` of `set` is a value, and may look like anything.
  if (op === "send" || op === "offer") named.push(val === HOST ? undefined : val);
  return named.filter((register) => register !== undefined);
}

/** The guards of *Channel*: the endpoint in register `chan`, which this coroutine may use. */
function channel(step, closed = "channel-closed") {
  const { machine, coroutine, instruction } = step;
  const value = coroutine.registers[instruction.chan].Endpoint;
  step.require(value !== undefined, "type-violation", "endpoint");
  const session = machine.sessions.get(value.session);
  const endpoint = session?.endpoints.get(value.role);
  step.require(session?.isActive && endpoint !== undefined, closed, "session");
  step.require(endpoint.owner === coroutine.id, closed, "owner");
  return { session, endpoint, state: endpoint.state };
}

/** Ask the host about an endpoint. */
function ask(step, kind, { session, endpoint, state }, labels, sort) {
  return step.ask({
    kind,
    session: session.id,
    role: endpoint.role,
    node: endpoint.numbers.get(state),
    iteration: endpoint.answers,
    peer: state.peer,
    labels,
    sort,
    action: "",
    args: [],
  });
}

/** The address of a label; undefined if the table has no such label. */
const addressOf = (table, label) => table.find(([each]) => each === label)?.[1];

function send(step) {
  const at = channel(step);
  step.require(at.state.kind === "send", "type-violation", "head");
  step.require(at.state.branches.length === 1, "type-violation", "label");
  transmit(step, at, at.state.branches[0]);
}

function offer(step) {
  const at = channel(step);
  step.require(at.state.kind === "send", "type-violation", "head");
  const branch = branchOf(at.state, step.instruction.label);
  step.require(branch !== undefined, "unknown-label", "label");
  transmit(step, at, branch);
}

/** The rest of `send` and `offer`, from the guard `sort` on. */
function transmit(step, at, branch) {
  const { machine, coroutine, instruction } = step;
  const { session, endpoint, state } = at;
  const [sender, receiver] = [endpoint.role, state.peer];
  const asksHost = instruction.val === HOST;
  let value = asksHost ? undefined : coroutine.registers[instruction.val];
  step.require(asksHost || hasSort(value, branch.sort), "type-violation", "sort");
  if (session.queue(sender, receiver).length >= machine.capacity) {
    throw new Wait("send-wait", "room", { session: session.id, sender, receiver });
  }
  if (asksHost) {
    value = ask(step, "payload", at, [branch.label], branch.sort).value;
    step.require(value !== undefined && hasSort(value, branch.sort), "invoke-fault", "answer");
    endpoint.answers += 1;
  }
  session.put(sender, receiver, [branch.label, value]);
  endpoint.state = machine.types.after(branch);
  coroutine.pc += 1;
  step.emit("Sent", session.id, { sender, receiver, label: branch.label, value });
  step.wakeOwner(session, receiver, "receive-wait", sender, receiver);
}

function receive(step) {
  const at = channel(step);
  step.require(at.state.kind === "receive", "type-violation", "head");
  step.require(at.state.branches.length === 1, "type-violation", "label");
  take(step, at, () => step.coroutine.pc + 1);
}

function choose(step) {
  const at = channel(step);
  step.require(at.state.kind === "receive", "type-violation", "head");
  take(step, at, (label) => {
    const address = addressOf(step.instruction.table, label);
    step.require(address !== undefined, "unknown-label", "table");
    return address;
  });
}

/** The rest of `receive` and `choose`, from the guard `empty` on; `next` gives the address to go on at. */
function take(step, { session, endpoint, state }, next) {
  const { machine, coroutine, instruction } = step;
  const [sender, receiver] = [state.peer, endpoint.role];
  const queue = session.queue(sender, receiver);
  if (queue.length === 0) {
    throw new Wait("receive-wait", "empty", { session: session.id, sender, receiver });
  }
  const [label, value] = queue[0];
  const branch = branchOf(state, label);
  step.require(branch !== undefined, "unknown-label", "message");
  step.require(hasSort(value, branch.sort), "type-violation", "message-sort");
  coroutine.pc = next(label);
  session.take(sender, receiver);
  endpoint.state = machine.types.after(branch);
  coroutine.registers[instruction.dst] = value;
  step.emit("Received", session.id, { sender, receiver, label, value });
  step.wakeOwner(session, sender, "send-wait", sender, receiver);
}

function select(step) {
  const { machine, coroutine, instruction } = step;
  const at = channel(step);
  const { session, endpoint, state } = at;
  step.require(state.kind === "send", "type-violation", "head");
  const labels = state.branches.map((branch) => branch.label);
  const { label } = ask(step, "choice", at, labels, null);
  step.require(label !== undefined, "invoke-fault", "answer");
  const branch = branchOf(state, label);
  step.require(branch !== undefined, "unknown-label", "label");
  const address = addressOf(instruction.table, label);
  step.require(address !== undefined, "unknown-label", "table");
  endpoint.state = machine.types.narrowed(state, branch);
  endpoint.answers += 1;
  coroutine.pc = address;
  step.emit("Selected", session.id, { role: endpoint.role, label });
}

function open(step) {
  const { machine, coroutine, instruction } = step;
  const owner = coroutine.id;
  const entries = instruction.entries.map(([role, type]) => ({ role, type, owner }));
  const { id } = machine.openSession(instruction.name, entries);
  for (const [role, , register] of instruction.entries) coroutine.registers[register] = endpointValue(id, role);
  coroutine.pc += 1;
  step.emit("Opened", id, { roles: entries.map(({ role }) => role) });
}

function close(step) {
  const { machine, coroutine } = step;
  const { session } = channel(step, "close-fault");
  step.woken.push(...machine.waitingOn(session));
  machine.removeSession(session);
  machine.counters.sessions_closed += 1;
  coroutine.pc += 1;
  step.emit("Closed", session.id, { epoch: 1 });
}

function halt(step) {
  const { machine, coroutine } = step;
  const owned = machine.ownedBy(coroutine);
  step.require(
    owned.every(([, endpoint]) => endpoint.state.kind === "end"),
    "type-violation",
    "unfinished",
  );
  for (const [, endpoint] of owned) endpoint.owner = null;
  coroutine.status = "done";
  machine.counters.coroutines_done += 1;
  step.emit("Halted", coroutine.session, { role: coroutine.role });
  if (!machine.sessions.has(coroutine.session)) machine.coroutines.delete(coroutine.id);
  for (const session of new Set(owned.map(([each]) => each))) {
    if (session.isActive && [...session.endpoints.values()].every(isFinished)) {
      machine.removeSession(session);
      machine.counters.sessions_ended += 1;
      step.emit("Ended", session.id);
    }
  }
}

const isFinished = ({ state, owner }) => state.kind === "end" && owner === null;

/** What each instruction does once its registers are known to be there. `fetch` is that there is none. */
export const RULES = {
  fetch: (step) => step.require(false, "pc-out-of-range", "address"),
  send,
  offer,
  receive,
  choose,
  select,
  open,
  close,
  halt,
  set({ coroutine, instruction }) {
    coroutine.registers[instruction.dst] = instruction.val;
    coroutine.pc += 1;
  },
  move({ coroutine, instruction }) {
    coroutine.registers[instruction.dst] = coroutine.registers[instruction.src];
    coroutine.pc += 1;
  },
  jump({ coroutine, instruction }) {
    coroutine.pc = instruction.target;
  },
  yield({ coroutine }) {
    coroutine.pc += 1;
  },
};
