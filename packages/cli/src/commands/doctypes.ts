import type { CompiledKnowledge } from '@docket/core';
import { Command, Option } from 'commander';
import { languagesOf, loadDoctypes } from '../doctypes/load-doctypes.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { layOutTable } from '../terminal/table.js';

/** Flags of `docket doctypes` and `docket doctypes show`. */
export interface DoctypesFlags {
  readonly format?: 'table' | 'json';
  readonly knowledge?: string;
}

const EXAMPLES = `
Examples:
  $ docket doctypes
  $ docket doctypes show invoice
  $ docket doctypes --knowledge my-types/ --format json`;

/** `docket doctypes` */
export function doctypesCommand(shell: Shell): Command {
  return addDoctypesOptions(new Command('doctypes'))
    .summary('list the document types that Docket knows, or show one')
    .description('Lists the document types that Docket knows.')
    .usage('[options] | show <id>')
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES)
    .action(async ({ format, knowledge: folder }: DoctypesFlags) => {
      const knowledge = await loadDoctypes(folder, shell);
      const types = summarise(knowledge);
      const text = format === 'json' ? `${JSON.stringify(types, null, 2)}\n` : layOutTypes(types, knowledge, shell);
      await print(shell.stdout, text);
    });
}

/** The options that both commands share. */
export function addDoctypesOptions(command: Command): Command {
  return command
    .helpOption('-h, --help', 'print help')
    .addOption(new Option('-f, --format <format>', 'format (default: table)').choices(['table', 'json']))
    .option('--knowledge <folder>', 'document types to add to the built-in ones');
}

function summarise(knowledge: CompiledKnowledge) {
  return knowledge.types.map((type) => {
    return { id: type.id, name: type.name, cues: type.cues.length, languages: languagesOf(type, knowledge) };
  });
}

function layOutTypes(
  types: ReturnType<typeof summarise>,
  { identity }: CompiledKnowledge,
  { stdout, env }: Shell,
): string {
  const colours = coloursFor(stdout, env);
  const columns = [{ head: 'ID' }, { head: 'NAME' }, { head: 'CUES' }, { head: 'LANGUAGES' }];
  const rows = types.map(({ id, name, cues, languages }) => [id, name, String(cues).padStart(4), languages.join(' ')]);
  const summary = `${types.length} document ${types.length === 1 ? 'type' : 'types'}, knowledge ${identity}`;
  return `${layOutTable({ columns, rows, colours })}\n${colours.bold(summary)}\n`;
}
