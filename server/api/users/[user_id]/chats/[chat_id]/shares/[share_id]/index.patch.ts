import { updateShare } from '#db/repositories/shares'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineEndpoint } from '#server/endpoint/define-endpoint'
import { presentShare } from '#server/presenters/share'

export default defineEndpoint(contract.updateShare, async ({ db, params, body, baseUrl }) => {
  const { password, ...changes } = body
  const password_hash = password ? await hashPassword(password) : password
  const share = await updateShare(db, params, { ...changes, password_hash })
  return { share: presentShare(share, baseUrl) }
})
