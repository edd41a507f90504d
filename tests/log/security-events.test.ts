import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  basicAuth, createChat, createShare, logInAgain, openShare, signedInUser, uniqueEmail, validPassword, type TestUser,
} from '../support/factories.ts'
import { request, type ApiResponse } from '../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../support/server.ts'
import { testServer } from '../support/test-server.ts'

let server: RunningServer
let ada: TestUser
beforeAll(async () => {
  server = await startServer({
    ...testEnvironment,
    DATABASE_URL: testServer().databaseUrl,
    NUXT_DATABASE_POOL_SIZE: '1',
    NUXT_TRUSTED_PROXIES: '1',
    NUXT_LOGIN_LIMIT: '2',
    NUXT_QUOTA_CHATS: '3',
  })
  ada = await signedInUser(options())
})
afterAll(() => server?.stop())

let addresses = 0
/** The server of these tests, from an address of its own. */
const options = () => ({
  baseUrl: server.url, headers: { 'x-forwarded-for': `10.9.0.${++addresses}` },
})
const post = (path: string, body: object, given = options()) => request('POST', path, body, given)

/** The events of a request, without what every line of a request has. */
async function eventsOf({ headers }: Pick<ApiResponse, 'headers'>): Promise<object[]> {
  const id = headers.get('x-request-id')
  const lines = await vi.waitFor(() => {
    const lines = server.log().filter(({ request_id }) => request_id === id)
    expect(lines.map(({ event }) => event)).toContain('request')
    return lines
  })
  return lines.filter(({ event }) => event !== 'request').map(({ time: _, pid: __, request_id: ___, ...rest }) => rest)
}

describe('the log of what concerns security', () => {
  it('has sign-ups and logins', async () => {
    const email = uniqueEmail()
    const signUp = await request('POST', '/api/auth/sign-up', { email, password: validPassword }, options())
    const user_id = signUp.body.user.id
    const login = await post('/api/auth/login', { email, password: validPassword })
    expect(await eventsOf(signUp)).toEqual([{ level: 'info', event: 'signed_up', user_id }])
    expect(await eventsOf(login)).toEqual([{ level: 'info', event: 'logged_in', user_id }])
  })

  it('has failed logins, with the address and the account if there is one', async () => {
    const wrong = options()
    const address = wrong.headers['x-forwarded-for']
    const login = await post('/api/auth/login', { email: ada.email, password: 'wrong' }, wrong)
    const unknown = await post('/api/auth/login', { email: uniqueEmail(), password: 'wrong' }, wrong)
    expect(await eventsOf(login)).toEqual([{ level: 'warn', event: 'login_failed', user_id: ada.id, address }])
    expect(await eventsOf(unknown)).toEqual([{ level: 'warn', event: 'login_failed', address }])
  })

  it('has limits that were hit', async () => {
    const guesser = options()
    const email = uniqueEmail()
    const logins = []
    for (let i = 0; i < 3; i++) logins.push(await post('/api/auth/login', { email, password: 'wrong' }, guesser))
    expect(logins[2]!.status).toBe(429)
    expect(await eventsOf(logins[2]!)).toEqual([
      { level: 'warn', event: 'limit_hit', limit: 'login', address: guesser.headers['x-forwarded-for'] },
    ])
    const eve = await signedInUser(options())
    for (let i = 0; i < 3; i++) await createChat(eve)
    const chat = { name: 'One too many', model: 'google/gemma-2-27b-it' }
    const refused = await eve.post(`/api/users/${eve.id}/chats`, chat)
    expect(refused.status).toBe(409)
    expect(await eventsOf(refused))
      .toEqual([{ level: 'warn', event: 'limit_hit', user_id: eve.id, limit: 'quota-chats' }])
  })

  it('has ended sessions', async () => {
    const user = await signedInUser(options())
    const ended = { level: 'info', event: 'session_ended', user_id: user.id }
    const second = await logInAgain(user)
    expect(await eventsOf(await user.send('DELETE', `/api/users/${user.id}/sessions`)))
      .toEqual([{ ...ended, reason: 'revoked', count: 1 }])
    expect(await eventsOf(await user.post('/api/auth/logout'))).toEqual([{ ...ended, reason: 'logout' }])
    expect(await eventsOf(await second.post('/api/auth/logout', undefined, { baseUrl: server.url }))).toEqual([])
  })

  it('has changes of an account, its deletion, and wrong passwords for them', async () => {
    const user = await signedInUser(options())
    const path = `/api/users/${user.id}` as const
    const change = (body: object) => user.send('PATCH', path, body, options())
    const refused = await change({ password: 'another password', current_password: 'wrong' })
    expect(await eventsOf(refused)).toEqual([
      { level: 'warn', event: 'password_refused', user_id: user.id, address: `10.9.0.${addresses}` },
    ])
    const changed = await change({
      email: uniqueEmail(), password: 'another long password', current_password: user.password,
    })
    expect(await eventsOf(changed)).toEqual([
      { level: 'info', event: 'email_changed', user_id: user.id },
      { level: 'info', event: 'password_changed', user_id: user.id },
    ])
    expect(await eventsOf(await user.send('DELETE', path)))
      .toEqual([{ level: 'info', event: 'account_deleted', user_id: user.id }])
  })

  it('has refused shares and wrong passwords of shares, with the owner', async () => {
    const { uuid } = await createShare(ada, await createChat(ada), { password: 'open sesame' })
    const [visit, guess] = [options(), options()]
    Object.assign(guess.headers, basicAuth('wrong'))
    expect(await eventsOf(await openShare(uuid, visit))).toEqual([
      { level: 'info', event: 'share_refused', reason: 'password-required', owner_id: ada.id },
    ])
    expect(await eventsOf(await openShare(uuid, guess))).toEqual([
      { level: 'warn', event: 'share_password_failed', owner_id: ada.id, address: guess.headers['x-forwarded-for'] },
    ])
    expect(await eventsOf(await openShare(crypto.randomUUID(), options())))
      .toEqual([{ level: 'info', event: 'share_refused', reason: 'missing' }])
  })

  it('has refused links, and changes from other sites', async () => {
    const link = await request('GET', '/api/files/1?expires=9999999999&owner=1&signature=forged', undefined, options())
    const site = options()
    Object.assign(site.headers, { 'sec-fetch-site': 'cross-site' })
    expect(await eventsOf(link)).toEqual([{ level: 'info', event: 'link_refused' }])
    expect(await eventsOf(await post('/api/auth/logout', {}, site)))
      .toEqual([{ level: 'warn', event: 'cross_site_refused' }])
  })
})
