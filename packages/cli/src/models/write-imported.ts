import { type ImportedModel, type ModelManifest, type ModelTask, transformersRemedy } from '@docket/core';
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
    ...tasks.filter((one) => !isReady(manifest, one)).map(writeUnready),
    ...leftOut.map(({ path, reason }) => `  left out: ${printable(path)} (${printable(reason)})`),
    `use it: docket classify FILES --rules RULES --scorer ${task} --model ${name}`,
    '',
  ].join('\n');
}

/** The background is left out where the package that runs the model is missing. */
function isReady({ files }: ModelManifest, task: ModelTask): boolean {
  return files.some(({ path }) => path === `background.${task}.json`);
}

function writeUnready(task: ModelTask): string {
  return `  not ready for ${task}: ${transformersRemedy()}, then import it again with --replace`;
}
