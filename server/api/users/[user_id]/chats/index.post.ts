import { createChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.createChat, async ({ db, params, body, quotas }) =>
  ({ chat: await createChat(db, params, body, quotas) }))
