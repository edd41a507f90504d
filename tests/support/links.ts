import type { Links } from '#db/json-row'

/** Links that are not signed, for reading without a server. */
export const links: Links = { file: id => `file ${id}`, share: uuid => `share ${uuid}` }
