import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound } from '../errors.ts'
import type { LinkedFileKey } from '../keys.ts'
import { inLongReadQueue } from '../long-reads.ts'
import { maxLinkedContentBytes } from '../rules.ts'
import { fileContents, files, shares, users } from '../schema/index.ts'
import { defineSelect, value } from '../statement.ts'
import { findOwner } from './directory.ts'
import { isInKeptChat, type File } from './files.ts'
import { isOpen } from './shares.ts'

/** The share that issued a file link, and its version at that time. */
export interface Grant {
  uuid: string
  version: number
}

/** A file that a link opened. */
export interface LinkedFile extends Pick<File, 'neptun_user_id' | 'id' | 'name' | 'size' | 'type' | 'is_text'> {
  /** The content of a small file; null if it has to be read in parts. */
  content: Uint8Array | null
}

const linkedFile = {
  neptun_user_id: files.neptun_user_id,
  id: files.id,
  name: files.name,
  size: files.size,
  type: files.type,
  is_text: files.is_text,
  content: sql`case when ${files.size} <= ${sql.raw(`${maxLinkedContentBytes}`)} then ${fileContents.content} end`
    .mapWith(fileContents.content),
}

const isLinkedFile = and(eq(files.neptun_user_id, value('user_id')), eq(files.id, value('file_id')))
const isContent = and(eq(fileContents.neptun_user_id, files.neptun_user_id), eq(fileContents.file_id, files.id))

const selectLinkedFile = defineSelect(qb => qb.select(linkedFile)
  .from(files)
  .innerJoin(fileContents, isContent)
  .where(and(isLinkedFile, isKept)))

/** Neither the account nor the chat is deleted. Their rows may be there still. */
const isKept = and(
  isInKeptChat(value('user_id')),
  sql`exists (select 1 from ${users} where ${users.id} = ${value('user_id')} and not ${users.is_deleted})`,
)

/**
 * The file of a link that its owner issued.
 * @throws NotFoundError if the file does not exist
 */
export async function getLinkedFile(db: Executor, { user_id, file_id }: LinkedFileKey): Promise<LinkedFile> {
  const [file] = await selectLinkedFile(db, { user_id, file_id })
  return file ?? notFound('File')
}

const isGranted = and(
  eq(shares.neptun_user_id, files.neptun_user_id),
  eq(shares.chat_conversation_id, files.chat_conversation_id),
  eq(shares.uuid, value('uuid')),
  eq(shares.version, value('version')),
  isOpen,
)

const selectGrantedFile = defineSelect(qb => qb.select({ file: linkedFile, share: shares.id })
  .from(files)
  .innerJoin(fileContents, isContent)
  .leftJoin(shares, isGranted)
  .where(isLinkedFile))

/**
 * The file of a link that a share issued.
 * @returns undefined if the share has been deleted or changed since
 * @throws NotFoundError if the share exists, but the file does not
 */
export async function findGrantedFile(db: Executor, file_id: number, grant: Grant): Promise<LinkedFile | undefined> {
  const owner = await findOwner(db, grant.uuid)
  if (!owner) return undefined
  const { uuid, version } = grant
  const [found] = await selectGrantedFile(db, { user_id: owner.user_id, file_id, uuid, version })
  const { file, share } = found ?? notFound('File')
  return share === null ? undefined : file
}

const selectContent = defineSelect(qb => qb.select({
  chunk: sql`substring(${fileContents.content} from ${value('from')}::int for ${value('length')}::int)`
    .mapWith(fileContents.content),
})
  .from(fileContents)
  .where(and(eq(fileContents.neptun_user_id, value('user_id')), eq(fileContents.file_id, value('file_id')))), true)

/**
 * Reads the bytes `from` (inclusive) to `to` (exclusive) of a file that a link opened.
 * @throws NotFoundError if the file has been deleted
 */
export async function readContent(
  db: Executor,
  { user_id, file_id }: LinkedFileKey,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const [found] = await inLongReadQueue(() =>
    selectContent(db, { user_id, file_id, from: from + 1, length: to - from }))
  return (found ?? notFound('File')).chunk
}
