import type { Endpoint } from './endpoint.js';
import { download, file, fileWithoutAddress, page } from './objects.js';
import { anything, object } from './shape.js';

const scope = ['project_id', 'organization_id'];
const root = '/api/v1/beta/files';

const listQuery = ['page_size', 'page_token', 'file_name', 'file_ids', 'external_file_id', 'order_by', 'expand'];

const queryRequest = object({
  filter: object({
    project_id: anything,
    file_ids: anything,
    file_name: anything,
    data_source_id: anything,
    external_file_id: anything,
    only_manually_uploaded: anything,
  }),
  order_by: anything,
  page_size: anything,
  page_token: anything,
});

export const FILE_ENDPOINTS: readonly Endpoint[] = [
  {
    operation: `POST ${root}`,
    level: 'MUST',
    status: 201,
    query: scope,
    request: object({ file: anything, purpose: anything, external_file_id: anything }),
    response: fileWithoutAddress,
  },
  { operation: `GET ${root}`, level: 'MUST', status: 200, query: [...listQuery, ...scope], response: page(file) },
  { operation: `GET ${root}/{file_id}`, level: 'SHOULD', status: 200, query: ['expand', ...scope], response: file },
  { operation: `DELETE ${root}/{file_id}`, level: 'MUST', status: 204, query: scope },
  {
    operation: `GET ${root}/{file_id}/content`,
    level: 'MUST',
    status: 200,
    query: ['expires_at_seconds', ...scope],
    response: download,
  },
  {
    operation: `POST ${root}/query`,
    level: 'SHOULD',
    status: 200,
    query: scope,
    request: queryRequest,
    response: page(fileWithoutAddress),
  },
];
