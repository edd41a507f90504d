import { and, gt, ne, sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { isAnyOf } from '#db/conditions'
import { whitelistEntries } from '#db/schema/shares'
import { users } from '#db/schema/users'
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
  const entries = await db.select().from(whitelistEntries)
    .where(and(
      gt(whitelistEntries.id, after),
      ne(whitelistEntries.whitelisted_neptun_user_id, whitelistEntries.neptun_user_id),
    ))
  const listed = new Set(entries.map(entry => entry.whitelisted_neptun_user_id))
  const found = await db.select({ email: users.primary_email }).from(users).where(isAnyOf(users.id, [...listed]))
  return found.map(({ email }) => email).filter(email => !invited.has(email))
}
