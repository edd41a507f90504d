import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

let server: RunningServer
beforeAll(async () => {
  const DATABASE_URL = testServer().databaseUrl
  server = await startServer({ ...testEnvironment, DATABASE_URL, NUXT_DATABASE_POOL_SIZE: '1' })
})
afterAll(() => server?.stop())

/** Sends a request with these headers, and returns its id and its line in the log. */
async function send(headers: Record<string, string>) {
  const response = await fetch(`${server.url}/models`, { headers })
  const id = response.headers.get('x-request-id')!
  const line = await vi.waitFor(() => {
    const found = server.log().filter(({ event }) => event === 'request').at(-1)
    expect(found?.request_id).toBe(id)
    return found!
  })
  return { id, line }
}

describe('X-Request-Id', () => {
  it.each(['a', 'req-1_2.3', 'x'.repeat(128)])('is that of the request: %s', async (given) => {
    expect((await send({ 'x-request-id': given })).id).toBe(given)
  })

  it.each([
    ['is missing', undefined], ['is empty', ''], ['is too long', 'x'.repeat(129)], ['has a space', 'a b'],
    ['has quotes', '"a"'], ['is not ASCII', '\u00e9'], ['is repeated', 'a, b'],
  ])('is a new one if that of the request %s', async (_, given) => {
    const ids = []
    for (let i = 0; i < 2; i++) ids.push((await send(given === undefined ? {} : { 'x-request-id': given })).id)
    expect(ids[0]).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(ids[1]).not.toBe(ids[0])
  })
})

const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']

describe('traceparent', () => {
  it.each([
    `00-${trace}-${span}-01`, `00-${trace}-${span}-00`, `cc-${trace}-${span}-01`, `cc-${trace}-${span}-01-more`,
  ])('names the trace in the log: %s', async (traceparent) => {
    expect((await send({ traceparent })).line).toMatchObject({ trace_id: trace, parent_id: span })
  })

  it.each([
    `00-${trace}-${span}`, `00-${trace}-${span}-01-more`, `ff-${trace}-${span}-01`, `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`, `00-${trace.toUpperCase()}-${span}-01`, 'hush',
    `00-${trace}-${span}-01, 00-${trace}-${span}-01`,
  ])('is ignored if it is invalid: %s', async (traceparent) => {
    const { line } = await send({ traceparent })
    expect(line).not.toHaveProperty('trace_id')
    expect(line).not.toHaveProperty('parent_id')
  })
})
