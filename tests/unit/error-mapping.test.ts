import { createError } from 'h3'
import { describe, expect, it } from 'vitest'
import { ConflictError, EmptyChatError, NotFoundError, UnavailableError } from '#db/errors'
import { InvalidCredentialsError, ShareRefusedError, WrongPasswordError } from '#server/auth/errors'
import { describeShare } from '#server/auth/share-access'
import { toHttpError } from '#server/endpoint/error-status'
import { HttpError } from '#server/endpoint/http-error'
import { InvalidLinkError } from '#server/files/errors'
import { ShuttingDownError } from '#server/runtime/shutdown'
import { databaseError } from '../support/database-error.ts'
import { errorBody } from '../support/expect.ts'

const withCode = (code: string, message = 'hush') => Object.assign(new Error(message), { code })

describe('toHttpError', () => {
  it.each([
    ['HttpError', new HttpError(413, 'Too large'), 413, 'Too large'],
    ['NotFoundError', new NotFoundError('Chat'), 404, 'Chat not found'],
    ['ConflictError', new ConflictError('Taken'), 409, 'Taken'],
    ['EmptyChatError', new EmptyChatError(), 400, 'The chat has no messages.'],
    ['InvalidCredentialsError', new InvalidCredentialsError(), 401, 'Invalid credentials'],
    ['WrongPasswordError', new WrongPasswordError(), 403, 'Wrong current password'],
    ['InvalidLinkError', new InvalidLinkError(), 403, 'This link is invalid or has expired.'],
    ['ShuttingDownError', new ShuttingDownError(), 503, 'The server is shutting down.'],
    ['UnavailableError', new UnavailableError('hush'), 503, 'The database is currently unavailable.'],
    ['a refused connection', withCode('ECONNREFUSED'), 503, 'The database is currently unavailable.'],
    ['a connection timeout', withCode('CONNECT_TIMEOUT'), 503, 'The database is currently unavailable.'],
    ['a canceled statement', withCode('57014'), 503, 'The database is currently unavailable.'],
    ['too many connections', databaseError('53300'), 503, 'The database is currently unavailable.'],
    ['a database shutdown', databaseError('57P01'), 503, 'The database is currently unavailable.'],
    ['an idle transaction', databaseError('25P03'), 503, 'The database is currently unavailable.'],
    ['a deadlock', databaseError('40P01'), 503, 'The database is currently unavailable.'],
    ['a unique violation', databaseError('23505', { constraint_name: 'directory_pkey' }), 500, 'Internal Server Error'],
    ['an undefined column', databaseError('42703'), 500, 'Internal Server Error'],
    ['an unknown error', new Error('hush'), 500, 'Internal Server Error'],
    ['a thrown string', 'hush', 500, 'Internal Server Error'],
  ])('maps %s, with and without the wrapper of h3', (_, error, status, message) => {
    for (const thrown of [error, createError(error as Error)])
      expect(toHttpError(thrown).toJSON()).toStrictEqual(errorBody(status, message))
  })

  it.each([[418, 'BadRequest'], [404, 'NotFound'], [405, 'MethodNotAllowed']])(
    'names errors of Nitro by their status: %i', (statusCode, name) => {
      const { status, data } = toHttpError(createError({ statusCode, message: 'No' }))
      expect([status, data]).toStrictEqual([statusCode, { name, message: 'No', issues: [] }])
    })

  it('keeps the data of a refused share', () => {
    const shareInfo = describeShare({}, 'missing')
    expect(toHttpError(new ShareRefusedError('missing', shareInfo)).data).toStrictEqual({ shareInfo })
  })
})
