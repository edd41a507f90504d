import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { DrizzleQueryError } from 'drizzle-orm'
import { createApp, createEvent, createRouter, setResponseHeader, type H3Event } from 'h3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { logFailure } from '#server/endpoint/log-failure'
import { databaseError } from '../support/database-error.ts'

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => vi.restoreAllMocks())

/** What the failure of a request is logged as. */
async function logged(error: unknown, status: number, url = '/api/users/7/chats'): Promise<string> {
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url })
  const event = createEvent(request, new ServerResponse(request))
  const fail = (event: H3Event) => {
    setResponseHeader(event, 'X-Request-Id', 'id')
    logFailure(error, event, status)
    return 'logged'
  }
  const router = createRouter().get('/api/users/:user_id/chats', fail).get('/api/shared/chats/:uuid', fail)
  await createApp().use(router).use(fail).handler(event)
  return vi.mocked(console.error).mock.calls.map(call => call.join(' ')).join('\n')
}

describe('the log of a failure', () => {
  const saturated = new Error('Saturated')

  it('has the method, the route, the id of the request and the cause', async () => {
    expect(await logged(saturated, 503)).toBe('GET /api/users/[user_id]/chats [id] Error: Saturated')
    expect(await logged(new Error('Broken'), 500)).toMatch(/Error: Broken\n {6}at /)
  })

  it.each([
    ['a line', '/api/users/7%0AGET%20%2Fforged/chats'],
    ['a colour', '/api/users/%1B%5B31m/chats'],
    ['a signed query', '/api/users/7/chats?signature=forged'],
    ['the uuid of a share', '/api/shared/chats/forged'],
    ['an unknown path', '/forged%0Aforged'],
  ])('contains no part of the path or the query: %s', async (_, url) => {
    expect(await logged(saturated, 503, url))
      .toMatch(/^GET (\/api\/users\/\[user_id\]\/chats|\/api\/shared\/chats\/\[uuid\]|\(no route\)) \[id\] Error: Sat/)
    expect(console.error).not.toHaveBeenCalledWith(expect.stringMatching(/forged|\n|\u001b/))
  })

  it.each([500, 503])('escapes control characters of the cause, with status %s', async (status) => {
    const error = new Error('a\r\nGET /forged [id] b\u001b[31mc\u2028d\u202ee')
    const [first, ...rest] = (await logged(error, status)).split('\n')
    expect(first).toBe('GET /api/users/[user_id]/chats [id] Error: a\\u000d')
    expect(rest[0]).toBe('  GET /forged [id] b\\u001b[31mc\\u2028d\\u202ee')
  })

  it.each([
    ['the server', databaseError('42703'), 500],
    ['the connection', new DrizzleQueryError('select $1', ['hush'], new Error('write CONNECTION_CLOSED')), 503],
    ['the driver', new DrizzleQueryError('select $1', ['hush'], new TypeError('Undefined values')), 500],
  ])('contains no values of a statement that failed because of %s', async (_, error, status) => {
    const text = await logged(error, status)
    expect(text).toContain('$1')
    expect(text).not.toContain('hush')
  })
})
