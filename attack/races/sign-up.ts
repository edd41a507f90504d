import { sql } from 'drizzle-orm'
import { uniqueEmail, validPassword } from '../../tests/support/factories.ts'
import type { Context } from '../part.ts'
import { json, send } from '../send.ts'
import { hasStatus, moment, times, together } from './run-together.ts'

const kind = 'sign up twice'

/** Signs up with the same address several times at once, in upper and in lower case. */
export async function signUpTwice(context: Context): Promise<void> {
  const { tally, url, db } = context
  const email = uniqueEmail()
  const outcomes = await together(context, kind, [201, 409], times(4, async (i) => {
    await moment()
    const body = { email: i % 2 ? email : email.toUpperCase(), password: validPassword }
    return send(url, { method: 'POST', path: '/api/auth/sign-up', ...json(body) })
  }))
  const created = outcomes.filter(hasStatus(201)).length
  const [stored] = await db.execute<Record<'users' | 'entries' | 'sessions', number>>(sql`
    with account as (select id from users where lower(primary_email) = ${email})
    select (select count(*) from account)::int as users,
      (select count(*) from directory where lower(key) = ${email})::int as entries,
      (select count(*) from sessions join account on neptun_user_id = account.id)::int as sessions`)
  if (created !== 1 && !outcomes.some(hasStatus(503))) tally.fell(kind, `${created} of 4 succeeded for ${email}`)
  if (Object.values(stored!).some(count => count !== created))
    tally.fell(kind, `${created} of 4 succeeded for ${email}, but ${JSON.stringify(stored)} are stored`)
}
