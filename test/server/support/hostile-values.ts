import fc from 'fast-check';
import type { ApiOperations, JsonSchema } from './openapi.js';

/** Stands for a number that no JavaScript number is; {@link writeJson} puts it in. */
const NUMBER_MARK = '@number ';

const HOSTILE_TEXTS = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    '\r\nset-cookie: a=b',
    '../../etc/passwd',
    '..\\..\\x',
  ],
  ...[
    '/etc/passwd',
    'C:\\x',
    'CON',
    'NUL.txt',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    "' OR 1=1 --",
  ],
  ...['%', '_', '%00', '%2e%2e%2f', '{{7*7}}', '<script>', 'http://127.0.0.1:1/', 'file:///etc/passwd'],
  ...[
    'null',
    'undefined',
    'NaN',
    'true',
    '0',
    '-1',
    '1e400',
    '9007199254740993',
    '0x10',
    '2026-02-30',
    '+275760-09-13',
  ],
  ...['dfl-', 'pjb-', 'clj-', 'cfg-', '1-999999999999', '1-1000000000', '5-3', 'wait=60', '\u{1f600}'.repeat(60)],
];

const LONG_TEXTS = ['x', '\u0660', '1,', ' ', '[', '"', '\\', '\u{10ffff}', 'a-'].map((piece) => piece.repeat(20_000));

const NUMBERS = [0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 63), Number.MAX_VALUE, Number.MIN_VALUE];
const WRITTEN_NUMBERS = ['1e400', '-1e400', '9'.repeat(400), '1E-400', '-0', '0.1e1', '9223372036854775808'];

/** A key that would change all objects if anybody copied it carelessly. */
const POLLUTION: unknown = JSON.parse(
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"then":"x","toJSON":2}',
);

/** Texts that mean trouble somewhere, and any others. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG_TEXTS) },
);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...WRITTEN_NUMBERS).map((number) => `${NUMBER_MARK}${number}`),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    [],
    {},
    [null],
    [[]],
    POLLUTION,
    Array(2000).fill({}),
    Array(2000).fill(0),
  ),
  fc.constantFrom(50, 99, 101, 3000).map((depth) => nest(depth)),
  fc.jsonValue({ maxDepth: 3 }),
);

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Writes JSON, with numbers that only text can hold. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.replace(/"@number ([-+.\w]+)"/g, '$1');
}

/** Ids of what is there, by the name of the field that takes them. */
export type KnownIds = Readonly<Record<string, string>>;

/** Values that nearly fit a schema: at any place there may be one that does not. */
export class NearlyValid {
  constructor(
    private readonly api: Pick<ApiOperations, 'resolve'>,
    private readonly ids: KnownIds,
  ) {}

  /** @param name Of the field, by which ids are known */
  of(given: JsonSchema, name = '', depth = 0): fc.Arbitrary<unknown> {
    const valid = depth > 8 ? fc.constant(null) : this.valid(this.api.resolve(given), name, depth);
    return fc.oneof({ weight: 14, arbitrary: valid }, { weight: 1, arbitrary: hostileValue });
  }

  private valid(schema: JsonSchema, name: string, depth: number): fc.Arbitrary<unknown> {
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth + 1)));
    if (schema.allOf?.[0]) return this.of(schema.allOf[0], name, depth + 1);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const types = [schema.type ?? 'string'].flat();
    return fc.oneof(...types.map((type) => this.ofType(type, schema, name, depth)));
  }

  private ofType(type: string, schema: JsonSchema, name: string, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return numberOf(schema);
      case 'array':
        return fc.array(this.of(schema.items ?? {}, name, depth + 1), { maxLength: 3 });
      case 'object':
        return this.objectOf(schema, depth);
      default:
        return this.textOf(schema, name);
    }
  }

  private objectOf({ properties = {}, required = [] }: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const fields = Object.entries(properties).map(([key, field]) => [key, this.of(field, key, depth + 1)] as const);
    const known = fc.record(Object.fromEntries(fields), { requiredKeys: [...required] });
    const extra = fc.dictionary(hostileText, hostileValue, { maxKeys: 2 });
    return fc.oneof(
      { weight: 8, arbitrary: known },
      { weight: 1, arbitrary: fc.tuple(known, extra).map(([one, other]) => ({ ...one, ...other })) },
      { weight: 1, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
    );
  }

  private textOf({ format, minLength = 0, maxLength = 40 }: JsonSchema, name: string): fc.Arbitrary<string> {
    const id = this.ids[name.replace(/s$/, '')];
    if (id !== undefined) return fc.oneof({ weight: 3, arbitrary: fc.constant(id) }, fc.uuid());
    if (format === 'date-time')
      return fc.constantFrom('2026-01-02T03:04:05Z', '2026-02-01', '9999-12-31T23:59:59-23:59');
    const exact = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
    return fc.oneof(exact, fc.constantFrom('x'.repeat(Math.min(maxLength, 5000)), '1,3-5'), hostileText);
  }
}

function numberOf({ minimum = -1, maximum = 1000 }: JsonSchema): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1), fc.integer({ min: -2, max: 2000 }));
}
