import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from '../support/http.ts'
import { startServer, type RunningServer } from '../support/server.ts'
import { chatOf, projectOf, shareOf, signedInUser } from '../support/world.ts'

const allowed = ['google/gemma-2-27b-it', 'openai/gpt-4']
const baseUrl = 'https://api.example.com/neptun'
let server: RunningServer

// With an embedded database of its own, and every other setting as it is where nobody sets it.
beforeAll(async () => {
  server = await startServer({ NUXT_BCRYPT_COST: '4', NUXT_ALLOWED_MODELS: allowed.join(', '), NUXT_PUBLIC_BASE_URL: `${baseUrl}/` })
})
afterAll(() => server?.stop())

const signUp = () => signedInUser({ baseUrl: server.url })

describe('where nothing else is set', () => {
  it('cookies go over https alone', async () => {
    const { email, password } = await signUp()
    const { headers } = await request('POST', '/api/auth/login', { email, password }, { baseUrl: server.url })
    expect(headers.get('set-cookie')!.split('; ')).toContain('Secure')
  })

  it('the cookie that unlocks a share does so, too', async () => {
    const ada = await signUp()
    const { uuid } = await shareOf(ada, await chatOf(ada), { password: 'open sesame' })
    const { headers } = await request('POST', `/api/shared/chats/${uuid}/unlock`, { password: 'open sesame' }, { baseUrl: server.url })
    expect(headers.get('set-cookie')!.split('; ')).toContain('Secure')
  })
})

describe('where the models are listed', () => {
  it('they are told, and that no others go', async () => {
    const { status, body } = await request('GET', '/models', undefined, { baseUrl: server.url })
    expect([status, body]).toStrictEqual([200, { models: allowed, any: false }])
  })

  it('a chat has one of them', async () => {
    const ada = await signUp()
    const project = await projectOf(ada)
    const post = (model: string) => ada.post(`/api/users/${ada.id}/projects/${project.id}/chats`, { model, name: 'Talk' })
    for (const model of allowed) expect((await post(model)).status).toBe(201)
    for (const model of ['openai/gpt-5', 'openai/GPT-4', 'openai/gpt-4 ', '']) {
      const { status, body } = await post(model)
      expect([status, body.message]).toStrictEqual([400, 'Invalid body(model, name)'])
    }
  })
})

describe('where the public address is set', () => {
  it('links begin with it, whatever host the request came to', async () => {
    const ada = await signUp()
    const { url, uuid } = await shareOf(ada, await chatOf(ada))
    expect(url).toBe(`${baseUrl}/api/shared/chats/${uuid}`)
  })

  it('the reference finds itself below its path', async () => {
    const { headers } = await request('GET', '/', undefined, { baseUrl: server.url })
    expect(headers.get('location')).toBe('/neptun/docs')
    const { text } = await request('GET', '/docs', undefined, { baseUrl: server.url })
    expect([...text.matchAll(/\b(?:src|data-url)="([^"]*)"/g)].map(([, address]) => address))
      .toStrictEqual(['/neptun/docs/assets/strict.js', '/neptun/docs/assets/standalone.js', '/neptun/openapi.json'])
    expect((await request('GET', '/openapi.json', undefined, { baseUrl: server.url })).body.servers).toMatchObject([{ url: '/neptun' }])
  })
})
