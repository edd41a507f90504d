import * as contract from '#server/contracts/chats'
import { listProjectChats } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.listProjectChats, async ({ db, user, params, page }) =>
  page.answer('chats', await listProjectChats(db, { id: params.project_id, ownerId: user.id }, page.request)))
