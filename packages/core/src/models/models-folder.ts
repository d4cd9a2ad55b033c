import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where models are installed in a data folder. @param home @default `DOCKET_HOME`, else `.docket` in the user's folder */
export function modelsFolder(home: string = process.env['DOCKET_HOME'] || join(homedir(), '.docket')): string {
  return join(home, 'models');
}
