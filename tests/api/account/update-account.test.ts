import { describe, expect, it } from 'vitest'
import { expectError, expectJson, issueFields, validationErrorBody } from '../../support/expect.ts'
import { logInAgain, signedInUser, uniqueEmail, validPassword, type TestUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'

const pathOf = (person: { id: number }) => `/api/users/${person.id}`
const update = (person: TestUser, changes: unknown) => person.send('PATCH', pathOf(person), changes)
const updateWithPassword = (person: TestUser, changes: object) =>
  update(person, { ...changes, current_password: person.password })
const logIn = async (email: string, password: string) =>
  (await request('POST', '/api/auth/login', { email, password })).status
const isSignedIn = async (person: TestUser) => (await person.get('/api/auth/check')).status === 200
const aNewPassword = 'staple of another horse'

/** Asserts that a user's email address and password are unchanged and that each of these sessions is still valid. */
async function expectUnchanged(...sessions: [TestUser, ...TestUser[]]): Promise<void> {
  for (const person of sessions) {
    const { body } = await person.get<'getUser'>(pathOf(person))
    expect(body.user).toStrictEqual({ id: person.id, primary_email: person.email })
  }
  expect(await logIn(sessions[0].email, sessions[0].password)).toBe(200)
}

describe('GET /api/users/[user_id]', () => {
  it('returns exactly the id and the email address, the usage and its limits', async () => {
    const ada = await signedInUser()
    expectJson(await ada.get(pathOf(ada)), 200, {
      user: { id: ada.id, primary_email: ada.email },
      usage: { chats: 0, bytes: 0 },
      limits: { chats: 1_000_000, bytes: 10 * 1024 ** 3, messages_per_chat: 1_000_000 },
    })
  })
})

describe('PATCH /api/users/[user_id] with an email address', () => {
  it('trims and lowercases the address, which replaces the old one at login', async () => {
    const [ada, email] = [await signedInUser(), uniqueEmail()]
    const user = { id: ada.id, primary_email: email }
    expectJson(await updateWithPassword(ada, { email: ` \t${email.toUpperCase()}\n` }), 200, { user })
    expect((await ada.get(pathOf(ada))).body).toMatchObject({ user })
    expect(await logIn(email, ada.password)).toBe(200)
    expect(await logIn(ada.email, ada.password)).toBe(401)
  })

  it('keeps all sessions', async () => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    expect((await updateWithPassword(ada, { email: uniqueEmail() })).status).toBe(200)
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([true, true])
  })

  it('frees the old address for a new sign-up', async () => {
    const ada = await signedInUser()
    await updateWithPassword(ada, { email: uniqueEmail() })
    const credentials = { email: ada.email, password: validPassword }
    expect((await request('POST', '/api/auth/sign-up', credentials)).status).toBe(201)
  })

  it('accepts the current address, regardless of case', async () => {
    const ada = await signedInUser()
    const user = { id: ada.id, primary_email: ada.email }
    for (const email of [ada.email, ada.email.toUpperCase()])
      expectJson(await updateWithPassword(ada, { email }), 200, { user })
  })

  it.each([
    '\u212Aate@example.com', 'k\u00e4te@example.com',
  ])('rejects an address that is not ASCII: %s', async (email) => {
    const ada = await signedInUser()
    const answer = await updateWithPassword(ada, { email })
    expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(email, password, current_password)'))
    expect(issueFields(answer)).toStrictEqual(['email'])
    await expectUnchanged(ada)
  })

  it('rejects an address that is already in use, regardless of case, and keeps the password', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const other = await logInAgain(ada)
    for (const email of [eve.email, eve.email.toUpperCase()]) {
      const answer = await updateWithPassword(ada, { email, password: aNewPassword })
      expectError(answer, 409, 'This e-mail address is already in use.')
    }
    await expectUnchanged(ada, other)
    await expectUnchanged(eve)
  })
})

