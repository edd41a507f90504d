import { describe, expect, it } from 'vitest'
import { anyTimestamp, errorBody } from '../../support/expect.ts'
import { logInAgain, signedInUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { rawRequest } from '../../support/raw.ts'

const checkSession = (cookie?: string) =>
  request('GET', '/api/auth/check', undefined, { headers: cookie === undefined ? {} : { cookie } })
const unauthorized = errorBody(401, 'You do not have access to view the information.')

describe('GET /api/auth/check', () => {
  it('returns exactly the user, the login time, and the expiry 30 days later', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.get('/api/auth/check')
    expect(status).toBe(200)
    const user = { id: ada.id, primary_email: ada.email }
    expect(body).toStrictEqual({ user, loggedInAt: anyTimestamp, expires_at: anyTimestamp })
    expect(Date.parse(body.expires_at) - Date.parse(body.loggedInAt)).toBe(30 * 24 * 60 * 60 * 1000)
  })

  it('rejects anonymous GET and HEAD requests', async () => {
    const { status, body } = await checkSession()
    expect(status).toBe(401)
    expect(body).toStrictEqual(unauthorized)
    expect((await request('HEAD', '/api/auth/check')).status).toBe(401)
  })
})

describe('the session cookie', () => {
  it.each([
    ['an empty value', 'neptun-session='],
    ['a name without a value', 'neptun-session'],
    ['a cookie with another name', 'session=abc'],
    ['a NUL', 'neptun-session=%00'],
    ['a NUL inside the value', 'neptun-session=abc%00def'],
    ['malformed percent-encoding', 'neptun-session=%E0%A4%A'],
    ['a lone surrogate', 'neptun-session=%ED%A0%BD'],
    ['an emoji', 'neptun-session=%F0%9F%A6%8A'],
    ['10 kB', `neptun-session=${'a'.repeat(10_240)}`],
    ['SQL', 'neptun-session=\' or 1=1; drop table sessions; --'],
    ['JSON', 'neptun-session={"token":null}'],
    ['a quoted value', 'neptun-session="abc"'],
    ['names of built-in properties', '__proto__=abc; constructor=def'],
    ['only separators', ';;;===;'],
  ])('is rejected with 401: %s', async (_, cookie) => {
    const { status, body } = await checkSession(cookie)
    expect(status).toBe(401)
    expect(body).toStrictEqual(unauthorized)
  })

  it('is rejected with 401 when its bytes are not text', async () => {
    const headers = { cookie: 'neptun-session=\xff\xfe\x80é' }
    const { status, body } = await rawRequest('GET', '/api/auth/check', { headers })
    expect(status).toBe(401)
    expect(body).toStrictEqual(unauthorized)
  })

  it('is rejected when a valid token has one character too many or too few', async () => {
    const { session } = await signedInUser()
    expect((await checkSession(`neptun-session=${session}a`)).status).toBe(401)
    expect((await checkSession(`neptun-session=${session.slice(0, -1)}`)).status).toBe(401)
  })

  it('begins with the id of its user, and has 24 random bytes', async () => {
    const ada = await signedInUser()
    const { session } = await logInAgain(ada)
    expect([ada.session, session].map(({ length }) => length)).toStrictEqual([43, 43])
    const bytes = [ada.session, session].map(token => Buffer.from(token, 'base64url'))
    expect(bytes.map(token => token.readBigUInt64BE())).toStrictEqual([BigInt(ada.id), BigInt(ada.id)])
    expect(new Set(bytes.map(token => token.subarray(8).toString('hex'))).size).toBe(2)
  })

  it('is rejected when a valid token has the id of another user', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const ownerOf = (token: string) => Buffer.from(token, 'base64url').subarray(0, 8)
    const secretOf = (token: string) => Buffer.from(token, 'base64url').subarray(8)
    const forged = Buffer.concat([ownerOf(ada.session), secretOf(eve.session)]).toString('base64url')
    expect((await checkSession(`neptun-session=${forged}`)).status).toBe(401)
  })

  it('is taken from the first of several session cookies', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { body } = await checkSession(`neptun-session=${ada.session}; neptun-session=${eve.session}`)
    expect(body.user.id).toBe(ada.id)
    expect((await checkSession(`neptun-session=stale; neptun-session=${eve.session}`)).status).toBe(401)
  })

  it('is found among unrelated cookies', async () => {
    const ada = await signedInUser()
    const { body } = await checkSession(`theme=dark; neptun-session=${ada.session}; lang=%`)
    expect(body.user.id).toBe(ada.id)
  })
})
