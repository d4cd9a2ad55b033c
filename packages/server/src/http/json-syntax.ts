/** Where a text stops being JSON. */
export interface JsonError {
  /** Characters (Unicode code points) before the place. */
  readonly offset: number;
  /** In the words of Python's parser. */
  readonly error: string;
}

/** Finds the first place at which lists and objects lie more than `maxDepth` levels deep in each other. */
export function findTooDeep(text: string, maxDepth: number): number | undefined {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInText) {
      if (character === '\\') index += 1;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > maxDepth) return countCodePoints(text, index);
  }
  return undefined;
}

/** Finds out where and why a text is not JSON: the engine's own parser does not always say where. */
export function findJsonError(text: string): JsonError {
  const { index, error } = new JsonScanner(text).findError();
  return { offset: countCodePoints(text, index), error };
}

interface Failure {
  readonly index: number;
  readonly error: string;
}

type Expectation = 'value' | 'first item' | 'key' | 'first key' | 'end of value';

const WHITESPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Goes through a text without recursion, however deep it nests. */
class JsonScanner {
  readonly #text: string;
  readonly #closers: ('}' | ']')[] = [];
  #index = 0;
  #expected: Expectation = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  findError(): Failure {
    for (;;) {
      this.#skip(WHITESPACE);
      const failure = this.#step();
      if (failure !== undefined) return failure;
    }
  }

  #step(): Failure | undefined {
    switch (this.#expected) {
      case 'first key':
        return this.#close() ? undefined : this.#readKey();
      case 'key':
        return this.#readKey();
      case 'first item':
        return this.#close() ? undefined : this.#readValue();
      case 'value':
        return this.#readValue();
      case 'end of value':
        return this.#readSeparator();
    }
  }

  #readValue(): Failure | undefined {
    if (this.#take('{')) return this.#open('}', 'first key');
    if (this.#take('[')) return this.#open(']', 'first item');
    this.#expected = 'end of value';
    if (this.#text[this.#index] === '"') return this.#readText();
    return this.#skip(SCALAR) > 0 ? undefined : this.#fail('Expecting value');
  }

  #readKey(): Failure | undefined {
    if (this.#text[this.#index] !== '"') return this.#fail('Expecting property name enclosed in double quotes');
    const failure = this.#readText();
    if (failure !== undefined) return failure;
    this.#skip(WHITESPACE);
    this.#expected = 'value';
    return this.#take(':') ? undefined : this.#fail("Expecting ':' delimiter");
  }

  #readText(): Failure | undefined {
    const start = this.#index;
    this.#index += 1;
    for (; this.#index < this.#text.length; this.#index += 1) {
      const character = this.#text[this.#index] ?? '';
      if (this.#take('"')) return undefined;
      if (character < ' ') return this.#fail('Invalid control character at');
      // The loop's own step takes the last character of the escape.
      if (character === '\\' && this.#skip(ESCAPE) === 0) return this.#fail('Invalid \\escape');
      if (character === '\\') this.#index -= 1;
    }
    return { index: start, error: 'Unterminated string starting at' };
  }

  #readSeparator(): Failure | undefined {
    const closer = this.#closers.at(-1);
    if (closer === undefined) return this.#fail('Extra data');
    if (this.#close()) return undefined;
    this.#expected = closer === '}' ? 'key' : 'value';
    return this.#take(',') ? undefined : this.#fail("Expecting ',' delimiter");
  }

  #open(closer: '}' | ']', expected: Expectation): undefined {
    this.#closers.push(closer);
    this.#expected = expected;
  }

  #close(): boolean {
    const closer = this.#closers.at(-1);
    if (closer === undefined || !this.#take(closer)) return false;
    this.#closers.pop();
    this.#expected = 'end of value';
    return true;
  }

  #take(character: string): boolean {
    if (this.#text[this.#index] !== character) return false;
    this.#index += 1;
    return true;
  }

  /** @returns How many characters were skipped */
  #skip(pattern: RegExp): number {
    pattern.lastIndex = this.#index;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#index += length;
    return length;
  }

  #fail(error: string): Failure {
    return { index: this.#index, error };
  }
}

function countCodePoints(text: string, end: number): number {
  let count = 0;
  for (let index = 0; index < end; count += 1) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
