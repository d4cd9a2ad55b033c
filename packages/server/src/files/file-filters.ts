import type { FileQuery, ListWindow } from '@docket/store';
import type { z } from '@hono/zod-openapi';
import { projectOf, type Scope } from '../classification/scope.js';
import type { listFilesQuerySchema, QueryFilesBody } from '../schemas/file-request.js';
import { fileIdOf } from './file-id.js';
import { NEWEST_FIRST } from './file-order.js';

/** Which files to list, without how many. */
export type FileFilters = Omit<FileQuery, keyof ListWindow>;

/** Reads the filters of a list off the wire. */
export function filtersOfList(query: z.output<typeof listFilesQuerySchema>): FileFilters {
  return {
    projectId: projectOf(query),
    order: query.order_by ?? NEWEST_FIRST,
    name: query.file_name,
    ids: query.file_ids?.map(fileIdOf),
    externalFileId: query.external_file_id,
  };
}

/** Reads the filters of a query off the wire. The project may stand in the filter or in the query of the URL. */
export function filtersOfQuery(scope: Scope, { filter, order_by }: QueryFilesBody): FileFilters {
  return {
    projectId: filter?.project_id ?? projectOf(scope),
    order: order_by ?? NEWEST_FIRST,
    name: filter?.file_name ?? undefined,
    ids: filter?.file_ids?.length ? filter.file_ids.map(fileIdOf) : undefined,
    externalFileId: filter?.external_file_id ?? undefined,
  };
}
