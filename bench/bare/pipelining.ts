import { downloadFile } from './download.ts'
import { serve, type Answer, type Owner } from './http.ts'
import {
  ascii, chatColumns, chatJson, fileColumns, fileJson, filesOfMessages, list, messageColumns, messageJson,
  openShareInfo, quoted, textOfFile, time,
} from './json-text.ts'
import { cursorAfter, issueFileUrls } from './links.ts'
import { send, withConnection, type Row, type Values } from './pool.ts'
import { check, hasSession, ownChat, ownChats, ownProject, refusalOf } from './session.ts'
import { statement, type Statement } from './statement.ts'

/** A bare server that sends plain statements without waiting in between, and builds the JSON itself. */

const checkSession = statement(check(''))
const checkChat = statement(check(ownChat))
const checkProject = statement(check(ownProject))

const inChat = 'neptun_user_id = :user and chat_conversation_id = :chat'
const contents = 'join file_contents c on c.neptun_user_id = f.neptun_user_id and c.file_id = f.id'
const latestFirst = 'order by updated_at desc, id desc'

const oneChat = statement(`select ${chatColumns} ${ownChat}`)
const someChats = statement(`select ${chatColumns} from chats where ${ownChats} ${latestFirst} limit :limit`)
const projectChats = statement(`
  select ${chatColumns} from chats where ${ownChats} and project_id = :project ${latestFirst}`)
const insertChat = statement(`
  insert into chats (neptun_user_id, project_id, model, name)
  select neptun_user_id, id, :model, :name ${ownProject} and ${hasSession} returning ${chatColumns}`)

const messages = statement(`select ${messageColumns} from messages where ${inChat} order by id`)
const files = statement(`select ${fileColumns} from files f where ${inChat} order by id`)
const filesWithText = statement(`
  select ${fileColumns}, ${textOfFile} from files f ${contents} where f.${inChat} order by f.id`)

const touchChat = statement(`
  update chats set updated_at = update_time(updated_at) where ${ownChats} and id = :chat and ${hasSession}
  returning updated_at`)
const nextId = statement('select nextval(:sequence)')
const insertMessage = statement(`
  insert into messages (id, neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
  overriding system value values (:id, :user, :chat, :role, :content, :at, :at)`)

const share = `from directory d join shares s on s.neptun_user_id = d.neptun_user_id and s.uuid = d.key::uuid`
const inSharedChat = `(x.neptun_user_id, x.chat_conversation_id)
  = (select s.neptun_user_id, s.chat_conversation_id ${share} where d.key = :uuid)`
const openShare = statement(`
  select c.name, c.model, s.version ${share}
    join chats c on c.neptun_user_id = s.neptun_user_id and c.id = s.chat_conversation_id and not c.is_deleted
  where d.key = :uuid and s.is_shared and s.password_hash is null and not s.has_whitelist
    and (s.expires_at is null or s.expires_at > now())`)
const sharedMessages = statement(`
  select ${messageColumns} from messages x where ${inSharedChat} and role <> 'system' order by id`)
const sharedFiles = statement(`
  select ${fileColumns}, ${textOfFile} from files f ${contents}
  where ${inSharedChat.replaceAll('x.', 'f.')} order by f.id`)

/** Runs statements together with the check of a request, which decides whether their results are sent. */
function answer(
  owner: Owner,
  values: Values,
  checks: Statement,
  statements: Statement[],
  bodyOf: (...results: Row[][]) => string,
): Promise<Answer> {
  const all = { ...owner, ...values }
  return withConnection(async (sql) => {
    const [checked, ...results] = await Promise.all([checks, ...statements].map(one => send(sql, one, all)))
    return refusalOf(owner, checked![0]) ?? { body: bodyOf(...results) }
  })
}

const keysOf = ({ user }: Owner, chat: string) => `"neptun_user_id":${user},"chat_conversation_id":${chat},`

