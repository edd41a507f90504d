import { listSharedMessages } from '#db/repositories/shared-chats'
import { basicPassword } from '#server/auth/basic-auth'
import { readShare } from '#server/auth/open-share'
import { oldestFirst } from '#server/contracts/kit/lists'
import * as contract from '#server/contracts/shared-chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { readWholeList } from '#server/endpoint/whole-list'
import { issueLinks } from '#server/files/links'

export default defineEndpoint(contract.openSharedChat, (request) => {
  const { params, headers, identify, identifyAgain, client, baseUrl, views } = request
  const credentials = { identify, identifyAgain, client, password: basicPassword(headers.authorization) }
  return readShare(params.uuid, credentials, async (db, opened) => {
    const view = { ...views.chatMessages, links: issueLinks(baseUrl, opened.share) }
    const chatMessages = await readWholeList(db, oldestFirst, view, (db, page) =>
      listSharedMessages(db, opened, page))
    return { chat: opened.chat, chatMessages, shareInfo: opened.shareInfo }
  })
})
