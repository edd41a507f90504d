import { and, eq, getTableColumns, not, sql, type SQL } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import { notFound, PreconditionFailedError, withReferences } from '../errors.ts'
import type { View } from '../json-row.ts'
import type { ChatKey, ProjectKey, UserKey } from '../keys.ts'
import type { Page } from '../keyset.ts'
import { commitWith } from '../pipeline-transactions.ts'
import { readPage, readRow, type Json, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { chats, projects, updateTime } from '../schema/index.ts'
import type { Reader } from '../session-reader.ts'
import { value } from '../statement.ts'
import { hasVersion, nextVersion, type Versions } from '../versions.ts'
import { deleteChatsWhere } from './delete-chats.ts'
import { assertOwnProject } from './projects.ts'
import { assertRoom, countUsage, type Quotas } from './usage.ts'
import { preventAccountDeletion } from './users.ts'

export type Chat = typeof chats.$inferSelect

/** The columns that have an index to sort the chats of a user by. */
type SortColumn = 'id' | 'name' | 'model' | 'created_at' | 'updated_at'

export const isOwnChat = (key: ChatKey) =>
  and(eq(chats.neptun_user_id, key.user_id), eq(chats.id, key.chat_id), not(chats.is_deleted))

/** The fields of a chat. */
const fields = getTableColumns(chats)
const ownChats = { table: chats, fields, version: chats.version, only: not(chats.is_deleted) } satisfies Rows
const chatsOfProject = {
  ...ownChats,
  parent: {
    resource: 'Project',
    exists: sql`select 1 from ${projects}
      where ${projects.neptun_user_id} = ${value('neptun_user_id')} and ${projects.id} = ${value('project_id')}`,
  },
} satisfies Rows

/** The chat that a filter names as `chat_conversation_id`: the parent of what is in it. */
export const chatOfFilter = {
  resource: 'Chat',
  exists: sql`select 1 from ${chats}
    where ${chats.neptun_user_id} = ${value('neptun_user_id')} and ${chats.id} = ${value('chat_conversation_id')}
      and not ${chats.is_deleted}`,
} as const

type ChatView = View<keyof typeof fields>
type ChatPage = Page<SortColumn> & { view: ChatView }

/**
 * The chats of a user.
 * @param filter `project_id` selects the chats of one project, or of none if it is null
 */
export function listChats(
  reader: Reader,
  { user_id }: UserKey,
  page: ChatPage,
  { project_id }: { project_id?: number | null },
): Promise<JsonPage> {
  return readPage(reader, ownChats, { neptun_user_id: user_id, project_id }, page)
}

/**
 * The chats of one project.
 * @throws NotFoundError if the user has no such project
 */
export function listProjectChats(
  reader: Reader, { user_id, project_id }: ProjectKey, page: ChatPage,
): Promise<JsonPage> {
  return readPage(reader, chatsOfProject, { neptun_user_id: user_id, project_id }, page)
}

/** @throws NotFoundError if the user has no such chat */
export async function getChat(reader: Reader, { user_id, chat_id }: ChatKey, view: ChatView): Promise<Json> {
  return await readRow(reader, ownChats, { neptun_user_id: user_id, id: chat_id }, view) ?? notFound('Chat')
}

/**
 * @param condition what the chat has to meet as well
 * @throws NotFoundError if the user has no such chat
 */
export async function assertOwnChat(db: Executor, key: ChatKey, condition?: SQL): Promise<void> {
  const [chat] = await db.select({ id: chats.id }).from(chats).where(and(isOwnChat(key), condition))
  if (!chat) notFound('Chat')
}

/** The foreign keys of a chat. They prove that the project belongs to the owner of the chat. */
const references = { chats_of_existing_user: 'User', chats_project_of_same_user: 'Project' } as const

export interface NewChat {
  model: string
  name: string
}

/**
 * Creates a chat outside any project.
 * @throws NotFoundError if the account has been deleted
 * @throws QuotaExceededError if the user has the maximum number of chats
 */
export function createChat(db: Executor, { user_id }: UserKey, chat: NewChat, quotas: Quotas): Promise<Chat> {
  return insertChat(db, { ...chat, neptun_user_id: user_id }, quotas)
}

/**
 * Creates a chat in a project.
 * @throws NotFoundError if the user has no such project
 * @throws QuotaExceededError if the user has the maximum number of chats
 */
export function createProjectChat(
  db: Executor, { user_id, project_id }: ProjectKey, chat: NewChat, quotas: Quotas,
): Promise<Chat> {
  return insertChat(db, { ...chat, neptun_user_id: user_id, project_id }, quotas)
}

function insertChat(db: Executor, row: typeof chats.$inferInsert, quotas: Quotas): Promise<Chat> {
  return db.transaction(async (tx) => {
    const [owner, added] = [{ user_id: row.neptun_user_id }, { chats: 1 }]
    const [[created]] = await Promise.all([
      withReferences(tx.insert(chats).values(row).returning(), references),
      assertRoom(tx, owner, added, quotas),
    ])
    await commitWith(tx, countUsage(tx, owner, added))
    return created!
  })
}

/**
 * Renames a chat or moves it to another project.
 * @throws NotFoundError if the user has no such chat or no such project
 * @throws PreconditionFailedError if the chat has none of the versions
 */
export async function updateChat(
  db: Executor,
  key: ChatKey,
  changes: { name?: string, project_id?: number | null },
  versions?: Versions,
): Promise<Chat> {
  const statement = db.update(chats)
    .set({ ...changes, version: nextVersion(chats.version), updated_at: updateTime(chats.updated_at) })
    .where(and(isOwnChat(key), hasVersion(chats.version, versions)))
    .returning()
  const [chat] = await withReferences(statement, references)
  if (chat) return chat
  await assertOwnChat(db, key)
  throw new PreconditionFailedError()
}

/**
 * Deletes a chat and everything in it.
 * @throws NotFoundError if the user has no such chat
 * @throws PreconditionFailedError if it has none of the versions
 */
export function deleteChat(db: Executor, key: ChatKey, versions?: Versions): Promise<true> {
  return db.transaction(tx => deleteAll(tx, key, [key.chat_id], undefined, versions))
}

/**
 * Deletes chats and everything in them, atomically.
 * @throws NotFoundError if the user lacks one of the chats
 */
export function deleteChats(db: Executor, key: UserKey, ids: number[]): Promise<true> {
  return db.transaction(tx => deleteAll(tx, key, ids))
}

/**
 * Deletes a chat of a project and everything in it.
 * @throws NotFoundError if the user has no such project, or the project no such chat
 * @throws PreconditionFailedError if the chat has none of the versions
 */
export function deleteProjectChat(db: Executor, key: ProjectKey & ChatKey, versions?: Versions): Promise<true> {
  return db.transaction(async (tx) => {
    await assertOwnProject(tx, key)
    return deleteAll(tx, key, [key.chat_id], eq(chats.project_id, key.project_id), versions)
  })
}

/**
 * Deletes chats of a project and everything in them, atomically.
 * @throws NotFoundError if the user has no such project, or the project lacks one of the chats
 */
export function deleteProjectChats(db: Executor, key: ProjectKey, ids: number[]): Promise<true> {
  return db.transaction(async (tx) => {
    await assertOwnProject(tx, key)
    return deleteAll(tx, key, ids, eq(chats.project_id, key.project_id))
  })
}

/** @param versions of a single chat */
async function deleteAll(
  tx: Transaction, key: UserKey, ids: number[], condition?: SQL, versions?: Versions,
): Promise<true> {
  await preventAccountDeletion(tx, key)
  const isDeletable = [condition, hasVersion(chats.version, versions)]
  if (await deleteChatsWhere(tx, key, isAnyOf(chats.id, ids), ...isDeletable) === ids.length) return true
  if (!versions) notFound('Chat')
  await assertOwnChat(tx, { ...key, chat_id: ids[0]! }, condition)
  throw new PreconditionFailedError()
}
