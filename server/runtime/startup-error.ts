import { isUnavailable, reasonOf, refusalOf } from '#db/errors'

/** Says in a sentence why a program cannot start, for whoever has started it. Never contains the password. */
export function startupMessageOf(error: unknown): string {
  const refusal = refusalOf(error)
  if (refusal !== undefined) return `Cannot use the database that DATABASE_URL names: ${refusal}`
  if (isUnavailable(error)) return `Cannot reach the database that DATABASE_URL names: ${reasonOf(error)}`
  return reasonOf(error)
}
