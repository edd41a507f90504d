import { describe, expect, it } from 'vitest'
import { aTime, blamed, errorBody, invalidBody } from '../support/expect.ts'
import { request } from '../support/http.ts'
import { anEmail, aPassword, sessionOf, signedInUser } from '../support/world.ts'

const signUp = (email: string, password = aPassword) => request('POST', '/api/auth/sign-up', { email, password })
const logIn = (email: string, password = aPassword) => request('POST', '/api/auth/login', { email, password })
const logOut = (session?: string) => request('POST', '/api/auth/logout', undefined, session ? cookie(session) : {})
const check = (session?: string) => request('GET', '/api/auth/check', undefined, session ? cookie(session) : {})
const cookie = (session: string) => ({ headers: { cookie: `neptun-session=${session}` } })
const nobody = errorBody(401, 'You do not have access to view the information.')

describe('a sign-up', () => {
  it('answers 201 with the user and the time, and nothing else', async () => {
    const email = anEmail()
    const { status, body } = await signUp(email)
    expect(status).toBe(201)
    expect(body).toStrictEqual({ user: { id: expect.any(Number), primary_email: email }, loggedInAt: aTime })
  })

  it('gives a cookie that scripts and other sites cannot use, for 30 days', async () => {
    const answer = await signUp(anEmail())
    const [pair, ...attributes] = answer.headers.get('set-cookie')!.split('; ')
    expect(pair).toMatch(/^neptun-session=[\w-]+$/)
    expect(attributes.sort()).toStrictEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax'])
  })

  it('begins a session at once, whose token has at least 32 bytes', async () => {
    const answer = await signUp(anEmail())
    const session = sessionOf(answer)!
    expect(Buffer.from(session, 'base64url').length).toBeGreaterThanOrEqual(32)
    expect((await check(session)).body.user).toStrictEqual(answer.body.user)
  })

  it('trims the e-mail and puts it into lower case', async () => {
    const email = anEmail()
    const { body } = await signUp(` \t${email.toUpperCase()}\n`)
    expect(body.user.primary_email).toBe(email)
  })

  it('is refused for an address that has an account, in whatever case', async () => {
    const email = anEmail()
    await signUp(email)
    const { status, headers, body } = await signUp(email.toUpperCase())
    expect(status).toBe(409)
    expect(body).toStrictEqual(errorBody(409, 'This e-mail address is already in use.'))
    expect(headers.get('set-cookie')).toBeNull()
  })

  it('succeeds for exactly one of twenty at the same time with one address', async () => {
    const email = anEmail()
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(email)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toStrictEqual([201, ...Array<number>(19).fill(409)])
  })

  it.each([
    ['an address without @', { email: 'ada.example.com' }],
    ['an address without a name', { email: '@example.com' }],
    ['an empty address', { email: '' }],
    ['an address of 255 characters', { email: `${'a'.repeat(255 - '@example.com'.length)}@example.com` }],
    ['an address with a NUL', { email: 'a\0da@example.com' }],
    ['an address that is a number', { email: 7 }],
    ['no address', { email: undefined }],
    ['a password of 7 characters', { password: '7 chars' }],
    ['a password of 129 characters', { password: 'x7 '.repeat(43) }],
    ['a common password', { password: 'password1' }],
    ['a common password in another case', { password: 'PassWord1' }],
    ['a password with half an emoji', { password: 'correct \ud83d horse' }],
    ['no password', { password: undefined }],
  ])('is refused with %s', async (_, field) => {
    const answer = await request('POST', '/api/auth/sign-up', { email: anEmail(), password: aPassword, ...field })
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(email, password)'))
    expect(blamed(answer)).toStrictEqual(Object.keys(field))
  })

  it.each([
    ['8 characters', 'abc defg'],
    ['128 characters', 'x7 y'.repeat(32)],
    ['emoji, which count as one character each', '🦊'.repeat(128)],
  ])('takes a password of %s', async (_, password) => {
    const email = anEmail()
    expect((await signUp(email, password)).status).toBe(201)
    expect((await logIn(email, password)).status).toBe(200)
  })

  it('takes an address of 254 characters', async () => {
    const domain = `@${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`
    const email = anEmail().slice(0, 36) + 'c'.repeat(254 - 36 - domain.length) + domain
    expect(email).toHaveLength(254)
    expect((await signUp(email)).body.user.primary_email).toBe(email)
  })
})

