import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectError } from '../../support/expect.ts'
import {
  basicAuth, createChat, createShare, openShare, signedInUser, uniqueEmail, validPassword, type TestUser,
} from '../../support/factories.ts'
import { request, type ApiResponse } from '../../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

const tooMany = 'There have been too many attempts.'
let server: RunningServer
/** Another instance on the same database. */
let other: RunningServer
/** A third one, with the same settings as the first. */
let another: RunningServer

beforeAll(async () => {
  const environment = {
    ...testEnvironment,
    DATABASE_URL: testServer().databaseUrl,
    NUXT_DATABASE_POOL_SIZE: '1',
    NUXT_TRUSTED_PROXIES: '1',
    NUXT_LOGIN_LIMIT: '10',
    NUXT_LOGIN_ADDRESS_LIMIT: '100',
    NUXT_SIGN_UP_LIMIT: '3',
  }
  server = await startServer(environment)
  another = await startServer(environment)
  other = await startServer({ ...environment, NUXT_LOGIN_WINDOW: '3' })
})
afterAll(() => Promise.all([server?.stop(), other?.stop(), another?.stop()]))

/** An address that no other test uses. */
const newAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
const from = (address: string) => ({ 'x-forwarded-for': address })
const statuses = (responses: ApiResponse[]) => responses.map(({ status }) => status)
/** Sends requests, many at once. */
async function times(count: number, send: (i: number) => Promise<ApiResponse>, atOnce = 50) {
  const responses: ApiResponse[] = []
  while (responses.length < count) {
    const next = Math.min(atOnce, count - responses.length)
    responses.push(...await Promise.all(Array.from({ length: next }, (_, i) => send(responses.length + i))))
  }
  return responses
}

function logIn(email: string, password: string, address: string, { url }: RunningServer = server) {
  return request('POST', '/api/auth/login', { email, password }, { baseUrl: url, headers: from(address) })
}

