// The conversation: one line of JSON each way, and an answer to every message.

import { answer, Machine } from "./machine.mjs";

let machine = null;

function reply(message) {
  switch (message.do) {
    case "new":
      if (message.version !== 1) throw new Error(`version ${message.version} is not known here`);
      machine = new Machine(message.config);
      return answer(machine, null, null, []);
    case "load":
      return machine.load(message.image);
    case "step":
      return machine.choose(message.choice, message.host);
  }
  throw new Error(`${message.do} is not known here`);
}

/** The lines of a stream. `node:readline` would also end one at U+2028, which JSON admits inside of a string. */
async function* lines(stream) {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const found = (rest + chunk).split("\n");
    rest = found.pop();
    yield* found;
  }
}

for await (const line of lines(process.stdin)) {
  let said;
  try {
    said = JSON.stringify(reply(JSON.parse(line)));
  } catch (error) {
    said = JSON.stringify({ error: error.message });
  }
  process.stdout.write(`${said}\n`);
}
