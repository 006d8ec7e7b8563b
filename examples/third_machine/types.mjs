// Local types. Equal nodes are one object here, so "the same" is `===`, and a node is a good key of a Map.

/** The nodes of all types that one machine has met. */
export class Types {
  #nodes = new Map();
  #heads = new Map();
  #numberings = new Map();

  /** The type that a table of rows stands for. */
  read(table) {
    const nodes = [];
    for (const [kind, ...rest] of table) nodes.push(this.#row(nodes, kind, rest));
    return nodes.at(-1);
  }

  /** The state that a node is: the node, unfolded until it is no recursion. */
  head(node) {
    let head = this.#heads.get(node);
    if (head === undefined) {
      head = node;
      while (head.kind === "rec") head = this.#unfolded(head);
      this.#heads.set(node, head);
    }
    return head;
  }

  /** The state after a branch was taken. */
  after(branch) {
    return this.head(branch.part);
  }

  /** A state of which only one branch is left. */
  narrowed(state, branch) {
    return this.#node({ kind: state.kind, peer: state.peer, branches: [branch] });
  }

  /** The number of each state of a type: a Map, in depth-first preorder. */
  numbering(type) {
    const first = this.head(type);
    let numbers = this.#numberings.get(first);
    if (numbers === undefined) {
      numbers = new Map();
      // A stack, since a type may be deeper than JavaScript lets calls be.
      for (const stack = [first]; stack.length > 0; ) {
        const state = stack.pop();
        if (numbers.has(state)) continue;
        numbers.set(state, numbers.size);
        for (const next of this.#next(state).reverse()) stack.push(next);
      }
      this.#numberings.set(first, numbers);
    }
    return numbers;
  }

  #next(state) {
    if (state.kind === "end") return [];
    const isDecided = state.kind === "receive" || state.branches.length === 1;
    return state.branches.map((branch) => (isDecided ? this.after(branch) : this.narrowed(state, branch)));
  }

  #row(nodes, kind, rest) {
    switch (kind) {
      case "end":
        return this.#node({ kind });
      case "var":
        return this.#node({ kind, name: rest[0] });
      case "rec":
        return this.#node({ kind, name: rest[0], part: nodes[rest[1]] });
      case "send":
      case "receive": {
        const branches = rest[1].map(([label, sort, part]) => ({ label, sort, part: nodes[part] }));
        return this.#node({ kind, peer: rest[0], branches });
      }
    }
    throw new Error(`${kind} is not a kind of local type`);
  }

  /** The one object for a node. Its parts are such objects already, so their ids say all about them. */
  #node({ kind, peer, name, part, branches }) {
    const key = JSON.stringify([
      kind,
      peer,
      name,
      part?.id,
      branches?.map((branch) => [branch.label, branch.sort, branch.part.id]),
    ]);
    let node = this.#nodes.get(key);
    if (node === undefined) {
      node = { id: this.#nodes.size, kind, peer, name, part, branches };
      this.#nodes.set(key, node);
    }
    return node;
  }

  /** The inside of a recursion, with the recursion itself in place of its variable. */
  #unfolded(whole) {
    // An inner recursion of the same name keeps its variable, although its part may stand outside of it too.
    const isKept = ({ kind, name }) => kind === "rec" && name === whole.name;
    const inside = new Set([whole.part]);
    for (const node of inside) {
      if (!isKept(node)) for (const part of partsOf(node)) inside.add(part);
    }
    const put = new Map();
    // In ascending order of ids the parts of a node come before it.
    for (const node of [...inside].sort((a, b) => a.id - b.id)) {
      if (node.kind === "var" && node.name === whole.name) put.set(node, whole);
      else if (!isKept(node)) put.set(node, this.#withParts(node, put));
    }
    return put.get(whole.part) ?? whole.part;
  }

  /** A node with its parts replaced, if they are in `put`. */
  #withParts(node, put) {
    const inPlaceOf = (part) => put.get(part) ?? part;
    return this.#node({
      ...node,
      part: node.part && inPlaceOf(node.part),
      branches: node.branches?.map((branch) => ({ ...branch, part: inPlaceOf(branch.part) })),
    });
  }
}

const partsOf = ({ part, branches = [] }) => (part ? [part] : branches.map((branch) => branch.part));

/** The branch of a label; undefined if the state has no such label. */
export const branchOf = (state, label) => state.branches.find((branch) => branch.label === label);
