import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { blamed, expectError, expectJson, invalidBody } from '../support/expect.ts'
import { request } from '../support/http.ts'
import { follow } from '../support/raw.ts'
import { counts, rowsOf, stillThere, tablesOf } from '../support/rows.ts'
import { active, expectRefusal, sharedChat } from '../support/shares.ts'
import { lookInside } from '../support/sql.ts'
import {
  anEmail, aPassword, chatOf, furnish, inAnotherBrowser, looseChatOf, openShare, projectOf, signedInUser, type Person,
} from '../support/world.ts'

const db = lookInside()

const pathOf = (person: { id: number }) => `/api/users/${person.id}`
const change = (person: Person, changes: unknown) => person.send('PATCH', pathOf(person), changes)
const changeKnowing = (person: Person, changes: object) => change(person, { ...changes, current_password: person.password })
const logIn = async (email: string, password: string) => (await request('POST', '/api/auth/login', { email, password })).status
const isSignedIn = async (person: Person) => (await person.get('/api/auth/check')).status === 200
const aNewPassword = 'staple of another horse'

/** That somebody is as they were: address, password and sessions. */
async function expectUnchanged(...sessions: Person[]): Promise<void> {
  for (const person of sessions)
    expectJson(await person.get(pathOf(person)), 200, { user: { id: person.id, primary_email: person.email } })
  expect(await logIn(sessions[0]!.email, sessions[0]!.password)).toBe(200)
}

describe('an account', () => {
  it('is answered with its id and its address, and nothing else', async () => {
    const ada = await signedInUser()
    expectJson(await ada.get(pathOf(ada)), 200, { user: { id: ada.id, primary_email: ada.email } })
  })
})

describe('a new e-mail address', () => {
  it('is trimmed and put into lower case, and is the one to log in with from then on', async () => {
    const [ada, email] = [await signedInUser(), anEmail()]
    const user = { id: ada.id, primary_email: email }
    expectJson(await changeKnowing(ada, { email: ` \t${email.toUpperCase()}\n` }), 200, { user })
    expectJson(await ada.get(pathOf(ada)), 200, { user })
    expect(await logIn(email, ada.password)).toBe(200)
    expect(await logIn(ada.email, ada.password)).toBe(401)
  })

  it('ends no session', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    expect((await changeKnowing(ada, { email: anEmail() })).status).toBe(200)
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([true, true])
  })

  it('leaves the old one to whoever signs up next', async () => {
    const ada = await signedInUser()
    await changeKnowing(ada, { email: anEmail() })
    expect((await request('POST', '/api/auth/sign-up', { email: ada.email, password: aPassword })).status).toBe(201)
  })

  it('may be the one that the account has, in whatever case', async () => {
    const ada = await signedInUser()
    for (const email of [ada.email, ada.email.toUpperCase()])
      expectJson(await changeKnowing(ada, { email }), 200, { user: { id: ada.id, primary_email: ada.email } })
  })

  it('is refused where it is taken, in whatever case, and the password stays too', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const other = await inAnotherBrowser(ada)
    for (const email of [eve.email, eve.email.toUpperCase()])
      expectError(await changeKnowing(ada, { email, password: aNewPassword }), 409, 'This e-mail address is already in use.')
    await expectUnchanged(ada, other)
    await expectUnchanged(eve)
  })
})

describe('a new password', () => {
  it('is the one to log in with from then on', async () => {
    const ada = await signedInUser()
    expectJson(await changeKnowing(ada, { password: aNewPassword }), 200, { user: { id: ada.id, primary_email: ada.email } })
    expect(await logIn(ada.email, ada.password)).toBe(401)
    expect(await logIn(ada.email, aNewPassword)).toBe(200)
  })

  it('is kept exactly as it was sent', async () => {
    const ada = await signedInUser()
    expect((await changeKnowing(ada, { password: '  spaces around  ' })).status).toBe(200)
    expect(await logIn(ada.email, 'spaces around')).toBe(401)
    expect(await logIn(ada.email, '  spaces around  ')).toBe(200)
  })

  it('ends every other session at once, and neither this one nor those of anybody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const others = [await inAnotherBrowser(ada), await inAnotherBrowser(ada)]
    await changeKnowing(others[0]!, { password: aNewPassword })
    expect(await Promise.all([ada, ...others, eve].map(isSignedIn))).toStrictEqual([false, true, false, true])
  })

  it('can come together with a new address', async () => {
    const [ada, email] = [await signedInUser(), anEmail()]
    const other = await inAnotherBrowser(ada)
    expectJson(await changeKnowing(ada, { email, password: aNewPassword }), 200, { user: { id: ada.id, primary_email: email } })
    expect(await logIn(email, aNewPassword)).toBe(200)
    expect([await logIn(email, ada.password), await logIn(ada.email, aNewPassword)]).toStrictEqual([401, 401])
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([true, false])
  })

  it('is taken from exactly one of two who change it at the same time', async () => {
    const ada = await signedInUser()
    const passwords = ['the first of two horses', 'the second of two horses']
    const answers = await Promise.all(passwords.map(password => changeKnowing(ada, { password })))
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 403])
    expectError(answers.find(({ status }) => status === 403)!, 403, 'Wrong current password')
    for (const [i, { status }] of answers.entries())
      expect(await logIn(ada.email, passwords[i]!)).toBe(status === 200 ? 200 : 401)
  })
})

