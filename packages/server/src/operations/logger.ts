import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** Most errors behind an error that are logged with it. */
const MAX_CAUSES = 5;

/** A log of JSON lines. Nothing that is given to it may hold text of a document, a file name or a rule. */
export function createLogger(destination: DestinationStream): Logger {
  return pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: (error: unknown) => describeError(error) },
    },
    destination,
  );
}

interface ErrorDescription {
  readonly type: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  // A parser's message quotes what it could not parse, and that may be a document.
  const isQuoting = error instanceof SyntaxError;
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(!isQuoting && { message: error.message }),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** The stack without the message at its head. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
