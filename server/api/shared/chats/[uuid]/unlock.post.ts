import { openShare } from '#server/auth/open-share'
import { createUnlockCookie } from '#server/auth/unlock-cookie'
import * as contract from '#server/contracts/shared-chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.unlockSharedChat, async ({ db, identify, params, cookies, setCookie, body }) => {
  const credentials = { identify, cookies, password: body.password }
  const { share, shareInfo } = await openShare(db, params.uuid, credentials)
  if (share.password_hash !== null) setCookie(createUnlockCookie(share, params.uuid))
  return { shareInfo }
})
