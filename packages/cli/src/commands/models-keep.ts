import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DocketError, hashFile, type ModelRegistry } from '@docket/core';
import { Command } from 'commander';
import { formatBytes } from '../models/describe-model.js';
import { openRegistry, refuseBuiltIn } from '../models/open-registry.js';
import type { Finish } from '../program.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { printable, widestOf } from '../terminal/text.js';

/** `docket models verify` */
export function modelsVerifyCommand(shell: Shell, finish: Finish): Command {
  return new Command('verify')
    .summary('read every file of a model again and compare its hash')
    .description('Reads every file of the installed models again and compares it with the manifest.')
    .helpOption('-h, --help', 'print help')
    .argument('[name]', 'name of the model (default: all)')
    .addHelpText('after', '\nExit status: 0 when all are whole, 1 when one is not.')
    .action(async (name: string | undefined) => {
      if (name !== undefined) refuseBuiltIn(name, 'verified against a manifest; docket doctor tries it');
      const registry = await openRegistry(shell);
      const names = name === undefined ? await namesOf(registry) : [name];
      if (names.length === 0) await print(shell.stdout, 'no models are installed\n');
      const width = widestOf(names.map(printable));
      const verdicts: boolean[] = [];
      for (const one of names) verdicts.push(await verify(one, { registry, shell, width, isAsked: one === name }));
      finish(verdicts.every(Boolean) ? 0 : 1);
    });
}

async function namesOf(registry: ModelRegistry): Promise<string[]> {
  const { models, broken } = await registry.list();
  return [...models, ...broken].map(({ name }) => name).sort();
}

interface Verification {
  readonly registry: ModelRegistry;
  readonly shell: Shell;
  /** Columns of the names. */
  readonly width: number;
  /** Whether it was named: one that is not there is then wrong usage. */
  readonly isAsked: boolean;
}

const FAULTS: readonly string[] = ['model.checksum_mismatch', 'model.incompatible'];

async function verify(name: string, { registry, shell, width, isAsked }: Verification): Promise<boolean> {
  const { stdout, env, signal } = shell;
  signal.throwIfAborted();
  const { green, red } = coloursFor(stdout, env);
  const shown = printable(name).padEnd(width);
  try {
    const { manifest, bytes } = await registry.verify(name);
    await print(stdout, `${green('ok    ')}  ${shown}  ${manifest.files.length} files, ${formatBytes(bytes)}\n`);
    return true;
  } catch (error) {
    if (!(error instanceof DocketError) || (isAsked && !FAULTS.includes(error.code))) throw error;
    await print(stdout, `${red('failed')}  ${shown}  ${printable(error.message)}\n`);
    return false;
  }
}

/** `docket models bundle` */
export function modelsBundleCommand(shell: Shell): Command {
  return new Command('bundle')
    .summary('write a model into one file, for a machine without a network')
    .description('Writes an installed model with its manifest and hashes into one file, which import takes elsewhere.')
    .helpOption('-h, --help', 'print help')
    .argument('<name>', 'name of the model')
    .argument('<file>', 'the file to write: NAME.tar.gz')
    .option('--replace', 'replace the file when it is there')
    .action(async (name: string, file: string, { replace = false }: { readonly replace?: boolean }) => {
      refuseBuiltIn(name, 'bundled, and every Docket has it');
      const { manifest } = await (await openRegistry(shell)).bundle(name, file, { replace });
      const size = formatBytes((await stat(file)).size);
      const lines = [
        `${printable(file)}: ${name}, ${manifest.files.length} files, ${size}`,
        `SHA-256: ${(await hashFile(file)).sha256}`,
        `on the other machine: docket models import ${printable(basename(file))}`,
      ];
      await print(shell.stdout, `${lines.join('\n')}\n`);
    });
}

/** `docket models remove` */
export function modelsRemoveCommand(shell: Shell): Command {
  return new Command('remove')
    .summary('delete an installed model')
    .description('Deletes an installed model, or a broken one.')
    .helpOption('-h, --help', 'print help')
    .argument('<name>', 'name of the model')
    .action(async (name: string) => {
      refuseBuiltIn(name, 'removed');
      await (await openRegistry(shell)).remove(name);
      await print(shell.stdout, `${name} removed\n`);
    });
}
