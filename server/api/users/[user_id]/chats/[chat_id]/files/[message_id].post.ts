import { getFile, listFilesById } from '#db/repositories/files'
import { addFiles } from '#db/repositories/insert-files'
import * as contract from '#server/contracts/files'
import { oldestFirst } from '#server/contracts/kit/lists'
import { defineCreation } from '#server/endpoint/define-creation'
import { readWholeList } from '#server/endpoint/whole-list'
import { describeFile } from '#server/files/describe-file'
import { presentFile } from '#server/presenters/file'

export default defineCreation(contract.addFiles, {
  prepare: ({ body }) => Promise.all(body.items.map(describeFile)),
  async create({ db, params, body, links, quotas }, added) {
    const files = await addFiles(db, params, added, quotas)
    const chatFiles = files.map(file => presentFile(file, links))
    return { ids: files.map(({ id }) => id), result: body.many ? { chatFiles } : { chatFile: chatFiles[0]! } }
  },
  async read({ db, params, body, views }, ids) {
    if (!body.many) return { chatFile: await getFile(db, { ...params, file_id: ids[0]! }, views.chatFile) }
    const chatFiles = await readWholeList(db, oldestFirst, views.chatFiles, (db, page) =>
      listFilesById(db, params, ids, page))
    return { chatFiles }
  },
})
