// Loaded into engine processes before their own program (`node --import`): makes a process that works on a document named
// `FAULT@STEP` misbehave right after it told its parent that it reached that step. All else is the real program.

const CHUNK_BYTES = 8 * 1024 * 1024;
const WASM_PAGE_BYTES = 65_536;

/** Where nobody ends it, it ends itself before the machine suffers. */
const MOST_CHUNKS = 400;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Takes one chunk after the other without ever giving way to the event loop, and not so fast that nobody can look. */
function fill(takeChunk) {
  for (let taken = 0; taken < MOST_CHUNKS; taken++) {
    takeChunk();
    Atomics.wait(sleeper, 0, 0, 4);
  }
  process.exit(9);
}

const kept = [];

const FAULTS = {
  spin() {
    for (;;);
  },
  fillHeap() {
    fill(() => kept.push(Array.from({ length: CHUNK_BYTES / 64 }, (_, index) => ({ index, text: `${index}` }))));
  },
  fillBuffers() {
    fill(() => kept.push(Buffer.alloc(CHUNK_BYTES, 1)));
  },
  fillWebAssembly() {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
    fill(() => {
      const grownFrom = memory.grow(CHUNK_BYTES / WASM_PAGE_BYTES) * WASM_PAGE_BYTES;
      new Uint8Array(memory.buffer, grownFrom).fill(1);
    });
  },
  leak: () => kept.push(Buffer.alloc(75 * CHUNK_BYTES, 1)),
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
