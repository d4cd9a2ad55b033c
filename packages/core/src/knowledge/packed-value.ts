/** Numbers that are kept as they lie in memory. */
const ARRAYS = { Int32Array, Float32Array, Float64Array };
type ArrayName = keyof typeof ARRAYS;

/** Longer texts lie beside the JSON, as UTF-16. */
const LONGEST_INLINE = 10_000;

/** Every array begins at a multiple of this. */
const ALIGNMENT = 8;

/** Where a part lies, in the place of the part: kind, offset behind the JSON, bytes. */
interface Reference {
  readonly $packed: readonly [kind: ArrayName | 'text', start: number, length: number];
}

/**
 * Writes plain data whose objects (not lists) hold large typed arrays (`Int32Array`, `Float32Array`, `Float64Array`) so that reading it costs next to
 * nothing: the length of a JSON text (4 bytes), the JSON, then the arrays, which are used where they lie. In the machine's
 * byte order: such files are built where they are used.
 */
export function packValue(value: unknown): Uint8Array {
  const parts: Uint8Array[] = [];
  let end = 0;
  const add = (kind: ArrayName | 'text', bytes: Uint8Array): Reference => {
    const start = end;
    const padded = new Uint8Array(align(bytes.length));
    padded.set(bytes);
    parts.push(padded);
    end += padded.length;
    return { $packed: [kind, start, bytes.length] };
  };
  const json = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string' && part.length > LONGEST_INLINE) return add('text', Buffer.from(part, 'utf16le'));
    if (!ArrayBuffer.isView(part)) return part;
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    return add(part.constructor.name as ArrayName, bytes);
  });
  const header = Buffer.alloc(align(4 + Buffer.byteLength(json)), ' ');
  header.writeUInt32LE(header.length - 4);
  header.write(json, 4);
  return Buffer.concat([header, ...parts]);
}

/**
 * Reads what {@link packValue} wrote; the arrays share the memory of the bytes, which must begin at a multiple of 8.
 * @throws Error for a file that is cut off or none of this kind
 */
export function unpackValue(bytes: Buffer): unknown {
  const start = 4 + bytes.readUInt32LE();
  return restore(JSON.parse(bytes.toString('utf8', 4, start)), (reference) => readPart(bytes, start, reference));
}

/** Puts parts in the places of their references: in objects, not in lists, which would take long to go through. */
function restore(value: unknown, partOf: (reference: Reference) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('$packed' in value) return partOf(value as Reference);
  const fields = value as Record<string, unknown>;
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'object') fields[name] = restore(field, partOf);
  }
  return fields;
}

function readPart(bytes: Buffer, start: number, { $packed: [kind, offset, length] }: Reference) {
  const at = start + offset;
  if (at + length > bytes.length) throw new Error('it is cut off');
  if (kind === 'text') return bytes.toString('utf16le', at, at + length);
  const type = ARRAYS[kind];
  return new type(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length / type.BYTES_PER_ELEMENT);
}

function align(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
