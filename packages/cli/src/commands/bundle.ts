import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DocketError, hashFile } from '@docket/core';
import { Command } from 'commander';
import type { BundleManifest } from '../bundle/bundle-manifest.js';
import type { MadeBundle } from '../bundle/make-bundle.js';
import { formatBytes } from '../models/describe-model.js';
import { openRegistry, refuseBuiltIn } from '../models/open-registry.js';
import { print, type Shell } from '../shell.js';
import { printable } from '../terminal/text.js';

/** Flags of `docket bundle`. */
interface BundleFlags {
  readonly model?: readonly string[];
  readonly models?: boolean;
  readonly withTransformers?: boolean;
  readonly withOcr?: boolean;
  readonly replace?: boolean;
}

const NOTES = `
The archive holds this program, the packages that it needs on machines like this one, and the models that are named. The
other machine needs Node of the same major version, and nothing else: no npm, no compiler, no network.
Models for embedding and zero-shot bring transformers.js and ONNX Runtime along, which are larger than the rest.
Scans and photos are read only where the bundle was made with --with-ocr.
docs/air-gapped.md goes the whole way.

Examples:
  $ docket bundle docket.tar.gz
  $ docket bundle docket.tar.gz --model bge-small-en-v1.5`;

/** `docket bundle` */
export function bundleCommand(shell: Shell): Command {
  return new Command('bundle')
    .summary('write the program into one file, for a machine without a network')
    .description('Writes the program and what it needs into one file, for a machine that has Node and no network.')
    .helpOption('-h, --help', 'print help')
    .argument('<file>', 'the file to write: NAME.tar.gz')
    .option('--model <name...>', 'installed models that come along')
    .option('--models', 'all installed models come along')
    .option('--with-transformers', 'bring transformers.js for models that are installed later')
    .option('--with-ocr', 'bring what reads scans and photos, with English')
    .option('--replace', 'replace the file when it is there')
    .addHelpText('after', NOTES)
    .action(async (file: string, flags: BundleFlags) => {
      const registry = await openRegistry(shell);
      if (flags.models && flags.model) {
        throw new DocketError('request.invalid_usage', 'use either --model NAME or --models, which means all of them');
      }
      for (const name of flags.model ?? []) refuseBuiltIn(name, 'left out: every bundle has it');
      const all = flags.models ? (await registry.list()).models.map(({ name }) => name) : [];
      const { makeBundle } = await import('../bundle/make-bundle.js');
      const made = await makeBundle({
        file,
        registry,
        models: [...new Set([...(flags.model ?? []), ...all])],
        withTransformers: flags.withTransformers ?? false,
        withOcr: flags.withOcr ?? false,
        replace: flags.replace ?? false,
        signal: shell.signal,
      });
      await print(shell.stdout, `${(await describe(file, made)).join('\n')}\n`);
    });
}

async function describe(file: string, { manifest, folder, hasTransformers, bytes }: MadeBundle): Promise<string[]> {
  const parts = [
    `program ${formatBytes(bytes.program)}`,
    hasTransformers ? `transformers.js ${formatBytes(bytes.transformers)}` : 'no transformers.js',
    bytes.models > 0 ? `models ${formatBytes(bytes.models)} (${manifest.models.join(', ')})` : 'no models',
  ];
  return [
    `${printable(file)}: docket ${manifest.docket}, ${manifest.files.length} files, ${formatBytes((await stat(file)).size)}`,
    `unpacked: ${parts.join(', ')}`,
    `runs on: ${describeMachine(manifest)}`,
    `SHA-256: ${(await hashFile(file)).sha256}`,
    `on the other machine: tar xzf ${printable(basename(file))} && ${folder}/docket doctor`,
  ];
}

function describeMachine({ platform, arch, libc, node }: BundleManifest): string {
  const oldest = libc?.oldest === undefined ? '' : ` ${libc.oldest} or newer`;
  const library = libc === null ? '' : ` with ${libc.name}${oldest}`;
  return `${platform} ${arch}${library}, Node ${node.range}`;
}
