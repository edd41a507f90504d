import { z } from 'zod'
import { isCommonPassword } from '#server/utils/common-passwords'
import { defineContract } from './contract.ts'
import { Email, Id, text, Time } from './fields.ts'

/** Verified exactly as received: nothing is trimmed, nothing cut off. */
const Password = text(8, 128)
export const NewPassword = Password.refine(password => !isCommonPassword(password), 'Is one of the most common passwords')

export const User = z.object({ id: Id, primary_email: z.string() }).meta({ id: 'User' })
const SignedIn = z.object({ user: User, loggedInAt: Time })

export const signUp = defineContract('POST /api/auth/sign-up', {
  summary: 'Create an account and sign in to it',
  description: 'The session begins with the answer: its cookie comes with it.',
  session: 'ignored',
  body: z.object({ email: Email, password: NewPassword }),
  response: SignedIn,
  cookie: 'neptun-session',
  errors: { 409: ['This e-mail address is already in use.'] },
})

export const logIn = defineContract('POST /api/auth/login', {
  summary: 'Begin a session',
  description: 'A wrong password and an address that nobody has are answered alike, in words and in time.',
  session: 'ignored',
  status: 200,
  body: z.object({ email: text(1, 254, { trim: true }), password: text(1, 128) }),
  response: SignedIn,
  cookie: 'neptun-session',
  errors: { 401: ['Invalid credentials'] },
})

export const logOut = defineContract('POST /api/auth/logout', {
  summary: 'End the session; true if there was one',
  session: 'ignored',
  status: 200,
  response: z.boolean(),
  cookie: 'neptun-session',
})

export const checkSession = defineContract('GET /api/auth/check', {
  summary: 'Tell who is signed in',
  response: SignedIn.extend({ expires_at: Time }),
})
