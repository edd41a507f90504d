import { describe, expect, it } from 'vitest'
import { expectError, expectInvalid } from '../support/expect.ts'
import { basicAuth, openShare, sessionOf, signedInUser, uniqueEmail, validPassword } from '../support/factories.ts'
import { toForm, urlencoded } from '../support/forms.ts'
import { request, type ApiResponse } from '../support/http.ts'
import { rawRequest } from '../support/raw.ts'
import { testServer } from '../support/test-server.ts'

describe('the requests of the original command-line tool', () => {
  /** Sends what httpx sends: forms, the session in a cookie, and neither `Origin` nor `Sec-Fetch-Site`. */
  const send = (method: string, path: string, session?: string, form?: object) => rawRequest(method, path, {
    headers: {
      'accept': '*/*',
      'accept-encoding': 'gzip, deflate, br',
      'connection': 'keep-alive',
      'user-agent': 'python-httpx/0.28.1',
      ...form && { 'content-type': urlencoded, 'content-length': String(toForm(form).length) },
      ...session && { cookie: `neptun-session=${session}` },
    },
    chunks: form && [toForm(form)],
  })

  it('are all answered as it expects', async () => {
    const account = { email: uniqueEmail(), password: 'a b&c=d+e%f 🗝' }
    const signedUp = await send('POST', '/api/auth/sign-up', undefined, account)
    expect(signedUp.status).toBe(201)
    const { user } = signedUp.body as { user: { id: number, primary_email: string } }
    expect(user).toStrictEqual({ id: expect.any(Number), primary_email: account.email })

    const loggedIn = await send('POST', '/api/auth/login', undefined, account)
    expect([loggedIn.status, loggedIn.body]).toStrictEqual([200, { user, loggedInAt: expect.any(String) }])
    const session = sessionOf(loggedIn)!
    expect((await send('HEAD', '/api/auth/check', session)).status).toBe(204)
    expect((await send('HEAD', '/api/auth/check')).status).toBe(401)

    const chats = `/api/users/${user.id}/chats`
    const newChat = { model: 'google/gemma-2-27b-it', name: 'chat-1732179000000' }
    const created = await send('POST', chats, session, newChat)
    expect(created.status).toBe(201)
    const { chat } = created.body as { chat: { id: number } }
    expect(chat).toMatchObject({ ...newChat, neptun_user_id: user.id })
    expect((await send('GET', `${chats}?order_by=updated_at:desc`, session)).body).toStrictEqual({ chats: [chat] })
    expect((await send('GET', `${chats}/${chat.id}/messages`, session)).body).toStrictEqual({ chatMessages: [] })
    expect((await send('DELETE', `${chats}/${chat.id}`, session)).status).toBe(200)
    expect((await send('GET', `${chats}?order_by=updated_at:desc`, session)).body).toStrictEqual({ chats: [] })
  })

  it('get errors that it can parse', async () => {
    const account = { email: uniqueEmail(), password: validPassword }
    expectError(await send('POST', '/api/auth/login', undefined, account), 401, 'Invalid credentials')
    const refused = await send('POST', '/api/auth/sign-up', undefined, { ...account, email: 'ada' })
    expectInvalid(refused, 'Invalid body(email, password)', 'email')
    const { id, session } = await signedInUser()
    const incomplete = await send('POST', `/api/users/${id}/chats`, session, { name: 'a' })
    expectInvalid(incomplete, 'Invalid body(model, name)', 'model')
    expectError(await send('GET', `/api/users/${id}/chats/1/messages`, session), 404, 'Chat not found')
    expectError(await send('GET', `/api/users/${id}/chats`), 401, 'You do not have access to view the information.')
  })
})

