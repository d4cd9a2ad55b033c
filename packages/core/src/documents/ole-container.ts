/** Signature of an OLE container (MS-CFB 2.2): office files of before 2007, and encrypted ones of today. */
const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const ENTRY_BYTES = 128;
const START_SECTOR_OFFSET = 116;

/** Where a Word document says that it is encrypted (MS-DOC 2.5.2, `fEncrypted`). */
const WORD_FLAGS_OFFSET = 10;
const WORD_ENCRYPTED = 0x0100;

/** The record of a workbook that says how it is encrypted (MS-XLS 2.4.117), and how far in it stands at most. */
const FILE_PASS = 0x002f;
const RECORDS_BYTES = 512;

/** Names of streams that only a document under rights management has (MS-OFFCRYPTO 2.2). */
const RIGHTS_STREAMS = ['DRMEncryptedTransform', 'DRMEncryptedDataSpace', 'DRMContent'];

/** What holds the content of an OLE container shut, when something does. */
export type OleProtection = 'password' | 'rights' | undefined;

/** Whether bytes begin like an OLE container. */
export function isOleContainer(bytes: Uint8Array): boolean {
  return asBuffer(bytes).subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/** Tells by streams and flags whether an office file in an OLE container can be opened by anybody. */
export function findOleProtection(bytes: Uint8Array): OleProtection {
  const source = asBuffer(bytes);
  if (RIGHTS_STREAMS.some((name) => source.includes(utf16(name)))) return 'rights';
  if (source.includes(utf16('EncryptedPackage')) || source.includes(utf16('EncryptedSummary'))) return 'password';
  const word = startOfStream(source, 'WordDocument');
  if (word && word.length >= WORD_FLAGS_OFFSET + 2 && (word.readUInt16LE(WORD_FLAGS_OFFSET) & WORD_ENCRYPTED) !== 0) {
    return 'password';
  }
  const workbook = startOfStream(source, 'Workbook') ?? startOfStream(source, 'Book');
  return workbook && hasRecord(workbook, FILE_PASS) ? 'password' : undefined;
}

/** The first bytes of a stream of at least 4096 bytes, which office programs write at the least. */
function startOfStream(source: Buffer, name: string): Buffer | undefined {
  const sectorShift = source.length >= 32 ? source.readUInt16LE(30) : 0;
  if (sectorShift < 9 || sectorShift > 12) return undefined;
  const wanted = utf16(`${name}\0`);
  for (let at = source.indexOf(wanted); at >= 0; at = source.indexOf(wanted, at + 1)) {
    if (at % ENTRY_BYTES !== 0 || at + ENTRY_BYTES > source.length) continue;
    const start = (source.readUInt32LE(at + START_SECTOR_OFFSET) + 1) * 2 ** sectorShift;
    if (start < source.length) return source.subarray(start, start + RECORDS_BYTES);
  }
  return undefined;
}

/** Looks through records: two bytes of type, two of length, then the content. */
function hasRecord(records: Buffer, wanted: number): boolean {
  let at = 0;
  while (at + 4 <= records.length) {
    if (records.readUInt16LE(at) === wanted) return true;
    at += 4 + records.readUInt16LE(at + 2);
  }
  return false;
}

function utf16(name: string): Buffer {
  return Buffer.from(name, 'utf16le');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