describe('a change of the account', () => {
  it.each([
    ['without the current password', { email: anEmail(), password: aNewPassword }, 'current_password'],
    ['with an empty current password', { email: anEmail(), current_password: '' }, 'current_password'],
    ['with a current password that is a number', { email: anEmail(), current_password: 7 }, 'current_password'],
    ['with no field at all', {}, 'current_password'],
    ['with nothing to change', { current_password: aPassword }, undefined],
    ['with nothing to change that is known', { current_password: aPassword, id: 1, primary_email: anEmail() }, undefined],
    ['to no address', { email: null, current_password: aPassword }, 'email'],
    ['to an address without @', { email: 'ada.example.com', current_password: aPassword }, 'email'],
    ['to an address of 255 characters', { email: `${'a'.repeat(243)}@example.com`, current_password: aPassword }, 'email'],
    ['to no password', { password: null, current_password: aPassword }, 'password'],
    ['to a password of 7 characters', { password: '7 chars', current_password: aPassword }, 'password'],
    ['to a password of 129 characters', { password: 'x7 '.repeat(43), current_password: aPassword }, 'password'],
    ['to a common password', { password: 'PassWord1', current_password: aPassword }, 'password'],
    ['to a good address and a common password', { email: anEmail(), password: 'password1', current_password: aPassword }, 'password'],
  ])('is refused %s, and the field is named', async (_, changes, field) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const answer = await change(ada, changes)
    expect(answer.status).toBe(400)
    expect(answer.body).toStrictEqual(invalidBody('Invalid body(email, password, current_password)'))
    expect(blamed(answer)).toStrictEqual([field])
    await expectUnchanged(ada, other)
  })

  it.each(['wrong horse battery', ` ${aPassword}`, `${aPassword} `, aPassword.toUpperCase(), 'x'])('is refused to who takes %j for the password', async (guess) => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const other = await inAnotherBrowser(ada)
    // Nor is anything told of who else has an account.
    for (const email of [anEmail(), eve.email])
      expectError(await change(ada, { email, password: aNewPassword, current_password: guess }), 403, 'Wrong current password')
    await expectUnchanged(ada, other)
  })
})

describe('an account that is deleted', () => {
  it('is answered with true, and the cookie is taken back', async () => {
    const ada = await signedInUser()
    const answer = await ada.send('DELETE', pathOf(ada))
    expectJson(answer, 200, true)
    const [pair, ...attributes] = answer.headers.get('set-cookie')!.split('; ')
    expect(pair).toBe('neptun-session=')
    expect(attributes).toContain('Max-Age=0')
    expect(attributes).toContain('Path=/')
  })

  it('is refused in every browser from then on, and at the login', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    await ada.send('DELETE', pathOf(ada))
    for (const person of [ada, other])
      expectError(await person.get(pathOf(person)), 401, 'You do not have access to view the information.')
    expect(await logIn(ada.email, ada.password)).toBe(401)
  })

  it('leaves its address to somebody new, who has nothing of it', async () => {
    const ada = await signedInUser()
    await projectOf(ada)
    await ada.send('DELETE', pathOf(ada))
    const { status, body } = await request('POST', '/api/auth/sign-up', { email: ada.email, password: aPassword })
    expect(status).toBe(201)
    expect(body.user.id).not.toBe(ada.id)
    expect((await rowsOf(db, body.user)).projects).toStrictEqual([])
  })

  it('takes everything with it, out of every table, and nothing of anybody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    for (const person of [ada, eve]) {
      await furnish(person, await chatOf(person))
      await furnish(person, await looseChatOf(person))
    }
    const [adas, eves] = [await rowsOf(db, ada), await rowsOf(db, eve)]
    expect(Object.keys(adas).sort()).toStrictEqual((await tablesOf(db)).sort())
    expect(Object.entries(adas).filter(([, ids]) => ids.length === 0)).toStrictEqual([])
    expectJson(await ada.send('DELETE', pathOf(ada)), 200, true)
    expect(Object.values(counts(await stillThere(db, adas)))).toStrictEqual(Object.keys(adas).map(() => 0))
    expect(await rowsOf(db, eve)).toStrictEqual(eves)
  })

  it('takes its links with it: those to shared chats and those to files', async () => {
    const ada = await signedInUser()
    const { file, share } = await furnish(ada, await chatOf(ada))
    expect((await follow(file.url)).status).toBe(200)
    await ada.send('DELETE', pathOf(ada))
    expectError(await follow(file.url), 404, 'File not found')
    expect((await openShare(share.uuid)).status).toBe(404)
  })

  it('leaves a share closed that let in nobody but its owner and this account', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { owner, uuid, id } = await sharedChat({ emails: [ada.email] })
    const open = (person: Person) => person.get(`/api/shared/chats/${uuid}`)
    expect((await open(ada)).status).toBe(200)
    await ada.send('DELETE', pathOf(ada))
    expectRefusal(await open(eve), 403, active('whitelist'))
    expectRefusal(await open(ada), 401, active('whitelist'))
    expectRefusal(await openShare(uuid), 401, active('whitelist'))
    expect((await open(owner)).status).toBe(200)
    const entries = await db.execute(sql`select id from whitelist_entries where chat_conversation_share_id = ${id}`)
    expect([...entries]).toStrictEqual([])
  })
})
