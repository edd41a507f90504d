import { listProjectChats } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listProjectChats, ({ db, params, page }) => listProjectChats(db, params, page))
