import type { BareApi } from './http.ts'
import { send, withConnection } from './pool.ts'
import { statement } from './statement.ts'

/** Reads a small file at once, unless its chat or its owner is deleted. */
export const readFile = statement(`select f.name, f.type, f.is_text, c.content
  from files f join file_contents c on c.neptun_user_id = f.neptun_user_id and c.file_id = f.id
  where f.neptun_user_id = :user and f.id = :file
    and exists (select from users where id = :user and not is_deleted)
    and exists (select from chats where neptun_user_id = :user and id = f.chat_conversation_id and not is_deleted)`)

/** Sends the content of a file. Both bare servers do it in the same way. */
export const downloadFile: BareApi['downloadFile'] = (user, file) => withConnection(async (sql) => {
  const [row] = await send(sql, readFile, { user, file })
  if (!row) return 404
  const [name, type, isText, content] = row.map(String)
  return {
    // PostgreSQL writes `\x` and hexadecimal digits.
    body: Buffer.from(content!.slice(2), 'hex'),
    headers: {
      'Content-Type': isText === 't' ? `${type}; charset=utf-8` : type!,
      'Content-Disposition': `attachment; filename="${name}"`,
      'ETag': `"${file}"`,
    },
  }
})
