import { listChats } from '#db/repositories/chats'
import * as contract from '#server/contracts/chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.listChats, ({ db, params, page, query }) => listChats(db, params, page, query))
