import { getRequestHost, getRequestProtocol, type H3Event } from 'h3'
import type { Grant } from '#db/repositories/files'
import { useConfig } from '#server/config'
import { isSigned, sign } from './signing.ts'

/** Where the API is, as the client sees it: as configured, else as the request says. Never X-Forwarded-Host. */
export function baseUrlOf(event: H3Event): string {
  return useConfig().publicBaseUrl ?? `${getRequestProtocol(event)}://${getRequestHost(event)}`
}

/** A path of ours as the client sees it: behind a proxy, all of them may be in a folder. */
export function publicPath(path: string): string {
  const { publicBaseUrl } = useConfig()
  return (publicBaseUrl ? new URL(publicBaseUrl).pathname.replace(/\/$/, '') : '') + path
}

/** Gives a file its link. */
export type FileUrl = (fileId: number) => string

/**
 * Links that open the content of a file without a session, for a limited time. Those that a share gives out name it
 * and its version, and die with any change of it.
 */
export function fileUrls(event: H3Event, grant?: Grant): FileUrl {
  const base = baseUrlOf(event)
  const expires = String(Math.floor(Date.now() / 1000) + useConfig().fileUrlLifetime)
  const granted = grant && writeGrant(grant)
  return (fileId) => {
    const parameters = new URLSearchParams({ expires, ...granted && { grant: granted }, signature: sign('file', fileId, expires, granted) })
    return `${base}/api/files/${fileId}?${parameters.toString()}`
  }
}

interface FileLink {
  expires?: string
  signature?: string
  grant?: string
}

/** Whether a link to a file is as it was given out, and still good. Asks nobody. */
export function isFileLinkGood(fileId: number, { expires = '', signature = '', grant }: FileLink): boolean {
  return isSigned(signature, 'file', fileId, expires, grant) && Number(expires) > Date.now() / 1000
}

const writeGrant = ({ uuid, version }: Grant) => `${uuid}.${version}`

/** Reads the grant of a link whose signature was found to be ours. */
export function readGrant(grant: string): Grant {
  const [uuid = '', version] = grant.split('.')
  return { uuid, version: Number(version) }
}
