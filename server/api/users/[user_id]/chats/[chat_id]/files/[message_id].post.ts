import { addFiles } from '#db/repositories/insert-files'
import * as contract from '#server/contracts/files'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { describeFile } from '#server/files/describe-file'
import { presentFile } from '#server/presenters/file'

export default defineEndpoint(contract.addFiles, async ({ db, params, body, links, quotas }) => {
  const files = await addFiles(db, params, await Promise.all(body.items.map(describeFile)), quotas)
  const chatFiles = files.map(file => presentFile(file, links))
  return body.many ? { chatFiles } : { chatFile: chatFiles[0]! }
})
