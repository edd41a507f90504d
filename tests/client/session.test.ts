import { describe, expect, it } from 'vitest'
import { createNeptunClient, unwrap } from '#client/index'
import { startCheckingProxy } from '../support/checking-proxy.ts'
import { signedInUser, uniqueEmail, validPassword } from '../support/factories.ts'
import { startStubServer } from './stub-server.ts'

const baseUrl = await startCheckingProxy()
const check = (neptun: ReturnType<typeof createNeptunClient>) => neptun.GET('/api/auth/check')

describe('client session', () => {
  it('starts at sign-up, is sent with every request and ends at logout', async () => {
    const neptun = createNeptunClient({ baseUrl })
    expect(neptun.session).toBeUndefined()
    const { user } = await unwrap(neptun.signUp({ email: uniqueEmail(), password: validPassword }))
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

  it('is kept after a failed login', async () => {
    const ada = await signedInUser()
    const neptun = createNeptunClient({ baseUrl, session: ada.session })
    expect((await neptun.logIn({ email: ada.email, password: 'something else' })).response.status).toBe(401)
    expect(neptun.session).toBe(ada.session)
  })

  it('can be restored from an earlier client', async () => {
    const { id, session } = await signedInUser()
    expect((await unwrap(check(createNeptunClient({ baseUrl, session })))).user.id).toBe(id)
  })

  it('is not shared between clients', async () => {
    const [one, other] = [createNeptunClient({ baseUrl }), createNeptunClient({ baseUrl })]
    await unwrap(one.signUp({ email: uniqueEmail(), password: validPassword }))
    expect(other.session).toBeUndefined()
    expect((await check(other)).response.status).toBe(401)
  })

  it('is neither sent to nor accepted from another origin', async () => {
    const { session } = await signedInUser()
    const neptun = createNeptunClient({ baseUrl, session })
    const other = await startStubServer((_, response) =>
      response.setHeader('set-cookie', 'neptun-session=theirs').end('true'))
    await neptun.POST('/api/auth/logout', { baseUrl: other.url })
    expect(other.requests).toEqual([{ cookie: undefined }])
    expect(neptun.session).toBe(session)
  })

  it('is not sent to the target of a redirect, and neither is a password', async () => {
    const target = await startStubServer((_, response) => response.end('true'))
    const { url } = await startStubServer((_, response) => response.writeHead(307, { location: target.url }).end())
    const neptun = createNeptunClient({ baseUrl: url, session: 'secret' })
    await expect(check(neptun)).rejects.toThrow(TypeError)
    await expect(neptun.logIn({ email: 'ada@example.com', password: validPassword })).rejects.toThrow(TypeError)
    expect(target.requests).toEqual([])
  })
})
