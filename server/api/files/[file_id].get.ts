import { readContent } from '#db/repositories/linked-files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { downloadHeaders } from '#server/files/download-headers'
import { openFileLink } from '#server/files/links'

export default defineEndpoint(contract.downloadFile, async ({ db, params, query }) => {
  const file = await openFileLink(db, params.file_id, query)
  const { content } = file
  return {
    size: file.size,
    read: (from, to) => content
      ? content.subarray(from, to)
      : readContent(db, { user_id: file.neptun_user_id, file_id: file.id }, from, to),
    // The content of a file never changes.
    etag: `"${file.id}"`,
    headers: downloadHeaders(file),
  }
})
