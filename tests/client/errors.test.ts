import { describe, expect, it } from 'vitest'
import {
  ApiError, BadRequestError, ConflictError, ConnectionError, createNeptun, ForbiddenError, NeptunError, NotFoundError,
  PreconditionFailedError, TimeoutError, UnauthorizedError, UnprocessableEntityError, ValidationError,
} from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { createChatWithoutProject, missingId, signedInUser, validPassword } from '../support/factories.ts'
import { sendJson, startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()
const failureOf = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(() => expect.unreachable(), (error: unknown) => error)

/** A signed-in client with a chat. */
async function clientWithChat() {
  const ada = await signedInUser()
  const neptun = createNeptun({ baseUrl, session: ada.session })
  return { ada, neptun, chat: await createChatWithoutProject(ada) }
}

describe('error responses', () => {
  it('have a class, the kind, the invalid parts and the id of the request', async () => {
    const error = await failureOf(createNeptun({ baseUrl }).signUp({ email: 'ada', password: validPassword }))
    for (const superclass of [ValidationError, BadRequestError, ApiError, NeptunError, Error])
      expect(error).toBeInstanceOf(superclass)
    expect(error).toMatchObject({
      name: 'ValidationError',
      status: 400,
      code: 'ValidationError',
      message: 'Invalid body(email, password)',
      issues: [{ path: ['email'] }],
      requestId: expect.stringMatching(/^[\w-]+$/),
    })
  })

  it('have the class of their status', async () => {
    const { ada, neptun, chat } = await clientWithChat()
    const taken = neptun.signUp({ email: ada.email, password: validPassword })
    expect(await failureOf(taken)).toBeInstanceOf(ConflictError)
    const empty = await failureOf(neptun.messages.deleteLast(chat.id))
    expect(empty).toMatchObject({ name: 'BadRequestError', code: 'EmptyChat' })
    expect(await failureOf(neptun.chats.get(missingId))).toBeInstanceOf(NotFoundError)
    const stale = neptun.chats.update(chat.id, { name: 'Mine' }, { ifMatch: '"1-9"' })
    expect(await failureOf(stale)).toBeInstanceOf(PreconditionFailedError)
    expect(await failureOf(createNeptun({ baseUrl }).chats.list())).toBeInstanceOf(UnauthorizedError)
    const newChat = { name: 'Once', model: 'google/gemma-2-27b-it' }
    const fromElsewhere = neptun.chats.create(newChat, { headers: { Origin: 'https://app.example' } })
    expect(await failureOf(fromElsewhere)).toBeInstanceOf(ForbiddenError)
    await neptun.chats.create(newChat, { idempotencyKey: 'a' })
    const other = neptun.chats.create({ ...newChat, name: 'Other' }, { idempotencyKey: 'a' })
    expect(await failureOf(other)).toBeInstanceOf(UnprocessableEntityError)
  })

  it('can be of a proxy', async () => {
    const { url } = await startStubServer(response => void response.writeHead(502).end('<h1>Bad Gateway</h1>'))
    const error = await failureOf(createNeptun({ baseUrl: url, maxRetries: 0 }).health.get())
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      status: 502, message: 'Unexpected response: 502 Bad Gateway', code: undefined, issues: [], requestId: undefined,
    })
  })

  it('are those of successes too that are not from the API', async () => {
    const { url } = await startStubServer(response =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'))
    const error = await failureOf(createNeptun({ baseUrl: url }).health.get())
    expect(error).toMatchObject({ status: 200, message: 'Unexpected response: 200 OK, text/html' })
  })

  it.each([null, [], 'text', { data: null }, { data: { issues: null } }, { message: 1, data: 'none' }])(
    'have no issues if the JSON of another server is %j', async (body) => {
      const { url } = await startStubServer(response => sendJson(response, 404, body))
      expect(await failureOf(createNeptun({ baseUrl: url }).health.get())).toMatchObject({ status: 404, issues: [] })
    })

  it('are data for a low-level call', async () => {
    const { data, error, response } = await createNeptun({ baseUrl }).api.GET('/api/auth/check')
    expect([data, error?.data.name, response.status]).toEqual([undefined, 'Unauthorized', 401])
  })
})

it('a success without a body has no result', async () => {
  const { url } = await startStubServer(response => void response.writeHead(204).end())
  expect(await createNeptun({ baseUrl: url }).logOut()).toBeUndefined()
})

describe('a call without a response', () => {
  it('rejects with a ConnectionError if the server cannot be reached', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }))
    const error = await failureOf(createNeptun({ baseUrl, fetch, maxRetries: 0 }).health.get())
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({
      name: 'ConnectionError',
      message: `No response to GET ${baseUrl}/health: ECONNREFUSED`,
      cause: new TypeError('fetch failed'),
    })
  })

  it.each(['before', 'during'])('rejects if the connection is lost %s a response', async (when) => {
    const { url } = await startStubServer((response) => {
      if (when === 'during') response.writeHead(200, { 'content-length': 10 }).write('{')
      setTimeout(() => response.destroy(), 20)
    })
    const neptun = createNeptun({ baseUrl: url, maxRetries: 0 })
    expect(await failureOf(neptun.health.get())).toMatchObject({ name: 'ConnectionError' })
  })

  it.each(['nothing', 'a part'])('rejects with a TimeoutError after %s', async (received) => {
    const { url } = await startStubServer((response) => {
      if (received === 'a part') response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    })
    const neptun = createNeptun({ baseUrl: url, timeout: 100, maxRetries: 0 })
    const error = await failureOf(neptun.health.get())
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ message: `No response to GET ${url}/health within 100 ms` })
    expect(await failureOf(neptun.health.get({ timeout: 50 }))).toMatchObject({ message: /within 50 ms/ })
  })

  it('does not reveal the signature of a link', async () => {
    const { url } = await startStubServer(response => void response.destroy())
    const link = { url: `${url}/a?signature=b` }
    const failure = await failureOf(createNeptun({ baseUrl, maxRetries: 0 }).files.download(link))
    expect(failure).toMatchObject({ message: expect.stringMatching(`^No response to GET ${url}/a: `) })
  })

  it('rejects with the reason of its signal', async () => {
    const { url, requests } = await startStubServer(() => {})
    const neptun = createNeptun({ baseUrl: url })
    const controller = new AbortController()
    const call = neptun.health.get({ signal: controller.signal })
    setTimeout(() => controller.abort(new Error('Not any more')), 50)
    expect(await failureOf(call)).toEqual(new Error('Not any more'))
    expect(await failureOf(neptun.health.get({ signal: controller.signal }))).toEqual(new Error('Not any more'))
    expect(requests).toHaveLength(1)
  })

  it('has no time limit if that is infinite', async () => {
    const { url } = await startStubServer(response =>
      void setTimeout(() => sendJson(response, 200, { status: 'healthy' }), 50))
    const neptun = createNeptun({ baseUrl: url, timeout: Infinity, maxRetries: 0 })
    expect(await neptun.health.get()).toEqual({ status: 'healthy' })
  })
})
