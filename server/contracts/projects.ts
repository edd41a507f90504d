import { z } from 'zod'
import { maxLength } from '#db/rules'
import { aliasedObject } from './kit/aliases.ts'
import { changesOf } from './kit/bodies.ts'
import { defineContract } from './kit/contract.ts'
import { Id, Name, text, Time } from './kit/fields.ts'
import { defineList, newestFirst } from './kit/lists.ts'

const Project = z.object({
  id: Id,
  neptun_user_id: Id,
  name: z.string(),
  description: z.string().nullable(),
  project_type: z.string(),
  type: z.string(),
  programming_language: z.string(),
  main_language: z.string(),
  created_at: Time,
  updated_at: Time,
}).meta({ id: 'Project' })

export const listProjects = defineContract('GET /api/users/{user_id}/projects', {
  summary: 'List the projects of a user',
  description: 'Newest first. Filters match exactly.',
  list: defineList('projects', Project, {
    ...newestFirst,
    filters: {
      project_type: Name.optional().meta({ description: 'Only projects of this type', example: 'backend' }),
      programming_language: Name.optional().meta({ description: 'Only projects in this language', example: 'python' }),
    },
  }),
})

const fields = {
  name: Name,
  description: text(0, maxLength.description).nullable(),
  project_type: Name,
  programming_language: Name,
}

const aliases = { project_type: { type: Name }, programming_language: { main_language: Name } }

export const createProject = defineContract('POST /api/users/{user_id}/projects', {
  summary: 'Create a project',
  body: aliasedObject({ ...fields, description: fields.description.default(null) }, aliases),
  response: z.object({ project: Project }),
  quotas: ['projects'],
})

export const getProject = defineContract('GET /api/users/{user_id}/projects/{project_id}', {
  summary: 'Get a project',
  response: z.object({ project: Project }),
})

export const updateProject = defineContract('PATCH /api/users/{user_id}/projects/{project_id}', {
  summary: 'Update a project',
  body: changesOf(fields, aliases),
  response: z.object({ project: Project }),
})

export const deleteProject = defineContract('DELETE /api/users/{user_id}/projects/{project_id}', {
  summary: 'Delete a project and its chats',
  response: z.literal(true),
})
