import { DrizzleQueryError } from 'drizzle-orm'
import { createError } from 'h3'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { ConflictError, describeRefusal, NotFoundError, UnavailableError } from '#db/errors'
import { HttpError } from '#server/errors/http-error'
import { toHttpError } from '#server/errors/to-http-error'

/** A database error as the driver throws it, with a value in every field that can contain one. */
function databaseError(code: string, constraint_name?: string): Error {
  const PostgresError = postgres.PostgresError as unknown as new (fields: object) => Error
  const fields = { message: 'hush', detail: 'Key (email)=(hush)', code, constraint_name, name: 'PostgresError' }
  const error = new PostgresError(fields)
  Object.defineProperty(error, 'query', { value: 'insert into users values ($1)' })
  return new DrizzleQueryError('insert into users values ($1)', ['hush'], error)
}

const withCode = (code: string) => Object.assign(new Error('hush'), { code })

describe('toHttpError', () => {
  it.each([
    ['HttpError', new HttpError(413, 'Too large'), 413, 'Too large'],
    ['NotFoundError', new NotFoundError('Chat'), 404, 'Chat not found'],
    ['ConflictError', new ConflictError('Taken'), 409, 'Taken'],
    ['UnavailableError', new UnavailableError('hush'), 503, 'The database cannot be reached just now.'],
    ['a refused connection', withCode('ECONNREFUSED'), 503, 'The database cannot be reached just now.'],
    ['a connection timeout', withCode('CONNECT_TIMEOUT'), 503, 'The database cannot be reached just now.'],
    ['a canceled statement', withCode('57014'), 503, 'The database cannot be reached just now.'],
    ['too many connections', databaseError('53300'), 503, 'The database cannot be reached just now.'],
    ['a database shutdown', databaseError('57P01'), 503, 'The database cannot be reached just now.'],
    ['a deadlock', databaseError('40P01'), 503, 'The database cannot be reached just now.'],
    ['a missing user', databaseError('23503', 'chats_neptun_user_id_users_id_fk'), 404, 'User not found'],
    ['a unique violation', databaseError('23505', 'users_email_key'), 500, 'Internal Server Error'],
    ['an undefined column', databaseError('42703'), 500, 'Internal Server Error'],
    ['an unknown error', new Error('hush'), 500, 'Internal Server Error'],
    ['a thrown string', 'hush', 500, 'Internal Server Error'],
  ])('maps %s, with and without the wrapper of h3', (_, error, status, message) => {
    for (const thrown of [error, createError(error as Error)]) {
      const { status: actualStatus, message: actualMessage } = toHttpError(thrown)
      expect([actualStatus, actualMessage]).toEqual([status, message])
    }
  })
})

describe('describeRefusal', () => {
  it('includes the code, constraint and query, but no values', () => {
    const description = describeRefusal(databaseError('23505', 'users_email_key'))
    expect(description).toContain('23505 users_email_key')
    expect(description).toContain('in: insert into users values ($1)')
    expect(description).not.toContain('hush')
    expect(describeRefusal(new Error('hush'))).toBeUndefined()
  })
})
