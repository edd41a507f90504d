import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { realServer } from '../../support/databases.ts'
import { expectError } from '../../support/expect.ts'
import {
  appendMessages, basicAuth, createChat, createShare, logInAgain, openShare, signedInUser, uniqueEmail, validPassword,
  type TestUser,
} from '../../support/factories.ts'
import { request, type ApiResponse } from '../../support/http.ts'
import { expectShareRefusal, inactiveShareInfo } from '../../support/shares.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

let server: RunningServer
let ada: TestUser
const signUpLimit = 5
const here = () => ({ baseUrl: server.url })
/** An address that no other test uses. */
const fromNewAddress = () => {
  const headers = { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` }
  return { ...here(), headers }
}

beforeAll(async () => {
  server = await startServer({
    ...testEnvironment,
    DATABASE_URL: testServer().databaseUrl,
    NUXT_DATABASE_POOL_SIZE: realServer ? '2' : '1',
    NUXT_TRUSTED_PROXIES: '1',
    NUXT_SIGN_UP_LIMIT: String(signUpLimit),
    // More than 0.04 seconds per password.
    NUXT_BCRYPT_COST: '10',
  })
  ada = await signedInUser(fromNewAddress())
})
afterAll(() => server?.stop())

/** A login from an address that no other has. */
const wrongLogin = () =>
  request('POST', '/api/auth/login', { email: uniqueEmail(), password: 'wrong' }, fromNewAddress())
const statuses = (responses: ApiResponse[]) => new Set(responses.map(({ status }) => status))

describe('many logins at once', () => {
  it('are answered or refused, and do not keep others from the database', async () => {
    const logins = Promise.all(Array.from({ length: 100 }, wrongLogin))
    let isOver = false
    void logins.then(() => isOver = true)
    const others: ApiResponse[] = []
    while (!isOver) others.push(await ada.get(`/api/users/${ada.id}/chats`, here()))
    expect(others.length).toBeGreaterThan(10)
    expect(statuses(others)).toEqual(new Set([200]))
    const responses = await logins
    expect(statuses(responses)).toEqual(new Set([401, 503]))
    const refused = responses.find(({ status }) => status === 503)!
    expectError(refused, 503, 'Too many passwords are waiting to be hashed.')
    expect(refused.headers.get('retry-after')).toBe('5')
  })
})

describe('many sign-ups at once', () => {
  it('are counted before their passwords are hashed', async () => {
    const options = fromNewAddress()
    const signUp = () =>
      request('POST', '/api/auth/sign-up', { email: uniqueEmail(), password: validPassword }, options)
    const responses = await Promise.all(Array.from({ length: 100 }, signUp))
    // More than twenty of an address would not fit into the queue, and get 503.
    expect(statuses(responses)).toEqual(new Set([201, 429]))
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(signUpLimit)
  })
})

// The embedded database has a single session, in which nothing waits for a lock.
describe.skipIf(!realServer)('many logins that wait to be counted', () => {
  it('do not take the places of others in the database', async () => {
    const db = connectForMaintenance(testServer().databaseUrl)
    const logins = await db.transaction(async (tx) => {
      await tx.execute(sql`lock table rate_limits`)
      const logins = Array.from({ length: 1100 }, wrongLogin)
      await setTimeout(2000)
      const { status } = await ada.get(`/api/users/${ada.id}/chats`, here())
      expect(status).toBe(200)
      return logins
    })
    await db.$client.end()
    expect(statuses(await Promise.all(logins))).toEqual(new Set([401, 503]))
  })
})

describe('a share that is closed while its password is being verified', () => {
  it('stays closed for that request, reveals nothing that is added afterwards, and is not unlocked', async () => {
    const chat = await createChat(ada)
    const share = await createShare(ada, chat, { password: 'secret' })
    // The password of the share waits behind them.
    const others = Array.from({ length: 30 }, wrongLogin)
    await setTimeout(200)
    const opening = openShare(share.uuid, { ...here(), headers: basicAuth('secret') })
    const unlocking = request('POST', `/api/shared/chats/${share.uuid}/unlock`, { password: 'secret' }, here())
    // It has been looked up by then.
    await setTimeout(300)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares/${share.id}`
    await ada.send('PATCH', path, { is_shared: false })
    const secret = randomUUID()
    await appendMessages(ada, chat, secret)
    const response = await opening
    expectShareRefusal(response, 404, inactiveShareInfo)
    expect(response.text).not.toContain(secret)
    const unlocked = await unlocking
    expectShareRefusal(unlocked, 404, inactiveShareInfo)
    expect(unlocked.headers.has('set-cookie')).toBe(false)
    await Promise.all(others)
  })
})

describe('a session that ends while a password is waiting to be hashed', () => {
  it('no longer writes', async () => {
    const stolen = await logInAgain(ada)
    const [chat, shared] = [await createChat(ada), await createChat(ada)]
    const share = await createShare(ada, shared, { password: 'secret' })
    const others = Array.from({ length: 40 }, wrongLogin)
    // They are in the queue by then, and take more than a second.
    await setTimeout(500)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares`
    const account = { current_password: ada.password, password: 'another secret' }
    const writing = Promise.all([
      stolen.post(path, { password: 'secret' }, here()),
      stolen.send('PATCH', `/api/users/${ada.id}/chats/${shared.id}/shares/${share.id}`, { password: 'new' }, here()),
      stolen.send('PATCH', `/api/users/${ada.id}`, account, here()),
    ])
    await setTimeout(300)
    await stolen.post('/api/auth/logout')
    expect((await writing).map(({ status }) => status)).toEqual([401, 401, 401])
    expect((await ada.post(path, {}, here())).status).toBe(201)
    expect((await openShare(share.uuid, { ...here(), headers: basicAuth('secret') })).status).toBe(200)
    await logInAgain(ada)
    await Promise.all(others)
  })
})
