import { and, eq } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound } from '../errors.ts'
import { afterCursor, inPages, type Page } from '../keyset.ts'
import { now, projects } from '../schema/index.ts'

export type Project = typeof projects.$inferSelect

/** Which project, and whose. */
export interface ProjectKey {
  id: number
  ownerId: number
}

const isOwnProject = (key: ProjectKey) => and(eq(projects.id, key.id), eq(projects.neptun_user_id, key.ownerId))

/** The projects of a user; with the filters that are given, only those whose value is exactly that. */
export function listProjects(
  db: Executor,
  ownerId: number,
  filter: { project_type?: string, programming_language?: string },
  page: Page<'id'>,
): Promise<Project[]> {
  const rows = db.select().from(projects).where(and(
    eq(projects.neptun_user_id, ownerId),
    filter.project_type === undefined ? undefined : eq(projects.project_type, filter.project_type),
    filter.programming_language === undefined ? undefined : eq(projects.programming_language, filter.programming_language),
    afterCursor(projects, page),
  ))
  return inPages(rows.$dynamic(), projects, page)
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

export async function createProject(db: Executor, ownerId: number, project: NewProject): Promise<Project> {
  const [created] = await db.insert(projects).values({ ...project, neptun_user_id: ownerId }).returning()
  return created!
}

/** @throws NotFoundError if the user has no such project */
export async function changeProject(db: Executor, key: ProjectKey, changes: Partial<NewProject>): Promise<Project> {
  const [project] = await db.update(projects).set({ ...changes, updated_at: now }).where(isOwnProject(key)).returning()
  return project ?? notFound('Project')
}

/**
 * Deletes a project with all of its chats.
 * @throws NotFoundError if the user has no such project
 */
export async function deleteProject(db: Executor, key: ProjectKey): Promise<true> {
  const deleted = await db.delete(projects).where(isOwnProject(key)).returning({ id: projects.id })
  if (deleted.length === 0) notFound('Project')
  return true
}
