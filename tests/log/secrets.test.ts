import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { connectForMaintenance } from '#db/client'
import { migrate } from '#db/migrate'
import { createDatabase } from '../support/databases.ts'
import { basicAuth, sessionOf } from '../support/factories.ts'
import { migrations } from '../support/migrations.ts'
import { startServer, testEnvironment } from '../support/server.ts'

const marks: string[] = []

/** A text that is in no other part of the output. */
function mark(): string {
  const text = `q${randomBytes(8).toString('hex')}`
  marks.push(text)
  return text
}

it('nothing that a client sends is in the output, whatever becomes of the request', async () => {
  const database = await createDatabase()
  await migrate(database.url, migrations)
  const secret = mark() + mark()
  const server = await startServer({
    ...testEnvironment, DATABASE_URL: database.url, NUXT_DATABASE_POOL_SIZE: '1', NUXT_SIGNING_SECRET: secret,
    NUXT_LOG_LEVEL: 'trace', NUXT_LOGIN_LIMIT: '3',
  })
  const statuses = new Map<number, number>()
  let cookie = ''
  /** Sends a request that has marks in its query, its cookies and other headers, besides what it is given. */
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const query = `${path.includes('?') ? '&' : '?'}${mark()}=${mark()}`
    const response = await fetch(server.url + path + query, {
      method,
      headers: {
        ...body !== undefined && { 'content-type': 'application/json' },
        'cookie': `${cookie}; other=${mark()}`, 'user-agent': mark(), 'referer': `http://${mark()}/`,
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    const { status } = response
    return { status, headers: response.headers, body: await response.json().catch(() => ({})) as never }
  }
  const email = `${mark()}@example.com`
  const password = `${mark()} is my password`
  const signUp = await send('POST', '/api/auth/sign-up', { email, password })
  const session = sessionOf(signUp as never)!
  marks.push(session, session.slice(-32))
  cookie = `neptun-session=${session}`
  const { user } = signUp.body as { user: { id: number } }
  const own = `/api/users/${user.id}`
  const { body: chat } = await send('POST', `${own}/chats`, { name: mark(), model: 'google/gemma-2-27b-it' })
  const at = `${own}/chats/${(chat as { chat: { id: number } }).chat.id}`
  const message = { actor: 'user', message: mark(), files: [{ title: `${mark()}.txt`, text: mark() }] }
  const sharePassword = mark()

  /** Requests that work on an intact database. */
  const requests = async () => {
    const statuses = []
    statuses.push(await send('GET', own))
    statuses.push(await send('GET', `${own}/sessions`))
    statuses.push(await send('POST', `${at}/messages`, message))
    statuses.push(await send('GET', `${at}/messages`))
    statuses.push(await send('GET', `${at}/files`))
    statuses.push(await send('PATCH', at, { name: mark() }))
    statuses.push(await send('POST', `${own}/projects`, {
      name: mark(), description: mark(), type: 'backend', main_language: 'typescript',
    }))
    statuses.push(await send('GET', `${own}/chats?order_by=name`))
    statuses.push(await send('PATCH', own, { email: `${mark()}@example.com`, current_password: password }))
    statuses.push(await send('POST', '/api/auth/login', { email: `${mark()}@example.com`, password: mark() }))
    // It would end the session whose cookie it has.
    const newcomer = { email: `${mark()}@example.com`, password: mark() + mark() }
    statuses.push(await send('POST', '/api/auth/sign-up', newcomer, { cookie: `other=${mark()}` }))
    return statuses.map(({ status }) => status)
  }
  const { body: shared } = await send('POST', `${at}/shares`, { password: sharePassword })
  const { uuid } = (shared as { share: { uuid: string } }).share
  marks.push(uuid)
  expect((await requests()).every(status => status < 500)).toBe(true)
  const { body: files } = await send('GET', `${at}/files`)
  const [file] = (files as { chatFiles: { url: string }[] }).chatFiles
  marks.push(new URL(file!.url).searchParams.get('signature')!)
  await send('GET', file!.url.replace(server.url, ''))

  // What is refused.
  await send('GET', `/api/shared/chats/${uuid}`)
  const stranger = () => ({ cookie: `other=${mark()}` })
  await send('GET', `/api/shared/chats/${uuid}`, undefined, { ...basicAuth(mark(), mark()), ...stranger() })
  const { headers } = await send('POST', `/api/shared/chats/${uuid}/unlock`, { password: sharePassword }, stranger())
  marks.push(/neptun-[^=]*=([^;]+)/.exec(headers.get('set-cookie')!)![1]!)
  await send('GET', `/api/shared/chats/${randomUUID()}`)
  await send('GET', `/api/shared/chats/${mark()}`)
  await send('GET', `/api/files/1?expires=9999999999&signature=${mark()}`)
  await send('GET', `/${mark()}/%${mark()}`)
  await send('GET', `${own}/chats/${mark()}`)
  await send('GET', `${own}/chats?cursor=${mark()}&order_by=${mark()}`)
  await send('POST', `${own}/chats`, `{"name": ${mark()}`)
  await send('POST', `${own}/chats`, { [mark()]: mark(), model: mark() })
  await send('POST', `${own}/chats`, mark(), { 'content-type': mark() })
  await send('PUT', own, mark())
  await send('POST', '/api/auth/logout', {}, { 'sec-fetch-site': 'cross-site', 'origin': `https://${mark()}.example` })
  await send('GET', own, undefined, { cookie: `neptun-session=${user.id}.${mark().padEnd(32, 'x')}` })
  await send('GET', '/models', undefined, { 'traceparent': mark(), 'x-request-id': `"${mark()}"` })
  for (let i = 0; i < 4; i++) await send('POST', '/api/auth/login', { email, password: mark() })
  await send('GET', `${own}/chats`, undefined, { 'x-large': mark().repeat(2000) }).catch(() => {})
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('close', () => resolve()).on('error', () => {}).resume().end(`${mark()} /${mark()}\r\n\r\n`)
  })

  // What fails in the database, in its tables and in its constraints.
  const db = connectForMaintenance(database.url)
  const breaks: [alteration: string, repair: string][] = [
    [`chats add constraint broken check (name = 'x') not valid`, 'chats drop constraint broken'],
    ['messages rename column content to broken', 'messages rename column broken to content'],
    ['users rename to broken', 'broken rename to users'],
  ]
  for (const [alteration, repair] of breaks) {
    await db.execute(sql.raw(`alter table ${alteration}`))
    expect(await requests()).toContain(500)
    await db.execute(sql.raw(`alter table ${repair}`))
  }
  await db.$client.end()
  await send('DELETE', own, undefined)
  await server.stop()
  await database.drop()

  const output = server.output()
  expect(marks.filter(text => output.includes(text))).toEqual([])
  const events = new Set(server.log().map(({ event }) => event))
  expect([...events].sort()).toEqual(expect.arrayContaining([
    'account_deleted', 'cross_site_refused', 'limit_hit', 'link_refused', 'login_failed', 'request', 'request_failed',
    'request_refused', 'share_password_failed', 'share_refused',
  ]))
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404, 405, 415, 429, 500]))
  expect(marks.length).toBeGreaterThan(300)
})
