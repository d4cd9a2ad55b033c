import { describe, expect, it } from 'vitest';
import { WebhookHosts } from './webhook-hosts.js';

function allowsUrl(setting: string, url: string): boolean {
  return WebhookHosts.parse(setting).allowsUrl(new URL(url));
}

function allowsAddress(setting: string, url: string, address: string): boolean {
  return WebhookHosts.parse(setting).allowsAddress(address, new URL(url));
}

describe('WebhookHosts', () => {
  it.each([
    ['hooks.example', 'https://hooks.example/a', true],
    ['hooks.example', 'https://HOOKS.example.:8443/a', true],
    ['hooks.example', 'https://sub.hooks.example/', false],
    ['hooks.example', 'https://hooks.example.evil.example/', false],
    ['hooks.example', 'https://hooks.example@evil.example/', false],
    ['hooks.example', 'ftp://hooks.example/', false],
    ['hooks.example', 'file:///etc/passwd', false],
    [' a.example , hooks.example ', 'http://hooks.example/', true],
    ['*.example', 'https://a.b.example/', true],
    ['*.example', 'https://example/', false],
    ['hooks.example:8443', 'https://hooks.example:8443/', true],
    ['hooks.example:443', 'https://hooks.example/', true],
    ['hooks.example:8443', 'https://hooks.example/', false],
    ['bücher.example', 'https://b%C3%BCcher.example/', true],
    ['*', 'https://anything.example/', true],
    ['*', 'https://8.8.8.8/', true],
    ['*', 'https://10.0.0.1/', false],
    ['127.0.0.1', 'http://127.0.0.1:9/', true],
    ['127.0.0.1', 'http://0x7f.1:9/', true],
    ['127.0.0.1', 'http://[::ffff:127.0.0.1]/', true],
    ['127.0.0.1:9', 'http://127.0.0.1:10/', false],
    ['127.0.0.1', 'http://localhost/', false],
    ['10.1.0.0/16', 'http://10.1.2.3/', true],
    ['10.1.0.0/16', 'http://10.2.2.3/', false],
    ['[::1]:9', 'http://[::1]:9/', true],
    ['::1', 'http://[::1]:9/', true],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['hooks.example', 'http://93.184.216.34/', false],
  ])('"%s" and %s: %s', (setting, url, isAllowed) => {
    expect(allowsUrl(setting, url)).toBe(isAllowed);
  });

  const PRIVATE =
    '127.0.0.1 127.255.0.1 10.0.0.1 172.16.1.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 192.0.2.1 198.18.0.1 240.0.0.1 ::1 :: fe80::1 fc00::1 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:a00:1 64:ff9b::7f00:1 2002:7f00:1:: 2001::1 2001:db8::1 ::7f00:1 4000::1';

  it.each(PRIVATE.split(' '))('a name that is %s leads nowhere, unless the address is named as well', (address) => {
    const url = 'https://hooks.example/';
    expect(allowsAddress('hooks.example', url, address)).toBe(false);
    expect(allowsAddress('*', url, address)).toBe(false);
    expect(allowsAddress(`hooks.example,${address}`, url, address)).toBe(true);
  });

  it.each(['93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('a name that is %s leads there', (address) => {
    expect(allowsAddress('hooks.example', 'https://hooks.example/', address)).toBe(true);
  });

  it('takes the loopback for what localhost stands for, and nothing else', () => {
    const url = 'http://localhost:9/';
    expect(allowsAddress('localhost', url, '127.0.0.1')).toBe(true);
    expect(allowsAddress('localhost', url, '::1')).toBe(true);
    expect(allowsAddress('localhost', url, '10.0.0.1')).toBe(false);
    expect(allowsAddress('localhost', 'http://127.0.0.1/', '127.0.0.1')).toBe(false);
  });

  it.each([
    ['*', 'http://localhost:9/', false],
    ['*', 'http://localhost.:9/', false],
    ['*', 'http://a.localhost/', false],
    ['*,localhost:8080', 'http://localhost:2375/', false],
    ['*,localhost', 'http://localhost:9/', true],
    ['*,*.localhost', 'http://a.localhost/', true],
  ])('"%s" lets %s lead to the loopback: %s', (setting, url, isAllowed) => {
    for (const address of ['127.0.0.1', '::1']) expect(allowsAddress(setting, url, address)).toBe(isAllowed);
  });

  it.each(
    'https://hooks.example/|hooks example|a..b|-a|10.0.0.0/33|300.1.1.1|a:b|*.*.a|**|a:0|a:65536|[::1]:99999|::ffff:10.0.0.0/104'.split(
      '|',
    ),
  )('refuses %s', (item) => {
    const error = expect.objectContaining({
      code: 'request.invalid_configuration',
      message: expect.stringContaining(JSON.stringify(item)),
    });
    expect(() => WebhookHosts.parse(`ok.example,${item}`)).toThrow(error);
  });
});
