import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChat, createProject, createShare, signedInUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { startServer, type RunningServer } from '../../support/server.ts'

const allowedModels = ['google/gemma-2-27b-it', 'openai/gpt-4']
const publicUrl = 'https://api.example.com/neptun'
let server: RunningServer

// Starts with its own embedded database and the defaults of all other settings.
beforeAll(async () => {
  server = await startServer({
    NUXT_BCRYPT_COST: '4',
    NUXT_ALLOWED_MODELS: allowedModels.join(', '),
    NUXT_PUBLIC_BASE_URL: `${publicUrl}/`,
  })
})
afterAll(() => server?.stop())

const signUp = () => signedInUser({ baseUrl: server.url })
const send = (method: string, path: string, body?: unknown) => request(method, path, body, { baseUrl: server.url })

describe('the default settings', () => {
  it('restrict the session cookie to HTTPS', async () => {
    const { email, password } = await signUp()
    const { headers } = await send('POST', '/api/auth/login', { email, password })
    expect(headers.get('set-cookie')!.split('; ')).toContain('Secure')
  })

  it('restrict the unlock cookie of a share to HTTPS', async () => {
    const ada = await signUp()
    const { uuid } = await createShare(ada, await createChat(ada), { password: 'open sesame' })
    const { headers } = await send('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'open sesame' })
    expect(headers.get('set-cookie')!.split('; ')).toContain('Secure')
  })
})

describe('NUXT_ALLOWED_MODELS', () => {
  it('determines the response of GET /models', async () => {
    const { status, body } = await send('GET', '/models')
    expect([status, body]).toStrictEqual([200, { models: allowedModels, any: false }])
  })

  it('restricts the models of new chats', async () => {
    const ada = await signUp()
    const project = await createProject(ada)
    const path = `/api/users/${ada.id}/projects/${project.id}/chats`
    const postChat = (model: string) => ada.post(path, { model, name: 'Talk' })
    for (const model of allowedModels) expect((await postChat(model)).status).toBe(201)
    for (const model of ['openai/gpt-5', 'openai/GPT-4', 'openai/gpt-4 ', '']) {
      const { status, error } = await postChat(model)
      expect([status, error.message]).toStrictEqual([400, 'Invalid body(model, name)'])
    }
  })
})

describe('NUXT_PUBLIC_BASE_URL', () => {
  it('is the base of links, regardless of the Host header', async () => {
    const ada = await signUp()
    const { url, uuid } = await createShare(ada, await createChat(ada))
    expect(url).toBe(`${publicUrl}/api/shared/chats/${uuid}`)
  })

  it('begins the path of the unlock cookie, but not that of the session cookie', async () => {
    const ada = await signUp()
    const { uuid } = await createShare(ada, await createChat(ada), { password: 'open sesame' })
    const unlocked = await send('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'open sesame' })
    expect(unlocked.headers.get('set-cookie')!.split('; ')).toContain(`Path=/neptun/api/shared/chats/${uuid}`)
    const { email, password } = ada
    const loggedIn = await send('POST', '/api/auth/login', { email, password })
    expect(loggedIn.headers.get('set-cookie')!.split('; ')).toContain('Path=/')
  })

  it('determines the paths in the API reference', async () => {
    const { headers } = await send('GET', '/')
    expect(headers.get('location')).toBe('/neptun/docs')
    const { text } = await send('GET', '/docs')
    expect([...text.matchAll(/\b(?:src|data-url)="([^"]*)"/g)].map(([, address]) => address))
      .toStrictEqual(['/neptun/docs/assets/strict.js', '/neptun/docs/assets/standalone.js', '/neptun/openapi.json'])
    expect((await send('GET', '/openapi.json')).body).toMatchObject({ servers: [{ url: '/neptun' }] })
  })
})
