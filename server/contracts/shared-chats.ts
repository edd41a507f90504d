import { z } from 'zod'
import { defineContract } from './contract.ts'
import { Id, Time } from './fields.ts'
import { ErrorAnswer } from './errors.ts'
import { fileFields, FileText } from './files.ts'
import { SharePassword } from './shares.ts'

const ShareInfo = z.object({
  shareExists: z.boolean(),
  shareIsActive: z.boolean(),
  shareIsPrivate: z.boolean(),
  shareHasPassword: z.boolean(),
  shareHasWhitelist: z.boolean(),
}).meta({ id: 'ShareInfo' })

const SharedRole = z.enum(['user', 'assistant'])

/** A message without the ids of users and chats. */
const SharedMessage = z.object({
  id: Id,
  role: SharedRole,
  actor: SharedRole,
  content: z.string(),
  message: z.string(),
  timestamp: Time,
  created_at: Time,
  updated_at: Time,
  files: z.array(z.object({ id: Id, text: FileText, ...fileFields }).meta({ id: 'SharedFile' })),
}).meta({ id: 'SharedMessage' })

/** Whoever may not open a share is told what guards it. */
const refusal = ErrorAnswer.extend({ data: z.object({ shareInfo: ShareInfo }) }).meta({ id: 'ShareRefusal' })

const refusals = {
  401: ['You are not authorized to view this chat.'],
  403: ['You are not on the whitelist.'],
  404: ['The share does not exist.'],
}

export const openSharedChat = defineContract('GET /api/shared/chats/{uuid}', {
  summary: 'Read a shared chat',
  description: 'Behind a whitelist it needs the session of somebody on it; behind a password that password, as HTTP Basic or given to `unlock` before; behind both, both. Messages of the system are left out.',
  session: 'optional',
  response: z.object({
    chat: z.object({ name: z.string(), model: z.string() }),
    chatMessages: z.array(SharedMessage),
    shareInfo: ShareInfo,
  }),
  errors: refusals,
  refusal,
})

export const unlockSharedChat = defineContract('POST /api/shared/chats/{uuid}/unlock', {
  summary: 'Give the password of a share once, and open it with a cookie for an hour',
  description: 'Decides as reading the chat does; on a share without a password it sets no cookie.',
  session: 'optional',
  status: 200,
  body: z.object({ password: SharePassword }),
  response: z.object({ shareInfo: ShareInfo }),
  cookie: 'neptun-unlock',
  errors: refusals,
  refusal,
})
