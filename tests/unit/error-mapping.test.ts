import { DrizzleQueryError } from 'drizzle-orm'
import { createError } from 'h3'
import postgres from 'postgres'
import { describe, expect, it } from 'vitest'
import { ConflictError, describeRefusal, NotFoundError, UnavailableError } from '#db/errors'
import { HttpError } from '#server/errors/http-error'
import { toHttpError } from '#server/errors/to-http-error'

/** A refusal as the driver makes it, with a value in every place that can hold one. */
function refusal(code: string, constraint_name?: string): Error {
  const PostgresError = postgres.PostgresError as unknown as new (fields: object) => Error
  const error = new PostgresError({ message: 'hush', detail: 'Key (email)=(hush)', code, constraint_name, name: 'PostgresError' })
  Object.defineProperty(error, 'query', { value: 'insert into users values ($1)' })
  return new DrizzleQueryError('insert into users values ($1)', ['hush'], error)
}

const coded = (code: string) => Object.assign(new Error('hush'), { code })

describe('an error becomes a status', () => {
  it.each([
    [new HttpError(413, 'Too large'), 413, 'Too large'],
    [new NotFoundError('Chat'), 404, 'Chat not found'],
    [new ConflictError('Taken'), 409, 'Taken'],
    [new UnavailableError('hush'), 503, 'The database cannot be reached just now.'],
    [coded('ECONNREFUSED'), 503, 'The database cannot be reached just now.'],
    [coded('CONNECT_TIMEOUT'), 503, 'The database cannot be reached just now.'],
    [coded('57014'), 503, 'The database cannot be reached just now.'],
    [refusal('53300'), 503, 'The database cannot be reached just now.'],
    [refusal('57P01'), 503, 'The database cannot be reached just now.'],
    [refusal('40P01'), 503, 'The database cannot be reached just now.'],
    [refusal('23503', 'chats_neptun_user_id_users_id_fk'), 404, 'User not found'],
    [refusal('23505', 'users_email_key'), 500, 'Internal Server Error'],
    [refusal('42703'), 500, 'Internal Server Error'],
    [new Error('hush'), 500, 'Internal Server Error'],
    ['hush', 500, 'Internal Server Error'],
  ])('%# is a %i', (error, status, message) => {
    for (const given of [error, createError(error as Error)]) {
      const { status: actual, message: told } = toHttpError(given)
      expect([actual, told]).toEqual([status, message])
    }
  })
})

it('a refusal is described without any value', () => {
  const described = describeRefusal(refusal('23505', 'users_email_key'))
  expect(described).toContain('23505 users_email_key')
  expect(described).toContain('in: insert into users values ($1)')
  expect(described).not.toContain('hush')
  expect(describeRefusal(new Error('hush'))).toBeUndefined()
})
