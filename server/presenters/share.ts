import type { Links } from '#db/json-row'
import type { Share } from '#db/repositories/shares'

/** Presents a share that has been created, with a link to the chat. */
export function presentShare(share: Share, links: Links) {
  return {
    ...share,
    share_uuid: share.uuid,
    is_protected: share.password_hash !== null,
    url: links.share(share.uuid),
  }
}
