import { describe, expect, it } from 'vitest'
import { createNeptun, TimeoutError, UnauthorizedError } from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { createChatWithoutProject, signedInUser, uniqueEmail, validPassword } from '../support/factories.ts'
import { sendJson, startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()

/** A client that records the paths of its requests. */
function recording(session?: string) {
  const paths: string[] = []
  const neptun = createNeptun({
    baseUrl,
    session,
    fetch: (url, init) => {
      paths.push(`${init.method} ${new URL(url).pathname}`)
      return fetch(url, init)
    },
  })
  return { neptun, paths }
}

describe('the session of a client', () => {
  it('starts at sign-up, is sent with every request and ends at logout', async () => {
    const { neptun, paths } = recording()
    expect(neptun.session).toBeUndefined()
    const { user } = await neptun.signUp({ email: uniqueEmail(), password: validPassword })
    expect(neptun.session).toMatch(/^[\w-]{43}$/)
    expect((await neptun.user.get()).user).toEqual(user)
    expect(await neptun.logOut()).toBe(true)
    expect(neptun.session).toBeUndefined()
    await expect(neptun.user.get()).rejects.toThrow(UnauthorizedError)
    expect(paths).toEqual([
      'POST /api/auth/sign-up', `GET /api/users/${user.id}`, 'POST /api/auth/logout', 'GET /api/auth/check',
    ])
  })

  it('is replaced by a login, also with another user', async () => {
    const [ada, grace] = [await signedInUser(), await signedInUser()]
    const neptun = createNeptun({ baseUrl, session: ada.session })
    expect((await neptun.user.get()).user.id).toBe(ada.id)
    await neptun.logIn({ email: grace.email, password: grace.password })
    expect((await neptun.user.get()).user.id).toBe(grace.id)
    await neptun.api.POST('/api/auth/login', { body: { email: ada.email, password: ada.password } })
    expect((await neptun.user.get()).user.id).toBe(ada.id)
  })

  it('is that of the login whose response began last, and so is the user', async () => {
    const { url, requests } = await startStubServer((response, earlier) => {
      if (earlier > 1) return sendJson(response, 200, { projects: [] })
      const user = { id: earlier + 1 }
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': `neptun-session=${user.id}` })
      response.write(' ')
      setTimeout(() => response.end(JSON.stringify({ user, loggedInAt: 'now' })), earlier === 0 ? 300 : 0)
    })
    const neptun = createNeptun({ baseUrl: url })
    const credentials = { email: 'ada@example.com', password: validPassword }
    const first = neptun.logIn(credentials)
    await expect.poll(() => neptun.session).toBe('1')
    await Promise.all([first, neptun.logIn(credentials)])
    await neptun.projects.list()
    expect(requests.map(({ url, headers }) => [url, headers.cookie])).toEqual([
      ['/api/auth/login', undefined],
      ['/api/auth/login', 'neptun-session=1'],
      ['/api/users/2/projects', 'neptun-session=2'],
    ])
  })

  it('is kept after a failed login', async () => {
    const ada = await signedInUser()
    const neptun = createNeptun({ baseUrl, session: ada.session })
    await expect(neptun.logIn({ email: ada.email, password: 'something else' })).rejects.toThrow(UnauthorizedError)
    expect(neptun.session).toBe(ada.session)
    expect((await neptun.user.get()).user.id).toBe(ada.id)
  })

  it('can be resumed, and then asks for the user once, also for calls at the same time', async () => {
    const ada = await signedInUser()
    const chat = await createChatWithoutProject(ada)
    const { neptun, paths } = recording(ada.session)
    const [chats, projects, messages] = await Promise.all([
      neptun.chats.list(), neptun.projects.list(), neptun.messages.list(chat.id),
    ])
    expect([chats.length, projects.length, messages.length]).toEqual([1, 0, 0])
    await neptun.chats.get(chat.id)
    expect(paths.filter(path => path === 'GET /api/auth/check')).toHaveLength(1)
  })

  it('asks for the user again if that failed', async () => {
    const ada = await signedInUser()
    let isDown = true
    const neptun = createNeptun({
      baseUrl,
      session: ada.session,
      maxRetries: 0,
      fetch: (url, init) => isDown ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init),
    })
    await expect(neptun.chats.list()).rejects.toThrow('fetch failed')
    isDown = false
    expect(await neptun.chats.list()).toEqual([])
  })

  it('lets a call be aborted while it waits for the user, or run out of time, and no other call', async () => {
    const { session } = await signedInUser()
    const { promise: pause, resolve: goOn } = Promise.withResolvers<void>()
    const neptun = createNeptun({ baseUrl, session, fetch: (...request) => pause.then(() => fetch(...request)) })
    const controller = new AbortController()
    const aborted = neptun.chats.list({}, { signal: controller.signal }).page()
    const tooLate = neptun.chats.list({}, { timeout: 50 }).page()
    const other = neptun.chats.list().page()
    controller.abort(new Error('Not any more'))
    await expect(aborted).rejects.toThrow('Not any more')
    await expect(tooLate).rejects.toThrow(new TimeoutError('No response to GET /api/auth/check within 50 ms'))
    goOn()
    expect((await other).items).toEqual([])
  })

  it('is not asked for the user by a call that is aborted from the start', async () => {
    const { neptun, paths } = recording('unknown')
    const signal = AbortSignal.abort(new Error('Not at all'))
    await expect(neptun.chats.get(1, { signal })).rejects.toThrow('Not at all')
    expect(paths).toEqual([])
  })

  it('is not shared between clients', async () => {
    const [one, other] = [createNeptun({ baseUrl }), createNeptun({ baseUrl })]
    await one.signUp({ email: uniqueEmail(), password: validPassword })
    expect(other.session).toBeUndefined()
    await expect(other.sessions.check()).rejects.toThrow(UnauthorizedError)
  })

  it('is neither sent to nor accepted from another origin', async () => {
    const { session } = await signedInUser()
    const neptun = createNeptun({ baseUrl, session })
    const other = await startStubServer(response =>
      sendJson(response, 200, true, { 'set-cookie': 'neptun-session=theirs' }))
    await neptun.api.POST('/api/auth/logout', { baseUrl: other.url })
    await neptun.files.download({ url: `${other.url}/api/files/1` })
    expect(other.requests.map(({ url, headers }) => [url, headers.cookie])).toEqual([
      ['/api/auth/logout', undefined], ['/api/files/1', undefined],
    ])
    expect(neptun.session).toBe(session)
  })

  it('is sent to relative URLs if the base URL is relative', async () => {
    const requests: [url: string, cookie: string | null][] = []
    const neptun = createNeptun({
      baseUrl: '/neptun',
      session: 'secret',
      fetch: async (url, init) => {
        requests.push([url, new Headers(init.headers).get('Cookie')])
        return Response.json({ status: 'healthy' }, { headers: { 'Set-Cookie': 'neptun-session=theirs' } })
      },
    })
    await neptun.files.download({ url: 'https://example.com/api/files/1' })
    expect(neptun.session).toBe('secret')
    expect(await neptun.health.get()).toEqual({ status: 'healthy' })
    expect(neptun.session).toBe('theirs')
    expect(requests).toEqual([['https://example.com/api/files/1', null], ['/neptun/health', 'neptun-session=secret']])
  })

  it('is not sent to the target of a redirect, and neither is a password', async () => {
    const target = await startStubServer(response => sendJson(response, 200, true))
    const { url } = await startStubServer(response => void response.writeHead(307, { location: target.url }).end())
    const neptun = createNeptun({ baseUrl: url, session: 'secret' })
    const credentials = { email: 'ada@example.com', password: validPassword }
    const message = 'Unexpected response: 307 Temporary Redirect'
    await expect(neptun.sessions.check()).rejects.toMatchObject({ status: 307, message })
    await expect(neptun.logIn(credentials)).rejects.toMatchObject({ status: 307, message })
    expect((await neptun.api.POST('/api/auth/login', { body: credentials })).response.status).toBe(307)
    expect(target.requests).toEqual([])
  })
})
