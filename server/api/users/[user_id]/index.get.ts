import { getUsage } from '#db/repositories/usage'
import * as contract from '#server/contracts/users'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { withDatabase } from '#server/runtime/database'

export default defineEndpoint(contract.getUser, async ({ params, session, quotas }) => {
  const { bytes, chats, messagesPerChat: messages_per_chat } = quotas
  const usage = await withDatabase(db => getUsage(db, params))
  return { user: session.user, usage, limits: { chats, bytes, messages_per_chat } }
})