describe('PATCH /api/users/[user_id] with a password', () => {
  it('replaces the old password at login', async () => {
    const ada = await signedInUser()
    const user = { id: ada.id, primary_email: ada.email }
    expectJson(await updateWithPassword(ada, { password: aNewPassword }), 200, { user })
    expect(await logIn(ada.email, ada.password)).toBe(401)
    expect(await logIn(ada.email, aNewPassword)).toBe(200)
  })

  it('keeps surrounding white space', async () => {
    const ada = await signedInUser()
    expect((await updateWithPassword(ada, { password: '  spaces around  ' })).status).toBe(200)
    expect(await logIn(ada.email, 'spaces around')).toBe(401)
    expect(await logIn(ada.email, '  spaces around  ')).toBe(200)
  })

  it('ends all other sessions of the user, but not the current one', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const others = [await logInAgain(ada), await logInAgain(ada)]
    await updateWithPassword(others[0]!, { password: aNewPassword })
    expect(await Promise.all([ada, ...others, eve].map(isSignedIn))).toStrictEqual([false, true, false, true])
  })

  it('accepts a new email address in the same request', async () => {
    const [ada, email] = [await signedInUser(), uniqueEmail()]
    const other = await logInAgain(ada)
    const user = { id: ada.id, primary_email: email }
    expectJson(await updateWithPassword(ada, { email, password: aNewPassword }), 200, { user })
    expect(await logIn(email, aNewPassword)).toBe(200)
    expect([await logIn(email, ada.password), await logIn(ada.email, aNewPassword)]).toStrictEqual([401, 401])
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([true, false])
  })

  it('succeeds for exactly one of two concurrent requests', async () => {
    const ada = await signedInUser()
    const passwords = ['the first of two horses', 'the second of two horses']
    const answers = await Promise.all(passwords.map(password => updateWithPassword(ada, { password })))
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 403])
    expectError(answers.find(({ status }) => status === 403)!, 403, 'Wrong current password')
    for (const [i, { status }] of answers.entries())
      expect(await logIn(ada.email, passwords[i]!)).toBe(status === 200 ? 200 : 401)
  })
})

describe('PATCH /api/users/[user_id]', () => {
  const current = { current_password: validPassword }

  it.each([
    ['a missing current password', { email: uniqueEmail(), password: aNewPassword }, 'current_password'],
    ['an empty current password', { email: uniqueEmail(), current_password: '' }, 'current_password'],
    ['a numeric current password', { email: uniqueEmail(), current_password: 7 }, 'current_password'],
    ['an empty object', {}, 'current_password'],
    ['a body with only the current password', current, undefined],
    ['a body with only unknown fields', { ...current, id: 1, primary_email: uniqueEmail() }, undefined],
    ['null as the email address', { ...current, email: null }, 'email'],
    ['an email address without @', { ...current, email: 'ada.example.com' }, 'email'],
    ['an email address of 255 characters', { ...current, email: `${'a'.repeat(243)}@example.com` }, 'email'],
    ['null as the password', { ...current, password: null }, 'password'],
    ['a password of 7 characters', { ...current, password: '7 chars' }, 'password'],
    ['a password of 129 characters', { ...current, password: 'x7 '.repeat(43) }, 'password'],
    ['a common password', { ...current, password: 'PassWord1' }, 'password'],
    ['a valid address and a common password', { ...current, email: uniqueEmail(), password: 'password1' }, 'password'],
  ])('rejects %s and names the invalid field', async (_, changes, field) => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    const answer = await update(ada, changes)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(validationErrorBody('Invalid body(email, password, current_password)'))
    expect(issueFields(answer)).toStrictEqual([field])
    await expectUnchanged(ada, other)
  })

  it.each([
    'wrong horse battery', ` ${validPassword}`, `${validPassword} `, validPassword.toUpperCase(), 'x',
  ])('rejects the wrong current password %j without revealing whether the new address is in use', async (guess) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const other = await logInAgain(ada)
    for (const email of [uniqueEmail(), eve.email]) {
      const answer = await update(ada, { email, password: aNewPassword, current_password: guess })
      expectError(answer, 403, 'Wrong current password')
    }
    await expectUnchanged(ada, other)
  })
})
