import { z } from 'zod'
import { changesOf } from './kit/bodies.ts'
import { defineContract } from './kit/contract.ts'
import { Id, Ids, ModelIdentifier, Name, Time } from './kit/fields.ts'
import { defineList } from './kit/lists.ts'
import { checkModel } from './models.ts'

const Chat = z.object({
  id: Id,
  neptun_user_id: Id,
  model: z.string(),
  name: z.string(),
  created_at: Time,
  updated_at: Time,
}).meta({ id: 'Chat' })

const NewChat = z.object({ model: ModelIdentifier, name: Name })

const anyModel = 'The model may be any `publisher/name`, unless `GET /models` lists the allowed ones.'

const order = {
  order: [{ column: 'updated_at', direction: 'desc' }, { column: 'id', direction: 'desc' }],
  sortableBy: ['id', 'name', 'model', 'created_at', 'updated_at'],
} as const

export const listProjectChats = defineContract('GET /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'List the chats of a project',
  description: 'The most recently updated first, unless `order_by` is given.',
  list: defineList('chats', Chat, order),
})

export const createProjectChat = defineContract('POST /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'Create a chat in a project',
  description: anyModel,
  body: NewChat,
  checkLimits: checkModel,
  quotas: ['chats'],
  response: z.object({ chat: Chat }),
})

export const deleteProjectChats = defineContract('DELETE /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'Delete chats of a project',
  description: 'Atomic: if one of the chats is not in the project, none is deleted.',
  body: z.object({ chat_ids: Ids }),
  response: z.literal(true),
  errors: { 404: ['Chat not found'] },
})

export const deleteProjectChat = defineContract('DELETE /api/users/{user_id}/projects/{project_id}/chats/{chat_id}', {
  summary: 'Delete a chat of a project',
  response: z.literal(true),
})

const notAProject = 'Must be the id of a project, or none'

const ProjectFilter = z.string()
  .regex(/^([1-9]\d{0,15}|none)$/, { error: notAProject, abort: true })
  .refine(value => value === 'none' || Number.isSafeInteger(Number(value)), notAProject)
  .transform(value => value === 'none' ? null : Number(value))
  .meta({
    description: 'The id of a project, or `none` for the chats outside any',
    example: 1,
    override: {
      type: undefined,
      pattern: undefined,
      anyOf: [{ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, { type: 'string', const: 'none' }],
    },
  })

export const listChats = defineContract('GET /api/users/{user_id}/chats', {
  summary: 'List the chats of a user',
  description: 'In all projects and outside any. The most recently updated first, unless `order_by` is given.',
  list: defineList('chats', Chat, { ...order, filters: { project_id: ProjectFilter.optional() } }),
})

export const createChat = defineContract('POST /api/users/{user_id}/chats', {
  summary: 'Create a chat outside any project',
  description: anyModel,
  body: NewChat,
  checkLimits: checkModel,
  quotas: ['chats'],
  response: z.object({ chat: Chat }),
})

export const deleteChats = defineContract('DELETE /api/users/{user_id}/chats', {
  summary: 'Delete chats',
  description: 'Atomic: if one of the chats does not exist, none is deleted.',
  body: z.object({ chat_ids: Ids }),
  response: z.literal(true),
  errors: { 404: ['Chat not found'] },
})

export const getChat = defineContract('GET /api/users/{user_id}/chats/{chat_id}', {
  summary: 'Get a chat',
  response: z.object({ chat: Chat }),
})

export const updateChat = defineContract('PATCH /api/users/{user_id}/chats/{chat_id}', {
  summary: 'Update a chat',
  description: 'Renames a chat, or moves it to another project; a `project_id` of null takes it out of its project.',
  body: changesOf({ name: Name, project_id: Id.nullable() }),
  response: z.object({ chat: Chat }),
  errors: { 404: ['Project not found'] },
})

export const deleteChat = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}', {
  summary: 'Delete a chat',
  description: 'Deletes its messages, files and share too.',
  response: z.literal(true),
})
