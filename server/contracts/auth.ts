import { z } from 'zod'
import { maxLength } from '#db/rules'
import { isCommonPassword } from './kit/common-passwords.ts'
import { defineContract } from './kit/contract.ts'
import { sessionCookie } from './kit/cookies.ts'
import { Email, Id, text, Time } from './kit/fields.ts'
import { maxCredentialsBytes, passwordLength } from './kit/limits.ts'

/** Verified exactly as received, neither trimmed nor truncated. */
const Password = text(passwordLength.min, passwordLength.max)
export const NewPassword = Password.refine(password => !isCommonPassword(password), 'Is too common')

/** A password to verify. It is not held to the rules for new passwords, so that a short one is merely wrong. */
export const CurrentPassword = text(1, passwordLength.max)

export const User = z.object({ id: Id, primary_email: z.string() }).meta({ id: 'User' })
const SignedIn = z.object({ user: User, loggedInAt: Time })

export const signUp = defineContract('POST /api/auth/sign-up', {
  summary: 'Create an account',
  description: 'Starts a session: the response sets its cookie. The session of the request ends, if there is one.',
  session: 'ignored',
  database: 'in-steps',
  isLimited: true,
  body: z.object({ email: Email, password: NewPassword }),
  maxBodyBytes: maxCredentialsBytes,
  response: SignedIn,
  cookie: sessionCookie,
  errors: { 409: ['This e-mail address is already in use.'] },
})

export const logIn = defineContract('POST /api/auth/login', {
  summary: 'Log in',
  description: 'Starts a session: the response sets its cookie. The session of the request ends, if there is one. '
    + 'A wrong password and an unknown address get the same response, in the same time.',
  session: 'ignored',
  database: 'in-steps',
  isLimited: true,
  status: 200,
  body: z.object({ email: text(1, maxLength.email, { trim: true }), password: CurrentPassword }),
  maxBodyBytes: maxCredentialsBytes,
  response: SignedIn,
  cookie: sessionCookie,
  errors: { 401: [{ name: 'InvalidCredentials', message: 'Invalid credentials' }] },
})

export const logOut = defineContract('POST /api/auth/logout', {
  summary: 'Log out',
  description: 'Ends the session and clears its cookie. Returns whether there was a session.',
  session: 'ignored',
  status: 200,
  response: z.boolean(),
  cookie: sessionCookie,
})

export const checkSession = defineContract('GET /api/auth/check', {
  summary: 'Get the current session',
  database: false,
  response: SignedIn.extend({ expires_at: Time }),
})

export const hasSession = defineContract('HEAD /api/auth/check', {
  summary: 'Check that there is a session',
  database: false,
  status: 204,
})
