import { createHash, randomBytes } from 'node:crypto'
import { and, eq, lt, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions } from '#db/schema/users'
import { errorBody } from '../../support/expect.ts'
import { logInAgain, signedInUser, type TestUser } from '../../support/factories.ts'
import type { ApiResponse } from '../../support/http.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

const isSessionOf = ({ session }: TestUser) =>
  eq(sessions.token_hash, createHash('sha256').update(session).digest())
const updateSession = (person: TestUser, changes: object) => db.update(sessions).set(changes).where(isSessionOf(person))
const ago = (interval: string) => sql`now() - ${interval}::interval`

async function lastUseOf(person: TestUser): Promise<Date> {
  const [session] = await db.select().from(sessions).where(isSessionOf(person))
  return session!.last_used_at
}

describe.each<[string, (person: TestUser) => Promise<ApiResponse>]>([
  ['the check', person => person.get('/api/auth/check')],
  ['a read', person => person.get(`/api/users/${person.id}/chats`)],
  ['a write', person => person.post(`/api/users/${person.id}/chats`, { name: 'A', model: 'openai/gpt-4o' })],
])('%s', (_, send) => {
  const isAccepted = async (person: TestUser) => (await send(person)).status < 300

  it('rejects a session unused for 7 days', async () => {
    const ada = await signedInUser()
    await updateSession(ada, { last_used_at: ago('7 days') })
    const { status, body } = await send(ada)
    expect(status).toBe(401)
    expect(body).toStrictEqual(errorBody(401, 'You do not have access to view the information.'))
  })

  it('extends a session by 7 days when it is used after 6 days and 23 hours', async () => {
    const ada = await signedInUser()
    await updateSession(ada, { last_used_at: ago('6 days 23 hours') })
    expect(await isAccepted(ada)).toBe(true)
    const nearlySevenDays = (7 * 24 - 1) * 60 * 60 * 1000
    await updateSession(ada, { last_used_at: new Date((await lastUseOf(ada)).getTime() - nearlySevenDays) })
    expect(await isAccepted(ada)).toBe(true)
  })

  it('rejects a session 30 days after its creation, even if it was just used', async () => {
    const ada = await signedInUser()
    await updateSession(ada, { created_at: ago('30 days'), expires_at: sql`now()`, last_used_at: sql`now()` })
    expect(await isAccepted(ada)).toBe(false)
  })

  it('does not write to a session used less than 5 minutes ago', async () => {
    const ada = await signedInUser()
    await updateSession(ada, { last_used_at: ago('4 minutes 50 seconds') })
    const before = await lastUseOf(ada)
    expect(await isAccepted(ada)).toBe(true)
    expect(await lastUseOf(ada)).toStrictEqual(before)
  })

  it('records the use of a session last used more than 5 minutes ago', async () => {
    const ada = await signedInUser()
    await updateSession(ada, { last_used_at: ago('5 minutes 1 second') })
    const before = await lastUseOf(ada)
    expect(await isAccepted(ada)).toBe(true)
    expect((await lastUseOf(ada)).getTime()).toBeGreaterThan(before.getTime() + 5 * 60 * 1000)
  })
})

describe('sessions', () => {
  it('expire 30 days after their creation', async () => {
    const ada = await signedInUser()
    const [session] = await db.select().from(sessions).where(isSessionOf(ada))
    expect(session!.expires_at.getTime() - session!.created_at.getTime()).toBe(30 * 24 * 60 * 60 * 1000)
  })

  it('that have ended are removed at the next login, and only those', async () => {
    const ada = await signedInUser()
    const unused = await logInAgain(ada)
    const old = await logInAgain(ada)
    await updateSession(unused, { last_used_at: ago('7 days') })
    await updateSession(old, { expires_at: ago('1 second') })
    await logInAgain(ada)
    for (const session of [unused, old]) expect(await db.$count(sessions, isSessionOf(session))).toBe(0)
    expect(await db.$count(sessions, eq(sessions.neptun_user_id, ada.id))).toBe(2)
    expect((await ada.get('/api/auth/check')).status).toBe(200)
  })

  it('beyond 1,000 end at the next login, those first that have not been used for longest', async () => {
    const [ada, bob] = [await signedInUser(), await signedInUser()]
    const usedAgo = (days: number) => Array.from({ length: 600 }, () => ({
      neptun_user_id: ada.id, token_hash: randomBytes(32), last_used_at: ago(`${days} days`),
    }))
    await db.insert(sessions).values(usedAgo(2))
    await db.insert(sessions).values(usedAgo(1))
    await db.insert(sessions).values(usedAgo(0).map(session => ({
      ...session, created_at: ago('30 days'), expires_at: ago('1 second'),
    })))
    const latest = await logInAgain(ada)
    const isOfAda = eq(sessions.neptun_user_id, ada.id)
    expect(await db.$count(sessions, isOfAda)).toBe(1000)
    expect(await db.$count(sessions, and(isOfAda, lt(sessions.last_used_at, ago('36 hours'))))).toBe(398)
    for (const person of [ada, latest, bob]) expect((await person.get('/api/auth/check')).status).toBe(200)
  })
})

describe('the user agent of a session', () => {
  it('is cut to 512 characters', async () => {
    const session = await logInAgain(await signedInUser(), 'x'.repeat(2000))
    const [stored] = await db.select().from(sessions).where(isSessionOf(session))
    expect(stored!.user_agent).toBe('x'.repeat(512))
  })
})
