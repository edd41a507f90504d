import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { request } from '../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { wireTo, type Wire } from '../support/wire.ts'
import { signedInUser } from '../support/world.ts'

let wire: Wire
let server: RunningServer

beforeAll(async () => {
  wire = await wireTo(inject('databaseUrl'))
  server = await startServer({ ...testEnvironment, DATABASE_URL: wire.url, NUXT_DATABASE_POOL_SIZE: '1', NUXT_DATABASE_TIMEOUT: '3' })
})

afterAll(async () => {
  await server.stop()
  await wire.close()
})

describe('while the database cannot be reached', () => {
  it('a server starts all the same, and serves once it is there', async () => {
    await wire.cut()
    const early = await startServer({ ...testEnvironment, DATABASE_URL: wire.url, NUXT_DATABASE_POOL_SIZE: '1', NUXT_DATABASE_TIMEOUT: '1' })
    const ask = (path: string) => request('GET', path, undefined, { baseUrl: early.url })
    expect((await ask('/health')).status).toBe(200)
    expect((await ask('/health/ready')).status).toBe(503)
    expect(early.output()).toContain('The database cannot be reached, waiting for it: ')
    await wire.mend()
    await vi.waitFor(async () => expect((await ask('/health/ready')).status).toBe(200), { timeout: 15_000, interval: 200 })
    await early.stop()
  })

  it('requests are told to come back, and served again once it is there', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const path = `/api/users/${ada.id}/projects`
    expect((await ada.get(path)).status).toBe(200)
    await wire.cut()

    const refused = await ada.get(path)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(refused.body).toStrictEqual({
      statusCode: 503,
      statusMessage: 'Service Unavailable',
      message: 'The database cannot be reached just now.',
      data: { message: 'The database cannot be reached just now.' },
    })
    expect((await request('GET', '/health/ready', undefined, { baseUrl: server.url })).status).toBe(503)
    expect((await request('GET', '/health', undefined, { baseUrl: server.url })).status).toBe(200)

    await wire.mend()
    await vi.waitFor(async () => expect((await ada.get(path)).status).toBe(200), { timeout: 15_000, interval: 200 })
    expect((await request('GET', '/health/ready', undefined, { baseUrl: server.url })).status).toBe(200)
  })
})
