import { sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { notFound } from '../errors.ts'
import type { ChatKey } from '../keys.ts'
import { chats, updateTime } from '../schema/index.ts'
import { defineStatement, value } from '../statement.ts'

/** A chat that a transaction writes into. */
export interface TouchedChat {
  /** The timestamp for everything that the transaction writes. */
  at: Date
  /** The number of its messages, including those that are being added. */
  messageCount: number
}

/**
 * Updates the timestamp of a chat, and the number of its messages. The first statement of every transaction that writes
 * into a chat: it proves the owner, and its row lock serializes writers, so that each batch stays together.
 * @param added the number of messages to be added
 * @throws NotFoundError if the user has no such chat
 */
export async function touchChat(tx: Transaction, { user_id, chat_id }: ChatKey, added = 0): Promise<TouchedChat> {
  const [touched] = await touch(tx, { user_id, chat_id, added })
  const { at, count } = touched ?? notFound('Chat')
  return { at: new Date(at), messageCount: Number(count) }
}

const touch = defineStatement<{ at: string, count: string }>(() => sql`
  update ${chats}
  set updated_at = ${updateTime(chats.updated_at)}, message_count = ${chats.message_count} + ${value('added')}::int
  where ${chats.neptun_user_id} = ${value('user_id')} and ${chats.id} = ${value('chat_id')}
    and not ${chats.is_deleted}
  returning ${chats.updated_at} as at, ${chats.message_count} as count`)
