import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import type { RowRef } from './responses.ts'

/** A row that a response presented to a user as their own. */
export type OwnedRow = RowRef & { owner: number }

/** Finds the rows that belong to another user. Rows that have been deleted since are ignored. */
export async function findForeignRows(db: Database, presented: OwnedRow[]): Promise<OwnedRow[]> {
  const found: OwnedRow[] = []
  for (const [table, rows] of Object.entries(Object.groupBy(presented, ({ table }) => table))) {
    found.push(...await db.execute<OwnedRow & Record<string, unknown>>(sql`
      select ${table} as table, presented.id, presented.owner
      from json_to_recordset(${JSON.stringify(rows)}::json) as presented(id bigint, owner bigint)
      join ${sql.identifier(table)} t on t.id = presented.id
      where ${sql.raw(table === 'users' ? 't.id' : 't.neptun_user_id')} <> presented.owner`))
  }
  return found
}

/** Returns the id of the latest whitelist entry. */
export async function latestEntryId(db: Database): Promise<number> {
  const [latest] = await db.execute<{ id: number }>(sql`
    select coalesce(max(id), 0)::int as id from whitelist_entries`)
  return latest!.id
}

/** Finds users that were whitelisted after an entry, although no request named them and they do not own the share. */
export async function findUninvited(db: Database, invited: Set<string>, { after }: { after: number }) {
  const whitelisted = await db.execute<{ email: string }>(sql`
    select distinct users.primary_email as email
    from whitelist_entries
    join shares on shares.id = whitelist_entries.chat_conversation_share_id
    join users on users.id = whitelist_entries.whitelisted_neptun_user_id
    where users.id <> shares.neptun_user_id and whitelist_entries.id > ${after}`)
  return whitelisted.map(({ email }) => email).filter(email => !invited.has(email))
}
