import { open } from 'node:fs/promises';
import { modelFault } from './model-fault.js';
import { readOnnxGraph } from './onnx-graph.js';
import { readSafetensorsHeader } from './safetensors-header.js';

const START_BYTES = 1024;
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\s/;
const HTML = /^\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/is;

/**
 * Checks that a file of a model is what its name says, not what a failed download or clone leaves behind.
 * @throws DocketError `model.incompatible`; `data.fault` tells the ways apart
 */
export async function checkFile(file: string): Promise<void> {
  await checkStart(file);
  if (file.endsWith('.json')) await readJson(file);
  if (file.endsWith('.onnx')) await readOnnxGraph(file);
  if (file.endsWith('.safetensors')) await readSafetensorsHeader(file);
}

/**
 * Reads a JSON file of a model.
 * @throws DocketError `model.incompatible`
 */
export async function readJson(file: string): Promise<unknown> {
  const text = await checkStart(file, true);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const message = `${file} is not valid JSON, so it may be cut off; download or copy it again`;
    throw modelFault({ fault: 'invalid_json', message, file, cause });
  }
}

/**
 * Tells an empty file, a Git LFS pointer and an HTML page from what was wanted.
 * @returns the beginning of the file, or all of it
 * @throws DocketError `model.incompatible`
 */
export async function checkStart(file: string, isWhole = false): Promise<string> {
  const bytes = await readStart(file, isWhole);
  const text = bytes.toString('utf8');
  if (bytes.length === 0) {
    throw modelFault({ fault: 'empty_file', message: `${file} is empty; download or copy it again`, file });
  }
  if (LFS_POINTER.test(text)) {
    const size = /^size (\d+)$/m.exec(text)?.[1];
    const message = `${file} is a Git LFS pointer and not the file${size ? ` of ${size} bytes` : ''} itself; run \`git lfs pull\` in the clone that it comes from, then import again`;
    throw modelFault({ fault: 'lfs_pointer', message, file });
  }
  if (HTML.test(text.slice(0, START_BYTES))) {
    const message = `${file} is an HTML page, such as the error page of a failed download, saved as a model; download it again`;
    throw modelFault({ fault: 'html_page', message, file });
  }
  return text;
}

async function readStart(file: string, isWhole: boolean): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    if (isWhole) return await handle.readFile();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
