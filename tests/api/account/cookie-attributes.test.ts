import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChat, createShare, signedInUser, type TestUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { runServer, startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

const warning = 'NUXT_SESSION_COOKIE_SAME_SITE is none, but NUXT_ALLOWED_ORIGINS is not set'

/** The attributes of all cookies: of the session at login and logout, and of an unlocked share. */
async function attributesOfCookies(ada: TestUser, baseUrl?: string): Promise<string[][]> {
  const { uuid } = await createShare(ada, await createChat(ada), { password: 'open sesame' })
  const { email, password } = ada
  const responses = [
    await request('POST', '/api/auth/login', { email, password }, { baseUrl }),
    await request('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'open sesame' }, { baseUrl }),
    await ada.post('/api/auth/logout'),
  ]
  return responses.map(({ headers }) =>
    headers.get('set-cookie')!.split('; ').filter(part => /^(HttpOnly|Secure|SameSite=.*)$/.test(part)).sort())
}

describe('NUXT_SESSION_COOKIE_SAME_SITE', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer({
      ...testEnvironment,
      DATABASE_URL: testServer().databaseUrl,
      NUXT_DATABASE_POOL_SIZE: '1',
      NUXT_SESSION_COOKIE_SECURE: 'true',
      NUXT_SESSION_COOKIE_SAME_SITE: 'none',
    })
  })
  afterAll(() => server?.stop())

  it('is lax by default', async () => {
    const attributes = ['HttpOnly', 'SameSite=Lax']
    expect(await attributesOfCookies(await signedInUser())).toStrictEqual([attributes, attributes, attributes])
  })

  it('determines the attribute of all cookies', async () => {
    const attributes = ['HttpOnly', 'SameSite=None', 'Secure']
    const ada = await signedInUser({ baseUrl: server.url })
    expect(await attributesOfCookies(ada, server.url)).toStrictEqual([attributes, attributes, attributes])
  })

  it('causes a warning if it is none and no origin is allowed', async () => {
    expect(server.output()).toContain(warning)
    const other = await startServer({
      ...testEnvironment,
      // Needs no database.
      DATABASE_URL: 'postgres://neptun@127.0.0.1:1/neptun',
      NUXT_SESSION_COOKIE_SECURE: 'true',
      NUXT_SESSION_COOKIE_SAME_SITE: 'none',
      NUXT_ALLOWED_ORIGINS: 'https://app.example.com',
    })
    await other.stop()
    expect(other.output()).not.toContain(warning)
  })

  it('prevents the start if it is none and the cookies are not Secure', async () => {
    const { code, output } = await runServer({ ...testEnvironment, NUXT_SESSION_COOKIE_SAME_SITE: 'none' })
    expect(code).toBe(1)
    expect(output).toContain('NUXT_SESSION_COOKIE_SECURE must be true if NUXT_SESSION_COOKIE_SAME_SITE is none')
  })
})
