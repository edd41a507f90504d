import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import type { Seen } from './responses.ts'

/** A row that somebody was told of as their own. */
export type Told = Seen & { owner: number }

const ownerOf: Record<string, string> = {
  users: 't.id',
  whitelist_entries: '(select neptun_user_id from shares where id = t.chat_conversation_share_id)',
}

/** Which of the rows that people were told of are somebody else's; those that are gone by now tell nothing. */
export async function foreignRows(db: Database, told: Told[]): Promise<Told[]> {
  const found: Told[] = []
  for (const [table, rows] of Object.entries(Object.groupBy(told, ({ table }) => table))) {
    found.push(...await db.execute<Told & Record<string, unknown>>(sql`
      select ${table} as table, told.id, told.owner
      from json_to_recordset(${JSON.stringify(rows)}::json) as told(id bigint, owner bigint)
      join ${sql.identifier(table)} t on t.id = told.id
      where ${sql.raw(ownerOf[table] ?? 't.neptun_user_id')} <> told.owner`))
  }
  return found
}

/** The entry that came to a whitelist last. */
export async function lastEntry(db: Database): Promise<number> {
  const [last] = await db.execute<{ id: number }>(sql`select coalesce(max(id), 0)::int as id from whitelist_entries`)
  return last!.id
}

/** Who came to a whitelist after that entry without having been named, by their addresses: neither the owner, nor one of these. */
export async function uninvited(db: Database, named: Set<string>, { since }: { since: number }): Promise<string[]> {
  const listed = await db.execute<{ email: string }>(sql`
    select distinct users.primary_email as email
    from whitelist_entries
    join shares on shares.id = whitelist_entries.chat_conversation_share_id
    join users on users.id = whitelist_entries.whitelisted_neptun_user_id
    where users.id <> shares.neptun_user_id and whitelist_entries.id > ${since}`)
  return listed.map(({ email }) => email).filter(email => !named.has(email))
}
