import { listSharedMessages } from '#db/repositories/messages'
import { basicPassword } from '#server/auth/basic-auth'
import { openShare } from '#server/auth/open-share'
import * as contract from '#server/contracts/shared-chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { issueFileUrls } from '#server/files/links'
import { presentSharedMessage } from '#server/presenters/message'

export default defineEndpoint(contract.openSharedChat, async ({ db, session, params, headers, cookies, baseUrl }) => {
  const credentials = { user: session?.user, cookies, password: basicPassword(headers.authorization) }
  const { share, key, chat, shareInfo } = await openShare(db, params.uuid, credentials)
  const messages = await listSharedMessages(db, key)
  const fileUrl = issueFileUrls(baseUrl, share)
  return { chat, chatMessages: messages.map(message => presentSharedMessage(message, fileUrl)), shareInfo }
})
