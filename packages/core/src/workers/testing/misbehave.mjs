// Loaded into engine processes before their own program (`node --import`): makes a process that works on a document named
// `FAULT@STEP` misbehave right after it told its parent that it reached that step. All else is the real program.

const MEBIBYTE = 1024 * 1024;
const WASM_PAGE_BYTES = 65_536;
const WASM_PAGES = MEBIBYTE / WASM_PAGE_BYTES;

/** Where nobody ends it, it ends itself before the machine suffers. */
const MOST_MEBIBYTES = 3000;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Takes a mebibyte after the other, a few hundred a second, without ever giving way to the event loop. */
function fill(takeMebibyte) {
  for (let taken = 0; taken < MOST_MEBIBYTES; taken++) {
    takeMebibyte();
    Atomics.wait(sleeper, 0, 0, 1);
  }
  process.exit(9);
}

const kept = [];

const FAULTS = {
  spin() {
    for (;;);
  },
  fillHeap() {
    fill(() => kept.push(Array.from({ length: 16_384 }, (_, index) => ({ index, text: `${index}` }))));
  },
  fillBuffers() {
    fill(() => kept.push(Buffer.alloc(MEBIBYTE, 1)));
  },
  fillWebAssembly() {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    fill(() => {
      const grownFrom = memory.grow(WASM_PAGES) * WASM_PAGE_BYTES;
      new Uint8Array(memory.buffer, grownFrom).fill(1);
    });
  },
  leak: () => kept.push(Buffer.alloc(600 * MEBIBYTE, 1)),
  exit: () => process.exit(7),
  abort: () => process.abort(),
  kill: () => process.kill(process.pid, 'SIGKILL'),
};

/** What a document's name asks for, by the id of its task. */
const asked = new Map();
const on = process.on.bind(process);
process.on = (event, listener) => {
  if (event !== 'message') return on(event, listener);
  return on(event, (message) => {
    const [fault, step] = message.request?.document?.name?.split('@') ?? [];
    // Never taken up: as if the program did not get so far.
    if (step === 'message') return FAULTS[fault]();
    if (step) asked.set(message.id, { fault, step });
    listener(message);
  });
};

const send = process.send.bind(process);
process.send = (message, ...others) => {
  const sent = send(message, ...others);
  const { fault, step } = asked.get(message.id) ?? {};
  if (step === message.kind) FAULTS[fault]();
  return sent;
};
