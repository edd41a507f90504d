import { win32 } from 'node:path'
import { create as contentDisposition } from 'content-disposition'
import { readContent } from '#db/repositories/files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { openFileLink } from '#server/files/links'

export default defineEndpoint(contract.downloadFile, async ({ db, params, query }) => {
  const file = await openFileLink(db, params.file_id, query)
  return {
    size: file.size,
    read: (from, to) => readContent(db, file.id, from, to),
    // The content of a file never changes.
    etag: `"${file.id}"`,
    headers: {
      'Content-Type': file.is_text ? `${file.type}; charset=utf-8` : file.type,
      // Without a folder, which the name may contain.
      'Content-Disposition': contentDisposition(win32.basename(file.name) || 'file'),
      'Content-Security-Policy': 'sandbox; default-src \'none\'',
    },
  }
})
