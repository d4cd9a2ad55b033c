import { DocketError } from '@docket/core';

/** The project of requests that name none. */
export const DEFAULT_PROJECT_ID = '5a3f0c1e-7d42-4b8a-9f61-0d6b2c9e4a10';

/** The one organisation of an installation. */
export const DEFAULT_ORGANIZATION_ID = 'c0b7e2d4-1f58-4e3c-8a97-6e5d3b1f0c22';

/** The one user of an installation. */
export const USER_ID = 'usr-local';

/** The scope that a request may name in its query; `organization_id` has no meaning here. */
export interface Scope {
  readonly project_id?: string | undefined;
}

/** The project in which a request creates and lists. */
export function projectOf({ project_id }: Scope): string {
  return project_id ?? DEFAULT_PROJECT_ID;
}

/** What was asked for by its id. @throws DocketError `resource.not_found` when there is no such thing */
export function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw notFound(what);
  return thing;
}

/** The error for an id that nothing has. */
export function notFound(what: string): DocketError {
  return new DocketError('resource.not_found', `${what} not found`);
}
