import { and, eq } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound, withReferences } from '../errors.ts'
import type { ProjectKey, UserKey } from '../keys.ts'
import { selectPage, type Page } from '../keyset.ts'
import { chats, projects, updateTime } from '../schema/index.ts'
import { deleteChatsWhere } from './delete-chats.ts'
import { preventAccountDeletion } from './users.ts'

export type Project = typeof projects.$inferSelect

const isOwnProject = (key: ProjectKey) => and(eq(projects.neptun_user_id, key.user_id), eq(projects.id, key.project_id))

/** The projects of a user. Filters match exactly. */
export function listProjects(
  db: Executor,
  { user_id }: UserKey,
  page: Page<'id'>,
  filter: { project_type?: string, programming_language?: string },
): Promise<Project[]> {
  const { project_type, programming_language } = filter
  return selectPage(
    db, projects, page,
    eq(projects.neptun_user_id, user_id),
    project_type === undefined ? undefined : eq(projects.project_type, project_type),
    programming_language === undefined ? undefined : eq(projects.programming_language, programming_language),
  )
}

/** @throws NotFoundError if the user has no such project */
export async function getProject(db: Executor, key: ProjectKey): Promise<Project> {
  const [project] = await db.select().from(projects).where(isOwnProject(key))
  return project ?? notFound('Project')
}

export interface NewProject {
  name: string
  description: string | null
  project_type: string
  programming_language: string
}

/** @throws NotFoundError if the account has been deleted */
export async function createProject(db: Executor, { user_id }: UserKey, project: NewProject): Promise<Project> {
  const statement = db.insert(projects).values({ ...project, neptun_user_id: user_id }).returning()
  const [created] = await withReferences(statement, { projects_of_existing_user: 'User' })
  return created!
}

/** @throws NotFoundError if the user has no such project */
export async function updateProject(db: Executor, key: ProjectKey, changes: Partial<NewProject>): Promise<Project> {
  const [project] = await db.update(projects)
    .set({ ...changes, updated_at: updateTime(projects.updated_at) })
    .where(isOwnProject(key))
    .returning()
  return project ?? notFound('Project')
}

/**
 * Deletes a project and its chats.
 * @throws NotFoundError if the user has no such project
 */
export function deleteProject(db: Executor, key: ProjectKey): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await preventAccountDeletion(tx, key)
    // Locked, so that no chat is added meanwhile.
    const [project] = await tx.select({ id: projects.id }).from(projects).where(isOwnProject(key)).for('update')
    if (!project) notFound('Project')
    await deleteChatsWhere(tx, key, eq(chats.project_id, key.project_id))
    await tx.delete(projects).where(isOwnProject(key))
    return true
  })
}
