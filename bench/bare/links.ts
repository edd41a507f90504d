import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** Seconds that a link is valid. */
const lifetime = () => Number(process.env.NUXT_FILE_URL_LIFETIME)

let key: KeyObject | undefined

/** HMAC-SHA256 of a purpose and its parts, as server/runtime/signing.ts computes it. */
function sign(...parts: unknown[]): string {
  key ??= createSecretKey(Buffer.from(process.env.NUXT_SIGNING_SECRET!))
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')
}

/** Returns the signed link of a file. */
export type FileUrl = (id: string) => string

/** Signs links as server/files/links.ts does: those of an owner, or those of a share. */
export function issueFileUrls(baseUrl: string, issuer: { owner: string } | { grant: string }): FileUrl {
  const expires = String(Math.floor(Date.now() / 1000) + lifetime())
  const address = `${baseUrl}/api/files/`
  if ('grant' in issuer) {
    const query = `?expires=${expires}&grant=${issuer.grant}&signature=`
    return id => address + id + query + sign('file', Number(id), expires, issuer.grant, undefined)
  }
  const query = `?expires=${expires}&signature=${issuer.owner}.`
  return id => address + id + query + sign('file', Number(id), expires, undefined, issuer.owner)
}

/** The owner of a file whose link an owner issued; undefined if the link is forged or has expired. */
export function ownerOfLink(id: string, query: string): string | undefined {
  const [, expires = '', owner = '', signature] = /^expires=(\d+)&signature=(\d+)\.([\w-]+)$/.exec(query) ?? []
  const isSigned = signature === sign('file', Number(id), expires, undefined, owner)
  return isSigned && Number(expires) > Date.now() / 1000 ? owner : undefined
}

/** The signed cursor after a chat, as server/endpoint/paging.ts creates it. */
export function cursorAfter(path: string, updatedAt: string, id: string): string {
  const order = [{ column: 'updated_at', direction: 'desc' }, { column: 'id', direction: 'desc' }]
  const payload = JSON.stringify([updatedAt, Number(id)])
  const signature = sign('cursor', JSON.stringify([[path, {}], order]), payload)
  return `${Buffer.from(payload).toString('base64url')}.${signature}`
}
