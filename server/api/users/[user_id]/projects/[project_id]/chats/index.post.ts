import { createProjectChat } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.createProjectChat, async ({ db, params, body, quotas }) =>
  ({ chat: await createProjectChat(db, params, body, quotas) }))
