import { z } from 'zod'
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
})

export const listProjects = defineContract('GET /api/users/{user_id}/projects', {
  summary: 'List the projects of a user, newest first',
  query: z.object({ project_type: Name.optional(), programming_language: Name.optional() }),
  list: newestFirst,
  response: z.object({ projects: z.array(Project), next_cursor: NextCursor }),
})

export const createProject = defineContract('POST /api/users/{user_id}/projects', {
  summary: 'Create a project',
  body: z.object({
    name: Name,
    description: text(0, 10_000).nullable().default(null),
    project_type: Name,
    programming_language: Name,
  }),
  response: z.object({ project: Project }),
})
