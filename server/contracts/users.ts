import { z } from 'zod'
import { NewPassword, User } from './auth.ts'
import { defineContract } from './contract.ts'
import { Email, Id, text, Time } from './fields.ts'

export const getUser = defineContract('GET /api/users/{user_id}', {
  summary: 'Read the account',
  response: z.object({ user: User }),
})

export const changeUser = defineContract('PATCH /api/users/{user_id}', {
  summary: 'Change the e-mail address or the password; a new password ends all other sessions',
  description: 'Takes at least one of `email` and `password`, and the current password with them.',
  body: z.object({ email: Email.optional(), password: NewPassword.optional(), current_password: text(1, 128) })
    .refine(({ email, password }) => email !== undefined || password !== undefined, 'Has nothing to change').meta({ minProperties: 2 }),
  response: z.object({ user: User }),
  errors: { 403: ['Wrong current password'], 409: ['This e-mail address is already in use.'] },
})

export const deleteUser = defineContract('DELETE /api/users/{user_id}', {
  summary: 'Delete the account and everything of it',
  response: z.literal(true),
  cookie: 'neptun-session',
})

export const listSessions = defineContract('GET /api/users/{user_id}/sessions', {
  summary: 'List where the user is signed in',
  response: z.object({
    sessions: z.array(z.object({
      id: Id,
      current: z.boolean(),
      user_agent: z.string().nullable(),
      created_at: Time,
      last_used_at: Time,
      expires_at: Time,
    }).meta({ id: 'Session' })),
  }),
})

export const endOtherSessions = defineContract('DELETE /api/users/{user_id}/sessions', {
  summary: 'Sign out everywhere else',
  response: z.object({ ended: z.int().nonnegative() }),
})

export const endSession = defineContract('DELETE /api/users/{user_id}/sessions/{session_id}', {
  summary: 'End a session',
  response: z.literal(true),
  errors: { 404: ['Session not found'] },
})