function expectTooMany(response: ApiResponse, name: string, limit: number, window: number): void {
  expectError(response, 429, tooMany)
  const seconds = Number(response.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(window)
  expect(response.headers.get('ratelimit-policy')).toBe(`"${name}";q=${limit};w=${window}`)
  expect(response.headers.get('ratelimit')).toBe(`"${name}";r=0;t=${seconds}`)
}

describe('a login', () => {
  it('is refused after ten wrong passwords for an account from an address, even if they come at once', async () => {
    const [ada, address] = [await signedInUser(), newAddress()]
    const responses = await times(100, () => logIn(ada.email, 'wrong', address), 100)
    expect(statuses(responses).toSorted()).toEqual([...Array<number>(10).fill(401), ...Array<number>(90).fill(429)])
    expectTooMany(responses.find(({ status }) => status === 429)!, 'login', 10, 900)
    // Not even the right password is verified.
    expect((await logIn(ada.email.toUpperCase(), ada.password, address)).status).toBe(429)
  })

  it('is refused alike for an address without an account', async () => {
    const [email, address] = [uniqueEmail(), newAddress()]
    const responses = await times(11, () => logIn(email, 'wrong', address))
    expect(statuses(responses).filter(status => status === 429)).toHaveLength(1)
  })

  it('of the owner still works from another address', async () => {
    const ada = await signedInUser()
    const address = newAddress()
    await times(12, () => logIn(ada.email, 'wrong', address))
    expect((await logIn(ada.email, ada.password, newAddress())).status).toBe(200)
  })

  it('gives back its own attempt if it succeeds, and no earlier ones', async () => {
    const [ada, address] = [await signedInUser(), newAddress()]
    for (let i = 0; i < 9; i++) expect((await logIn(ada.email, 'wrong', address)).status).toBe(401)
    for (let i = 0; i < 5; i++) expect((await logIn(ada.email, ada.password, address)).status).toBe(200)
    expect((await logIn(ada.email, 'wrong', address)).status).toBe(401)
    expect((await logIn(ada.email, ada.password, address)).status).toBe(429)
  })

  it('is not refused for long because of many right passwords at once', async () => {
    const [ada, address] = [await signedInUser(), newAddress()]
    expect(new Set(statuses(await times(30, () => logIn(ada.email, ada.password, address))))).not.toContain(401)
    expect((await logIn(ada.email, ada.password, address)).status).toBe(200)
  })

  it('is refused on every instance after a flood of wrong passwords', async () => {
    const [email, address] = [uniqueEmail(), newAddress()]
    for (let i = 0; i < 2; i++) {
      const responses = await times(300, () => logIn(email, 'wrong', address), 300)
      expect(statuses(responses).filter(status => status === 401)).toHaveLength(i === 0 ? 10 : 0)
    }
    const { status, headers } = await logIn(email, 'wrong', address, another)
    expect([status, headers.get('ratelimit-policy')]).toEqual([429, '"login";q=10;w=900'])
  })

  it('that is refused for an account leaves attempts for others from the same address', async () => {
    const [email, address] = [uniqueEmail(), newAddress()]
    await times(200, () => logIn(email, 'wrong', address))
    expect((await logIn(uniqueEmail(), 'wrong', address)).status).toBe(401)
  })

  it('is refused after a hundred wrong passwords from an address, whatever the account', async () => {
    const address = newAddress()
    const responses = await times(100, () => logIn(uniqueEmail(), 'wrong', address), 10)
    expect(statuses(responses)).toEqual(Array<number>(100).fill(401))
    expectTooMany(await logIn(uniqueEmail(), 'wrong', address), 'login-address', 100, 900)
    expect((await logIn(uniqueEmail(), 'wrong', newAddress())).status).toBe(401)
  })

  it('is counted together with those of other instances', async () => {
    const [email, address] = [uniqueEmail(), newAddress()]
    const responses = await times(20, i => logIn(email, 'wrong', address, i % 2 === 0 ? server : other))
    expect(statuses(responses).filter(status => status === 401)).toHaveLength(10)
  })

  it('is possible again after the seconds in Retry-After', async () => {
    const [ada, address] = [await signedInUser(), newAddress()]
    const responses = await times(12, () => logIn(ada.email, 'wrong', address, other))
    const refused = responses.find(({ status }) => status === 429)!
    expectTooMany(refused, 'login', 10, 3)
    const seconds = Number(refused.headers.get('retry-after'))
    await new Promise(resolve => setTimeout(resolve, seconds * 1000))
    expect((await logIn(ada.email, ada.password, address, other)).status).toBe(200)
  })
})

describe('a change of the account', () => {
  it('counts wrong passwords together with logins', async () => {
    const [ada, address] = [await signedInUser(), newAddress()]
    const change = (current_password: string) => ada.send('PATCH', `/api/users/${ada.id}`,
      { email: uniqueEmail(), current_password },
      { baseUrl: server.url, headers: { ...from(address), cookie: `neptun-session=${ada.session}` } })
    for (let i = 0; i < 5; i++) expect((await change('wrong')).status).toBe(403)
    for (let i = 0; i < 5; i++) expect((await logIn(ada.email, 'wrong', address)).status).toBe(401)
    expectError(await change(ada.password), 429, tooMany)
  })
})

describe('a sign-up', () => {
  it('is refused after too many from an address, successful ones included', async () => {
    const address = newAddress()
    const signUp = (email: string) => request('POST', '/api/auth/sign-up', { email, password: validPassword },
      { baseUrl: server.url, headers: from(address) })
    const email = uniqueEmail()
    const responses = []
    for (const each of [email, email, uniqueEmail(), uniqueEmail()]) responses.push(await signUp(each))
    expect(statuses(responses)).toEqual([201, 409, 201, 429])
    expectTooMany(responses.at(-1)!, 'sign-up', 3, 3600)
  })
})

describe('a password of a share', () => {
  const open = (uuid: string, address: string, headers: Record<string, string>) =>
    openShare(uuid, { baseUrl: server.url, headers: { ...from(address), ...headers } })
  const guess = (uuid: string, address: string, password = 'wrong') => open(uuid, address, basicAuth(password))
  const unlock = (uuid: string, address: string, password = 'wrong') =>
    request('POST', `/api/shared/chats/${uuid}/unlock`, { password }, { baseUrl: server.url, headers: from(address) })
  const shareOf = async (ada: TestUser) => createShare(ada, await createChat(ada), { password: 'secret' })

  it('is refused after ten wrong ones from an address, through unlock and Basic together', async () => {
    const { uuid } = await shareOf(await signedInUser())
    const address = newAddress()
    const responses = await times(30, i => i % 2 === 0 ? guess(uuid, address) : unlock(uuid, address))
    expect(statuses(responses).filter(status => status === 401)).toHaveLength(10)
    expectTooMany(await unlock(uuid, address, 'secret'), 'share-password-address', 10, 900)
    expect((await guess(uuid.toUpperCase(), address, 'secret')).status).toBe(429)
    expect((await unlock(uuid, newAddress(), 'secret')).status).toBe(200)
  })

  it('is verified at most 200 times for 1,000 guesses from 100 addresses', async () => {
    const ada = await signedInUser()
    const { uuid } = await shareOf(ada)
    const unlocked = await unlock(uuid, newAddress(), 'secret')
    const addresses = Array.from({ length: 100 }, newAddress)
    const responses = await times(1000, i => guess(uuid, addresses[i % 100]!))
    expect(statuses(responses).filter(status => status === 401)).toHaveLength(200)
    expect(statuses(responses).filter(status => status === 429)).toHaveLength(800)
    expectTooMany(await guess(uuid, newAddress(), 'secret'), 'share-password', 200, 900)
    // Neither the owner nor somebody who has unlocked the share needs an attempt.
    expect((await open(uuid, addresses[0]!, { cookie: `neptun-session=${ada.session}` })).status).toBe(200)
    const cookie = unlocked.headers.get('set-cookie')!.split(';')[0]!
    expect((await open(uuid, addresses[0]!, { cookie })).status).toBe(200)
    expect((await open(uuid, addresses[0]!, {})).status).toBe(401)
  })

  it('that is right costs no attempt', async () => {
    const { uuid } = await shareOf(await signedInUser())
    const address = newAddress()
    for (let i = 0; i < 12; i++) expect((await unlock(uuid, address, 'secret')).status).toBe(200)
  })
})
