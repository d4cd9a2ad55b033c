import { DocketError } from '@docket/core';

/**
 * Refuses bodies that are packed: nothing is unpacked here, so that nobody can send little that becomes much.
 * @param encoding The header `content-encoding`
 * @throws DocketError `request.unsupported_media_type`
 */
export function refuseEncodedBody(encoding: string | undefined): void {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return;
  throw new DocketError(
    'request.unsupported_media_type',
    'The request body must not be compressed: send it without the header content-encoding',
  );
}
