import type { FileUrl } from './links.ts'
import type { Row } from './pool.ts'

/** Writes rows as JSON text. Only the text of users is escaped; ids, times and names of enums are copied. */

type Value = Row[number] | undefined

/** A value that consists of ASCII. */
export const ascii = (value: Value) => value!.toString('latin1')

/** A text of a user, as JSON. */
export const quoted = (value: Value) => JSON.stringify(value!.toString('utf8'))

/** A timestamp, from which PostgreSQL omits trailing zeros: `2026-11-21 09:30:00.12+00`. */
export function time(value: Value): string {
  const text = ascii(value)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`
}

export const list = (items: string[]) => `[${items.join()}]`

export const chatColumns = 'id, model, name, created_at, updated_at'

export function chatJson([id, model, name, created, updated]: Row, user: string): string {
  return `{"id":${ascii(id)},"neptun_user_id":${user},"model":${quoted(model)},"name":${quoted(name)},`
    + `"created_at":"${time(created)}","updated_at":"${time(updated)}"}`
}

export const fileColumns = 'f.id, f.chat_conversation_message_id, f.title, f.language, f.extension, f.name, f.size, '
  + 'f.type, f.created_at, f.updated_at'

/** The text of a small text file; `c` is its content. */
export const textOfFile = `case when f.is_text and f.size <= 262144 then convert_from(c.content, 'UTF8') else '' end`

/**
 * A file.
 * @param row {@link fileColumns}, and {@link textOfFile} if the result is to contain the text
 * @param keys the JSON of its other ids, which a shared chat does not reveal
 */
export function fileJson(row: Row, keys: string, fileUrl: FileUrl): string {
  const [id, , title, language, extension, name, size, type, created, updated, text] = row
  return `{"id":${ascii(id)},${keys}"title":${quoted(title)},"language":${quoted(language)},`
    + `"extension":${quoted(extension)},"name":${quoted(name)},"size":${ascii(size)},"type":${quoted(type)},`
    + `"url":"${fileUrl(ascii(id))}","created_at":"${time(created)}","updated_at":"${time(updated)}"`
    + (text ? `,"text":${quoted(text)}}` : '}')
}

/** The JSON of the files of each message, without brackets. */
export type FilesOfMessages = Map<string, string>

export function filesOfMessages(rows: Row[], jsonOf: (row: Row, message: string) => string): FilesOfMessages {
  const files: FilesOfMessages = new Map()
  for (const row of rows) {
    const message = ascii(row[1])
    const others = files.get(message)
    const json = jsonOf(row, message)
    files.set(message, others === undefined ? json : `${others},${json}`)
  }
  return files
}

export const messageColumns = 'id, role, content, created_at, updated_at'

/** A message of a chat, or of a shared chat, which has no `keys` but a timestamp. */
export function messageJson(row: Row, keys: string | undefined, files: FilesOfMessages): string {
  const [id, role, content, created, updated] = row
  const text = quoted(content)
  const createdAt = time(created)
  const updatedAt = updated!.equals(created!) ? createdAt : time(updated)
  return `{"id":${ascii(id)},${keys ?? `"timestamp":"${createdAt}",`}"role":"${ascii(role)}","actor":"${ascii(role)}",`
    + `"content":${text},"message":${text},"created_at":"${createdAt}","updated_at":"${updatedAt}",`
    + `"files":[${files.get(ascii(id)) ?? ''}]}`
}

/** Describes a share that is open to everybody. */
export const openShareInfo = JSON.stringify({
  shareExists: true,
  shareIsActive: true,
  shareIsPrivate: false,
  shareHasPassword: false,
  shareHasWhitelist: false,
})
