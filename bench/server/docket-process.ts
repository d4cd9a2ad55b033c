import { fileURLToPath } from 'node:url';

/** The program behind the `docket` command, as the build leaves it. */
export const docketProgram = fileURLToPath(new URL('../../packages/cli/bin/docket.js', import.meta.url));

/** The environment without what would change the command: settings, options of Node. */
export function plainEnvironment(): Record<string, string | undefined> {
  const isOurs = (name: string) => /^(DOCKET_|NODE_OPTIONS$)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}
