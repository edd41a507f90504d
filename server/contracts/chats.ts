import { z } from 'zod'
import { chatColumns } from '#db/repositories/chats'
import { changesOf } from './bodies.ts'
import { defineContract } from './contract.ts'
import { Id, Ids, Name, Time } from './fields.ts'
import { defineList, NextCursor } from './lists.ts'
import { AllowedModel } from './models.ts'

/** Latest talk first, unless asked for another order. */
const latestFirst = defineList([{ column: 'updated_at', direction: 'desc' }, { column: 'id', direction: 'desc' }], chatColumns)

const Chat = z.object({
  id: Id,
  neptun_user_id: Id,
  model: z.string(),
  name: z.string(),
  created_at: Time,
  updated_at: Time,
}).meta({ id: 'Chat' })

export const listProjectChats = defineContract('GET /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'List the chats of a project',
  description: 'Those of this project only; the latest talk first, unless `order_by` says otherwise.',
  list: latestFirst,
  response: z.object({ chats: z.array(Chat), next_cursor: NextCursor }),
  errors: { 404: ['Project not found'] },
})

export const createProjectChat = defineContract('POST /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'Start a chat in a project',
  description: 'The model is any `publisher/name`, unless `GET /models` lists those that are allowed.',
  body: z.object({ model: AllowedModel, name: Name }),
  response: z.object({ chat: Chat }),
  errors: { 404: ['Project not found'] },
})

export const deleteProjectChats = defineContract('DELETE /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'Delete chats of a project: all of those named, or none',
  body: z.object({ chat_ids: Ids }),
  response: z.literal(true),
  errors: { 404: ['Project not found', 'Chat not found'] },
})

export const deleteProjectChat = defineContract('DELETE /api/users/{user_id}/projects/{project_id}/chats/{chat_id}', {
  summary: 'Delete a chat of a project',
  response: z.literal(true),
  errors: { 404: ['Project not found', 'Chat not found'] },
})

/** The chats of one project, or `none` for those outside of every project. */
const ProjectFilter = z.string()
  .regex(/^([1-9]\d{0,14}|none)$/, 'Must be the id of a project, or none')
  .transform(value => value === 'none' ? null : Number(value))

export const listChats = defineContract('GET /api/users/{user_id}/chats', {
  summary: 'List the chats of a user, in whatever project or in none',
  description: 'The latest talk first, unless `order_by` says otherwise.',
  query: z.object({ project_id: ProjectFilter.optional() }),
  list: latestFirst,
  response: z.object({ chats: z.array(Chat), next_cursor: NextCursor }),
})

export const createChat = defineContract('POST /api/users/{user_id}/chats', {
  summary: 'Start a chat outside of every project',
  description: 'The model is any `publisher/name`, unless `GET /models` lists those that are allowed.',
  body: z.object({ model: AllowedModel, name: Name }),
  response: z.object({ chat: Chat }),
})

export const deleteChats = defineContract('DELETE /api/users/{user_id}/chats', {
  summary: 'Delete chats: all of those named, or none',
  body: z.object({ chat_ids: Ids }),
  response: z.literal(true),
  errors: { 404: ['Chat not found'] },
})

export const getChat = defineContract('GET /api/users/{user_id}/chats/{chat_id}', {
  summary: 'Read a chat',
  response: z.object({ chat: Chat }),
  errors: { 404: ['Chat not found'] },
})

export const changeChat = defineContract('PATCH /api/users/{user_id}/chats/{chat_id}', {
  summary: 'Rename a chat, move it to another project, or take it out of its project (null)',
  body: changesOf({ name: Name, project_id: Id.nullable() }),
  response: z.object({ chat: Chat }),
  errors: { 404: ['Chat not found', 'Project not found'] },
})

export const deleteChat = defineContract('DELETE /api/users/{user_id}/chats/{chat_id}', {
  summary: 'Delete a chat with its messages, files and share',
  response: z.literal(true),
  errors: { 404: ['Chat not found'] },
})
