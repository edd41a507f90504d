import { win32 } from 'node:path'
import { create as contentDisposition } from 'content-disposition'
import * as contract from '#server/contracts/files'
import { findLinkedFile, readContent } from '#db/repositories/files'
import { HttpError } from '#server/errors/http-error'
import { defineDownload } from '#server/utils/endpoint'
import { isFileLinkGood, readGrant } from '#server/utils/links'

export default defineDownload(contract.downloadFile, async ({ db, params, query }) => {
  const refusal = new HttpError(403, 'This link is not valid, or not any more.')
  if (!isFileLinkGood(params.file_id, query)) throw refusal
  const file = await findLinkedFile(db, params.file_id, query.grant === undefined ? undefined : readGrant(query.grant))
  if (!file) throw refusal
  return {
    size: file.size,
    read: (from, to) => readContent(db, file.id, from, to),
    // What a file holds never changes.
    etag: `"${file.id}"`,
    headers: {
      'Content-Type': file.is_text ? `${file.type}; charset=utf-8` : file.type,
      // A name is data: whoever saves the file must not be led into another folder by it.
      'Content-Disposition': contentDisposition(win32.basename(file.name) || 'file'),
      'Content-Security-Policy': 'sandbox; default-src \'none\'',
    },
  }
})
