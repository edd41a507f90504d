import type { Share } from '#db/repositories/shares'

/** Presents a share to its owner, without its password hash. */
export function presentShare({ password_hash, ...share }: Share, baseUrl: string) {
  return {
    ...share,
    share_uuid: share.uuid,
    is_protected: password_hash !== null,
    url: `${baseUrl}/api/shared/chats/${share.uuid}`,
  }
}