serve({
  getChat: ({ owner, id }) => answer(owner, { chat: id }, checkChat, [oneChat], ([row]) =>
    `{"chat":${chatJson(row!, owner.user)}}`),

  listChats({ owner, path, query }) {
    const limit = Number(query.slice('limit='.length))
    return answer(owner, { limit: limit + 1 }, checkSession, [someChats], (rows) => {
      const page = rows.slice(0, limit)
      const last = page.at(-1)!
      const cursor = rows.length > limit ? `"${cursorAfter(path, time(last[4]), ascii(last[0]))}"` : 'null'
      return `{"chats":${list(page.map(row => chatJson(row, owner.user)))},"next_cursor":${cursor}}`
    })
  },

  listProjectChats: ({ owner, id }) => answer(owner, { project: id }, checkProject, [projectChats], rows =>
    `{"chats":${list(rows.map(row => chatJson(row, owner.user)))}}`),

  startChat: ({ owner, id, body }) => answer(owner, { project: id, ...body }, checkProject, [insertChat], ([row]) =>
    `{"chat":${chatJson(row!, owner.user)}}`),

  listMessages: ({ owner, id, fileUrl }) => answer(owner, { chat: id }, checkChat, [messages, filesWithText],
    (rows, fileRows) => {
      const keys = keysOf(owner, id)
      const filesOf = filesOfMessages(fileRows, (row, message) =>
        fileJson(row, `${keys}"chat_conversation_message_id":${message},`, fileUrl))
      return `{"chatMessages":${list(rows.map(row => messageJson(row, keys, filesOf)))}}`
    }),

  listFiles: ({ owner, id, fileUrl }) => answer(owner, { chat: id }, checkChat, [files], (rows) => {
    const keys = `${keysOf(owner, id)}"chat_conversation_message_id":`
    return `{"chatFiles":${list(rows.map(row => fileJson(row, `${keys}${ascii(row[1])},`, fileUrl)))}}`
  }),

  /** Appends in two round trips: the second needs the id and the time that the first returns. */
  appendMessage: ({ owner, id: chat, body }) => withConnection(async (connection) => {
    const { actor: role, message: content } = body
    const sql = await connection.reserve()
    try {
      const values = { ...owner, chat, role, content, sequence: 'messages_id_seq' }
      const [, [checked], [touched], [next]] = await Promise.all([
        sql.unsafe('begin'), send(sql, checkChat, values), send(sql, touchChat, values), send(sql, nextId, values),
      ])
      const refusal = refusalOf(owner, checked)
      if (refusal) {
        await sql.unsafe('rollback')
        return refusal
      }
      const [[at], [id]] = [touched!, next!]
      await Promise.all([
        send(sql, insertMessage, { ...values, id: ascii(id), at: ascii(at) }),
        sql.unsafe('commit'),
      ])
      const row = [id!, Buffer.from(role!), Buffer.from(content!), at!, at!]
      return { body: `{"chatMessage":${messageJson(row, keysOf(owner, chat), new Map())}}` }
    }
    finally {
      sql.release()
    }
  }),

  openSharedChat: (uuid, baseUrl) => withConnection(async (sql) => {
    const [[chat], rows, fileRows] = await Promise.all([
      send(sql, openShare, { uuid }), send(sql, sharedMessages, { uuid }), send(sql, sharedFiles, { uuid }),
    ])
    if (!chat) return 404
    const [name, model, version] = chat
    const fileUrl = issueFileUrls(baseUrl, { grant: `${uuid}.${ascii(version)}` })
    const filesOf = filesOfMessages(fileRows, row => fileJson(row, '', fileUrl))
    return {
      body: `{"chat":{"name":${quoted(name)},"model":${quoted(model)}},`
        + `"chatMessages":${list(rows.map(row => messageJson(row, undefined, filesOf)))},"shareInfo":${openShareInfo}}`,
    }
  }),

  downloadFile,
})
