import { describe, expect, it } from 'vitest';
import { redactAddress } from './redact-address.js';

describe('redactAddress', () => {
  it.each([
    ['postgres://docket:s3cret@db:5432/docket', 'postgres://docket:***@db:5432/docket'],
    ['postgres://docket:s3@c/r?e#t@db/docket', 'postgres://docket:***@db/docket'],
    ['postgres://:s3cret@db', 'postgres://:***@db'],
    [
      'postgres://db/docket?user=a&password=s3cret&sslmode=require',
      'postgres://db/docket?user=a&password=***&sslmode=require',
    ],
    ['postgres://db/?sslpassword=s3cret', 'postgres://db/?sslpassword=***'],
    ["host=db password='s3 cret' user=a", 'host=db password=*** user=a'],
    ['postgres://docket@db/docket', 'postgres://docket@db/docket'],
    ['postgres://', 'postgres://'],
    ['postgres://docket@myserver:s3cret@db/x', 'postgres://docket@myserver:***@db/x'],
    ['postgres:docket:s3cret@db/x', 'postgres:***@db/x'],
    ['postgres:/docket:s3cret@db/x', 'postgres:***@db/x'],
    ['docket:s3cret@db/x', 'docket:***@db/x'],
    ['["postgres://a:s3cret@db"]', '["postgres://a:***@db"]'],
  ])('%s is shown as %s', (address, shown) => {
    expect(redactAddress(address)).toBe(shown);
  });
});
