import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where models are installed in a data folder. @param home @default `DOCKET_HOME`, else `.docket` in the user's folder */
export function modelsFolder(home: string = process.env['DOCKET_HOME'] || join(homedir(), '.docket')): string {
  return join(home, 'models');
}

/** Folder of the unpacked bundle that this program runs from, as the launcher of the bundle says. */
export function programBundle(): string | undefined {
  return process.env['DOCKET_BUNDLE'] || undefined;
}

/** Where the models are that came in the bundle of the program. */
export function bundledModelsFolder(): string | undefined {
  const bundle = programBundle();
  return bundle === undefined ? undefined : join(bundle, 'models');
}
