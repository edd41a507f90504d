import { z } from 'zod'
import { defineContract } from './kit/contract.ts'
import { unlockCookie } from './kit/cookies.ts'
import { ErrorBody } from './kit/error-body.ts'
import { Id, Time } from './kit/fields.ts'
import { maxCredentialsBytes } from './kit/limits.ts'
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

/** A refused caller learns how the share is protected. */
const refusal = ErrorBody.extend({ data: z.object({ shareInfo: ShareInfo }) }).meta({ id: 'ShareRefusal' })

const refusals = {
  401: ['You are not authorized to view this chat.'],
  403: ['You are not on the whitelist.'],
  404: ['The share does not exist.'],
}

export const openSharedChat = defineContract('GET /api/shared/chats/{uuid}', {
  summary: 'Open a shared chat',
  description: 'A share with a whitelist requires the session of a whitelisted user. A share with a password requires '
    + 'the password, as HTTP Basic or through `unlock`. A share with both requires both. System messages are omitted.',
  session: 'optional',
  database: 'in-steps',
  isLimited: true,
  response: z.object({
    chat: z.object({ name: z.string(), model: z.string() }),
    chatMessages: z.array(SharedMessage),
    shareInfo: ShareInfo,
  }),
  errors: refusals,
  refusal,
})

export const unlockSharedChat = defineContract('POST /api/shared/chats/{uuid}/unlock', {
  summary: 'Unlock a shared chat with its password',
  description: 'Sets a cookie that opens the share for an hour. Applies the same rules as opening the chat. '
    + 'A share without a password sets no cookie, and neither does a request that opens the share without it: one of '
    + 'the owner, or one with such a cookie.',
  session: 'optional',
  database: 'in-steps',
  isLimited: true,
  status: 200,
  body: z.object({ password: SharePassword }),
  maxBodyBytes: maxCredentialsBytes,
  response: z.object({ shareInfo: ShareInfo }),
  cookie: unlockCookie,
  errors: refusals,
  refusal,
})
