import { getChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.getChat, async ({ db, params, views }) =>
  ({ chat: await getChat(db, params, views.chat) }))
