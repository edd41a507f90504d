import { findAccount } from '#db/repositories/users'
import type { Client } from '#server/auth/client'
import { InvalidCredentialsError, TooManyAttemptsError } from '#server/auth/errors'
import { logIn, type SignedIn } from '#server/auth/sign-in'
import { withDatabase } from '#server/runtime/database'
import { demoAccount } from './account.ts'

/** Signs in to the demo account; undefined if there is none, or if its password is another one. */
export async function signInToDemo(client: Client): Promise<SignedIn | undefined> {
  if (!await withDatabase(db => findAccount(db, demoAccount.email))) return undefined
  try {
    return await logIn(demoAccount, client, undefined)
  }
  catch (error) {
    if (error instanceof InvalidCredentialsError || error instanceof TooManyAttemptsError) return undefined
    throw error
  }
}
