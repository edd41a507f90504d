import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createNeptun, TooManyRequestsError, UnavailableError, type NeptunOptions } from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { signedInUser, validPassword } from '../support/factories.ts'
import { sendJson, startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()
const newChat = { name: 'Once', model: 'google/gemma-2-27b-it' }
const credentials = { email: 'ada@example.com', password: validPassword }
const chat = { id: 7 }
const path = { user_id: 1, chat_id: 7 }

/** A server that fails as often as said, and the calls of a client of it. */
async function failing(
  times: number,
  status: number | string,
  headers: object = {},
  options: Partial<NeptunOptions> = {},
) {
  const { url, requests } = await startStubServer((response, earlier) => {
    if (earlier >= times) return sendJson(response, 200, { chat })
    if (typeof status === 'string') return void response.destroy()
    sendJson(response, status, {}, headers)
  })
  const neptun = createNeptun({ baseUrl: url, ...options })
  const calls: Record<string, () => PromiseLike<unknown>> = {
    'GET': () => neptun.health.get(),
    'POST with a key': () => neptun.api.POST('/api/users/{user_id}/chats', {
      params: { path, header: { 'Idempotency-Key': 'a' } }, body: newChat,
    }),
    'POST without a key': () => neptun.logIn(credentials),
    'PATCH': () => neptun.api.PATCH('/api/users/{user_id}/chats/{chat_id}', { params: { path }, body: { name: 'x' } }),
    'DELETE': () => neptun.api.DELETE('/api/users/{user_id}/chats/{chat_id}', { params: { path } }),
  }
  return { url, neptun, calls, requests }
}

const harmless = ['GET', 'POST with a key']
const all = ['GET', 'POST with a key', 'POST without a key', 'PATCH', 'DELETE']
const others = all.filter(name => !harmless.includes(name))
/** Each of these requests with each of these failures. */
const each = (names: string[], ...failures: (number | string)[]) =>
  names.flatMap(name => failures.map(failure => [name, failure] as const))
const now = { 'retry-after': '0' }

describe('a request that the server refuses for now', () => {
  it.each(each(all, 429, 503))('is repeated: %s, %s', async (name, status) => {
    const { calls, requests } = await failing(2, status, now)
    await calls[name]!()
    expect(requests).toHaveLength(3)
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1)
  })

  it('is repeated twice at most by default', async () => {
    const { neptun, requests } = await failing(9, 503, now)
    await expect(neptun.health.get()).rejects.toThrow(UnavailableError)
    expect(requests).toHaveLength(3)
  })

  it('is repeated as often as the options of the client or of the call say', async () => {
    const { neptun, requests } = await failing(9, 503, now, { maxRetries: 1 })
    await expect(neptun.health.get()).rejects.toThrow(UnavailableError)
    expect(requests).toHaveLength(2)
    await expect(neptun.health.get({ maxRetries: 0 })).rejects.toThrow(UnavailableError)
    expect(requests).toHaveLength(3)
  })

  it.each([
    ['seconds', () => '1'],
    ['seconds with a fraction', () => '1.2'],
    ['a date', () => new Date(Date.now() + 1900).toUTCString()],
  ])('is repeated after Retry-After, in %s', async (_, value) => {
    const { neptun } = await failing(1, 429, { 'retry-after': value() })
    const start = performance.now()
    await neptun.health.get()
    expect(performance.now() - start).toBeGreaterThan(890)
    expect(performance.now() - start).toBeLessThan(4000)
  })

  it('is not repeated if it would have to wait too long', async () => {
    const { neptun, requests } = await failing(1, 429, { 'retry-after': '61' })
    const error: unknown = await neptun.health.get().catch((error: unknown) => error)
    expect(error).toBeInstanceOf(TooManyRequestsError)
    expect(error).toMatchObject({ retryAfter: 61 })
    expect(requests).toHaveLength(1)
  })

  it('is repeated within maxRetryDelay if the server names no time', async () => {
    const { neptun, requests } = await failing(2, 503, {}, { maxRetryDelay: 1 })
    await neptun.health.get()
    expect(requests).toHaveLength(3)
  })

  it('waits for Retry-After even if that exceeds the longest timer', async () => {
    const { neptun, requests } = await failing(1, 503, { 'retry-after': '3000000' }, { maxRetryDelay: Infinity })
    await expect(neptun.health.get({ signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout')
    expect(requests).toHaveLength(1)
  })

  it('can be aborted while it waits', async () => {
    const { neptun, requests } = await failing(1, 503, { 'retry-after': '30' })
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('Not any more')), 100)
    await expect(neptun.health.get({ signal: controller.signal })).rejects.toThrow('Not any more')
    expect(requests).toHaveLength(1)
  })

  it('is sent with its whole form again, also by a low-level call', async () => {
    const signedIn = { user: { id: 1 }, loggedInAt: 'now' }
    const { url, requests } = await startStubServer((response, earlier) => {
      if (earlier === 0) sendJson(response, 200, signedIn)
      else sendJson(response, earlier % 2 ? 503 : 201, { chatFiles: [] }, now)
    })
    const neptun = createNeptun({ baseUrl: url })
    await neptun.logIn(credentials)
    const content = new Blob(['\0 binary'])
    expect(await neptun.files.upload(1, 2, [{ name: 'a.bin', content }])).toEqual([])
    const body = new FormData()
    body.append('files', content, 'a.bin')
    const params = { path: { user_id: 1, chat_id: 1, message_id: 2 } }
    await neptun.api.POST('/api/users/{user_id}/chats/{chat_id}/files/{message_id}', { params, body })
    const forms = requests.slice(1)
    expect(forms.map(({ body }) => body.includes('name="files"; filename="a.bin"'))).toEqual([true, true, true, true])
    expect(forms.every(({ body, headers }) => body.startsWith(`--${headers['content-type']!.split('boundary=')[1]}`)))
      .toBe(true)
  })
})

describe('a lost request', () => {
  it.each(each(harmless, 'lost', 502, 504))('is repeated: %s, %s', async (name, status) => {
    const { calls, requests } = await failing(1, status)
    await calls[name]!()
    expect(requests).toHaveLength(2)
    expect(requests[0]!.headers['idempotency-key']).toBe(requests[1]!.headers['idempotency-key'])
  })

  it.each(each(others, 'lost', 502, 504))('is not repeated: %s, %s', async (name, status) => {
    const { calls, requests } = await failing(1, status)
    await Promise.resolve(calls[name]!()).catch(() => {})
    expect(requests).toHaveLength(1)
  })

  it('is repeated after a timeout', async () => {
    const { url, requests } = await startStubServer((response, earlier) => {
      if (earlier === 1) sendJson(response, 200, { status: 'healthy' })
    })
    expect(await createNeptun({ baseUrl: url, timeout: 200 }).health.get()).toEqual({ status: 'healthy' })
    expect(requests).toHaveLength(2)
  })
})

describe('other responses', () => {
  it.each([400, 404, 409, 500])('are final: %i', async (status) => {
    const { neptun, requests } = await failing(1, status)
    await expect(neptun.health.get()).rejects.toMatchObject({ status })
    expect(requests).toHaveLength(1)
  })

  it('a 409 is not if the first request with the same key is still being processed', async () => {
    const { calls, requests } = await failing(1, 409, now)
    await calls['POST with a key']!()
    expect(requests).toHaveLength(2)
  })
})

describe('a request that creates something', () => {
  /** A client that loses the first response to each POST. */
  async function clientThatLosesResponses() {
    const ada = await signedInUser()
    const keys: string[] = []
    const neptun = createNeptun({
      baseUrl,
      session: ada.session,
      fetch: async (url, init) => {
        const key = new Headers(init.headers).get('Idempotency-Key')
        const response = await fetch(url, init)
        if (!key || keys.push(key) % 2 === 0) return response
        await response.arrayBuffer()
        throw new TypeError('fetch failed')
      },
    })
    return { neptun, keys }
  }

  it('is repeated with the same key, and creates it once', async () => {
    const { neptun, keys } = await clientThatLosesResponses()
    const { data: chat, response } = await neptun.chats.create(newChat).withResponse()
    expect(response.headers.get('Idempotent-Replayed')).toBe('true')
    const message = await neptun.messages.append(chat.id, { role: 'user', content: 'Hello' })
    const files = [new File(['\0\x01'], 'a.bin'), import.meta.filename]
    const uploaded = await neptun.files.upload(chat.id, message.id, files)
    expect(uploaded.map(({ name }) => name)).toEqual(['a.bin', 'retries.test.ts'])
    const lists = [await neptun.chats.list(), await neptun.messages.list(chat.id), await neptun.files.list()]
    expect(lists.map(rows => rows.map(({ id }) => id)))
      .toEqual([[chat.id], [message.id], uploaded.map(({ id }) => id)])
    expect(keys).toEqual([0, 0, 2, 2, 4, 4].map(i => keys[i]))
    expect(new Set(keys).size).toBe(3)
  })

  it('has the body that the caller passed, whatever becomes of the object', async () => {
    const { session } = await signedInUser()
    const neptun = createNeptun({ baseUrl, session })
    const body = { ...newChat }
    const created = ['a', 'b'].map((name) => {
      body.name = name
      return neptun.chats.create(body)
    })
    body.name = 'c'
    expect((await Promise.all(created)).map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it('can have a key of the caller', async () => {
    const { neptun, keys } = await clientThatLosesResponses()
    await neptun.chats.create(newChat, { idempotencyKey: 'mine' })
    expect(keys).toEqual(['mine', 'mine'])
  })
})

it('leaves no timer that would keep Node.js from exiting', async () => {
  const script = `
    import { createNeptun } from '${join(import.meta.dirname, '../../client/src/index.ts')}'
    await createNeptun({ baseUrl: '${baseUrl}' }).health.get()
    console.log(process.getActiveResourcesInfo().filter(name => name === 'Timeout').length)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(stdout).toBe('0\n')
})
