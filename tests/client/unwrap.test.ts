import { describe, expect, it } from 'vitest'
import { createNeptunClient, NeptunError, unwrap } from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { validPassword } from '../support/factories.ts'
import { startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()

describe('unwrap', () => {
  it('throws a NeptunError with the status, message and issues of the response', async () => {
    const neptun = createNeptunClient({ baseUrl })
    const call = neptun.signUp({ email: 'ada', password: validPassword })
    const refusal = await unwrap(call).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(NeptunError)
    expect(refusal).toMatchObject({
      status: 400,
      message: 'Invalid body(email, password)',
      data: { name: 'ValidationError', issues: [{ path: ['email'] }] },
    })
  })

  it('includes the shareInfo of a refused shared chat', async () => {
    const uuid = '00000000-0000-4000-8000-000000000000'
    const call = createNeptunClient({ baseUrl }).GET('/api/shared/chats/{uuid}', { params: { path: { uuid } } })
    await expect(unwrap(call)).rejects.toMatchObject({ status: 404, data: { shareInfo: { shareExists: false } } })
  })

  it('throws a NeptunError for an error response that is not from the API', async () => {
    const proxy = await startStubServer((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'))
    const call = createNeptunClient({ baseUrl: proxy.url }).GET('/api/auth/check')
    await expect(unwrap(call)).rejects.toMatchObject({ status: 502, message: '502 Bad Gateway', data: {} })
  })

  it('rethrows errors from fetch unchanged', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    const call = createNeptunClient({ baseUrl, fetch }).GET('/api/auth/check')
    await expect(unwrap(call)).rejects.toThrow(new TypeError('fetch failed'))
  })
})
