import * as contract from '#server/contracts/chats'
import { listChats } from '#db/repositories/chats'
import { defineEndpoint } from '#server/utils/endpoint'

export default defineEndpoint(contract.listChats, async ({ db, user, query, page }) =>
  page.answer('chats', await listChats(db, user.id, query.project_id, page.request)))