describe('a login', () => {
  it('answers 200 with the user and the time, and nothing else', async () => {
    const ada = await signedInUser()
    const { status, body } = await logIn(ada.email)
    expect(status).toBe(200)
    expect(body).toStrictEqual({ user: { id: ada.id, primary_email: ada.email }, loggedInAt: aTime })
  })

  it('finds the account in whatever case, with white space around the address', async () => {
    const ada = await signedInUser()
    expect((await logIn(`  ${ada.email.toUpperCase()} `)).body.user.id).toBe(ada.id)
  })

  it('gives a new token each time, and the older sessions go on', async () => {
    const ada = await signedInUser()
    const [second, third] = [sessionOf(await logIn(ada.email))!, sessionOf(await logIn(ada.email))!]
    expect(new Set([ada.session, second, third]).size).toBe(3)
    for (const session of [ada.session, second, third]) expect((await check(session)).status).toBe(200)
  })

  it('does not take over a token that the caller brought', async () => {
    const ada = await signedInUser()
    const answer = await request('POST', '/api/auth/login', { email: ada.email, password: aPassword }, cookie('chosen-by-somebody-else'))
    expect(sessionOf(answer)).not.toBe('chosen-by-somebody-else')
    expect((await check('chosen-by-somebody-else')).status).toBe(401)
  })

  it('says the same of a wrong password and of an unknown address', async () => {
    const ada = await signedInUser()
    const [wrong, unknown] = [await logIn(ada.email, 'not the password'), await logIn(anEmail(), 'not the password')]
    expect([wrong.status, unknown.status]).toStrictEqual([401, 401])
    expect(wrong.body).toStrictEqual(errorBody(401, 'Invalid credentials'))
    expect(unknown.text).toBe(wrong.text)
    expect([wrong, unknown].map(({ headers }) => headers.get('set-cookie'))).toStrictEqual([null, null])
  })

  it('verifies the password exactly as it was given: white space counts', async () => {
    const email = anEmail()
    await signUp(email, 'correct horse ')
    expect((await logIn(email, 'correct horse ')).status).toBe(200)
    expect((await logIn(email, 'correct horse')).status).toBe(401)
    expect((await logIn(email, ' correct horse ')).status).toBe(401)
    expect((await logIn(email, 'Correct horse ')).status).toBe(401)
  })

  it('reads the password to its end, beyond the 72 bytes that bcrypt does', async () => {
    const [email, start] = [anEmail(), 'staple '.repeat(12).slice(0, 80)]
    await signUp(email, start.padEnd(100, 'a'))
    expect((await logIn(email, start.padEnd(100, 'b'))).status).toBe(401)
    expect((await logIn(email, start)).status).toBe(401)
    expect((await logIn(email, start.padEnd(100, 'a'))).status).toBe(200)
  })

  it.each([
    ['no password', { email: 'ada@example.com' }],
    ['no address', { password: aPassword }],
    ['a password that is a list', { email: 'ada@example.com', password: [aPassword] }],
    ['a NUL in the address', { email: 'ada\0@example.com', password: aPassword }],
  ])('is refused with %s', async (_, body) => {
    const answer = await request('POST', '/api/auth/login', body)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(email, password)'))
  })
})

describe('a logout', () => {
  it('answers true, and the cookie is refused at the very next request', async () => {
    const ada = await signedInUser()
    const { status, body } = await logOut(ada.session)
    expect([status, body]).toStrictEqual([200, true])
    const { status: next, body: refusal } = await check(ada.session)
    expect(next).toBe(401)
    expect(refusal).toStrictEqual(nobody)
  })

  it('answers false without a session, with one that never was, and a second time', async () => {
    const ada = await signedInUser()
    await logOut(ada.session)
    for (const session of [undefined, 'never-was', ada.session]) {
      const { status, text } = await logOut(session)
      expect([status, text]).toStrictEqual([200, 'false'])
    }
  })

  it('takes the cookie out of the browser', async () => {
    const ada = await signedInUser()
    const [pair, ...attributes] = (await logOut(ada.session)).headers.get('set-cookie')!.split('; ')
    expect(pair).toBe('neptun-session=')
    expect(attributes).toEqual(expect.arrayContaining(['Max-Age=0', 'Path=/']))
  })

  it('ends one session, not the others', async () => {
    const ada = await signedInUser()
    const other = sessionOf(await logIn(ada.email))!
    await logOut(ada.session)
    expect((await check(other)).status).toBe(200)
  })
})
