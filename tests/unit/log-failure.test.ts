import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { DrizzleQueryError } from 'drizzle-orm'
import { createApp, createEvent, createRouter, type H3Event } from 'h3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { logFailure } from '#server/endpoint/log-failure'
import { describeError } from '#server/runtime/describe-error'
import { useLog } from '#server/runtime/log'
import { databaseError } from '../support/database-error.ts'

beforeEach(() => {
  vi.spyOn(useLog(), 'error').mockReturnValue()
})
afterEach(() => vi.restoreAllMocks())

/** What the failure of a request is logged as. */
async function logged(error: unknown, status: number, url = '/api/users/7/chats'): Promise<object> {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url })
  const event = createEvent(request, new ServerResponse(request))
  event.context.requestId = 'id'
  const fail = (event: H3Event) => {
    logFailure(error, event, status)
    return 'logged'
  }
  const router = createRouter().get('/api/users/:user_id/chats', fail).get('/api/shared/chats/:uuid', fail)
  await createApp().use(router).use(fail).handler(event)
  expect(useLog().error).toHaveBeenCalledOnce()
  return vi.mocked(useLog().error).mock.calls[0]![0] as object
}

describe('the log of a failure', () => {
  it('has the method, the route, the id of the request and the cause', async () => {
    expect(await logged(new Error('Broken'), 500)).toMatchObject({
      event: 'request_failed', request_id: 'id', method: 'GET', route: '/api/users/[user_id]/chats', status: 500,
      error: { type: 'Error', message: 'Broken', stack: expect.arrayContaining([expect.stringMatching(/^at /)]) },
    })
  })

  it('has no stack if the server is saturated', async () => {
    expect(await logged(new Error('Saturated'), 503)).toHaveProperty('error', { type: 'Error', message: 'Saturated' })
  })

  it.each([
    ['a line', '/api/users/7%0AGET%20%2Fforged/chats'],
    ['a signed query', '/api/users/7/chats?signature=forged'],
    ['the uuid of a share', '/api/shared/chats/forged'],
    ['an unknown path', '/forged%0Aforged'],
  ])('contains no part of the path or the query: %s', async (_, url) => {
    expect(JSON.stringify(await logged(new Error('Saturated'), 503, url))).not.toContain('forged')
  })
})

describe('an error in the log', () => {
  it.each([
    ['the server', databaseError('42703')],
    ['the server, wrapped once more', new Error('Cannot read', { cause: databaseError('42703') })],
    ['the connection', new DrizzleQueryError('select $1', ['hush'], new Error('write CONNECTION_CLOSED'))],
    ['the driver', new DrizzleQueryError('select $1', ['hush'], new TypeError('Received \'hush\''))],
    ['a value that looks like a stack', new DrizzleQueryError('select $1', ['\n    at hush'], new Error('Closed'))],
  ])('contains no values of a statement that failed because of %s', (_, error) => {
    const text = JSON.stringify(describeError(error))
    expect(text).toContain('$1')
    expect(text).not.toContain('hush')
  })

  it('has its causes with the statement and the code of the database', () => {
    const error = new Error('Cannot read', { cause: databaseError('23505', { constraint_name: 'users_email' }) })
    expect(describeError(error, { hasStack: false })).toEqual({
      type: 'Error',
      message: 'Cannot read',
      cause: {
        type: 'DrizzleQueryError',
        statement: 'insert into users values ($1)',
        cause: {
          type: 'PostgresError', code: '23505', constraint: 'users_email', statement: 'insert into users values ($1)',
        },
      },
    })
  })

  it('has the reason why a connection was lost', () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
    expect(describeError(new DrizzleQueryError('select', [], lost), { hasStack: false }).cause)
      .toEqual({ type: 'Error', message: 'connect ECONNREFUSED 127.0.0.1:1', code: 'ECONNREFUSED' })
  })

  it('has a limited number of causes', () => {
    const error = new Error('endless')
    error.cause = error
    expect(JSON.stringify(describeError(error)).match(/endless/g)).toHaveLength(6)
  })
})
