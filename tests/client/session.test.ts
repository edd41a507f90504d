import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createNeptunClient, NeptunError, unwrap } from '#client/index'
import { witnessedServer } from '../support/proxy.ts'
import { aPassword, anEmail, signedInUser } from '../support/world.ts'

const baseUrl = await witnessedServer()
const check = (neptun: ReturnType<typeof createNeptunClient>) => neptun.GET('/api/auth/check')

/** A server of somebody else, with the requests that it got. */
async function anotherServer(answer: RequestListener) {
  const requests: { cookie: string | undefined }[] = []
  const server = createServer((request, response) => {
    requests.push({ cookie: request.headers.cookie })
    answer(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

describe('the session of a client', () => {
  it('begins at sign-up, goes along with every request, and ends at logout', async () => {
    const neptun = createNeptunClient({ baseUrl })
    expect(neptun.session).toBeUndefined()
    const { user } = await unwrap(neptun.signUp({ email: anEmail(), password: aPassword }))
    expect(neptun.session).toMatch(/^[\w-]{43}$/)
    expect((await unwrap(check(neptun))).user).toEqual(user)
    expect(await unwrap(neptun.POST('/api/auth/logout'))).toBe(true)
    expect(neptun.session).toBeUndefined()
    expect((await check(neptun)).response.status).toBe(401)
  })

  it('is replaced by a login', async () => {
    const [ada, grace] = [await signedInUser(), await signedInUser()]
    const neptun = createNeptunClient({ baseUrl, session: ada.session })
    const { user } = await unwrap(neptun.logIn({ email: grace.email, password: grace.password }))
    expect(user.id).toBe(grace.id)
    expect(neptun.session).not.toBe(ada.session)
    expect((await unwrap(check(neptun))).user).toEqual(user)
  })

  it('outlives a login that is refused', async () => {
    const ada = await signedInUser()
    const neptun = createNeptunClient({ baseUrl, session: ada.session })
    expect((await neptun.logIn({ email: ada.email, password: 'something else' })).response.status).toBe(401)
    expect(neptun.session).toBe(ada.session)
  })

  it('can be that of an earlier client', async () => {
    const { id, session } = await signedInUser()
    expect((await unwrap(check(createNeptunClient({ baseUrl, session })))).user.id).toBe(id)
  })

  it('belongs to one client alone', async () => {
    const [one, other] = [createNeptunClient({ baseUrl }), createNeptunClient({ baseUrl })]
    await unwrap(one.signUp({ email: anEmail(), password: aPassword }))
    expect(other.session).toBeUndefined()
    expect((await check(other)).response.status).toBe(401)
  })

  it('is neither sent to another origin nor taken from one', async () => {
    const { session } = await signedInUser()
    const neptun = createNeptunClient({ baseUrl, session })
    const other = await anotherServer((_, response) => response.setHeader('set-cookie', 'neptun-session=theirs').end('true'))
    await neptun.POST('/api/auth/logout', { baseUrl: other.url })
    expect(other.requests).toEqual([{ cookie: undefined }])
    expect(neptun.session).toBe(session)
  })

  it('does not follow a redirect, and neither does a password', async () => {
    const target = await anotherServer((_, response) => response.end('true'))
    const { url } = await anotherServer((_, response) => response.writeHead(307, { location: target.url }).end())
    const neptun = createNeptunClient({ baseUrl: url, session: 'secret' })
    await expect(check(neptun)).rejects.toThrow(TypeError)
    await expect(neptun.logIn({ email: 'ada@example.com', password: aPassword })).rejects.toThrow(TypeError)
    expect(target.requests).toEqual([])
  })
})

describe('unwrap', () => {
  it('throws what the server refuses, with what was wrong about it', async () => {
    const neptun = createNeptunClient({ baseUrl })
    const refusal = await unwrap(neptun.signUp({ email: 'ada', password: aPassword })).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(NeptunError)
    expect(refusal).toMatchObject({ status: 400, message: 'Invalid body(email, password)', data: { issues: [{ path: ['email'] }] } })
  })

  it('tells what guards a share', async () => {
    const uuid = '00000000-0000-4000-8000-000000000000'
    const call = createNeptunClient({ baseUrl }).GET('/api/shared/chats/{uuid}', { params: { path: { uuid } } })
    await expect(unwrap(call)).rejects.toMatchObject({ status: 404, data: { shareInfo: { shareExists: false } } })
  })

  it('makes an error of what is no answer of the server', async () => {
    const proxy = await anotherServer((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'))
    await expect(unwrap(check(createNeptunClient({ baseUrl: proxy.url })))).rejects.toMatchObject({ status: 502, message: '502 Bad Gateway', data: {} })
  })

  it('leaves an error of fetch as it is', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    await expect(unwrap(check(createNeptunClient({ baseUrl, fetch })))).rejects.toThrow(new TypeError('fetch failed'))
  })
})
