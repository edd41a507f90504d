import type { Sql } from 'postgres'
import { newMessage, postOf, type BenchRequest } from '../endpoints.ts'
import type { BenchUser } from '../fixture.ts'
import { quote } from '../limits.ts'

/** A chat to write into. */
interface Target {
  user: BenchUser
  chat: number
  /** The first message of the chat, which gets the files. */
  message: number
}

/** A kind of write that many clients send at once. */
export interface WriteCase {
  title: string
  /** What each request adds. */
  amount: number
  unit: 'messages' | 'MiB'
  requests: BenchRequest[]
  /** Scripts for pgbench that insert the same rows. */
  scripts: string[]
}

/** The number of chats that clients write into, unless they share one. */
const chats = 32

/** Bytes of a file. */
const fileSize = 2 ** 20

/** The writes to measure, into chats of all users. */
export async function writeCases(sql: Sql, users: readonly BenchUser[]): Promise<WriteCase[]> {
  const targets = await Promise.all(Array.from({ length: chats }, async (_, i) => {
    const user = users[i % users.length]!
    const chat = user.chats[Math.floor(i / users.length)]!
    const [first] = await sql<{ id: string }[]>`
      select min(id) as id from messages where neptun_user_id = ${user.id} and chat_conversation_id = ${chat}`
    return { user, chat, message: Number(first!.id) }
  }))
  return [
    ...[100, 1000].flatMap(size => [
      appends(`${size} messages, into ${chats} chats`, targets, size),
      appends(`${size} messages, into one chat`, targets.slice(0, 1), size),
    ]),
    uploads(`a file of 1 MiB, into ${chats} chats`, targets),
  ]
}

function appends(title: string, targets: Target[], size: number): WriteCase {
  const body = { messages: Array.from({ length: size }, () => newMessage) }
  return {
    title,
    amount: size,
    unit: 'messages',
    requests: targets.map(({ user, chat }) => postOf(user, `/chats/${chat}/messages`, body)),
    scripts: targets.map(target => transaction(target, `
      insert into messages (neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
      select ${target.user.id}, ${target.chat}, 'user', ${quote(newMessage.message)}, now(), now()
      from generate_series(1, ${size});`)),
  }
}

function uploads(title: string, targets: Target[]): WriteCase {
  const boundary = 'neptun-bench'
  const line = 'A line of a log of 32 characters\n'
  const lines = line.repeat(fileSize / line.length + 1).slice(0, fileSize)
  const part = 'Content-Disposition: form-data; name="files"; filename="log.txt"\r\nContent-Type: text/plain'
  const body = `--${boundary}\r\n${part}\r\n\r\n${lines}\r\n--${boundary}--\r\n`
  return {
    title,
    amount: 1,
    unit: 'MiB',
    requests: targets.map(({ user, chat, message }) => ({
      ...postOf(user, `/chats/${chat}/files/${message}`, {}), body, type: `multipart/form-data; boundary=${boundary}`,
    })),
    scripts: targets.map(target => transaction(target, `
      with added as (
        insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
          extension, size, type, is_text)
        values (${target.user.id}, ${target.chat}, ${target.message}, 'log.txt', 'log.txt', '', 'txt', ${fileSize},
          'text/plain', true)
        returning neptun_user_id, id
      )
      insert into file_contents (neptun_user_id, file_id, content)
      select neptun_user_id, id, convert_to(repeat('x', ${fileSize}), 'UTF8') from added;`)),
  }
}

/** A transaction that writes into a chat, and begins as those of the server do. */
function transaction({ user, chat }: Target, insert: string): string {
  return `begin;
    update chats set updated_at = update_time(updated_at) where neptun_user_id = ${user.id} and id = ${chat};${insert}
    commit;
  `
}
