import * as contract from '#server/contracts/shared-chats'
import { openShare } from '#server/services/open-share'
import { defineEndpoint } from '#server/utils/endpoint'
import { setUnlockCookie } from '#server/utils/unlock-cookie'

export default defineEndpoint(contract.unlockSharedChat, async ({ event, db, user, params, body }) => {
  const { share, shareInfo } = await openShare(event, db, params.uuid, user, body.password)
  if (share.password_hash !== null) setUnlockCookie(event, share, params.uuid)
  return { shareInfo }
})
