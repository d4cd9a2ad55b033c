import { PassThrough } from 'node:stream';
import type { PullProgress } from '@docket/core';
import { expect, test } from 'vitest';
import { showPull } from './pull-progress.js';

const MEGABYTE = 1_000_000;

function graph(receivedBytes: number, totalBytes?: number): PullProgress {
  return { file: 'onnx/model\u001b[2J.onnx', receivedBytes, totalBytes, filesDone: 2, files: 3 };
}

test('a line for each file where nobody watches', () => {
  const stream = new PassThrough();
  const { update, stop } = showPull(stream);
  update({ file: 'config.json', receivedBytes: 0, totalBytes: undefined, filesDone: 0, files: 3 });
  for (let received = 0; received <= 91; received++) update(graph(received * MEGABYTE, 91 * MEGABYTE));
  stop();
  expect(String(stream.read())).toBe('file 1 of 3: config.json\nfile 3 of 3: onnx/model\ufffd[2J.onnx, 91.0 MB\n');
});

test('a bar on a terminal, not redrawn for every piece that comes', () => {
  const stream = Object.assign(new PassThrough({ highWaterMark: 1e9 }), { isTTY: true, columns: 100 });
  const { update, stop } = showPull(stream);
  for (let received = 0; received <= 9100; received++) update(graph(received * 10_000, 91 * MEGABYTE));
  stop();
  const text = String(stream.read());
  expect(text).toMatch(/ of 91\.0 MB, file 3 of 3: onnx\/model\ufffd\[2J\.onnx/);
  expect(text.match(/of 91\.0 MB/g)?.length).toBeLessThan(50);
});

test('a bar for a file whose size nobody has said', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  const { update, stop } = showPull(stream);
  update(graph(5 * MEGABYTE));
  stop();
  expect(String(stream.read())).toContain('5.0 MB of unknown size');
});
