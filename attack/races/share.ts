import { sql } from 'drizzle-orm'
import { createChat } from '../../tests/support/factories.ts'
import type { Context } from '../part.ts'
import { signUp } from '../users.ts'
import { hasStatus, moment, times, together } from './run-together.ts'

const kind = 'create share twice'

/** Shares a chat several times at once, and sometimes deletes it meanwhile. */
export async function shareTwice(context: Context): Promise<void> {
  const { tally, url, db } = context
  const user = await signUp(url)
  const chat = await createChat(user)
  const path = `/api/users/${user.id}/chats/${chat.id}` as const
  const deletesChat = Math.random() < 0.5
  const share = async (i: number) => {
    await moment()
    return user.post(`${path}/shares`, i % 2 ? { password: `open ${i}` } : { emails: [user.email] })
  }
  const remove = async () => {
    await moment()
    return user.send('DELETE', path)
  }
  const [shared, deletion] = await Promise.all([
    together(context, kind, deletesChat ? [201, 404, 409] : [201, 409], times(4, share)),
    together(context, kind, [200], deletesChat ? [remove()] : []),
  ])
  const created = shared.filter(hasStatus(201)).length
  const [stored] = await db.execute<{ shares: number, entries: number }>(sql`
    select (select count(*) from shares where neptun_user_id = ${user.id})::int as shares,
      (select count(*) from directory where neptun_user_id = ${user.id} and key not like '%@%')::int as entries`)
  const expected = deletion.some(hasStatus(200)) ? 0 : created
  const isUnavailable = shared.some(hasStatus(503))
  if (created > 1 || (created === 0 && !deletesChat && !isUnavailable))
    tally.fell(kind, `${created} of 4 were created, at ${path}/shares`)
  if (stored!.shares !== expected || stored!.entries !== expected)
    tally.fell(kind, `${created} were created, but ${JSON.stringify(stored)} are stored of ${path}/shares`)
}
