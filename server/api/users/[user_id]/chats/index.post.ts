import * as contract from '#server/contracts/chats'
import { createChat } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.createChat, async ({ db, user, body }) =>
  ({ chat: await createChat(db, user.id, body) }))
