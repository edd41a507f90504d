import { describe, expect, it } from 'vitest'
import { aTime, errorBody } from '../support/expect.ts'
import { request } from '../support/http.ts'
import { rawRequest } from '../support/raw.ts'
import { signedInUser } from '../support/world.ts'

const check = (cookie?: string) => request('GET', '/api/auth/check', undefined, { headers: cookie === undefined ? {} : { cookie } })
const nobody = errorBody(401, 'You do not have access to view the information.')

describe('the check of a session', () => {
  it('tells who is signed in, since when and until when, and nothing else', async () => {
    const ada = await signedInUser()
    const { status, body } = await ada.get('/api/auth/check')
    expect(status).toBe(200)
    expect(body).toStrictEqual({ user: { id: ada.id, primary_email: ada.email }, loggedInAt: aTime, expires_at: aTime })
    expect(Date.parse(body.expires_at) - Date.parse(body.loggedInAt)).toBe(30 * 24 * 60 * 60 * 1000)
  })

  it('answers HEAD with 200 and no body', async () => {
    const ada = await signedInUser()
    const { status, text } = await ada.send('HEAD', '/api/auth/check')
    expect([status, text]).toStrictEqual([200, ''])
  })

  it('refuses who is not signed in, by GET and by HEAD', async () => {
    const { status, body } = await check()
    expect(status).toBe(401)
    expect(body).toStrictEqual(nobody)
    expect((await request('HEAD', '/api/auth/check')).status).toBe(401)
  })
})

describe('a cookie is input, and one that we did not give out is a 401 whatever it looks like', () => {
  it.each([
    ['empty', 'neptun-session='],
    ['without a value', 'neptun-session'],
    ['of another name', 'session=abc'],
    ['a NUL', 'neptun-session=%00'],
    ['a NUL inside', 'neptun-session=abc%00def'],
    ['broken percent-encoding', 'neptun-session=%E0%A4%A'],
    ['half an emoji', 'neptun-session=%ED%A0%BD'],
    ['an emoji', 'neptun-session=%F0%9F%A6%8A'],
    ['10 kB', `neptun-session=${'a'.repeat(10_240)}`],
    ['SQL', 'neptun-session=\' or 1=1; drop table sessions; --'],
    ['JSON', 'neptun-session={"token":null}'],
    ['in quotes', 'neptun-session="abc"'],
    ['name of a built-in', '__proto__=abc; constructor=def'],
    ['only separators', ';;;===;'],
  ])('%s', async (_, cookie) => {
    const { status, body } = await check(cookie)
    expect(status).toBe(401)
    expect(body).toStrictEqual(nobody)
  })

  it('bytes that are no text', async () => {
    const { status, body } = await rawRequest('GET', '/api/auth/check', { headers: { cookie: 'neptun-session=\xff\xfe\x80é' } })
    expect(status).toBe(401)
    expect(body).toStrictEqual(nobody)
  })

  it('a real one with a character more or less', async () => {
    const { session } = await signedInUser()
    expect((await check(`neptun-session=${session}a`)).status).toBe(401)
    expect((await check(`neptun-session=${session.slice(0, -1)}`)).status).toBe(401)
  })

  it('the first of two counts, and the other signs nobody else in', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { body } = await check(`neptun-session=${ada.session}; neptun-session=${eve.session}`)
    expect(body.user.id).toBe(ada.id)
    expect((await check(`neptun-session=stale; neptun-session=${eve.session}`)).status).toBe(401)
  })

  it('stands beside the cookies of others', async () => {
    const ada = await signedInUser()
    expect((await check(`theme=dark; neptun-session=${ada.session}; lang=%`)).body.user.id).toBe(ada.id)
  })
})
