import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { isAnyOf } from '../conditions.ts'
import type { UserKey } from '../keys.ts'
import { maxDeletedBytes, maxDeletedRows } from '../rules.ts'
import { chats, deletions, files, messages } from '../schema/index.ts'

/** Whether chats of a user have more messages, files or bytes than one transaction deletes. */
export function areLarge(tx: Transaction, { user_id }: UserKey, chatIds: number[]): Promise<boolean> {
  const isInChats = (table: typeof messages | typeof files) =>
    and(eq(table.neptun_user_id, user_id), isAnyOf(table.chat_conversation_id, chatIds))
  return isAny(tx, haveManyRows(messages, isInChats(messages)), ...areManyFiles(isInChats(files)))
}

/** Whether a user has more chats, messages, files or bytes than one transaction deletes. */
export function isLargeAccount(tx: Transaction, { user_id }: UserKey): Promise<boolean> {
  const isOwn = (table: typeof chats | typeof messages | typeof files) => eq(table.neptun_user_id, user_id)
  const haveMany = [chats, messages].map(table => haveManyRows(table, isOwn(table)))
  return isAny(tx, ...haveMany, ...areManyFiles(isOwn(files)))
}

// For few rows, these conditions read what is deleted next.
const haveManyRows = (table: typeof chats | typeof messages | typeof files, condition: SQL | undefined) =>
  sql`exists (select 1 from ${table} where ${condition} offset ${maxDeletedRows})`

const areManyFiles = (condition: SQL | undefined) => [haveManyRows(files, condition), sql`(
  select coalesce(sum(size), 0) from (
    select ${files.size} from ${files} where ${condition} limit ${maxDeletedRows}) as first) > ${maxDeletedBytes}`]

async function isAny(tx: Transaction, ...conditions: SQL[]): Promise<boolean> {
  const [row] = await tx.execute<{ is_any: boolean }>(sql`select ${sql.join(conditions, sql` or `)} as is_any`)
  return row!.is_any
}

/** Remembers that a transaction leaves rows of a user, for `continueDeletion`. */
export async function postponeDeletion(tx: Transaction, { user_id }: UserKey): Promise<void> {
  await tx.insert(deletions).values({ neptun_user_id: user_id })
    // Locks the row, so that a step that finds nothing left does not delete it meanwhile.
    .onConflictDoUpdate({ target: deletions.neptun_user_id, set: { requested_at: sql`excluded.requested_at` } })
}
