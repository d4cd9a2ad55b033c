import { BUILT_IN_MODEL, type InstalledModel, type ModelManifest, modelHash } from '@docket/core';
import type { Colours } from '../terminal/colours.js';
import { layOutTable } from '../terminal/table.js';
import { printable } from '../terminal/text.js';

/** Digits of a file's hash that are shown. */
const DIGITS = 12;

/** `5.8 MB`, `129 kB`: units of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** A model as `docket models list --format json` gives it. */
export function summariseModel({ name, folder, bytes, manifest }: InstalledModel) {
  return {
    name,
    isBuiltIn: name === BUILT_IN_MODEL,
    tasks: manifest.tasks,
    hashes: Object.fromEntries(manifest.tasks.map((task) => [task, modelHash(manifest, task)])),
    bytes,
    licence: manifest.licence ?? null,
    languages: manifest.languages ?? null,
    origin: manifest.origin,
    folder,
  };
}

/** Everything that is known of a model, for people. */
export function describeModel({ name, folder, bytes, manifest }: InstalledModel, colours: Colours): string {
  const facts: [string, string][] = [
    ['origin', name === BUILT_IN_MODEL ? 'comes with Docket' : originOf(manifest)],
    ['licence', manifest.licence ?? 'not known'],
    ['languages', manifest.languages?.join(' ') ?? 'not known'],
    ['folder', folder],
    ['size', formatBytes(bytes)],
    ...manifest.tasks.map((task): [string, string] => [task, settingsOf(manifest)[task]]),
  ];
  const width = Math.max(...facts.map(([subject]) => subject.length));
  const lines = facts.map(([subject, text]) => `${subject.padEnd(width)}  ${printable(text)}\n`);
  const columns = [{ head: 'FILE' }, { head: 'SIZE' }, { head: 'SHA-256' }];
  const rows = manifest.files.map((file) => [file.path, formatBytes(file.bytes), `${file.sha256.slice(0, DIGITS)}…`]);
  return `${colours.bold(printable(name))}\n${lines.join('')}\n${layOutTable({ columns, rows, colours })}`;
}

/** What was understood of a model, by task: one line each. */
export function settingsOf(manifest: ModelManifest) {
  const { static: words, embedding, zeroShot } = manifest;
  const hashed = (task: keyof typeof settings, text: string) => `${text}, hash ${modelHash(manifest, task)}`;
  const settings = { static: '', embedding: '', 'zero-shot': '' };
  if (words) settings.static = hashed('static', `${words.weights}, ${normalised(words.normalize)}`);
  if (embedding) {
    const { variant, pooling, normalize, prefixes, maxTokens, family } = embedding;
    const marks = [
      prefixes.rule && `rules behind "${prefixes.rule}"`,
      prefixes.passage && `passages behind "${prefixes.passage}"`,
    ];
    const text = [
      `${variant}${family ? ` of the family ${family}` : ''}`,
      `pooling ${pooling}`,
      normalised(normalize),
      ...marks.filter((mark) => mark !== ''),
      `window of ${maxTokens} tokens`,
    ].join(', ');
    settings.embedding = hashed('embedding', text);
  }
  if (zeroShot) {
    const { variant, entailment, labels, maxTokens } = zeroShot;
    const text = `${variant}, entailment is label ${entailment + 1} of ${labels}, window of ${maxTokens} tokens`;
    settings['zero-shot'] = hashed('zero-shot', text);
  }
  return settings;
}

function normalised(isNormalised: boolean): string {
  return isNormalised ? 'vectors of length 1' : 'vectors as they come';
}

function originOf({ origin: { kind, repository, revision } }: ModelManifest): string {
  return repository ? `${repository}${revision ? ` at ${revision}` : ''}` : `a ${kind}`;
}
