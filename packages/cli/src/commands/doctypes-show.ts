import { DocketError } from '@docket/core';
import { Command } from 'commander';
import { describeDoctype } from '../doctypes/describe-doctype.js';
import { loadDoctypes } from '../doctypes/load-doctypes.js';
import { nearMatches } from '../doctypes/near-matches.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { DEFAULT_WIDTH } from '../terminal/text.js';
import { addDoctypesOptions, type DoctypesFlags } from './doctypes.js';

const EXAMPLES = `
Examples:
  $ docket doctypes show invoice
  $ docket doctypes show delivery_note --format json`;

/** `docket doctypes show` */
export function doctypesShowCommand(shell: Shell): Command {
  return addDoctypesOptions(new Command('show'))
    .summary('show one document type')
    .description('Shows what Docket knows of a document type: its names, its cues, what it looks like.')
    .argument('<id>', 'id of the type, as docket doctypes lists it')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, _: unknown, command: Command) => {
      const flags: DoctypesFlags = { ...command.parent?.opts(), ...command.opts() };
      const { types } = await loadDoctypes(flags.knowledge, shell);
      const type = types.find((one) => one.id === id);
      if (!type) throw unknownType(id, nearMatches(id, types));
      const { stdout, env } = shell;
      const options = { colours: coloursFor(stdout, env), width: stdout.columns ?? DEFAULT_WIDTH };
      await print(
        stdout,
        flags.format === 'json' ? `${JSON.stringify(type, null, 2)}\n` : describeDoctype(type, options),
      );
    });
}

function unknownType(id: string, near: readonly string[]): DocketError {
  const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'docket doctypes lists those there are';
  return new DocketError('request.invalid_usage', `there is no document type ${id}; ${advice}`, { data: { id, near } });
}
