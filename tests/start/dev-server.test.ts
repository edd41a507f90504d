import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import document from '../../openapi.json' with { type: 'json' }
import { sessionOf } from '../support/factories.ts'
import { request, type RequestOptions } from '../support/http.ts'

const root = join(import.meta.dirname, '../..')
const unlimited = { NUXT_LOGIN_LIMIT: '1000000', NUXT_LOGIN_ADDRESS_LIMIT: '1000000' }
let folder: string
let server: ChildProcess
/** Has the port that the server asks for. */
const other = createServer()
let output = ''
let options: RequestOptions

/** The paths of all GET operations with the examples of their parameters, but for signed links. */
const readable = Object.entries(document.paths)
  .filter(([path, methods]) => 'get' in methods && !path.startsWith('/api/files/'))
  .map(([path, methods]) => {
    const { parameters } = (methods as { get: { parameters: { name: string, example?: unknown }[] } }).get
    return path.replaceAll(/{(\w+)}/g, (_, name) => String(parameters.find(p => p.name === name)!.example))
  })

const get = async <Path extends string>(path: Path) => (await request('GET', path, undefined, options)).body

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  await new Promise<void>(resolve => other.listen(3987, '127.0.0.1', resolve))
  const { VITEST: _, NODE_ENV: __, TEST: ___, DATABASE_URL: ____, ...env } = process.env
  // Detached, because nuxt dev starts child processes: afterAll stops the whole process group.
  server = spawn(process.execPath, [join(root, 'node_modules/nuxt/bin/nuxt.mjs'), 'dev', '--port', '3987'], {
    cwd: root,
    // In CI, Nitro terminates a worker at once. With 16 clients, a password is being hashed then.
    env: { ...env, CI: 'true', NUXT_DATA_DIR: folder, NUXT_BCRYPT_COST: '12', ...unlimited },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  server.stdout!.on('data', (chunk: Buffer) => output += chunk.toString())
  server.stderr!.on('data', (chunk: Buffer) => output += chunk.toString())
  await vi.waitFor(() => expect(output).toContain('Try: curl'), { timeout: 110_000, interval: 100 })

  const [, baseUrl] = /Neptun API: (\S+)/.exec(output)!
  const [, email, password] = /Demo account: (\S+), password: (\S+)/.exec(output)!
  const login = await request('POST', '/api/auth/login', { email, password }, { baseUrl })
  options = { baseUrl, headers: { cookie: `neptun-session=${sessionOf(login)}` } }
})

afterAll(async () => {
  process.kill(-server.pid!, 'SIGTERM')
  await new Promise(resolve => server.on('close', resolve))
  other.close()
  await rm(folder, { recursive: true })
})

describe('npm run dev without configuration', () => {
  it('prints the address, the reference and a first request, with another port if the first is taken', () => {
    const [, port] = /Port 3987 is taken. This server uses (\d+)./.exec(output)!
    expect(port).not.toBe('3987')
    expect(output).toContain(`Neptun API: http://127.0.0.1:${port}\n`)
    expect(output).toContain(`Reference: http://127.0.0.1:${port}/docs\n`)
    expect(output).toContain(`Try: curl -i http://127.0.0.1:${port}/api/auth/login`)
  })

  // Chats with several models, files in three languages, a PDF, and an open, a whitelisted and a protected share.
  it('serves the demo data', async () => {
    const { projects } = await get('/api/users/1/projects')
    expect(projects).toHaveLength(2)
    const lists = await Promise.all(projects.map(({ id }) => get(`/api/users/1/projects/${id}/chats`)))
    const chats = lists.flatMap(({ chats }) => chats)
    expect(new Set(chats.map(({ model }) => model)).size).toBeGreaterThan(2)

    const files = await Promise.all(chats.map(({ id }) => get(`/api/users/1/chats/${id}/files`)))
    expect(files.flatMap(({ chatFiles }) => chatFiles).map(({ language, type }) => [language, type]).sort()).toEqual([
      ['', 'application/pdf'], ['python', 'text/plain'], ['sql', 'application/sql'], ['typescript', 'text/plain'],
    ])
    const shares = await Promise.all(chats.map(({ id }) => get(`/api/users/1/chats/${id}/shares`)))
    expect(shares.filter(body => body !== null).map(({ share }) => [share.is_protected, share.has_whitelist]).sort())
      .toEqual([[false, false], [false, true], [true, false]])
  })
})