describe('the requests of the original front-end', () => {
  /** Sends JSON as a page of the same origin. */
  async function signIn() {
    const { origin } = new URL(testServer().baseUrl)
    const page = { origin, 'sec-fetch-site': 'same-origin', 'accept': 'application/json' }
    const account = { email: uniqueEmail(), password: validPassword, confirmPassword: validPassword }
    const response = await request('POST', '/api/auth/sign-up', account, { headers: page })
    const headers = { ...page, cookie: `neptun-session=${sessionOf(response)}` }
    const send = (method: string, path: string, body?: unknown) => request(method, path, body, { headers })
    return { user: response.body.user, path: `/api/users/${response.body.user.id}`, send }
  }

  const bodyOf = <Body>({ body, status, text }: ApiResponse): Body => {
    expect([status, text]).toStrictEqual([expect.toSatisfy((code: number) => code < 300), text])
    return body as Body
  }

  it('keep a chat from a playground, with its code blocks', async () => {
    const { user, path, send } = await signIn()
    const { chat } = bodyOf<{ chat: { id: number } }>(
      await send('POST', `${path}/chats`, { model: 'qwen/qwen2.5-coder-32b-instruct', name: 'chat-1732179000000' }))
    const messages = [
      { id: 'x1', createdAt: '2026-11-21T09:30:00.000Z', role: 'user', content: 'Hi', parts: [{ type: 'text' }] },
      { id: 'x2', createdAt: '2026-11-21T09:30:01.000Z', role: 'assistant', content: 'Ho', annotations: [{}] },
    ]
    const { chatMessages } = bodyOf<{ chatMessages: Record<string, unknown>[] }>(
      await send('POST', `${path}/chats/${chat.id}/messages`, { messages }))
    expect(chatMessages.map(({ actor, message, neptun_user_id }) => [actor, message, neptun_user_id]))
      .toStrictEqual([['user', 'Hi', user.id], ['assistant', 'Ho', user.id]])

    const files = `${path}/chats/${chat.id}/files/${chatMessages[1]!.id as number}`
    const block = {
      neptun_user_id: user.id, chat_conversation_id: chat.id, chat_conversation_message_id: chatMessages[1]!.id,
      title: '', text: 'print(1)', language: 'python', extension: 'py',
    }
    bodyOf(await send('POST', files, block))
    bodyOf(await send('POST', files, { files: [block, { ...block, title: 'main.py' }] }))
    const { chatFiles } = bodyOf<{ chatFiles: { name: string }[] }>(await send('GET', `${path}/chats/${chat.id}/files`))
    expect(chatFiles.map(({ name }) => name)).toStrictEqual(['untitled.py', 'untitled.py', 'main.py'])
  })

  it('list chats by any columns, or none', async () => {
    const { path, send } = await signIn()
    const { chat } = bodyOf<{ chat: unknown }>(await send('POST', `${path}/chats`, { model: 'a/b', name: 'c' }))
    const columns = 'updated_at:asc,name:desc,model:desc,id:desc,created_at:desc'
    for (const query of ['?', '?order_by=updated_at:asc', `?order_by=${columns}`])
      expect(bodyOf(await send('GET', `${path}/chats${query}`))).toStrictEqual({ chats: [chat] })
  })

  it('create and change projects', async () => {
    const { path, send } = await signIn()
    const fields = { name: 'New web-app Project', description: 'A project', type: 'web-app', main_language: 'elixir' }
    const { project } = bodyOf<{ project: { id: number } }>(await send('POST', `${path}/projects`, fields))
    expect(project).toMatchObject(fields)
    const changes = { ...fields, type: 'web-service', main_language: 'go' }
    const { project: changed } = bodyOf<{ project: unknown }>(
      await send('PATCH', `${path}/projects/${project.id}`, changes))
    expect(changed).toMatchObject(changes)
  })

  it.each([
    ['a public share', { is_protected: false }, [], { nobody: 200, password: 200, listed: 200 }],
    ['a share with a password', { is_protected: true, hashed_password: 'a' }, [],
      { nobody: 401, password: 200, listed: 401 }],
    ['a share with a whitelist', { is_protected: true, hashed_password: '' }, ['listed'],
      { nobody: 401, password: 401, listed: 200 }],
    ['a share whose whitelist has not been added', { is_protected: true }, [],
      { nobody: 401, password: 401, listed: 403 }],
    ['a share with a password and a whitelist', { is_protected: true, hashed_password: 'a' }, ['listed'],
      { nobody: 401, password: 401, listed: 401 }],
  ])('create %s', async (_, fields, whitelist, expected) => {
    const [{ path, send }, listed] = [await signIn(), await signedInUser()]
    const { chat } = bodyOf<{ chat: { id: number } }>(await send('POST', `${path}/chats`, { model: 'a/b', name: 'c' }))
    const shares = `${path}/chats/${chat.id}/shares`
    const { share } = bodyOf<{ share: { id: number, uuid: string } }>(
      await send('POST', shares, { is_shared: true, ...fields }))
    if (whitelist.length > 0) bodyOf(await send('POST', `${shares}/${share.id}/whitelist-entries`, [listed.email]))
    expect({
      nobody: (await openShare(share.uuid)).status,
      password: (await openShare(share.uuid, { headers: basicAuth('a') })).status,
      listed: (await listed.get(`/api/shared/chats/${share.uuid}`)).status,
    }).toStrictEqual(expected)
  })
})
