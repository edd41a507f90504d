import * as contract from '#server/contracts/chats'
import { createProjectChat } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.createProjectChat, async ({ db, user, params, body }) =>
  ({ chat: await createProjectChat(db, { id: params.project_id, ownerId: user.id }, body) }))
