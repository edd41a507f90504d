import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { basicAuth, createChat, createShare, openShare, sessionOf, signedInUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

let other: RunningServer
beforeAll(async () => {
  const database = { DATABASE_URL: testServer().databaseUrl, NUXT_DATABASE_POOL_SIZE: '1' }
  other = await startServer({ ...testEnvironment, ...database })
})
afterAll(() => other.stop())

describe('another instance', () => {
  it('immediately rejects sessions ended by a password change', async () => {
    const ada = await signedInUser()
    const login = await request('POST', '/api/auth/login', { email: ada.email, password: ada.password })
    const elsewhere = { baseUrl: other.url, headers: { cookie: `neptun-session=${sessionOf(login)}` } }
    expect((await request('GET', '/api/auth/check', undefined, elsewhere)).status).toBe(200)
    const changes = { password: 'another horse battery', current_password: ada.password }
    await ada.send('PATCH', `/api/users/${ada.id}`, changes)
    expect((await request('GET', '/api/auth/check', undefined, elsewhere)).status).toBe(401)
    expect((await ada.get('/api/auth/check', { baseUrl: other.url })).status).toBe(200)
  })

  it('immediately applies the new password and the deactivation of a share', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const { id, uuid } = await createShare(ada, chat)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares/${id}`
    const statusElsewhere = async (headers = {}) => (await openShare(uuid, { baseUrl: other.url, headers })).status
    expect(await statusElsewhere()).toBe(200)
    await ada.send('PATCH', path, { password: 'open sesame' })
    expect([await statusElsewhere(), await statusElsewhere(basicAuth('open sesame'))]).toEqual([401, 200])
    await ada.send('PATCH', path, { is_shared: false })
    expect(await statusElsewhere(basicAuth('open sesame'))).toBe(404)
  })
})
