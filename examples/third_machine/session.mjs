// One session: its endpoints, by role, and its queues, by sender and receiver.

export class Session {
  isActive = true;
  endpoints = new Map();
  #queues = new Map();

  constructor(id, image) {
    this.id = id;
    this.image = image;
  }

  /** Give a role its endpoint. `numbers` is the numbering of its type, `state` where in the type it is. */
  addEndpoint(role, numbers, state, owner) {
    this.endpoints.set(role, { role, numbers, state, owner, tokens: 0, answers: 0 });
  }

  ownerOf(role) {
    return this.endpoints.get(role)?.owner ?? null;
  }

  /** The messages from one role to another, the oldest first. */
  queue(sender, receiver) {
    const key = JSON.stringify([sender, receiver]);
    if (!this.#queues.has(key)) this.#queues.set(key, { sender, receiver, messages: [] });
    return this.#queues.get(key).messages;
  }

  /** Put a message into its queue, and count it for the receiver, who need not be of this session. */
  put(sender, receiver, message) {
    this.queue(sender, receiver).push(message);
    const endpoint = this.endpoints.get(receiver);
    if (endpoint) endpoint.tokens += 1;
  }

  /** Take the oldest message out of a queue. */
  take(sender, receiver) {
    this.endpoints.get(receiver).tokens -= 1;
    return this.queue(sender, receiver).shift();
  }

  /** Nothing works here any more, and what was under way is lost. */
  fault() {
    this.isActive = false;
    this.#queues.clear();
    for (const endpoint of this.endpoints.values()) endpoint.tokens = 0;
  }

  toJSON() {
    const queues = [...this.#queues.values()].filter((queue) => queue.messages.length > 0);
    return {
      id: this.id,
      image: this.image,
      status: this.isActive ? "active" : "faulted",
      endpoints: [...this.endpoints.values()].map(({ role, numbers, state, owner, tokens, answers }) => ({
        role,
        node: numbers.get(state),
        owner,
        tokens,
        answers,
      })),
      queues: queues.sort((a, b) => compare(a.sender, b.sender) || compare(a.receiver, b.receiver)),
    };
  }
}

// As bytes of UTF-8, which have the order of code points; `<` would compare halves of characters.
const compare = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
