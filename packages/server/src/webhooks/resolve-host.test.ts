import { describe, expect, it } from 'vitest';
import { HostResolver, type ResolvedAddress } from './resolve-host.js';
import { WebhookHosts } from './webhook-hosts.js';

const never = new AbortController().signal;
const PUBLIC = [{ address: '93.184.216.34', family: 4 }];

/** A resolver whose look-ups wait until they are answered. */
function heldResolver(longestMs?: number) {
  const held = new Map<string, (addresses: readonly ResolvedAddress[]) => void>();
  const lookUp = (name: string) => new Promise<readonly ResolvedAddress[]>((resolve) => held.set(name, resolve));
  const resolver = new HostResolver(WebhookHosts.parse('*'), lookUp, longestMs);
  const resolve = (name: string, signal = never) => resolver.resolve(new URL(`https://${name}.example/`), signal);
  return { held, resolve };
}

describe('HostResolver', () => {
  it('looks up two names at once, and none that nobody waits for any more', async () => {
    const { held, resolve } = heldResolver();
    const caller = new AbortController();
    const first = [resolve('a'), resolve('b')];
    const left = Promise.allSettled([resolve('c', caller.signal), resolve('c', caller.signal)]);
    const last = resolve('d');
    caller.abort('gone');
    expect((await left).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    held.get('a.example')?.(PUBLIC);
    expect(await first[0]).toEqual({ addresses: PUBLIC });
    await Promise.resolve();
    held.get('b.example')?.(PUBLIC);
    await first[1];
    held.get('d.example')?.(PUBLIC);
    expect(await last).toEqual({ addresses: PUBLIC });
    expect([...held.keys()]).toEqual(['a.example', 'b.example', 'd.example']);
  });

  it('waits for no look-up longer than a moment, and leaves the system a thread for what else is slow', async () => {
    const { held, resolve } = heldResolver(5);
    const refusals = await Promise.all(['a', 'b', 'c'].map((name) => resolve(name)));
    expect(refusals).toContainEqual({ refusal: 'a.example was looked up for 0.005 s in vain' });
    const next = resolve('d');
    expect([...held.keys()]).toEqual(['a.example', 'b.example', 'c.example']);
    held.get('a.example')?.(PUBLIC);
    await new Promise((resolve) => setImmediate(resolve));
    held.get('d.example')?.(PUBLIC);
    expect(await next).toEqual({ addresses: PUBLIC });
  });
});