describe('the API reference of npm run dev', () => {
  const baseUrl = () => options.baseUrl!
  const visit = (headers: Record<string, string>) => request('GET', '/docs', undefined, { baseUrl: baseUrl(), headers })
  const opened = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' }

  it('signs a visitor in to the demo account', async () => {
    const session = sessionOf(await visit(opened))
    const headers = { cookie: `neptun-session=${session}` }
    const { body } = await request('GET', '/api/auth/check', undefined, { baseUrl: baseUrl(), headers })
    expect(body.user.primary_email).toBe('demo@example.com')
  })

  it('leaves a session that the visitor has', async () => {
    const { headers } = await visit({ ...opened, ...options.headers })
    expect(headers.get('set-cookie')).toBeNull()
  })

  it.each([
    ['opened by another site', { ...opened, 'sec-fetch-site': 'cross-site' }],
    ['opened by a sibling domain', { ...opened, 'sec-fetch-site': 'same-site' }],
    ['in a frame', { ...opened, 'sec-fetch-dest': 'iframe' }],
    ['for an image', { ...opened, 'sec-fetch-dest': 'image' }],
    ['by another program', {}],
  ])('signs nobody in if it is requested %s', async (_, headers) => {
    const response = await visit(headers)
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null])
  })

  it('has the login of the demo account as its example', async () => {
    const { body } = await request<never, string, string>('GET', '/openapi.json', undefined, options)
    const { paths } = body as typeof document
    const { example } = paths['/api/auth/login'].post.requestBody.content['application/json']
    expect((await request('POST', '/api/auth/login', example, { baseUrl: baseUrl() })).status).toBe(200)
  })

  it.each(readable)('can send the example of GET %s', async (path) => {
    const { status } = await request<never, string, string>('GET', path, undefined, options)
    expect(status).toBe(200)
  })
})

describe('npm run dev', () => {
  it('survives reloads while passwords are hashed', async () => {
    let logins = 0
    let isDone = false
    const logInConstantly = async () => {
      const [, email, password] = /Demo account: (\S+), password: (\S+)/.exec(output)!
      while (!isDone) {
        // A reload breaks off the requests of the previous worker. Nitro's proxy leaves some of them unanswered.
        const answered = request('POST', '/api/auth/login', { email, password }, options).catch(() => undefined)
        const login = await Promise.race([answered, setTimeout(5000, undefined)])
        if (login?.status === 200) logins++
        else await setTimeout(20)
      }
    }
    const clients = Array.from({ length: 16 }, logInConstantly)
    const countReloads = () => output.match(/server built in/g)!.length
    const isRunning = () => expect([server.exitCode, server.signalCode]).toEqual([null, null])
    for (let i = 0; i < 3; i++) {
      const before = { reloads: countReloads(), logins }
      await vi.waitFor(() => expect(logins).toBeGreaterThan(before.logins + 1), { timeout: 30_000 })
      const now = new Date()
      await utimes(join(root, 'server/runtime/health.ts'), now, now)
      await vi.waitFor(() => isRunning() ?? expect(countReloads()).toBeGreaterThan(before.reloads), { timeout: 30_000 })
      await vi.waitFor(() => isRunning() ?? expect(logins).toBeGreaterThan(before.logins + 2), { timeout: 30_000 })
    }
    isDone = true
    await Promise.all(clients)
  }, 120_000)
})
