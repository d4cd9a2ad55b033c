/** What a JSON value must be, down to its last key. */
export type Shape =
  | { readonly kind: 'value'; readonly expected: string; readonly accepts: (value: unknown) => boolean }
  | { readonly kind: 'object'; readonly fields: Fields; readonly invariants: Invariants }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'nullable'; readonly inner: Shape }
  /** Always null: what the cloud could say there and Docket cannot. */
  | { readonly kind: 'unfilled' }
  /** Told apart by the value of one key; any other value of it means data that is kept as it was given. */
  | { readonly kind: 'tagged'; readonly tag: string; readonly shapes: Fields };

/** Shapes by key. */
export type Fields = Readonly<Record<string, Shape>>;

/** What must hold between the keys of an object: finds what does not. */
export type Invariants = (value: Readonly<Record<string, unknown>>) => readonly string[];

export const object = (fields: Fields, invariants: Invariants = () => []): Shape => ({
  kind: 'object',
  fields,
  invariants,
});
export const list = (item: Shape): Shape => ({ kind: 'list', item });
export const nullable = (inner: Shape): Shape => ({ kind: 'nullable', inner });
export const unfilled: Shape = { kind: 'unfilled' };
export const tagged = (tag: string, shapes: Fields): Shape => ({ kind: 'tagged', tag, shapes });

const value = (expected: string, accepts: (found: unknown) => boolean): Shape => ({ kind: 'value', expected, accepts });

export const anything = value('anything', () => true);
export const text = value('a text', (found) => typeof found === 'string');
export const flag = value('true or false', (found) => typeof found === 'boolean');
export const count = value('a whole number', (found) => Number.isSafeInteger(found) && Number(found) >= 0);
export const share = value('a number from 0 to 1', (found) => typeof found === 'number' && found >= 0 && found <= 1);
export const matching = (pattern: RegExp) =>
  value(`a text like ${pattern}`, (found) => typeof found === 'string' && pattern.test(found));
export const oneOf = (...allowed: readonly unknown[]) =>
  value(`one of ${JSON.stringify(allowed)}`, (found) => allowed.includes(found));

/** What is wrong with a value, each with its place. Unknown and missing keys are wrong. */
export function faultsIn(shape: Shape, found: unknown, path = ''): string[] {
  const wrong = (expected: string) => [`${path || 'the body'} is not ${expected}: ${JSON.stringify(found)}`];
  switch (shape.kind) {
    case 'value':
      return shape.accepts(found) ? [] : wrong(shape.expected);
    case 'unfilled':
      return found === null ? [] : wrong('null');
    case 'nullable':
      return found === null ? [] : faultsIn(shape.inner, found, path);
    case 'list':
      if (!Array.isArray(found)) return wrong('a list');
      return found.flatMap((item, index) => faultsIn(shape.item, item, `${path}[${index}]`));
    case 'tagged': {
      if (!isObject(found)) return wrong('an object');
      const chosen = shapeOf(shape, found);
      return chosen ? faultsIn(chosen, found, path) : [];
    }
    case 'object': {
      if (!isObject(found)) return wrong('an object');
      const missing = Object.keys(shape.fields).filter((key) => !(key in found));
      const unknown = Object.keys(found).filter((key) => !Object.hasOwn(shape.fields, key));
      return [
        ...missing.map((key) => `${join(path, key)} is missing`),
        ...unknown.map((key) => `${join(path, key)} is unknown`),
        ...Object.entries(shape.fields)
          .filter(([key]) => key in found)
          .flatMap(([key, field]) => faultsIn(field, found[key], join(path, key))),
        ...shape.invariants(found).map((fault) => `${path || 'the body'}: ${fault}`),
      ];
    }
  }
}

/** Paths of all fields that a value may have: `items[].result.type`. Those that are always null only where asked for. */
export function fieldsOf(shape: Shape, path = ''): string[] {
  switch (shape.kind) {
    case 'value':
    case 'unfilled':
      return [];
    case 'nullable':
      return fieldsOf(shape.inner, path);
    case 'list':
      return fieldsOf(shape.item, `${path}[]`);
    case 'tagged':
      return [...new Set(Object.values(shape.shapes).flatMap((one) => fieldsOf(one, path)))];
    case 'object':
      return Object.entries(shape.fields).flatMap(([key, field]) => [
        join(path, key),
        ...fieldsOf(field, join(path, key)),
      ]);
  }
}

/** Paths, as in {@link fieldsOf}, of the fields that a value really fills: not with null, unless they are always null. */
export function fieldsIn(shape: Shape, found: unknown, path = ''): string[] {
  if (found === null || found === undefined) return [];
  switch (shape.kind) {
    case 'value':
    case 'unfilled':
      return [];
    case 'nullable':
      return fieldsIn(shape.inner, found, path);
    case 'list':
      return Array.isArray(found) ? found.flatMap((item) => fieldsIn(shape.item, item, `${path}[]`)) : [];
    case 'tagged': {
      const chosen = isObject(found) ? shapeOf(shape, found) : undefined;
      return chosen ? fieldsIn(chosen, found, path) : [];
    }
    case 'object':
      if (!isObject(found)) return [];
      return Object.entries(shape.fields)
        .filter(([key, field]) => key in found && (field.kind === 'unfilled' || isFilled(found[key])))
        .flatMap(([key, field]) => [join(path, key), ...fieldsIn(field, found[key], join(path, key))]);
  }
}

/** Paths, as in {@link fieldsOf}, of the fields that are always null. */
export function unfilledIn(shape: Shape, path = ''): string[] {
  switch (shape.kind) {
    case 'value':
      return [];
    case 'unfilled':
      return [path];
    case 'nullable':
      return unfilledIn(shape.inner, path);
    case 'list':
      return unfilledIn(shape.item, `${path}[]`);
    case 'tagged':
      return Object.values(shape.shapes).flatMap((one) => unfilledIn(one, path));
    case 'object':
      return Object.entries(shape.fields).flatMap(([key, field]) => unfilledIn(field, join(path, key)));
  }
}

function shapeOf(shape: Shape & { kind: 'tagged' }, found: Readonly<Record<string, unknown>>): Shape | undefined {
  const tag = String(found[shape.tag]);
  return Object.hasOwn(shape.shapes, tag) ? shape.shapes[tag] : undefined;
}

function isObject(found: unknown): found is Readonly<Record<string, unknown>> {
  return typeof found === 'object' && found !== null && !Array.isArray(found);
}

function isFilled(found: unknown): boolean {
  return found !== null && found !== undefined && found !== '';
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
