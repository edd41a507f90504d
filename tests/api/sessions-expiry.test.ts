import { createHash, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions, users } from '#db/schema/users'
import { errorBody } from '../support/expect.ts'
import { request } from '../support/http.ts'
import { lookInside } from '../support/sql.ts'
import { anEmail, signedInUser, type Person } from '../support/world.ts'

const db = lookInside()
const nobody = errorBody(401, 'You do not have access to view the information.')

const isSessionOf = ({ session }: Person) => eq(sessions.token_hash, createHash('sha256').update(session).digest())
const ago = (interval: string) => sql`now() - ${interval}::interval`
const statusOf = async (person: Person) => (await person.get('/api/auth/check')).status

async function lastUseOf(person: Person): Promise<Date> {
  const [session] = await db.select().from(sessions).where(isSessionOf(person))
  return session!.last_used_at
}

describe('a session', () => {
  it('is refused after 7 days without use', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ last_used_at: ago('7 days') }).where(isSessionOf(ada))
    const { status, body } = await ada.get('/api/auth/check')
    expect(status).toBe(401)
    expect(body).toStrictEqual(nobody)
  })

  it('goes on after 6 days and 23 hours without use, for 7 more', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ last_used_at: ago('6 days 23 hours') }).where(isSessionOf(ada))
    expect(await statusOf(ada)).toBe(200)
    await db.update(sessions).set({ last_used_at: sql`${sessions.last_used_at} - interval '6 days 23 hours'` }).where(isSessionOf(ada))
    expect(await statusOf(ada)).toBe(200)
  })

  it('is refused 30 days after its creation, even if it was used just now', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ created_at: ago('30 days'), expires_at: sql`now()`, last_used_at: sql`now()` }).where(isSessionOf(ada))
    expect(await statusOf(ada)).toBe(401)
  })

  it('has 30 days from its creation', async () => {
    const ada = await signedInUser()
    const [session] = await db.select().from(sessions).where(isSessionOf(ada))
    expect(session!.expires_at.getTime() - session!.created_at.getTime()).toBe(30 * 24 * 60 * 60 * 1000)
  })

  it('that has ended counts as none at a logout', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ last_used_at: ago('8 days') }).where(isSessionOf(ada))
    expect((await ada.post('/api/auth/logout')).body).toBe(false)
  })

  it('is not written to by a request within 5 minutes of the last', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ last_used_at: ago('4 minutes 50 seconds') }).where(isSessionOf(ada))
    const before = await lastUseOf(ada)
    expect(await statusOf(ada)).toBe(200)
    expect(await lastUseOf(ada)).toStrictEqual(before)
  })

  it('notes its use after more than 5 minutes', async () => {
    const ada = await signedInUser()
    await db.update(sessions).set({ last_used_at: ago('5 minutes 1 second') }).where(isSessionOf(ada))
    const before = await lastUseOf(ada)
    expect(await statusOf(ada)).toBe(200)
    expect((await lastUseOf(ada)).getTime()).toBeGreaterThan(before.getTime() + 5 * 60 * 1000)
  })

  it('is gone from the database after its logout', async () => {
    const ada = await signedInUser()
    await ada.post('/api/auth/logout')
    expect(await db.select().from(sessions).where(isSessionOf(ada))).toStrictEqual([])
  })
})

describe('the database', () => {
  it('knows the SHA-256 of a token, and the token nowhere', async () => {
    const ada = await signedInUser()
    expect(await db.select({ owner: sessions.neptun_user_id }).from(sessions).where(isSessionOf(ada))).toStrictEqual([{ owner: ada.id }])
    expect(await tablesHolding(ada.session)).toStrictEqual([])
  })

  it('knows the bcrypt hash of a password, and the password nowhere', async () => {
    const [email, password] = [anEmail(), `a password of ${randomUUID()}`]
    const { body } = await request('POST', '/api/auth/sign-up', { email, password })
    const [account] = await db.select().from(users).where(eq(users.id, body.user.id))
    expect(account!.password_hash).toMatch(/^\$2b\$04\$[./\w]{53}$/)
    expect(await tablesHolding(password)).toStrictEqual([])
  })
})

/** The tables with a row that shows this text, or its bytes. */
async function tablesHolding(text: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`select tablename as name from pg_tables where schemaname = 'public'`)
  expect(tables.map(({ name }) => name)).toContain('sessions')
  const holding: string[] = []
  for (const { name } of tables) {
    const [{ count }] = await db.execute(sql`
      select count(*)::int as count from ${sql.identifier(name)} as row
      where strpos(row::text, ${text}) > 0 or strpos(row::text, ${Buffer.from(text).toString('hex')}) > 0`) as unknown as [{ count: number }]
    if (count > 0) holding.push(name)
  }
  return holding
}
