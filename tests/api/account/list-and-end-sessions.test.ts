import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions } from '#db/schema/users'
import { aTime, expectError, expectJson } from '../../support/expect.ts'
import type { Json } from '../../support/http.ts'
import { rawRequest } from '../../support/raw.ts'
import { lookInside } from '../../support/sql.ts'
import { inAnotherBrowser, signedInUser, type Person } from '../../support/world.ts'

const db = lookInside()

const pathOf = (person: { id: number }) => `/api/users/${person.id}/sessions`
const list = async (person: Person): Promise<Json[]> => (await person.get(pathOf(person))).body.sessions
const endSession = (person: Person, id: number) => person.send('DELETE', `${pathOf(person)}/${id}`)
const endOthers = (person: Person) => person.send('DELETE', pathOf(person))
const currentId = async (person: Person): Promise<number> => (await list(person)).find(({ current }) => current).id
const isSignedIn = async (person: Person) => (await person.get('/api/auth/check')).status === 200
const hashOf = ({ session }: Person) => createHash('sha256').update(session).digest()
const isSessionOf = (person: Person) => eq(sessions.token_hash, hashOf(person))

/** Changes that make a session invalid without ending it. */
const expiries: [string, object][] = [
  ['past its expiry', { expires_at: sql`now()` }],
  ['unused for 7 days', { last_used_at: sql`now() - interval '7 days'` }],
]

describe('GET /api/users/[user_id]/sessions', () => {
  it('returns exactly the documented fields, newest session first', async () => {
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

  it('marks the session of the request as current', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const [here, there] = [await list(ada), await list(other)]
    expect(here.map(({ current }) => current)).toStrictEqual([false, true])
    expect(there.map(({ current }) => current)).toStrictEqual([true, false])
    expect(there.map(({ id }) => id)).toStrictEqual(here.map(({ id }) => id))
  })

  it('exposes neither tokens nor their hashes', async () => {
    const ada = await signedInUser()
    const { text } = await ada.get(pathOf(ada))
    const secrets = [ada.session, hashOf(ada).toString('hex'), hashOf(ada).toString('base64')]
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(Number.isSafeInteger(await currentId(ada))).toBe(true)
  })

  it('returns the expiry 30 days after creation and the time of the last use', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    await db.update(sessions).set({ last_used_at: twoHoursAgo }).where(isSessionOf(other))
    const [{ created_at, expires_at, last_used_at }] = await list(ada) as [Json]
    expect(new Date(expires_at).getTime() - new Date(created_at).getTime()).toBe(30 * 24 * 60 * 60 * 1000)
    expect(last_used_at).toBe(twoHoursAgo.toISOString())
  })

  it('returns null as the user agent of a client that does not send one', async () => {
    const ada = await signedInUser()
    const credentials = JSON.stringify({ email: ada.email, password: ada.password })
    const login = { headers: { 'content-type': 'application/json' }, chunks: [credentials] }
    expect((await rawRequest('POST', '/api/auth/login', login)).status).toBe(200)
    expect((await list(ada))[0].user_agent).toBeNull()
  })

  it.each(expiries)('omits a session %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expect((await list(ada)).map(({ current }) => current)).toStrictEqual([true])
  })

  it('omits a session that was logged out', async () => {
    const ada = await signedInUser()
    await (await inAnotherBrowser(ada)).post('/api/auth/logout')
    expect((await list(ada)).map(({ current }) => current)).toStrictEqual([true])
  })
})

describe('DELETE /api/users/[user_id]/sessions/[session_id]', () => {
  it('ends only that session, effective immediately', async () => {
    const ada = await signedInUser()
    const [ended, kept] = [await inAnotherBrowser(ada), await inAnotherBrowser(ada)]
    const id = await currentId(ended)
    expectJson(await endSession(ada, id), 200, true)
    expectError(await ended.get(pathOf(ada)), 401, 'You do not have access to view the information.')
    expect([await isSignedIn(ada), await isSignedIn(kept)]).toStrictEqual([true, true])
    expect((await list(ada)).map(session => session.id)).not.toContain(id)
  })

  it('can end the current session', async () => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    expectJson(await endSession(ada, await currentId(ada)), 200, true)
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([false, true])
  })

  it('returns 404 for a session that has ended', async () => {
    const ada = await signedInUser()
    const id = await currentId(await inAnotherBrowser(ada))
    await endSession(ada, id)
    expectError(await endSession(ada, id), 404, 'Session not found')
  })

  it('succeeds for exactly one of two concurrent requests', async () => {
    const ada = await signedInUser()
    const id = await currentId(await inAnotherBrowser(ada))
    const answers = await Promise.all([endSession(ada, id), endSession(ada, id)])
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 404])
  })

  it.each(expiries)('returns 404 for a session %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    const id = await currentId(other)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expectError(await endSession(ada, id), 404, 'Session not found')
  })
})

describe('DELETE /api/users/[user_id]/sessions', () => {
  it('ends all sessions except the current one and returns their number', async () => {
    const ada = await signedInUser()
    const others = [await inAnotherBrowser(ada), await inAnotherBrowser(ada)]
    expectJson(await endOthers(ada), 200, { ended: 2 })
    expect(await Promise.all([ada, ...others].map(isSignedIn))).toStrictEqual([true, false, false])
  })

  it('returns 0 if there is no other session', async () => {
    const ada = await signedInUser()
    expectJson(await endOthers(ada), 200, { ended: 0 })
    expect(await isSignedIn(ada)).toBe(true)
  })

  it('keeps the sessions of other users', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    await endOthers(ada)
    expect(await isSignedIn(eve)).toBe(true)
  })

  it.each(expiries)('does not count a session %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await inAnotherBrowser(ada)
    await inAnotherBrowser(ada)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expectJson(await endOthers(ada), 200, { ended: 1 })
  })
})
