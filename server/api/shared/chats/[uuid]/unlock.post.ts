import { openShare } from '#server/auth/open-share'
import { createUnlockCookie } from '#server/auth/unlock-cookie'
import * as contract from '#server/contracts/shared-chats'
import { defineEndpoint } from '#server/endpoint/define-endpoint'

export default defineEndpoint(contract.unlockSharedChat, async (request) => {
  const { identify, identifyAgain, params, client, setCookie, body } = request
  const credentials = { identify, identifyAgain, client, password: body.password }
  const { share, shareInfo, isPasswordVerified } = await openShare(params.uuid, credentials)
  if (isPasswordVerified) setCookie(createUnlockCookie(share, params.uuid))
  return { shareInfo }
})
