import { isIPv6 } from 'node:net';

const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/** The name or address in a `Host` header, in one spelling, IPv6 in brackets; undefined when it is malformed. */
export function hostNameOf(host: string): string | undefined {
  const name = HOST.exec(host)?.[1];
  return name === undefined ? undefined : normaliseHostName(name);
}

/** One spelling for every name and address: lower case, IPv6 shortened and in brackets. */
export function normaliseHostName(name: string): string {
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  if (isIPv6(bare) && !bare.includes('%')) return new URL(`http://[${bare}]`).hostname;
  return name.toLowerCase().replace(/\.$/, '');
}
