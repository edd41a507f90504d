import * as contract from '#server/contracts/chats'
import { getChat } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.getChat, async ({ db, user, params }) =>
  ({ chat: await getChat(db, { id: params.chat_id, ownerId: user.id }) }))
