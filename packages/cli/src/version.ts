import { readFileSync } from 'node:fs';

/** Version of the command, from its package. */
export function docketVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
