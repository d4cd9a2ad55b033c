import type { z } from '@hono/zod-openapi';

/** A zod schema of any kind, told apart by `_zod.def.type`. */
type AnySchema = z.core.$ZodTypes;

/** A schema without what is wrapped around it: optional, nullable, defaults, conversions. */
export function baseOf(schema: z.core.$ZodType): AnySchema {
  const { def } = (schema as AnySchema)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return baseOf(def.innerType);
    case 'pipe':
      return baseOf(isConversion(def.in) ? def.out : def.in);
    default:
      return schema as AnySchema;
  }
}

/** Whether a schema takes a list, perhaps among other things such as null. */
export function isList(schema: z.core.$ZodType): boolean {
  return baseOf(schema)._zod.def.type === 'array';
}

/** What a schema says of one field or item of its values; undefined when it says nothing. */
export function childOf(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  const { def } = baseOf(schema)._zod;
  if (def.type === 'object') return def.shape[String(key)];
  if (def.type === 'array') return def.element;
  if (def.type === 'record') return def.valueType;
  return undefined;
}

/** One of several schemas that a tag chooses between. */
export interface TaggedOption {
  readonly tag: string;
  readonly schema: z.core.$ZodType;
}

/** The options of a discriminated union, in order; undefined for all other schemas. */
export function taggedOptions(
  schema: z.core.$ZodType,
): { readonly discriminator: string; readonly options: readonly TaggedOption[] } | undefined {
  const { def } = baseOf(schema)._zod;
  if (def.type !== 'union' || !('discriminator' in def)) return undefined;
  const discriminator = String(def.discriminator);
  const options = def.options.flatMap((option) =>
    tagsOf(option, discriminator).map((tag) => ({ tag, schema: option })),
  );
  return { discriminator, options };
}

function isConversion(schema: z.core.$ZodType): boolean {
  return (schema as AnySchema)._zod.def.type === 'transform';
}

function tagsOf(option: z.core.$ZodType, discriminator: string): string[] {
  return [...(option._zod.propValues?.[discriminator] ?? [])].map(String);
}
