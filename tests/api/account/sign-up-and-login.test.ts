import { describe, expect, it } from 'vitest'
import { anyTimestamp, errorBody, issueFields, validationErrorBody } from '../../support/expect.ts'
import { sessionOf, signedInUser, uniqueEmail, validPassword } from '../../support/factories.ts'
import { request } from '../../support/http.ts'

const signUp = (email: string, password = validPassword) => request('POST', '/api/auth/sign-up', { email, password })
const logIn = (email: string, password = validPassword) => request('POST', '/api/auth/login', { email, password })
const withSession = (session: string) => ({ headers: { cookie: `neptun-session=${session}` } })
const checkSession = (session: string) => request('GET', '/api/auth/check', undefined, withSession(session))

describe('POST /api/auth/sign-up', () => {
  it('returns 201 with exactly the user and the login time', async () => {
    const email = uniqueEmail()
    const { status, body } = await signUp(email)
    expect(status).toBe(201)
    expect(body).toStrictEqual({ user: { id: expect.any(Number), primary_email: email }, loggedInAt: anyTimestamp })
  })

  it('sets a cookie for 30 days that scripts and other sites cannot use', async () => {
    const answer = await signUp(uniqueEmail())
    const [pair, ...attributes] = answer.headers.get('set-cookie')!.split('; ')
    expect(pair).toMatch(/^neptun-session=[\w-]+$/)
    expect(attributes.sort()).toStrictEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax'])
  })

  it('starts a session with a token of at least 32 bytes', async () => {
    const answer = await signUp(uniqueEmail())
    const session = sessionOf(answer)!
    expect(Buffer.from(session, 'base64url').length).toBeGreaterThanOrEqual(32)
    expect((await checkSession(session)).body.user).toStrictEqual(answer.body.user)
  })

  it('trims and lowercases the email address', async () => {
    const email = uniqueEmail()
    const { body } = await signUp(` \t${email.toUpperCase()}\n`)
    expect(body.user.primary_email).toBe(email)
  })

  it('rejects an email address that is already in use, regardless of case', async () => {
    const email = uniqueEmail()
    await signUp(email)
    const { status, headers, body } = await signUp(email.toUpperCase())
    expect(status).toBe(409)
    expect(body).toStrictEqual(errorBody(409, 'This e-mail address is already in use.'))
    expect(headers.get('set-cookie')).toBeNull()
  })

  it('succeeds for exactly one of 20 concurrent requests with the same email address', async () => {
    const email = uniqueEmail()
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(email)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toStrictEqual([201, ...Array<number>(19).fill(409)])
  })

  it.each([
    ['an email address without @', { email: 'ada.example.com' }],
    ['an email address without a local part', { email: '@example.com' }],
    ['an empty email address', { email: '' }],
    ['an email address with a Kelvin sign', { email: 'mi\u212Ae@example.com' }],
    ['an email address with a Kelvin sign in its domain', { email: 'mike@\u212Aelvin.example' }],
    ['an email address with a fullwidth letter', { email: 'mi\uFF2Be@example.com' }],
    ['an email address with an umlaut', { email: 'müller@example.com' }],
    ['an email address of 255 characters', { email: `${'a'.repeat(255 - '@example.com'.length)}@example.com` }],
    ['an email address with a NUL', { email: 'a\0da@example.com' }],
    ['a numeric email address', { email: 7 }],
    ['a missing email address', { email: undefined }],
    ['a password of 7 characters', { password: '7 chars' }],
    ['a password of 129 characters', { password: 'x7 '.repeat(43) }],
    ['a common password', { password: 'password1' }],
    ['a common password in mixed case', { password: 'PassWord1' }],
    ['a password with a lone surrogate', { password: 'correct \ud83d horse' }],
    ['a missing password', { password: undefined }],
  ])('rejects %s', async (_, field) => {
    const credentials = { email: uniqueEmail(), password: validPassword, ...field }
    const answer = await request('POST', '/api/auth/sign-up', credentials)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(email, password)'))
    expect(issueFields(answer)).toStrictEqual(Object.keys(field))
  })

  it.each([
    ['8 characters', 'abc defg'],
    ['128 characters', 'x7 y'.repeat(32)],
    ['128 emoji, each counted as one character', '🦊'.repeat(128)],
  ])('accepts a password of %s', async (_, password) => {
    const email = uniqueEmail()
    expect((await signUp(email, password)).status).toBe(201)
    expect((await logIn(email, password)).status).toBe(200)
  })

  it('accepts an email address of 254 characters', async () => {
    const domain = `@${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`
    const email = uniqueEmail().slice(0, 36) + 'c'.repeat(254 - 36 - domain.length) + domain
    expect(email).toHaveLength(254)
    expect((await signUp(email)).body.user.primary_email).toBe(email)
  })
})

