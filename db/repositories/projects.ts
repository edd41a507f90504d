import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { notFound, PreconditionFailedError, QuotaExceededError, withReferences } from '../errors.ts'
import type { ProjectKey, UserKey } from '../keys.ts'
import type { View } from '../json-row.ts'
import type { Page } from '../keyset.ts'
import { readPage, readRow, type Json, type JsonPage } from '../read.ts'
import type { Rows } from '../rows.ts'
import { maxProjects } from '../rules.ts'
import { chats, projects, updateTime } from '../schema/index.ts'
import type { Reader } from '../session-reader.ts'
import { hasVersion, nextVersion, type Versions } from '../versions.ts'
import { deleteChatsWhere } from './delete-chats.ts'
import { preventAccountDeletion } from './users.ts'

export type Project = typeof projects.$inferSelect

const isOwnProject = (key: ProjectKey) => and(eq(projects.neptun_user_id, key.user_id), eq(projects.id, key.project_id))

const fields = {
  ...getTableColumns(projects), type: projects.project_type, main_language: projects.programming_language,
}
const ownProjects = {
  table: projects,
  fields,
  version: projects.version,
  bytes: sql`coalesce(octet_length(${projects.description}), 0)`,
} satisfies Rows

type ProjectView = View<keyof typeof fields>

/** The projects of a user. Filters match exactly. */
export function listProjects(
  reader: Reader,
  { user_id }: UserKey,
  page: Page<'id'> & { view: ProjectView },
  { project_type, programming_language }: { project_type?: string, programming_language?: string },
): Promise<JsonPage> {
  return readPage(reader, ownProjects, { neptun_user_id: user_id, project_type, programming_language }, page)
}

/** @throws NotFoundError if the user has no such project */
export async function getProject(
  reader: Reader,
  { user_id, project_id }: ProjectKey,
  view: ProjectView,
): Promise<Json> {
  return await readRow(reader, ownProjects, { neptun_user_id: user_id, id: project_id }, view) ?? notFound('Project')
}

/** @throws NotFoundError if the user has no such project */
export async function assertOwnProject(db: Executor, key: ProjectKey): Promise<void> {
  const [project] = await db.select({ id: projects.id }).from(projects).where(isOwnProject(key))
  if (!project) notFound('Project')
}

export interface NewProject {
  name: string
  description: string | null
  project_type: string
  programming_language: string
}

/**
 * Creates a project. Those that are created at the same time may together exceed the maximum.
 * @throws NotFoundError if the account has been deleted
 * @throws QuotaExceededError
 */
export async function createProject(db: Executor, { user_id }: UserKey, project: NewProject): Promise<Project> {
  if (await db.$count(projects, eq(projects.neptun_user_id, user_id)) >= maxProjects)
    throw new QuotaExceededError('projects')
  const statement = db.insert(projects).values({ ...project, neptun_user_id: user_id }).returning()
  const [created] = await withReferences(statement, { projects_of_existing_user: 'User' })
  return created!
}

/**
 * @throws NotFoundError if the user has no such project
 * @throws PreconditionFailedError if it has none of the versions
 */
export async function updateProject(
  db: Executor,
  key: ProjectKey,
  changes: Partial<NewProject>,
  versions?: Versions,
): Promise<Project> {
  const [project] = await db.update(projects)
    .set({ ...changes, version: nextVersion(projects.version), updated_at: updateTime(projects.updated_at) })
    .where(and(isOwnProject(key), hasVersion(projects.version, versions)))
    .returning()
  if (project) return project
  await assertOwnProject(db, key)
  throw new PreconditionFailedError()
}

/**
 * Deletes a project and its chats.
 * @throws NotFoundError if the user has no such project
 * @throws PreconditionFailedError if it has none of the versions
 */
export function deleteProject(db: Executor, key: ProjectKey, versions?: Versions): Promise<true> {
  return db.transaction<true>(async (tx) => {
    await preventAccountDeletion(tx, key)
    // Locked, so that no chat is added meanwhile.
    const [project] = await tx.select({ id: projects.id }).from(projects)
      .where(and(isOwnProject(key), hasVersion(projects.version, versions)))
      .for('update')
    if (!project) {
      await assertOwnProject(tx, key)
      throw new PreconditionFailedError()
    }
    await deleteChatsWhere(tx, key, eq(chats.project_id, key.project_id))
    await tx.delete(projects).where(isOwnProject(key))
    return true
  })
}
