import { z } from '@hono/zod-openapi';
import { type Bounds, text } from '../http/fields.js';
import { HIDDEN_VALUE, hasHiddenPassword } from '../http/hidden-values.js';
import { type PydanticProblem, pydanticIssue } from '../http/pydantic-issue.js';

/** Whether stars may stand for a value that is there already. */
interface Hiding {
  readonly mayBeHidden: boolean;
}

/** A text of a webhook: without U+0000, which neither HTTP nor a PostgreSQL database carries. */
export function webhookText(bounds: Bounds = {}): z.ZodString {
  return text(bounds).superRefine((value, context) => {
    if (value.includes('\u0000')) context.addIssue(pydanticIssue(NUL));
  });
}

/** The address of a webhook. */
export function webhookUrl({ mayBeHidden, ...bounds }: Bounds & Hiding): z.ZodString {
  return webhookText(bounds).superRefine((value, context) => {
    if (!mayBeHidden && hasHiddenPassword(value)) context.addIssue(pydanticIssue(HIDDEN));
  });
}

/** Headers of a webhook. */
export function webhookHeaders({ mayBeHidden }: Hiding) {
  return z.record(z.string(), webhookText()).superRefine((headers, context) => {
    for (const [name, value] of Object.entries(headers)) {
      const problem = /\p{Surrogate}|\0/u.test(name) ? NAME : HIDDEN;
      const isWrong = problem === NAME || (!mayBeHidden && value === HIDDEN_VALUE);
      if (isWrong) context.addIssue({ ...pydanticIssue(problem), path: [name] });
    }
  });
}

const NUL: PydanticProblem = { type: 'value_error', msg: 'Value error, the character U+0000 cannot be sent' };
const NAME: PydanticProblem = { type: 'value_error', msg: 'Value error, the name of this header is not Unicode text' };
/** For a value that an answer hid, and that is not there to be taken instead. */
export const HIDDEN: PydanticProblem = {
  type: 'value_error',
  msg: `Value error, ${HIDDEN_VALUE} stands for a value that is not answered; give the value itself`,
};
