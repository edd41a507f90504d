import * as contract from '#server/contracts/shares'
import { changeShare } from '#db/repositories/shares'
import { presentShare } from '#server/presenters/share'
import { defineEndpoint } from '#server/utils/endpoint'
import { baseUrlOf } from '#server/utils/links'
import { hashPassword } from '#server/utils/passwords'

export default defineEndpoint(contract.changeShare, async ({ event, db, user, params, body }) => {
  const chat = { id: params.chat_id, ownerId: user.id }
  const { password, ...changes } = body
  const password_hash = password ? await hashPassword(password) : password
  const share = await changeShare(db, { id: params.share_id, chat }, { ...changes, password_hash })
  return { share: presentShare(share, baseUrlOf(event)) }
})
