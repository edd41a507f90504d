import { sql, type SQL } from 'drizzle-orm'
import type { Executor, Transaction } from '../client.ts'
import { QuotaExceededError } from '../errors.ts'
import type { ChatKey } from '../keys.ts'
import { newIds } from '../new-ids.ts'
import { commitWith } from '../pipeline-transactions.ts'
import { messages } from '../schema/index.ts'
import { defineStatement, value, type Values } from '../statement.ts'
import { insertFiles, newFileRows, type FileWithText, type NewFile } from './insert-files.ts'
import { touchChat } from './touch-chat.ts'
import { assertRoom, countUsage, type Quotas } from './usage.ts'

type MessageRow = typeof messages.$inferSelect
export type Message = MessageRow & { files: FileWithText[] }

export interface NewMessage {
  role: MessageRow['role']
  content: string
  files: NewFile[]
}

/**
 * Appends messages with their files to a chat, atomically and in the given order, in two round trips.
 * @throws NotFoundError if the user has no such chat
 * @throws QuotaExceededError if there is no room for them
 */
export function appendMessages(db: Executor, key: ChatKey, added: NewMessage[], quotas: Quotas): Promise<Message[]> {
  return db.transaction(async (tx) => {
    const newBytes = added.flatMap(({ content, files }) =>
      [Buffer.byteLength(content), ...files.map(file => file.content.byteLength)])
    const bytes = newBytes.reduce((sum, size) => sum + size, 0)
    // The ids are taken after the lock on the chat, so their order is that of the commits.
    const [{ at, messageCount }, ids, fileIds] = await Promise.all([
      touchChat(tx, key, added.length),
      newIds(tx, 'messages', added.length),
      newIds(tx, 'files', newBytes.length - added.length),
      assertRoom(tx, key, { bytes }, quotas),
    ])
    if (messageCount > quotas.messagesPerChat) throw new QuotaExceededError('messagesPerChat')
    const rows = added.map(({ role, content }, i) => ({
      id: ids[i]!,
      neptun_user_id: key.user_id,
      chat_conversation_id: key.chat_id,
      role,
      content,
      created_at: at,
      updated_at: at,
      version: 1,
    }))
    const newFiles = rows.flatMap(({ id }, i) =>
      added[i]!.files.map(file => ({ ...file, chat_conversation_message_id: id })))
    const files = newFileRows(key, newFiles, fileIds, at)
    await commitWith(
      tx,
      insertMessages(tx, key, rows, at), ...insertFiles(tx, key, files, at), countUsage(tx, key, { bytes }),
    )
    const filesOf = Map.groupBy(files, file => file.chat_conversation_message_id)
    return rows.map(row => ({ ...row, files: (filesOf.get(row.id) ?? []).map(({ content: _, ...file }) => file) }))
  })
}

/** Up to this number, messages are inserted with a parameter for each value. */
const fewMessages = 4

const insertFew = Array.from({ length: fewMessages }, (_, count) => insertOf(() => {
  const rows = Array.from({ length: count + 1 }, (_, i) =>
    sql`(${value(`id_${i}`)}, ${value('user_id')}, ${value('chat_id')}, ${value(`role_${i}`)}, ${value(`content_${i}`)},
      ${value('at')}, ${value('at')})`)
  return sql`values ${sql.join(rows, sql`, `)}`
}))

const insertMany = insertOf(() => sql`
  select id, ${value('user_id')}, ${value('chat_id')}, role, content, ${value('at')}, ${value('at')}
  from json_to_recordset(${value('rows')}::json) as added (id bigint, role message_role, content text)`)

function insertOf(rows: () => SQL) {
  return defineStatement<never>(() => sql`
    insert into ${messages} (id, neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
    overriding system value ${rows()}`)
}

/**
 * Inserts messages. A few are given as values, which a distributed database sends straight to the machine of the chat.
 * More are one parameter, so that the text of the statement never changes and it stays prepared.
 */
async function insertMessages(tx: Transaction, key: ChatKey, rows: MessageRow[], at: Date): Promise<void> {
  const values: Values = { user_id: key.user_id, chat_id: key.chat_id, at: at.toISOString() }
  if (rows.length <= fewMessages) {
    for (const [i, { id, role, content }] of rows.entries())
      Object.assign(values, { [`id_${i}`]: id, [`role_${i}`]: role, [`content_${i}`]: content })
    await insertFew[rows.length - 1]!(tx, values)
  }
  else {
    const given = rows.map(({ id, role, content }) => ({ id, role, content }))
    await insertMany(tx, { ...values, rows: JSON.stringify(given) })
  }
}
