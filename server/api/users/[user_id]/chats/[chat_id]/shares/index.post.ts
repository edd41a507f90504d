import { createShare, getShare } from '#db/repositories/shares'
import { assertSession } from '#server/auth/assert-session'
import { hashPassword } from '#server/auth/passwords'
import * as contract from '#server/contracts/shares'
import { defineCreation } from '#server/endpoint/define-creation'
import { presentShare } from '#server/presenters/share'

export default defineCreation(contract.createShare, {
  async prepare({ body: { password = null, is_shared, is_protected, expires_at, emails }, client, identifyAgain }) {
    const password_hash = password === null ? null : await hashPassword(password, client)
    if (password_hash) await assertSession(identifyAgain)
    // Protected by nothing else, it admits only the owner.
    const whitelist = emails ?? (is_protected && !password_hash ? [] : undefined)
    return { password_hash, is_shared, expires_at, emails: whitelist }
  },
  async create({ db, params, links }, newShare) {
    const share = await createShare(db, params, newShare)
    return { ids: [share.id], result: { share: presentShare(share, links) } }
  },
  read: async ({ db, params, views }, [share_id]) =>
    ({ share: await getShare(db, { ...params, share_id: share_id! }, views.share) }),
})
