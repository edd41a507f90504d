import { createHash, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { sessions, users } from '#db/schema/users'
import { signedInUser, uniqueEmail } from '../../support/factories.ts'
import { request } from '../../support/http.ts'
import { useDatabase } from '../../support/use-database.ts'

const db = useDatabase()

/** The tables with a row that contains this text, or its bytes in hexadecimal. */
async function tablesContaining(text: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public'`)
  expect(tables.map(({ name }) => name)).toContain('sessions')
  const hex = Buffer.from(text).toString('hex')
  const containing: string[] = []
  for (const { name } of tables) {
    const [{ count }] = await db.execute(sql`
      select count(*)::int as count from ${sql.identifier(name)} as row
      where strpos(row::text, ${text}) > 0 or strpos(row::text, ${hex}) > 0`) as unknown as [{ count: number }]
    if (count > 0) containing.push(name)
  }
  return containing
}

describe('the database', () => {
  it('stores only the SHA-256 hash of a session token', async () => {
    const ada = await signedInUser()
    const isSessionOfAda = eq(sessions.token_hash, createHash('sha256').update(ada.session).digest())
    const rows = await db.select({ owner: sessions.neptun_user_id }).from(sessions).where(isSessionOfAda)
    expect(rows).toStrictEqual([{ owner: ada.id }])
    expect(await tablesContaining(ada.session)).toStrictEqual([])
  })

  it('stores only the bcrypt hash of a password', async () => {
    const [email, password] = [uniqueEmail(), `a password of ${randomUUID()}`]
    const { body } = await request('POST', '/api/auth/sign-up', { email, password })
    const [account] = await db.select().from(users).where(eq(users.id, body.user.id))
    expect(account!.password_hash).toMatch(/^\$2b\$04\$[./\w]{53}$/)
    expect(await tablesContaining(password)).toStrictEqual([])
  })
})
