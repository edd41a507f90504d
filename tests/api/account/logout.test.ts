import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions } from '#db/schema/users'
import { errorBody } from '../../support/expect.ts'
import { logInAgain, signedInUser, type TestUser } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const withSession = (session?: string) =>
  ({ headers: { ...session !== undefined && { cookie: `neptun-session=${session}` } } })
const logOut = (session?: string) => request('POST', '/api/auth/logout', undefined, withSession(session))
const checkSession = (session: string) => request('GET', '/api/auth/check', undefined, withSession(session))
const isSessionOf = ({ session }: TestUser) =>
  eq(sessions.token_hash, createHash('sha256').update(session).digest())

describe('POST /api/auth/logout', () => {
  it('returns true and ends the session immediately', async () => {
    const ada = await signedInUser()
    const { status, body } = await logOut(ada.session)
    expect([status, body]).toStrictEqual([200, true])
    const { status: next, body: refusal } = await checkSession(ada.session)
    expect(next).toBe(401)
    expect(refusal).toStrictEqual(errorBody(401, 'You do not have access to view the information.'))
  })

  it('returns false without a session, for an unknown token, and for an ended session', async () => {
    const ada = await signedInUser()
    await logOut(ada.session)
    for (const session of [undefined, 'never-was', ada.session]) {
      const { status, text } = await logOut(session)
      expect([status, text]).toStrictEqual([200, 'false'])
    }
  })

  it('returns false for an expired session', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ last_used_at: sql`now() - interval '8 days'` }).where(isSessionOf(ada))
    expect((await ada.post('/api/auth/logout')).body).toBe(false)
    expect(await db.select().from(sessions).where(isSessionOf(ada))).toStrictEqual([])
  })

  it('clears the cookie', async () => {
    const ada = await signedInUser()
    const [pair, ...attributes] = (await logOut(ada.session)).headers.get('set-cookie')!.split('; ')
    expect(pair).toBe('neptun-session=')
    expect(attributes).toEqual(expect.arrayContaining(['Max-Age=0', 'Path=/']))
  })

  it('ends only the current session', async () => {
    const ada = await signedInUser()
    const { session } = await logInAgain(ada)
    await logOut(ada.session)
    expect((await checkSession(session)).status).toBe(200)
  })

  it('deletes the session from the database', async () => {
    const ada = await signedInUser()
    await ada.post('/api/auth/logout')
    expect(await db.select().from(sessions).where(isSessionOf(ada))).toStrictEqual([])
  })
})
