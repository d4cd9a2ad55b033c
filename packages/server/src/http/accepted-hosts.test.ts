import { hostname, networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { isAcceptedHost } from './accepted-hosts.js';
import { isLoopback } from './loopback.js';

test.each(['localhost', 'LOCALHOST', 'a.b.localhost', '127.0.0.1', '127.255.0.3', '::1', '[::1]', '0:0:0:0:0:0:0:1'])(
  '%s is loopback',
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each([
  '0.0.0.0',
  '::',
  '10.0.0.1',
  '128.0.0.1',
  'localhost.evil.example',
  'evillocalhost',
  '127.0.0.1.nip.io',
  '',
])('%j is not loopback', (host) => expect(isLoopback(host)).toBe(false));

const NAMES = { host: '10.1.2.3', publicUrl: 'https://Docket.example:8443/prefix' };

test.each([
  'localhost',
  'localhost:8484',
  'localhost.:8484',
  '127.0.0.1:1',
  '[::1]:8484',
  '10.1.2.3:8484',
  'docket.example',
  'docket.example:8443',
])('accepts %s', (host) => expect(isAcceptedHost(host, NAMES)).toBe(true));

test.each([
  'evil.example',
  'evil.example:8484',
  '10.1.2.4',
  'localhost:8484@evil.example',
  'localhost, evil.example',
  'localhost evil.example',
  'user@localhost',
  'evil.example/localhost',
  '[::1',
  'localhost:',
  '',
])('does not accept %j', (host) => expect(isAcceptedHost(host, NAMES)).toBe(false));

test('a bound IPv6 address may be spelt in any way', () => {
  expect(isAcceptedHost('[fd00:0:0::1]:8484', { host: 'fd00::1' })).toBe(true);
});

test('when every address is bound, those of this machine are accepted', () => {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const hosts = addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
  for (const host of [...hosts, hostname()]) {
    expect(isAcceptedHost(`${host}:8484`, { host: '0.0.0.0' })).toBe(true);
    expect(isAcceptedHost(`${host}:8484`, { host: '::' })).toBe(true);
  }
  for (const host of ['192.0.2.77', 'evil.example', `evil.${hostname()}`]) {
    expect(isAcceptedHost(host, { host: '0.0.0.0' })).toBe(false);
  }
});
