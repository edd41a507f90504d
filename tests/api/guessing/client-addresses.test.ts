import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uniqueEmail } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { startServer, testEnvironment, type RunningServer } from '../../support/server.ts'
import { testServer } from '../../support/test-server.ts'

const limit = 2
const start = (environment: Record<string, string>) => startServer({
  ...testEnvironment,
  DATABASE_URL: testServer().databaseUrl,
  NUXT_DATABASE_POOL_SIZE: '1',
  NUXT_LOGIN_LIMIT: String(limit),
  ...environment,
})
const proxies: Record<'none' | 'one' | 'two' | 'Vercel', RunningServer> = {} as never

beforeAll(async () => {
  proxies.none = await start({})
  proxies.one = await start({ NUXT_TRUSTED_PROXIES: '1' })
  proxies.two = await start({ NUXT_TRUSTED_PROXIES: '2' })
  proxies.Vercel = await start({ VERCEL: '1' })
})
afterAll(() => Promise.all(Object.values(proxies).map(server => server.stop())))

/** Addresses that no other test uses. */
const newAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
const group = () => randomInt(65_536).toString(16)
const newNetwork = () => `2001:db8:${group()}:${group()}`

/** Whether the server counts these clients as one. Each gives a wrong password for the same account. */
async function areOneClient(through: keyof typeof proxies, ...clients: [object, object, object]): Promise<boolean> {
  const credentials = { email: uniqueEmail(), password: 'wrong' }
  const statuses: number[] = []
  for (const headers of clients) {
    const options = { baseUrl: proxies[through].url, headers: { ...headers } }
    statuses.push((await request('POST', '/api/auth/login', credentials, options)).status)
  }
  expect(statuses.slice(0, limit)).toEqual([401, 401])
  return statuses[limit] === 429
}
const forwardedFor = (...addresses: string[]) => ({ 'x-forwarded-for': addresses.join(', ') })
const vercelFor = (address: string) => ({ 'x-vercel-forwarded-for': address })

describe('without a trusted proxy', () => {
  it('X-Forwarded-For is ignored', async () => {
    const from = () => forwardedFor(newAddress())
    expect(await areOneClient('none', from(), from(), from())).toBe(true)
  })
})

describe('behind a trusted proxy', () => {
  it('the last address counts, and not what the client sends', async () => {
    const [address, other] = [newAddress(), newAddress()]
    const from = (last: string) => forwardedFor(newAddress(), last)
    expect(await areOneClient('one', from(address), from(address), from(address))).toBe(true)
    expect(await areOneClient('one', from(address), from(address), from(other))).toBe(false)
  })

  it('an IPv6 address counts by its network', async () => {
    const [network, other] = [newNetwork(), newNetwork()]
    const from = (network: string) => forwardedFor(`${network}::${group()}`)
    expect(await areOneClient('one', from(network), from(network), from(network))).toBe(true)
    expect(await areOneClient('one', from(network), from(network), from(other))).toBe(false)
  })

  it('an address counts without its port', async () => {
    const [ipv4, ipv6] = [newAddress(), newNetwork()]
    const withPort = (address: string) => forwardedFor(`${address}:${randomInt(1, 65_536)}`)
    expect(await areOneClient('one', withPort(ipv4), withPort(ipv4), forwardedFor(ipv4))).toBe(true)
    expect(await areOneClient('one', withPort(ipv4), withPort(ipv4), withPort(newAddress()))).toBe(false)
    const [inBrackets, other] = [`[${ipv6}::1]`, `[${newNetwork()}::1]`]
    expect(await areOneClient('one', withPort(inBrackets), forwardedFor(inBrackets), forwardedFor(`${ipv6}::1`)))
      .toBe(true)
    expect(await areOneClient('one', withPort(inBrackets), withPort(inBrackets), withPort(other))).toBe(false)
  })
})

describe('behind two trusted proxies', () => {
  it('the last address but one counts', async () => {
    const [address, other, proxy] = [newAddress(), newAddress(), newAddress()]
    const from = (address: string, last: string) => forwardedFor(newAddress(), address, last)
    const through = () => from(address, newAddress())
    expect(await areOneClient('two', through(), through(), through())).toBe(true)
    expect(await areOneClient('two', from(address, proxy), from(address, proxy), from(other, proxy))).toBe(false)
  })
})

describe('on Vercel', () => {
  it('X-Vercel-Forwarded-For counts, and not X-Forwarded-For', async () => {
    const [address, other] = [newAddress(), newAddress()]
    const from = (address: string) => ({ ...forwardedFor(newAddress()), ...vercelFor(address) })
    expect(await areOneClient('Vercel', from(address), from(address), from(address))).toBe(true)
    const same = forwardedFor(address)
    const vercel = (address: string) => ({ ...same, ...vercelFor(address) })
    expect(await areOneClient('Vercel', vercel(address), vercel(address), vercel(other))).toBe(false)
  })
})
