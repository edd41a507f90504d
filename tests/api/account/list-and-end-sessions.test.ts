import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions } from '#db/schema/users'
import { anyTimestamp, expectError, expectJson } from '../../support/expect.ts'
import { logInAgain, signedInUser, type TestUser } from '../../support/factories.ts'
import { rawRequest } from '../../support/raw.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const pathOf = (person: { id: number }) => `/api/users/${person.id}/sessions` as const
const list = async (person: TestUser) => (await person.get(pathOf(person))).body.sessions
const endSession = (person: TestUser, id: number) => person.send('DELETE', `${pathOf(person)}/${id}`)
const endOthers = (person: TestUser) => person.send('DELETE', pathOf(person))
const currentId = async (person: TestUser) => (await list(person)).find(({ current }) => current)!.id
const isSignedIn = async (person: TestUser) => (await person.get('/api/auth/check')).status === 200
const hashOf = ({ session }: TestUser) => createHash('sha256').update(session).digest()
const isSessionOf = (person: TestUser) => eq(sessions.token_hash, hashOf(person))

/** Changes that make a session invalid without ending it. */
const expiries: [string, object][] = [
  ['past its expiry', { expires_at: sql`now()` }],
  ['unused for 7 days', { last_used_at: sql`now() - interval '7 days'` }],
]

describe('GET /api/users/[user_id]/sessions', () => {
  it('returns exactly the documented fields, newest session first', async () => {
    const ada = await signedInUser({ headers: { 'user-agent': 'Firefox' } })
    await logInAgain(ada, 'Lynx')
    const session = {
      id: expect.any(Number),
      created_at: anyTimestamp,
      last_used_at: anyTimestamp,
      expires_at: anyTimestamp,
    }
    expectJson(await ada.get(pathOf(ada)), 200, {
      sessions: [
        { ...session, current: false, user_agent: 'Lynx' },
        { ...session, current: true, user_agent: 'Firefox' },
      ],
    })
  })

  it('marks the session of the request as current', async () => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
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
    const other = await logInAgain(ada)
    const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    await db.update(sessions).set({ last_used_at: twoHoursAgo }).where(isSessionOf(other))
    const { created_at, expires_at, last_used_at } = (await list(ada))[0]!
    expect(new Date(expires_at).getTime() - new Date(created_at).getTime()).toBe(30 * 24 * 60 * 60 * 1000)
    expect(last_used_at).toBe(twoHoursAgo.toISOString())
  })

  it('returns null as the user agent of a client that does not send one', async () => {
    const ada = await signedInUser()
    const credentials = JSON.stringify({ email: ada.email, password: ada.password })
    const login = { headers: { 'content-type': 'application/json' }, chunks: [credentials] }
    expect((await rawRequest('POST', '/api/auth/login', login)).status).toBe(200)
    expect((await list(ada))[0]!.user_agent).toBeNull()
  })

  it.each(expiries)('omits a session %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expect((await list(ada)).map(({ current }) => current)).toStrictEqual([true])
  })

  it('omits a session that was logged out', async () => {
    const ada = await signedInUser()
    await (await logInAgain(ada)).post('/api/auth/logout')
    expect((await list(ada)).map(({ current }) => current)).toStrictEqual([true])
  })
})

describe('DELETE /api/users/[user_id]/sessions/[session_id]', () => {
  it('ends only that session, effective immediately', async () => {
    const ada = await signedInUser()
    const [ended, kept] = [await logInAgain(ada), await logInAgain(ada)]
    const id = await currentId(ended)
    expectJson(await endSession(ada, id), 200, true)
    expectError(await ended.get(pathOf(ada)), 401, 'You do not have access to view the information.')
    expect([await isSignedIn(ada), await isSignedIn(kept)]).toStrictEqual([true, true])
    expect((await list(ada)).map(session => session.id)).not.toContain(id)
  })

  it('can end the current session', async () => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    expectJson(await endSession(ada, await currentId(ada)), 200, true)
    expect([await isSignedIn(ada), await isSignedIn(other)]).toStrictEqual([false, true])
  })

  it('returns 404 for a session that has ended', async () => {
    const ada = await signedInUser()
    const id = await currentId(await logInAgain(ada))
    await endSession(ada, id)
    expectError(await endSession(ada, id), 404, 'Session not found')
  })

  it('succeeds for exactly one of two concurrent requests', async () => {
    const ada = await signedInUser()
    const id = await currentId(await logInAgain(ada))
    const answers = await Promise.all([endSession(ada, id), endSession(ada, id)])
    expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 404])
  })

  it.each(expiries)('returns 404 for a session %s', async (_, expiry) => {
    const ada = await signedInUser()
    const other = await logInAgain(ada)
    const id = await currentId(other)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expectError(await endSession(ada, id), 404, 'Session not found')
  })
})

describe('DELETE /api/users/[user_id]/sessions', () => {
  it('ends all sessions except the current one and returns their number', async () => {
    const ada = await signedInUser()
    const others = [await logInAgain(ada), await logInAgain(ada)]
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
    const other = await logInAgain(ada)
    await logInAgain(ada)
    await db.update(sessions).set(expiry).where(isSessionOf(other))
    expectJson(await endOthers(ada), 200, { ended: 1 })
    expect(await db.select().from(sessions).where(isSessionOf(other))).toStrictEqual([])
  })
})
