import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound, violates } from '../errors.ts'
import { afterCursor, inPages, type Page } from '../keyset.ts'
import { chats, now } from '../schema/index.ts'
import { getProject, type ProjectKey } from './projects.ts'

export type Chat = typeof chats.$inferSelect

/** Which chat, and whose. */
export interface ChatKey {
  id: number
  ownerId: number
}

/** The columns that a list of chats can be sorted by. */
export const chatColumns = ['id', 'name', 'model', 'created_at', 'updated_at'] as const
export type ChatColumn = typeof chatColumns[number]

const isOwnChat = (key: ChatKey) => and(eq(chats.id, key.id), eq(chats.neptun_user_id, key.ownerId))

/**
 * The chats of a user.
 * @param project only those of this project, or, where it is null, of none
 */
export function listChats(db: Executor, ownerId: number, project: number | null | undefined, page: Page<ChatColumn>): Promise<Chat[]> {
  const rows = db.select().from(chats)
    .where(and(eq(chats.neptun_user_id, ownerId), isInProject(project), afterCursor(chats, page)))
  return inPages(rows.$dynamic(), chats, page)
}

/**
 * The chats of one project.
 * @throws NotFoundError if the user has no such project
 */
export async function listProjectChats(db: Executor, project: ProjectKey, page: Page<ChatColumn>): Promise<Chat[]> {
  await getProject(db, project)
  return listChats(db, project.ownerId, project.id, page)
}

function isInProject(project: number | null | undefined): SQL | undefined {
  if (project === undefined) return undefined
  return project === null ? isNull(chats.project_id) : eq(chats.project_id, project)
}

/** @throws NotFoundError if the user has no such chat */
export async function getChat(db: Executor, key: ChatKey): Promise<Chat> {
  const [chat] = await db.select().from(chats).where(isOwnChat(key))
  return chat ?? notFound('Chat')
}

/**
 * Adds a chat, to a project if one is named. That the project is the user's is held by the database: a chat and its
 * project have the same owner.
 * @throws NotFoundError if the user has no such project
 */
export async function createChat(
  db: Executor,
  ownerId: number,
  chat: { model: string, name: string, project_id?: number },
): Promise<Chat> {
  const [created] = await inOwnProject(db.insert(chats).values({ ...chat, neptun_user_id: ownerId }).returning())
  return created!
}

/**
 * Renames a chat, or moves it.
 * @throws NotFoundError if the user has no such chat, or no such project
 */
export async function changeChat(
  db: Executor,
  key: ChatKey,
  changes: { name?: string, project_id?: number | null },
): Promise<Chat> {
  const [chat] = await inOwnProject(db.update(chats).set({ ...changes, updated_at: now }).where(isOwnChat(key)).returning())
  return chat ?? notFound('Chat')
}

/** Takes the refusal of the database to put a chat into somebody else's project for what it means. */
async function inOwnProject(statement: PromiseLike<Chat[]>): Promise<Chat[]> {
  try {
    return await statement
  }
  catch (error) {
    if (violates(error, 'chats_project_of_same_user')) notFound('Project')
    throw error
  }
}

/**
 * Deletes chats with all that belongs to them: all of them, or, if one is not there, none.
 * @param project where they have to be; anywhere, if it is left out
 * @throws NotFoundError if the user has no such project, or one of the chats is not there
 */
export function deleteChats(db: Executor, ownerId: number, ids: number[], project?: number): Promise<true> {
  return db.transaction<true>(async (tx) => {
    if (project !== undefined) await getProject(tx, { id: project, ownerId })
    const deleted = await tx.delete(chats)
      .where(and(sql`${chats.id} = any(${`{${ids.join()}}`}::bigint[])`, eq(chats.neptun_user_id, ownerId), isInProject(project)))
      .returning({ id: chats.id })
    if (deleted.length < ids.length) notFound('Chat')
    return true
  })
}

/**
 * Notes that something in a chat changes. First in every transaction that writes into one: it proves the owner, and
 * makes others that write into the same chat wait, so that each batch stays together.
 * @returns when: the time of whatever the transaction writes
 * @throws NotFoundError if the user has no such chat
 */
export async function touchChat(db: Executor, key: ChatKey): Promise<Date> {
  const [touched] = await db.update(chats).set({ updated_at: now }).where(isOwnChat(key)).returning({ at: chats.updated_at })
  return (touched ?? notFound('Chat')).at
}
