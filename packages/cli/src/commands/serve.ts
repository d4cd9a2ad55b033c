import { DEFAULT_PDF_READER, loadConfiguration, PDF_READER_NAMES, SCORER_NAMES } from '@docket/core';
import { Command } from 'commander';
import {
  type DatabaseFlags,
  databaseFileOption,
  databaseOption,
  databaseSettings,
  filesOption,
} from '../database/database-flags.js';
import {
  type OcrFlags,
  ocrEngineOption,
  ocrMaxPagesOption,
  ocrModeOption,
  ocrSettingsOf,
} from '../documents/reading-flags.js';
import type { Finish } from '../program.js';
import { print, type Shell, untilAborted } from '../shell.js';

/** Flags of `docket serve`. */
interface ServeFlags extends DatabaseFlags, OcrFlags {
  readonly host?: string;
  readonly port?: string;
  readonly dataDir?: string;
  readonly concurrency?: string;
  readonly scorer?: string;
  readonly model?: string;
  readonly knowledge?: string;
  readonly pdfReader?: string;
  readonly tuning?: string;
  readonly runs?: string;
  readonly apiKeyFile?: string;
  readonly publicUrl?: string;
  readonly allowAnonymous?: boolean;
  readonly allowOrigin?: readonly string[];
  readonly purgeQuotesOnDelete?: boolean;
  readonly webhookAllow?: string;
  readonly worker: boolean;
}

const NOTES = `
Programs written for the cloud need one change: the base URL.
  TypeScript  new LlamaCloud({ apiKey: 'local', baseURL: 'http://127.0.0.1:8484' })
  Python      LlamaCloud(api_key="local", base_url="http://127.0.0.1:8484")

The console, a page to try rules on, is at /. Logs are JSON lines on standard error. /docs shows the API, /health/ready and /metrics serve operations.
SIGINT or SIGTERM stops the server: what runs is finished or given back, and taken up at the next start.

Examples:
  $ docket serve
  $ docket serve --port 9000 --data-dir /srv/docket --concurrency 4
  $ docket serve --no-worker --database postgres://docket@db.example/docket
  $ docket serve --host 0.0.0.0 --api-key-file keys.txt --public-url https://docket.example`;

/** `docket serve` */
export function serveCommand(shell: Shell, finish: Finish): Command {
  return new Command('serve')
    .summary('serve the classify API on this machine')
    .description('Serves the LlamaCloud v2 classify API on this machine.')
    .helpOption('-h, --help', 'print help')
    .option('--host <address>', 'address to bind (default: 127.0.0.1)')
    .option('--port <number>', 'port to bind; 0: any that is free (default: 8484)')
    .option('--data-dir <folder>', 'folder of all data (default: ~/.docket)')
    .addOption(databaseOption())
    .addOption(databaseFileOption())
    .addOption(filesOption())
    .option('--concurrency <count>', 'documents at once (default: one per processor)')
    .option('--scorer <name>', `what scores documents: ${SCORER_NAMES.join(', ')} (default: auto)`)
    .option('--model <name>', 'the installed model that takes part (default: the built-in one)')
    .option('--knowledge <folder|none>', 'document types to add to the built-in ones, or none to do without any')
    .option('--pdf-reader <name>', `what reads PDF: ${PDF_READER_NAMES.join(', ')} (default: ${DEFAULT_PDF_READER})`)
    .addOption(ocrModeOption())
    .addOption(ocrMaxPagesOption())
    .addOption(ocrEngineOption())
    .option('--tuning <folder>', 'tuned rule files; jobs with the rules of one are decided by it')
    .option('--runs <folder>', 'runs of docket bench, or one of them, that the console shows')
    .option('--api-key-file <file>', 'file of API keys, one a line; without it no key is needed')
    .option('--public-url <url>', 'address by which clients reach the server, when it is another than the bound one')
    .option('--allow-anonymous', 'allow an address other than loopback without API keys')
    .option('--allow-origin <origin...>', 'origins of web pages that may call the server')
    .option('--no-worker', 'only serve, and leave the work to docket worker; with a PostgreSQL database')
    .option('--purge-quotes-on-delete', 'deleting a document takes its quotes out of finished jobs too')
    .option('--webhook-allow <hosts>', 'hosts that webhooks may be delivered to, separated by commas (default: none)')
    .addHelpText('after', NOTES)
    .action(async (flags: ServeFlags) => {
      await serve(flags, shell);
      finish(0);
    });
}

/** Serves until the shell's signal aborts. */
async function serve(flags: ServeFlags, shell: Shell): Promise<void> {
  const { values } = await loadConfiguration({
    flags: {
      home: flags.dataDir,
      ...databaseSettings(flags),
      concurrency: flags.concurrency,
      scorer: flags.scorer,
      model: flags.model,
      knowledge: flags.knowledge,
      'pdf.reader': flags.pdfReader,
      ...ocrSettingsOf(flags),
      'server.host': flags.host,
      'server.port': flags.port,
      'server.tuning': flags.tuning,
      'server.runs': flags.runs,
      'server.apiKeyFile': flags.apiKeyFile,
      'server.publicUrl': flags.publicUrl,
      'server.allowAnonymous': flags.allowAnonymous,
      'server.allowOrigin': flags.allowOrigin?.join(','),
      'privacy.purgeQuotesOnDelete': flags.purgeQuotesOnDelete,
      'webhook.allow': flags.webhookAllow,
    },
    environment: shell.env,
    folder: shell.folder,
  });
  // Loaded here, so that other commands do not wait for it.
  const { startServer } = await import('@docket/server');
  const server = await startServer({ values, logStream: shell.stderr, onlyServes: !flags.worker });
  try {
    if (shell.stdout.isTTY)
      await print(shell.stdout, `Docket listens on ${server.url}, where its console is; Ctrl-C stops it\n`);
    await Promise.race([server.failure, untilAborted(shell.signal)]);
  } finally {
    await server.stop();
  }
}
