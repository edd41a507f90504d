import type { Database } from '#db/client'
import type { File } from '#db/repositories/files'
import { findGrantedFile, getLinkedFile, type Grant } from '#db/repositories/linked-files'
import { useConfig } from '#server/runtime/config'
import { isSigned, sign } from '#server/runtime/signing'
import { InvalidLinkError } from './errors.ts'

/** Returns the signed link of a file. */
export type FileUrl = (file: Pick<File, 'id' | 'neptun_user_id'>) => string

/**
 * Issues links that open files without a session, for a limited time. An owner's link names the owner in front of the
 * signature; a share's link, which others can read, names only the share.
 * @param baseUrl the public base URL of the API
 * @param grant the share that issues the links, which become invalid when its terms change
 */
export function issueFileUrls(baseUrl: string, grant?: Grant): FileUrl {
  const expires = String(Math.floor(Date.now() / 1000) + useConfig().fileUrlLifetime)
  const encodedGrant = grant && encodeGrant(grant)
  return ({ id, neptun_user_id }) => {
    const owner = grant ? undefined : String(neptun_user_id)
    const signature = sign('file', id, expires, encodedGrant, owner)
    const parameters = new URLSearchParams({
      expires,
      ...encodedGrant && { grant: encodedGrant },
      signature: owner ? `${owner}.${signature}` : signature,
    })
    return `${baseUrl}/api/files/${id}?${parameters.toString()}`
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
  const { expires = '', grant } = link
  const { owner, signature } = splitSignature(link.signature ?? '')
  const isValid = isSigned(signature, 'file', fileId, expires, grant, owner) && Number(expires) > Date.now() / 1000
  if (!isValid) throw new InvalidLinkError()
  if (owner) return getLinkedFile(db, { user_id: Number(owner), file_id: fileId })
  const file = grant && await findGrantedFile(db, fileId, decodeGrant(grant))
  if (!file) throw new InvalidLinkError()
  return file
}

/** Splits `owner.signature`. A share's link has no owner. */
function splitSignature(value: string): { owner?: string, signature: string } {
  const [, owner, signature = ''] = /^(?:(\d+)\.)?(.*)$/s.exec(value) ?? []
  return { owner, signature }
}

const encodeGrant = ({ uuid, version }: Grant) => `${uuid}.${version}`

/** Decodes a grant whose signature has been verified. */
function decodeGrant(grant: string): Grant {
  const [uuid = '', version] = grant.split('.')
  return { uuid, version: Number(version) }
}
