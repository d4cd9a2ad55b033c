/** As much of JSON Schema as the description of this server uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonSchema;
}

/** A method of a path. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Absent: it takes no body. */
  readonly body?: { readonly contentType: string; readonly schema: JsonSchema };
  readonly statuses: readonly number[];
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface DescribedOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** What a server says that it can do. */
export interface ApiOperations {
  readonly operations: readonly Operation[];
  /** Follows references. */
  resolve(schema: JsonSchema): JsonSchema;
}

/** Asks a server for its description. */
export async function readOperations(url: string): Promise<ApiOperations> {
  const response = await fetch(`${url}/openapi.json`);
  const { paths, components } = (await response.json()) as Description;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => toOperation(path, method, described)),
  );
  const resolve = (schema: JsonSchema): JsonSchema => {
    if (schema.$ref === undefined) return schema;
    return resolve(components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  };
  return { operations, resolve };
}

function toOperation(path: string, method: string, described: DescribedOperation): Operation {
  const { parameters = [], requestBody, responses } = described;
  const [content] = Object.entries(requestBody?.content ?? {});
  return {
    method: method.toUpperCase(),
    path,
    parameters,
    ...(content ? { body: { contentType: content[0], schema: content[1].schema } } : {}),
    statuses: Object.keys(responses).map(Number),
  };
}
