import { z } from 'zod'
import { chatColumns } from '#db/repositories/chats'
import { defineContract } from './contract.ts'
import { Id, Name, Time } from './fields.ts'
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
})

export const listProjectChats = defineContract('GET /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'List the chats of a project',
  list: latestFirst,
  response: z.object({ chats: z.array(Chat), next_cursor: NextCursor }),
  errors: { 404: ['Project not found'] },
})

export const createProjectChat = defineContract('POST /api/users/{user_id}/projects/{project_id}/chats', {
  summary: 'Start a chat in a project',
  body: z.object({ model: AllowedModel, name: Name }),
  response: z.object({ chat: Chat }),
  errors: { 404: ['Project not found'] },
})
