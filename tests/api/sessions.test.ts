import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions } from '#db/schema/users'
import { aTime, expectError, expectJson } from '../support/expect.ts'
import type { Json } from '../support/http.ts'
import { rawRequest } from '../support/raw.ts'
import { lookInside } from '../support/sql.ts'
import { inAnotherBrowser, signedInUser, type Person } from '../support/world.ts'

const db = lookInside()

const pathOf = (person: { id: number }) => `/api/users/${person.id}/sessions`
const list = async (person: Person): Promise<Json[]> => (await person.get(pathOf(person))).body.sessions
const end = (person: Person, id: number) => person.send('DELETE', `${pathOf(person)}/${id}`)
const endOthers = (person: Person) => person.send('DELETE', pathOf(person))
const currentId = async (person: Person): Promise<number> => (await list(person)).find(({ current }) => current).id
const isSignedIn = async (person: Person) => (await person.get('/api/auth/check')).status === 200
const hashOf = ({ session }: Person) => createHash('sha256').update(session).digest()
const isSessionOf = (person: Person) => eq(sessions.token_hash, hashOf(person))

/** The ways in which a session ends without anybody ending it. */
const expiries: [string, object][] = [
  ['expired', { expires_at: sql`now()` }],
  ['gone unused for 7 days', { last_used_at: sql`now() - interval '7 days'` }],
]

describe('the sessions of a user', () => {
  it('are listed newest first, each with what tells it from the others, and nothing else', async () => {
    const ada = await signedInUser({ headers: { 'user-agent': 'Firefox' } })
    await inAnotherBrowser(ada, 'Lynx')
    const session = { id: expect.any(Number), created_at: aTime, last_used_at: aTime, expires_at: aTime }
    expectJson(await ada.get(pathOf(ada)), 200, {
      sessions: [
        { ...session, current: false, user_agent: 'Lynx' },
        { ...session, current: true, user_agent: 'Firefox' },
      ],
    })
  })

  it('are the same from each of them, but for which is the current one', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const [here, there] = [await list(ada), await list(other)]
    expect(here.map(({ current }) => current)).toStrictEqual([false, true])
    expect(there.map(({ current }) => current)).toStrictEqual([true, false])
    expect(there.map(({ id }) => id)).toStrictEqual(here.map(({ id }) => id))
  })

  it('show neither a token nor its hash', async () => {
    const ada = await signedInUser()
    const { text } = await ada.get(pathOf(ada))
    for (const secret of [ada.session, hashOf(ada).toString('hex'), hashOf(ada).toString('base64')]) expect(text).not.toContain(secret)
    expect(Number.isSafeInteger(await currentId(ada))).toBe(true)
  })

  it('end 30 days after they began, and say when they were used last', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const lastUse = new Date(Date.now() - 2 * 60 * 60 * 1000)
    await db.update(sessions).set({ last_used_at: lastUse }).where(isSessionOf(other))
    const [{ created_at: begin, expires_at: end, last_used_at: use }] = await list(ada) as [Json]
    expect(new Date(end).getTime() - new Date(begin).getTime()).toBe(30 * 24 * 60 * 60 * 1000)
    expect(use).toBe(lastUse.toISOString())
  })

  it('have null for a program that does not say what it is', async () => {
    const ada = await signedInUser()
    const login = JSON.stringify({ email: ada.email, password: ada.password })
    expect((await rawRequest('POST', '/api/auth/login', { headers: { 'content-type': 'application/json' }, chunks: [login] })).status).toBe(200)
    expect((await list(ada))[0].user_agent).toBeNull()
  })

  it.each(expiries)('are listed without one that has %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expect((await list(ada)).map(({ current }) => current)).toStrictEqual([true])
  })

  it('are listed without one that was logged out', async () => {
    const ada = await signedInUser()
    await (await inAnotherBrowser(ada)).post('/api/auth/logout')
    expect((await list(ada)).map(({ current }) => current)).toStrictEqual([true])
  })
})

describe('a session', () => {
  it('that is ended from another is refused at its next request, and no other is', async () => {
    const ada = await signedInUser()
    const [lost, kept] = [await inAnotherBrowser(ada), await inAnotherBrowser(ada)]
    const id = await currentId(lost)
    expectJson(await end(ada, id), 200, true)
    expectError(await lost.get(pathOf(ada)), 401, 'You do not have access to view the information.')
    expect([await isSignedIn(ada), await isSignedIn(kept)]).toStrictEqual([true, true])
    expect((await list(ada)).map(session => session.id)).not.toContain(id)
  })

  it('can end itself', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    expectJson(await end(ada, await currentId(ada)), 200, true)
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([false, true])
  })

  it('is not found once it has been ended', async () => {
    const ada = await signedInUser()
    const id = await currentId(await inAnotherBrowser(ada))
    await end(ada, id)
    expectError(await end(ada, id), 404, 'Session not found')
  })

  it('is ended by exactly one of two at the same time', async () => {
    const ada = await signedInUser()
    const id = await currentId(await inAnotherBrowser(ada))
    const answers = await Promise.all([end(ada, id), end(ada, id)])
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 404])
  })

  it.each(expiries)('is not found once it has %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const id = await currentId(other)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expectError(await end(ada, id), 404, 'Session not found')
  })
})

describe('signing out everywhere else', () => {
  it('ends all sessions but the current one, and counts them', async () => {
    const ada = await signedInUser()
    const others = [await inAnotherBrowser(ada), await inAnotherBrowser(ada)]
    expectJson(await endOthers(ada), 200, { ended: 2 })
    expect(await Promise.all([ada, ...others].map(isSignedIn))).toStrictEqual([true, false, false])
  })

  it('ends none where there is no other', async () => {
    const ada = await signedInUser()
    expectJson(await endOthers(ada), 200, { ended: 0 })
    expect(await isSignedIn(ada)).toBe(true)
  })

  it('ends none of anybody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    await endOthers(ada)
    expect(await isSignedIn(eve)).toBe(true)
  })

  it.each(expiries)('does not count one that has %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    await inAnotherBrowser(ada)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expectJson(await endOthers(ada), 200, { ended: 1 })
  })
})
