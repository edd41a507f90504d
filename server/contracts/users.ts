import { z } from 'zod'
import { CurrentPassword, NewPassword, User } from './auth.ts'
import { defineContract } from './kit/contract.ts'
import { sessionCookie } from './kit/cookies.ts'
import { Email, Id, Time } from './kit/fields.ts'
import { maxCredentialsBytes } from './kit/limits.ts'

const Amounts = z.object({
  chats: z.int(),
  bytes: z.int().meta({ description: 'Of messages, in UTF-8, and of files' }),
})

export const getUser = defineContract('GET /api/users/{user_id}', {
  summary: 'Get the account',
  description: 'With what it has stored, and what it may store at most.',
  database: 'in-steps',
  response: z.object({
    user: User,
    usage: Amounts.meta({ description: 'What is stored' }),
    limits: Amounts.extend({ messages_per_chat: z.int() }).meta({ description: 'What may be stored at most' }),
  }),
})

export const updateUser = defineContract('PATCH /api/users/{user_id}', {
  summary: 'Change the e-mail address or the password',
  description: 'Requires the current password. A new password ends all other sessions.',
  database: 'in-steps',
  isLimited: true,
  body: z.object({
    email: Email.optional(),
    password: NewPassword.optional(),
    current_password: CurrentPassword,
  }).refine(
    ({ email, password }) => email !== undefined || password !== undefined,
    'Must contain at least one change',
  ).meta({ minProperties: 2 }),
  maxBodyBytes: maxCredentialsBytes,
  response: z.object({ user: User }),
  errors: {
    403: [{ name: 'InvalidCredentials', message: 'Wrong current password' }],
    409: ['This e-mail address is already in use.'],
  },
})

export const deleteUser = defineContract('DELETE /api/users/{user_id}', {
  summary: 'Delete the account and all of its data',
  response: z.literal(true),
  cookie: sessionCookie,
})

const SessionEntry = z.object({
  id: Id,
  current: z.boolean(),
  user_agent: z.string().nullable(),
  created_at: Time,
  last_used_at: Time,
  expires_at: Time,
}).meta({ id: 'Session' })

export const listSessions = defineContract('GET /api/users/{user_id}/sessions', {
  summary: 'List the sessions of a user',
  description: 'Newest first.',
  database: 'in-steps',
  response: z.object({ sessions: z.array(SessionEntry) }),
})

export const endOtherSessions = defineContract('DELETE /api/users/{user_id}/sessions', {
  summary: 'End all other sessions',
  response: z.object({ ended: z.int().nonnegative() }),
})

export const endSession = defineContract('DELETE /api/users/{user_id}/sessions/{session_id}', {
  summary: 'End a session',
  response: z.literal(true),
})
