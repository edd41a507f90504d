import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { expectError } from '../../support/expect.ts'
import {
  appendMessages, basicAuth, createChat, createShare, openShare, signedInUser, uniqueEmail, type TestUser,
} from '../../support/factories.ts'
import { request, type ApiResponse } from '../../support/http.ts'
import { rawRequest } from '../../support/raw.ts'
import { expectShareRefusal, inactiveShareInfo } from '../../support/shares.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'

let server: RunningServer
let ada: TestUser
const here = () => ({ baseUrl: server.url })

beforeAll(async () => {
  server = await startServer({
    ...testEnvironment,
    DATABASE_URL: inject('databaseUrl'),
    NUXT_DATABASE_POOL_SIZE: '1',
    // About 0.1 seconds per password.
    NUXT_BCRYPT_COST: '11',
  })
  ada = await signedInUser(here())
})
afterAll(() => server?.stop())

const wrongLogin = () => request('POST', '/api/auth/login', { email: uniqueEmail(), password: 'wrong' }, here())
const statuses = (responses: ApiResponse[]) => new Set(responses.map(({ status }) => status))

describe('many logins at once', () => {
  it('are answered or refused, and do not keep others from the database', async () => {
    const logins = Promise.all(Array.from({ length: 200 }, wrongLogin))
    let isOver = false
    void logins.then(() => isOver = true)
    const others: ApiResponse[] = []
    while (!isOver) others.push(await ada.get(`/api/users/${ada.id}/chats`, here()))
    expect(others.length).toBeGreaterThan(10)
    expect(statuses(others)).toEqual(new Set([200]))
    const responses = await logins
    expect(statuses(responses)).toEqual(new Set([401, 503]))
    const refused = responses.find(({ status }) => status === 503)!
    expectError(refused, 503, 'Too many passwords are being verified.')
    expect(refused.headers.get('retry-after')).toBe('5')
  })

  it('leave the queue when their clients have gone away', async () => {
    const controller = new AbortController()
    const body = () => JSON.stringify({ email: uniqueEmail(), password: 'wrong' })
    const gone = Array.from({ length: 60 }, () => rawRequest('POST', '/api/auth/login', {
      ...here(), headers: { 'content-type': 'application/json' }, chunks: [body()], signal: controller.signal,
    }).catch(() => undefined))
    // The queue is full when another login is refused.
    while ((await Promise.race([wrongLogin(), wrongLogin(), wrongLogin()])).status !== 503);
    controller.abort()
    await Promise.all(gone)
    let response = await wrongLogin()
    while (response.status === 503) response = await wrongLogin()
    expect(response.status).toBe(401)
  })
})

describe('a share that is closed while its password is being verified', () => {
  it('stays closed for that request, and reveals nothing that is added afterwards', async () => {
    const chat = await createChat(ada)
    const share = await createShare(ada, chat, { password: 'secret' })
    const opening = openShare(share.uuid, { ...here(), headers: basicAuth('secret') })
    const others = Array.from({ length: 10 }, wrongLogin)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares/${share.id}`
    await ada.send('PATCH', path, { is_shared: false })
    const secret = randomUUID()
    await appendMessages(ada, chat, secret)
    const response = await opening
    expectShareRefusal(response, 404, inactiveShareInfo)
    expect(response.text).not.toContain(secret)
    await Promise.all(others)
  })
})
