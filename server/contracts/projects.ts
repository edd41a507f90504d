import { z } from 'zod'
import { changesOf } from './bodies.ts'
import { defineContract } from './contract.ts'
import { Id, Name, text, Time } from './fields.ts'
import { newestFirst, NextCursor } from './lists.ts'

const Project = z.object({
  id: Id,
  neptun_user_id: Id,
  name: z.string(),
  description: z.string().nullable(),
  project_type: z.string(),
  programming_language: z.string(),
  created_at: Time,
  updated_at: Time,
}).meta({ id: 'Project' })

export const listProjects = defineContract('GET /api/users/{user_id}/projects', {
  summary: 'List the projects of a user, newest first',
  query: z.object({ project_type: Name.optional(), programming_language: Name.optional() }),
  list: newestFirst,
  response: z.object({ projects: z.array(Project), next_cursor: NextCursor }),
})

const fields = {
  name: Name,
  description: text(0, 10_000).nullable(),
  project_type: Name,
  programming_language: Name,
}

export const createProject = defineContract('POST /api/users/{user_id}/projects', {
  summary: 'Create a project',
  body: z.object({ ...fields, description: fields.description.default(null) }),
  response: z.object({ project: Project }),
})

export const getProject = defineContract('GET /api/users/{user_id}/projects/{project_id}', {
  summary: 'Read a project',
  response: z.object({ project: Project }),
  errors: { 404: ['Project not found'] },
})

export const changeProject = defineContract('PATCH /api/users/{user_id}/projects/{project_id}', {
  summary: 'Change a project',
  body: changesOf(fields),
  response: z.object({ project: Project }),
  errors: { 404: ['Project not found'] },
})

export const deleteProject = defineContract('DELETE /api/users/{user_id}/projects/{project_id}', {
  summary: 'Delete a project with all of its chats',
  response: z.literal(true),
  errors: { 404: ['Project not found'] },
})
