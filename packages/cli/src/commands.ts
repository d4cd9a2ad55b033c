import type { Command } from 'commander';
import { benchCommand } from './commands/bench.js';
import { bundleCommand } from './commands/bundle.js';
import { classifyCommand } from './commands/classify.js';
import { configCommand } from './commands/config.js';
import { databaseCommand } from './commands/db.js';
import { doctorCommand } from './commands/doctor.js';
import { doctypesCommand } from './commands/doctypes.js';
import { doctypesShowCommand } from './commands/doctypes-show.js';
import { modelsCommand } from './commands/models.js';
import { ocrCommand } from './commands/ocr.js';
import { rulesCommand } from './commands/rules.js';
import { serveCommand } from './commands/serve.js';
import { verifyCommand } from './commands/verify.js';
import { workerCommand } from './commands/worker.js';
import { workersCommand } from './commands/workers.js';
import type { Finish } from './program.js';
import type { Shell } from './shell.js';

/** All commands of `docket`. */
export function allCommands(shell: Shell, finish: Finish): readonly Command[] {
  return [
    classifyCommand(shell, finish),
    doctypesCommand(shell).addCommand(doctypesShowCommand(shell)),
    modelsCommand(shell, finish),
    ocrCommand(shell),
    rulesCommand(shell, finish),
    benchCommand(shell, finish),
    serveCommand(shell, finish),
    workerCommand(shell, finish),
    workersCommand(shell),
    databaseCommand(shell),
    bundleCommand(shell),
    verifyCommand(),
    configCommand(shell),
    doctorCommand(shell, finish),
  ];
}
