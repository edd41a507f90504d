import type { Database } from '#db/client'
import type { Links } from '#db/json-row'
import type { UserKey } from '#db/keys'
import { findGrantedFile, getLinkedFile, type Grant, type LinkedFile } from '#db/repositories/linked-files'
import { useConfig } from '#server/runtime/config'
import { isSigned, sign } from '#server/runtime/signing'
import { InvalidLinkError } from './errors.ts'

/** Who issues links: the owner of the files, or a share, whose links become invalid when its terms change. */
type Issuer = UserKey | Grant

/**
 * Issues links. Those of files open them without a session, for a limited time. An owner's link names the owner in
 * front of the signature; a share's link, which others can read, names only the share.
 * @param baseUrl the public base URL of the API
 * @param issuer undefined for an anonymous caller, who can issue no file links
 */
export function issueLinks(baseUrl: string, issuer: Issuer | undefined): Links {
  const expires = Math.floor(Date.now() / 1000) + useConfig().fileUrlLifetime
  return {
    file: id => `${baseUrl}/api/files/${id}?${signedParameters(Number(id), String(expires), issuer)}`,
    share: uuid => `${baseUrl}/api/shared/chats/${uuid}`,
  }
}

/** The parameters of a file link. None of their values has to be encoded. */
function signedParameters(fileId: number, expires: string, issuer: Issuer | undefined): string {
  if (!issuer) throw new Error('Only an owner or a share issues file links.')
  if ('user_id' in issuer) {
    const owner = String(issuer.user_id)
    return `expires=${expires}&signature=${owner}.${sign('file', fileId, expires, undefined, owner)}`
  }
  const grant = encodeGrant(issuer)
  return `expires=${expires}&grant=${grant}&signature=${sign('file', fileId, expires, grant, undefined)}`
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
export async function openFileLink(db: Database, fileId: number, link: FileLink): Promise<LinkedFile> {
  const { expires = '', grant } = link
  const { owner, signature } = splitSignature(link.signature ?? '')
  const isIssued = isSigned(signature, 'file', fileId, expires, grant, owner)
  if (!isIssued || Number(expires) <= Date.now() / 1000) throw new InvalidLinkError()
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
