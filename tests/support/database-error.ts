import { DrizzleQueryError } from 'drizzle-orm'
import postgres from 'postgres'

/** A database error as a repository throws it, with a value in every field that can contain one. */
export function databaseError(code: string, fields: { constraint_name?: string, message?: string } = {}): Error {
  const PostgresError = postgres.PostgresError as unknown as new (fields: object) => Error
  const error = new PostgresError({
    message: 'hush', detail: 'Key (email)=(hush)', code, name: 'PostgresError', ...fields,
  })
  Object.defineProperty(error, 'query', { value: 'insert into users values ($1)' })
  return new DrizzleQueryError('insert into users values ($1)', ['hush'], error)
}
