import { updateChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.updateChat, async ({ db, params, body, versions }) =>
  ({ chat: await updateChat(db, params, body, versions) }))
