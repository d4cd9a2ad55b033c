import type { ImportedModel } from '@docket/core';
import { printable } from '../terminal/text.js';
import { formatBytes, settingsOf } from './describe-model.js';

const OUTCOMES = { new: 'installed', replaced: 'installed in place of another', unchanged: 'was there already, whole' };

/** What an import did, and how the model is used. */
export function writeImported({ manifest, bytes, outcome, leftOut }: ImportedModel): string {
  const { name, tasks } = manifest;
  const settings = settingsOf(manifest);
  const [task] = tasks;
  return [
    `${name} ${OUTCOMES[outcome]}: ${formatBytes(bytes)}`,
    ...tasks.map((one) => `  ${one}: ${printable(settings[one])}`),
    ...leftOut.map(({ path, reason }) => `  left out: ${printable(path)} (${printable(reason)})`),
    `use it: docket classify FILES --rules RULES --scorer ${task} --model ${name}`,
    '',
  ].join('\n');
}