describe('POST /api/auth/login', () => {
  it('returns 200 with exactly the user and the login time', async () => {
    const ada = await signedInUser()
    const { status, body } = await logIn(ada.email)
    expect(status).toBe(200)
    expect(body).toStrictEqual({ user: { id: ada.id, primary_email: ada.email }, loggedInAt: anyTimestamp })
  })

  it('ignores the case of the email address and surrounding white space', async () => {
    const ada = await signedInUser()
    expect((await logIn(`  ${ada.email.toUpperCase()} `)).body.user.id).toBe(ada.id)
  })

  it('does not take a Kelvin sign for a K', async () => {
    const email = `kate-${uniqueEmail()}`
    expect((await signUp(email)).status).toBe(201)
    expect((await logIn(email.replace('k', 'K'))).status).toBe(200)
    const answer = await logIn(email.replace('k', '\u212A'))
    expect([answer.status, answer.body]).toStrictEqual([401, errorBody(401, 'Invalid credentials')])
  })

  it('issues a new token each time and keeps earlier sessions', async () => {
    const ada = await signedInUser()
    const [second, third] = [sessionOf(await logIn(ada.email))!, sessionOf(await logIn(ada.email))!]
    expect(new Set([ada.session, second, third]).size).toBe(3)
    for (const session of [ada.session, second, third]) expect((await checkSession(session)).status).toBe(200)
  })

  it('ends the session that the client had, even that of another user', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const credentials = { email: ada.email, password: validPassword }
    for (const replaced of [ada, eve]) {
      const answer = await request('POST', '/api/auth/login', credentials, withSession(replaced.session))
      expect((await checkSession(replaced.session)).status).toBe(401)
      expect((await checkSession(sessionOf(answer)!)).status).toBe(200)
    }
  })

  it('keeps the session of the client if the password is wrong', async () => {
    const ada = await signedInUser()
    await request('POST', '/api/auth/login', { email: ada.email, password: 'wrong' }, withSession(ada.session))
    expect((await checkSession(ada.session)).status).toBe(200)
  })

  it('does not adopt a token sent by the client', async () => {
    const ada = await signedInUser()
    const credentials = { email: ada.email, password: validPassword }
    const answer = await request('POST', '/api/auth/login', credentials, withSession('chosen-by-an-attacker'))
    expect(sessionOf(answer)).not.toBe('chosen-by-an-attacker')
    expect((await checkSession('chosen-by-an-attacker')).status).toBe(401)
  })

  it('answers a wrong password and an unknown email address identically', async () => {
    const ada = await signedInUser()
    const wrong = await logIn(ada.email, 'not the password')
    const unknown = await logIn(uniqueEmail(), 'not the password')
    expect([wrong.status, unknown.status]).toStrictEqual([401, 401])
    expect(wrong.body).toStrictEqual(errorBody(401, 'Invalid credentials'))
    expect(unknown.text).toBe(wrong.text)
    expect([wrong, unknown].map(({ headers }) => headers.get('set-cookie'))).toStrictEqual([null, null])
  })

  it('compares the password exactly, including case and white space', async () => {
    const email = uniqueEmail()
    await signUp(email, 'correct horse ')
    expect((await logIn(email, 'correct horse ')).status).toBe(200)
    expect((await logIn(email, 'correct horse')).status).toBe(401)
    expect((await logIn(email, ' correct horse ')).status).toBe(401)
    expect((await logIn(email, 'Correct horse ')).status).toBe(401)
  })

  it('compares the whole password, beyond the 72 bytes that bcrypt reads', async () => {
    const [email, prefix] = [uniqueEmail(), 'staple '.repeat(12).slice(0, 80)]
    await signUp(email, prefix.padEnd(100, 'a'))
    expect((await logIn(email, prefix.padEnd(100, 'b'))).status).toBe(401)
    expect((await logIn(email, prefix)).status).toBe(401)
    expect((await logIn(email, prefix.padEnd(100, 'a'))).status).toBe(200)
  })

  it.each([
    ['a missing password', { email: 'ada@example.com' }],
    ['a missing email address', { password: validPassword }],
    ['an array as the password', { email: 'ada@example.com', password: [validPassword] }],
    ['an email address with a NUL', { email: 'ada\0@example.com', password: validPassword }],
  ])('rejects %s', async (_, body) => {
    const answer = await request('POST', '/api/auth/login', body)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(email, password)'))
  })
})
