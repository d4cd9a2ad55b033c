import type { OutgoingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { hostileText, type KnownIds, NearlyValid, writeJson } from './hostile-values.js';
import { FORM_TYPE } from './multipart.js';
import type { ApiOperations, JsonSchema, Operation } from './openapi.js';

/** A request that no well-behaved client sends. */
export interface HostileRequest {
  readonly method: string;
  /** With its query, as it stands in the request line. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Longer ones together with headers would be refused before they are looked at. */
const LONGEST_PATH = 8000;
const LONGEST_PART = 1000;

/** Path segments that are written in a way of their own. */
const SEGMENTS = [
  '..',
  '.',
  '%2e%2e',
  '%2F',
  '%2f..%2f',
  '%00',
  '%',
  '%zz',
  '%ff%fe',
  '%c0%af',
  '%ED%A0%80',
  ';a=b',
  '*',
];

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  accept: ['*/*', 'text/html', 'image/png;q=0', ',,,', 'x'.repeat(2000)],
  'accept-encoding': ['gzip', 'br;q=1', 'identity;q=0'],
  authorization: ['Bearer x', 'Basic !', 'Bearer', `Bearer ${' '.repeat(3000)}`],
  'content-encoding': ['gzip', 'identity', 'x'],
  'content-type': [
    '',
    'text/plain',
    'application/json; charset=utf-16',
    'application/x+json',
    'multipart/form-data',
    FORM_TYPE,
  ],
  cookie: ['session=x', '=;=', '__proto__=1'],
  'if-none-match': ['*', '"x"'],
  'if-modified-since': ['now', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  prefer: ['wait=0', 'wait=-1', 'wait=1e9', 'wait', 'wait="', `wait=${' '.repeat(3000)}x`, 'wait=1'],
  range: ['bytes=0-0', 'bytes=-1', 'bytes=9-1', 'pages=1'],
  'x-request-id': ['a', '../x', 'x'.repeat(200), '"', 'é', '__proto__'],
  'x-forwarded-host': ['attacker.example'],
  'x-http-method-override': ['DELETE'],
};

const headers = fc
  .array(
    fc
      .constantFrom(...Object.entries(HEADERS))
      .chain(([name, values]) => fc.constantFrom(...values).map((value) => [name, value])),
    {
      maxLength: 3,
    },
  )
  .map((given) => Object.fromEntries(given));

/** Requests that nearly are what an operation takes. */
export function requestsOf(operation: Operation, api: ApiOperations, ids: KnownIds): fc.Arbitrary<HostileRequest> {
  const values = new NearlyValid(api, ids);
  const method = fc.oneof(
    { weight: 20, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PATCH', 'PUT', 'POST', 'PROPFIND') },
  );
  return fc
    .record({
      method,
      path: pathOf(operation, ids),
      query: queryOf(operation, values),
      headers,
      body: bodyOf(operation, values),
    })
    .map(({ path, query, body, ...request }) => ({
      method: request.method,
      path: `${path}${query}`.slice(0, LONGEST_PATH),
      headers: { 'content-type': body.contentType, 'content-length': body.bytes.length, ...request.headers },
      body: body.bytes,
    }));
}

function pathOf({ path }: Operation, ids: KnownIds): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const plain = fc.constant(name === undefined ? part : (ids[name] ?? 'unknown'));
    const hostile = fc.oneof(fc.constantFrom(...SEGMENTS), hostileText.map(encode));
    return fc.oneof({ weight: name === undefined ? 60 : 3, arbitrary: plain }, { weight: 1, arbitrary: hostile });
  });
  // `//x` would be another host.
  return fc.tuple(...parts).map((segments) => `/${segments.slice(1).join('/')}`.replace(/^\/+/, '/'));
}

function queryOf({ parameters }: Operation, values: NearlyValid): fc.Arbitrary<string> {
  const known = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) =>
      fc.oneof(
        { weight: 5, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: values.of(schema, name).map((value) => [[name, value]]) },
        {
          weight: 1,
          arbitrary: fc.array(hostileText, { maxLength: 3 }).map((all) => all.map((value) => [`${name}[]`, value])),
        },
      ),
    );
  const extra = fc.oneof(
    { weight: 8, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(hostileText, hostileText), { maxLength: 2 }) },
  );
  return fc.tuple(extra, ...known).map((all) => {
    const pairs = (all as unknown[][][]).flat().map(([name, value]) => `${encode(name)}=${encode(value)}`);
    return pairs.length > 0 ? `?${pairs.join('&')}` : '';
  });
}

interface Body {
  readonly contentType: string;
  readonly bytes: Buffer;
}

function bodyOf({ body }: Operation, values: NearlyValid): fc.Arbitrary<Body> {
  if (body?.contentType.startsWith('multipart/')) return formOf(body.schema, values);
  const json = values.of(body?.schema ?? {}).map((value) => Buffer.from(writeJson(value)));
  const damaged = fc
    .tuple(json, fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 8 }))
    .map(([bytes, share, noise]) => {
      const at = Math.floor(share * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at + noise.length)]);
    });
  const bytes = fc.oneof({ weight: 9, arbitrary: json }, { weight: 1, arbitrary: damaged });
  return bytes.map((written) => ({ contentType: 'application/json', bytes: written }));
}

function formOf(schema: JsonSchema, values: NearlyValid): fc.Arbitrary<Body> {
  const boundary = FORM_TYPE.slice(FORM_TYPE.indexOf('boundary=') + 'boundary='.length);
  const names = [...Object.keys(schema.properties ?? {}), 'file', '__proto__'];
  const content = fc.oneof(
    hostileText,
    values.of({ type: 'object' }).map(writeJson),
    fc.constant('{"tier":"fast","version":"latest"}'),
  );
  const part = fc
    .record({ name: fc.constantFrom(...names), fileName: fc.option(hostileText, { nil: undefined }), content })
    .map(({ name, fileName, content }) => {
      const disposition = `form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}`;
      return `--${boundary}\r\ncontent-disposition: ${disposition}\r\n\r\n${content}\r\n`;
    });
  return fc
    .tuple(fc.array(part, { maxLength: 5 }), fc.constantFrom(`--${boundary}--\r\n`, '', `--${boundary}\r\n`))
    .map(([parts, end]) => ({ contentType: FORM_TYPE, bytes: Buffer.from(parts.join('') + end) }));
}

/** Anything as part of a URL; half characters become what stands for unknown ones. */
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : writeJson(value);
  return encodeURIComponent(Buffer.from(text.slice(0, LONGEST_PART)).toString());
}
