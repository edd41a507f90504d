import { sql } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { QuotaExceededError } from '../errors.ts'
import type { UserKey } from '../keys.ts'
import { files, messages, usage } from '../schema/index.ts'
import { defineStatement, value } from '../statement.ts'

/** What a user has stored. */
export interface Usage {
  chats: number
  /** The bytes of messages, in UTF-8, and of files. */
  bytes: number
}

/** What a user may store at most. Requests that run at the same time may together exceed the chats and bytes. */
export interface Quotas extends Usage {
  messagesPerChat: number
}

export const unlimited: Quotas = { chats: Infinity, bytes: Infinity, messagesPerChat: Infinity }

const selectUsage = defineStatement<Record<keyof Usage, string>>(() => sql`
  select coalesce(sum(chats), 0) as chats, coalesce(sum(bytes), 0) as bytes from ${usage}
  where ${usage.neptun_user_id} = ${value('user_id')}`)

/** What a user has stored. */
export async function getUsage(db: Executor, { user_id }: UserKey): Promise<Usage> {
  const [sum] = await selectUsage(db, { user_id })
  return { chats: Number(sum!.chats), bytes: Number(sum!.bytes) }
}

/**
 * Checks that a user may store more.
 * @throws QuotaExceededError
 */
export async function assertRoom(
  tx: Transaction,
  key: UserKey,
  { chats = 0, bytes = 0 }: Partial<Usage>,
  quotas: Quotas,
): Promise<void> {
  const stored = await getUsage(tx, key)
  if (chats > 0 && stored.chats + chats > quotas.chats) throw new QuotaExceededError('chats')
  if (bytes > 0 && stored.bytes + bytes > quotas.bytes) throw new QuotaExceededError('bytes')
}

/** The rows that the usage of a user is spread over. */
const slots = 16

const addUsage = defineStatement<never>(() => sql`
  insert into ${usage} (neptun_user_id, slot, chats, bytes)
  values (${value('user_id')}, ${value('slot')}, ${value('chats')}, ${value('bytes')})
  on conflict (neptun_user_id, slot) do update
  set chats = ${usage.chats} + excluded.chats, bytes = ${usage.bytes} + excluded.bytes`)

/** Adds to the usage of a user. The last statement before COMMIT, because the row stays locked until then. */
export async function countUsage(
  tx: Transaction,
  { user_id }: UserKey,
  { chats = 0, bytes = 0 }: Partial<Usage>,
): Promise<void> {
  await addUsage(tx, { user_id, slot: Math.floor(Math.random() * slots), chats, bytes })
}

const selectBytesOfChats = defineStatement<{ bytes: string }>(() => sql`
  select coalesce(sum(bytes), 0) as bytes from (
    select octet_length(content) as bytes from ${messages}
    where ${messages.neptun_user_id} = ${value('user_id')}
      and ${messages.chat_conversation_id} = any(${value('chat_ids')}::bigint[])
    union all
    select size from ${files}
    where ${files.neptun_user_id} = ${value('user_id')}
      and ${files.chat_conversation_id} = any(${value('chat_ids')}::bigint[])) as stored`)

/** The bytes that chats of a user take. Reads all that is in them, so it is for chats that are being deleted. */
export async function bytesOfChats(tx: Transaction, { user_id }: UserKey, chatIds: number[]): Promise<number> {
  const [sum] = await selectBytesOfChats(tx, { user_id, chat_ids: `{${chatIds.join()}}` })
  return Number(sum!.bytes)
}
