const SHORT = 3;
const LONG = 4;
const DOTS_PER_INCH = 200;

/** Writes a grey picture as TIFF 6.0, baseline, uncompressed, little endian. */
export function writeTiff({ width, height, grey }: { width: number; height: number; grey: Uint8Array }): Buffer {
  const start = 8;
  const entries: [tag: number, type: number, value: number][] = [
    [256, LONG, width],
    [257, LONG, height],
    [258, SHORT, 8],
    [259, SHORT, 1],
    [262, SHORT, 1],
    [273, LONG, start],
    [277, SHORT, 1],
    [278, LONG, height],
    [279, LONG, grey.length],
  ];
  const resolutionAt = start + grey.length + (grey.length % 2);
  const directoryAt = resolutionAt + 8;
  const rational = 5;
  const all = [...entries, [282, rational, resolutionAt], [283, rational, resolutionAt]] as const;
  const tiff = Buffer.alloc(directoryAt + 2 + (all.length + 1) * 12 + 4);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(directoryAt, 4);
  tiff.set(grey, start);
  tiff.writeUInt32LE(DOTS_PER_INCH, resolutionAt);
  tiff.writeUInt32LE(1, resolutionAt + 4);
  const withUnit = [...all, [296, SHORT, 2]] as const;
  tiff.writeUInt16LE(withUnit.length, directoryAt);
  withUnit.forEach(([tag, type, value], index) => {
    const at = directoryAt + 2 + index * 12;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(1, at + 4);
    if (type === SHORT) tiff.writeUInt16LE(value, at + 8);
    else tiff.writeUInt32LE(value, at + 8);
  });
  return tiff;
}
