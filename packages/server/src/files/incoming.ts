import type { IncomingMessage } from 'node:http';
import { DocketError } from '@docket/core';
import type { DocketContext } from '../http/app-environment.js';

/** The request as Node gives it: uploads are read from it directly, with back-pressure. */
export function incomingOf(context: DocketContext): IncomingMessage {
  const { incoming } = context.env;
  if (!incoming) throw new DocketError('internal.unexpected', 'uploads come through a socket alone');
  return incoming;
}
