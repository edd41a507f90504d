import type { Database } from '#db/client'
import { findLinkedFile, type File, type Grant } from '#db/repositories/files'
import { useConfig } from '#server/runtime/config'
import { isSigned, sign } from '#server/runtime/signing'
import { InvalidLinkError } from './errors.ts'

/** Returns the signed link of a file. */
export type FileUrl = (fileId: number) => string

/**
 * Issues links that open files without a session, for a limited time.
 * @param baseUrl the public base URL of the API
 * @param grant the share that issues the links, which become invalid when its terms change
 */
export function issueFileUrls(baseUrl: string, grant?: Grant): FileUrl {
  const expires = String(Math.floor(Date.now() / 1000) + useConfig().fileUrlLifetime)
  const encodedGrant = grant && encodeGrant(grant)
  return (fileId) => {
    const parameters = new URLSearchParams({
      expires,
      ...encodedGrant && { grant: encodedGrant },
      signature: sign('file', fileId, expires, encodedGrant),
    })
    return `${baseUrl}/api/files/${fileId}?${parameters.toString()}`
  }
}

/** The parameters of a file link. */
export interface FileLink {
  expires?: string
  signature?: string
  grant?: string
}

/**
 * The file that a link opens. A link with a bad signature is rejected without a statement.
 * @throws InvalidLinkError
 * @throws NotFoundError if the file has been deleted
 */
export async function openFileLink(db: Database, fileId: number, link: FileLink): Promise<File> {
  if (!isValid(fileId, link)) throw new InvalidLinkError()
  const grant = link.grant === undefined ? undefined : decodeGrant(link.grant)
  const file = await findLinkedFile(db, fileId, grant)
  if (!file) throw new InvalidLinkError()
  return file
}

function isValid(fileId: number, { expires = '', signature = '', grant }: FileLink): boolean {
  return isSigned(signature, 'file', fileId, expires, grant) && Number(expires) > Date.now() / 1000
}

const encodeGrant = ({ uuid, version }: Grant) => `${uuid}.${version}`

/** Decodes a grant whose signature has been verified. */
function decodeGrant(grant: string): Grant {
  const [uuid = '', version] = grant.split('.')
  return { uuid, version: Number(version) }
}
