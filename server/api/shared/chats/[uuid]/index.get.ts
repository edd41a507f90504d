import { getHeader } from 'h3'
import * as contract from '#server/contracts/shared-chats'
import { listSharedMessages } from '#db/repositories/messages'
import { presentSharedMessage } from '#server/presenters/message'
import { openShare } from '#server/services/open-share'
import { basicPassword } from '#server/utils/basic-auth'
import { defineEndpoint } from '#server/utils/endpoint'
import { fileUrls } from '#server/utils/links'

export default defineEndpoint(contract.openSharedChat, async ({ event, db, user, params }) => {
  const password = basicPassword(getHeader(event, 'authorization'))
  const { share, chat, shareInfo } = await openShare(event, db, params.uuid, user, password)
  const messages = await listSharedMessages(db, { id: chat.id, ownerId: share.neptun_user_id })
  const fileUrl = fileUrls(event, share)
  return { chat, chatMessages: messages.map(message => presentSharedMessage(message, fileUrl)), shareInfo }
})
