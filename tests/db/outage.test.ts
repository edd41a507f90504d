import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startDatabaseProxy, type DatabaseProxy } from '../support/database-proxy.ts'
import { errorBody } from '../support/expect.ts'
import { signedInUser, validPassword } from '../support/factories.ts'
import { request } from '../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

let proxy: DatabaseProxy
let server: RunningServer

const start = (timeoutSeconds: string) => startServer({
  ...testEnvironment,
  DATABASE_URL: proxy.url,
  NUXT_DATABASE_POOL_SIZE: '1',
  NUXT_DATABASE_TIMEOUT: timeoutSeconds,
})

const recovery = { timeout: 45_000, interval: 200 }

beforeAll(async () => {
  proxy = await startDatabaseProxy(testServer().databaseUrl)
  server = await start('3')
})

afterAll(async () => {
  await server.stop()
  await proxy.close()
})

describe('server without a reachable database', () => {
  it('starts, reports that it is not ready and recovers', async () => {
    await proxy.disconnect()
    const early = await start('1')
    const get = (path: string) => request('GET', path, undefined, { baseUrl: early.url })
    expect((await get('/health')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(503)
    expect(early.output()).toContain('Cannot reach the database that DATABASE_URL names: ')
    await proxy.reconnect()
    await vi.waitFor(async () => expect((await get('/health/ready')).status).toBe(200), recovery)
    await early.stop()
  })

  it('stops without waiting for it', async () => {
    await proxy.disconnect()
    const early = await start('1')
    await early.stop()
    await proxy.reconnect()
    expect(early.output()).not.toContain('Graceful shutdown timeout')
  })

  it('returns 503 with Retry-After during an outage, logs no values, and recovers', async () => {
    const ada = await signedInUser({ baseUrl: server.url })
    const path = `/api/users/${ada.id}/projects`
    expect((await ada.get(path)).status).toBe(200)
    await proxy.disconnect()

    const refused = await ada.get(path)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(refused.body).toStrictEqual(errorBody(503, 'The database is currently unavailable.'))
    expect((await request('GET', '/health/ready', undefined, { baseUrl: server.url })).status).toBe(503)
    expect((await request('GET', '/health', undefined, { baseUrl: server.url })).status).toBe(200)

    const email = `hush-${ada.email}`
    const credentials = { email, password: validPassword }
    const signUp = await request('POST', '/api/auth/sign-up', credentials, { baseUrl: server.url })
    const forged = `/api/users/1%0AGET%20%2Fhush%20[id]%20forged/projects`
    expect([signUp.status, (await ada.get(forged)).status]).toStrictEqual([503, 503])
    const id = refused.headers.get('x-request-id')
    const failed = { level: 'error', event: 'request_failed', status: 503 }
    expect(server.log()).toContainEqual(expect.objectContaining({
      ...failed, method: 'GET', route: '/api/users/[user_id]/projects', request_id: id,
      error: expect.objectContaining({ code: expect.any(String) }),
    }))
    expect(server.log()).toContainEqual(expect.objectContaining({
      ...failed, method: 'POST', route: '/api/auth/sign-up',
    }))
    expect(server.output()).not.toMatch(/hush|forged/)

    await proxy.reconnect()
    await vi.waitFor(async () => expect((await ada.get(path)).status).toBe(200), recovery)
    expect((await request('GET', '/health/ready', undefined, { baseUrl: server.url })).status).toBe(200)
  })
})
