import { downloadFile } from './download.ts'
import { serve, type Answer, type OwnerRequest } from './http.ts'
import * as statements from './json-statements.ts'
import { openShareInfo } from './json-text.ts'
import { cursorAfter, issueFileUrls, type FileUrl } from './links.ts'
import { send, withConnection, type Row, type Values } from './pool.ts'
import { refusalOf } from './session.ts'
import type { Statement } from './statement.ts'

/** A bare server that lets PostgreSQL build the JSON, in one statement per request. */

/** Runs a statement whose rows are the result of the check and JSON. */
async function rowsOf({ owner }: OwnerRequest, statement: Statement, values: Values): Promise<Row[] | 401 | 404> {
  const rows = await withConnection(sql => send(sql, statement, { ...owner, ...values }))
  return refusalOf(owner, rows[0]) ?? rows
}

async function answer(
  request: OwnerRequest,
  statement: Statement,
  values: Values,
  [before, after]: [before: string, after: string],
): Promise<Answer> {
  const rows = await rowsOf(request, statement, values)
  return typeof rows === 'number' ? rows : { body: join(rows, before, after, request.fileUrl) }
}

const urlKey = '"url":'
const comma = Buffer.from(',')

/**
 * Joins the JSON of rows, and replaces the id of each file by its link. The key of the link cannot be part of a text,
 * where quotes are escaped.
 */
function join(rows: Row[], before: string, after: string, fileUrl: FileUrl): Buffer {
  const parts: Uint8Array[] = [Buffer.from(before)]
  for (const [, , json] of rows) {
    if (!json) continue
    if (parts.length > 1) parts.push(comma)
    let position = 0
    for (let key = json.indexOf(urlKey); key >= 0; key = json.indexOf(urlKey, position)) {
      const start = key + urlKey.length
      const end = json.indexOf(comma, start)
      parts.push(json.subarray(position, start), Buffer.from(`"${fileUrl(json.toString('latin1', start, end))}"`))
      position = end
    }
    parts.push(position === 0 ? json : json.subarray(position))
  }
  parts.push(Buffer.from(after))
  return Buffer.concat(parts)
}

serve({
  getChat: request => answer(request, statements.getChat, { chat: request.id }, ['{"chat":', '}']),

  async listChats(request) {
    const { path, query, fileUrl } = request
    const limit = Number(query.slice('limit='.length))
    const rows = await rowsOf(request, statements.listChats, { limit: limit + 1 })
    if (typeof rows === 'number') return rows
    const [, id, updatedAt] = /^{"id":(\d+),.*"updated_at":"(.*)"}$/.exec(String(rows[limit - 1]?.[2])) ?? []
    const cursor = rows.length > limit ? `"${cursorAfter(path, updatedAt!, id!)}"` : 'null'
    return { body: join(rows.slice(0, limit), '{"chats":[', `],"next_cursor":${cursor}}`, fileUrl) }
  },

  listProjectChats: request =>
    answer(request, statements.listProjectChats, { project: request.id }, ['{"chats":[', ']}']),

  startChat: request =>
    answer(request, statements.startChat, { project: request.id, ...request.body }, ['{"chat":', '}']),

  listMessages: request => answer(request, statements.listMessages, { chat: request.id }, ['{"chatMessages":[', ']}']),

  appendMessage(request) {
    const { id: chat, body: { actor: role, message: content } } = request
    return answer(request, statements.appendMessage, { chat, role, content }, ['{"chatMessage":', '}'])
  },

  listFiles: request => answer(request, statements.listFiles, { chat: request.id }, ['{"chatFiles":[', ']}']),

  async openSharedChat(uuid, baseUrl) {
    const rows = await withConnection(sql => send(sql, statements.openSharedChat, { uuid }))
    const [row] = rows
    if (!row) return 404
    const fileUrl = issueFileUrls(baseUrl, { grant: `${uuid}.${String(row[0])}` })
    return {
      body: join(rows, `{"chat":${String(row[1])},"chatMessages":[`, `],"shareInfo":${openShareInfo}}`, fileUrl),
    }
  },

  downloadFile,
})
