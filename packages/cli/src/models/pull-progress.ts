import type { PullProgress } from '@docket/core';
import { SingleBar } from 'cli-progress';
import type { OutputStream } from '../shell.js';
import { printable } from '../terminal/text.js';
import { formatBytes } from './describe-model.js';

/** Shows how far a pull is. */
export interface PullDisplay {
  readonly update: (progress: PullProgress) => void;
  /** Takes the bar away. */
  readonly stop: () => void;
}

/** A bar for the file that is coming on a terminal, redrawn ten times a second at most; a line for each file elsewhere. */
export function showPull(stream: OutputStream): PullDisplay {
  return stream.isTTY === true ? showBar(stream) : showLines(stream);
}

function showLines(stream: OutputStream): PullDisplay {
  let current = '';
  const update = ({ file, filesDone, files, totalBytes }: PullProgress) => {
    if (file === current) return;
    current = file;
    const size = totalBytes === undefined ? '' : `, ${formatBytes(totalBytes)}`;
    stream.write(`file ${filesDone + 1} of ${files}: ${printable(file)}${size}\n`);
  };
  return { update, stop: () => {} };
}

function showBar(stream: OutputStream): PullDisplay {
  const bar = new SingleBar({
    stream,
    format: '{bar} {received} of {size}, file {number} of {files}: {file}',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
  });
  let isStarted = false;
  const update = ({ file, receivedBytes, totalBytes, filesDone, files }: PullProgress) => {
    const size = totalBytes === undefined ? 'unknown size' : formatBytes(totalBytes);
    const texts = { received: formatBytes(receivedBytes), size, number: filesDone + 1, files, file: printable(file) };
    if (!isStarted) bar.start(totalBytes ?? 1, 0, texts);
    isStarted = true;
    bar.setTotal(totalBytes ?? Math.max(receivedBytes, 1));
    bar.update(receivedBytes, texts);
  };
  return { update, stop: () => bar.stop() };
}
