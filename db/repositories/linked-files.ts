import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound } from '../errors.ts'
import type { LinkedFileKey } from '../keys.ts'
import { fileContents, files, shares } from '../schema/index.ts'
import { findOwner } from './directory.ts'
import type { File } from './files.ts'

/** The share that issued a file link, and its version at that time. */
export interface Grant {
  uuid: string
  version: number
}

const isLinkedFile = (key: LinkedFileKey) => and(eq(files.neptun_user_id, key.user_id), eq(files.id, key.file_id))

/**
 * The file of a link that its owner issued.
 * @throws NotFoundError if the file does not exist
 */
export async function getLinkedFile(db: Executor, key: LinkedFileKey): Promise<File> {
  const [file] = await db.select().from(files).where(isLinkedFile(key))
  return file ?? notFound('File')
}

/**
 * The file of a link that a share issued.
 * @returns undefined if the share has been deleted or changed since
 * @throws NotFoundError if the share exists, but the file does not
 */
export async function findGrantedFile(db: Executor, file_id: number, grant: Grant): Promise<File | undefined> {
  const owner = await findOwner(db, grant.uuid)
  if (!owner) return undefined
  const isGranted = and(
    eq(shares.neptun_user_id, files.neptun_user_id),
    eq(shares.chat_conversation_id, files.chat_conversation_id),
    eq(shares.uuid, grant.uuid),
    eq(shares.version, grant.version),
    shares.is_shared,
    sql`(${shares.expires_at} is null or ${shares.expires_at} > now())`,
  )
  const [found] = await db.select({ file: files, share: shares.id })
    .from(files)
    .leftJoin(shares, isGranted)
    .where(isLinkedFile({ ...owner, file_id }))
  const { share, file } = found ?? notFound('File')
  return share === null ? undefined : file
}

/**
 * Reads the bytes `from` (inclusive) to `to` (exclusive) of a file that a link opened.
 * @throws NotFoundError if the file has been deleted
 */
export async function readContent(db: Executor, key: LinkedFileKey, from: number, to: number): Promise<Uint8Array> {
  const chunk = sql`substring(${fileContents.content} from ${from + 1}::int for ${to - from}::int)`
    .mapWith(fileContents.content)
  const [found] = await db.select({ chunk }).from(fileContents)
    .where(and(eq(fileContents.neptun_user_id, key.user_id), eq(fileContents.file_id, key.file_id)))
  return (found ?? notFound('File')).chunk
}
