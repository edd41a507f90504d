import { and, eq } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound, violates } from '../errors.ts'
import { afterCursor, orderBy, type Page } from '../keyset.ts'
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
 * The chats of one project.
 * @throws NotFoundError if the user has no such project
 */
export async function listProjectChats(db: Executor, project: ProjectKey, page: Page<ChatColumn>): Promise<Chat[]> {
  await getProject(db, project)
  const rows = db.select().from(chats).where(and(
    eq(chats.project_id, project.id),
    eq(chats.neptun_user_id, project.ownerId),
    afterCursor(chats, page),
  )).orderBy(...orderBy(chats, page)).$dynamic()
  return page.limit === undefined ? rows : rows.limit(page.limit)
}

/** @throws NotFoundError if the user has no such chat */
export async function getChat(db: Executor, key: ChatKey): Promise<Chat> {
  const [chat] = await db.select().from(chats).where(isOwnChat(key))
  return chat ?? notFound('Chat')
}

/**
 * Adds a chat to a project. That the project is the user's is held by the database: a chat and its project have the
 * same owner.
 * @throws NotFoundError if the user has no such project
 */
export async function createProjectChat(
  db: Executor,
  project: ProjectKey,
  chat: { model: string, name: string },
): Promise<Chat> {
  try {
    const [created] = await db.insert(chats)
      .values({ ...chat, project_id: project.id, neptun_user_id: project.ownerId })
      .returning()
    return created!
  }
  catch (error) {
    if (violates(error, 'chats_project_of_same_user')) notFound('Project')
    throw error
  }
}

/**
 * Notes that something in a chat changed. First in every transaction that writes into one: it proves the owner, and
 * makes others that write into the same chat wait, so that each batch stays together.
 * @throws NotFoundError if the user has no such chat
 */
export async function touchChat(db: Executor, key: ChatKey): Promise<void> {
  const touched = await db.update(chats).set({ updated_at: now }).where(isOwnChat(key)).returning({ id: chats.id })
  if (touched.length === 0) notFound('Chat')
}
