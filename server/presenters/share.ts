import type { Share } from '#db/repositories/shares'

/** A share as its owner sees it: whether it has a password, but nothing of the password. */
export function presentShare({ password_hash, ...share }: Share, baseUrl: string) {
  return {
    ...share,
    share_uuid: share.uuid,
    is_protected: password_hash !== null,
    url: `${baseUrl}/api/shared/chats/${share.uuid}`,
  }
}
