import { describe, expect, it } from 'vitest';
import { parseFileOrder } from './file-order.js';

describe('parseFileOrder', () => {
  it.each([
    ['name', 'name', 'ascending'],
    ['id', 'id', 'ascending'],
    ['created_at', 'created_at', 'descending'],
    ['name desc', 'name', 'descending'],
    ['created_at ASC', 'created_at', 'ascending'],
    ['created_at desc, name', 'created_at', 'descending'],
  ])('%j: %s %s', (text, by, direction) => {
    expect(parseFileOrder(text)).toEqual({ by, direction });
  });

  it.each(['', 'size', 'name up', 'name,', 'name, size', 'name; drop table files'])('%j is no order', (text) => {
    expect(parseFileOrder(text)).toBeUndefined();
  });
});
