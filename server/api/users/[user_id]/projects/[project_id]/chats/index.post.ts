import * as contract from '#server/contracts/chats'
import { createChat } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.createProjectChat, async ({ db, user, params, body }) =>
  ({ chat: await createChat(db, user.id, { ...body, project_id: params.project_id }) }))
