import { check, hasSession, ownChat, ownChats, ownProject } from './session.ts'
import { statement } from './statement.ts'

/**
 * Statements whose rows are JSON. Each also checks the session of the request and returns the result of the check in
 * front. Concatenation with `to_json` for the text of users is faster than `row_to_json` and `json_build_object`. The
 * colons in the format of timestamps are quoted, because pgbench would take them for parameters.
 */

const time = (column: string) => `to_char(${column}, '"\\""YYYY-MM-DD"T"HH24":"MI":"SS.MS"Z\\""')`

/** Rows of JSON, in front of each the result of the check. One row without JSON if there are none. */
const checked = (resource: string, json: string) =>
  `select is_use_due, is_found, json from (${check(resource)}) checked left join lateral (${json}) rows on is_found`

/** Joins rows of JSON, which pays for short rows only: PostgreSQL copies a large text several times. */
const joined = (json: string) => `select string_agg(json, ',') as json from (${json}) rows`

const chatJson = `concat('{"id":', id, ',"neptun_user_id":', neptun_user_id, ',"model":', to_json(model), ',"name":',
  to_json(name), ',"created_at":', ${time('created_at')}, ',"updated_at":', ${time('updated_at')}, '}') as json`

const chatsOf = (condition: string) =>
  `select ${chatJson} from (select * from chats where ${condition} order by updated_at desc, id desc) c`

/** The JSON of files `f`. In place of its link, a file has its id. */
const fileJson = (keys: string, text: string) => `concat('{"id":', f.id, ${keys}
  ',"title":', to_json(f.title), ',"language":', to_json(f.language), ',"extension":', to_json(f.extension),
  ',"name":', to_json(f.name), ',"size":', f.size, ',"type":', to_json(f.type), ',"url":', f.id,
  ',"created_at":', ${time('f.created_at')}, ',"updated_at":', ${time('f.updated_at')}, ${text} '}')`

const fileKeys = `',"neptun_user_id":', f.neptun_user_id, ',"chat_conversation_id":', f.chat_conversation_id,
  ',"chat_conversation_message_id":', f.chat_conversation_message_id,`

const fileText = `',"text":',
  to_json(case when f.is_text and f.size <= 262144 then convert_from(c.content, 'UTF8') else '' end),`

/** The JSON of messages `m`, with what is needed twice computed once: OFFSET keeps the planner from merging it. */
const messagesJson = (keys: string, messages: string, files: string) => `
  select concat('{"id":', m.id, ${keys} ',"role":"', m.role, '","actor":"', m.role, '","content":', m.text,
    ',"message":', m.text, ',"created_at":', m.created, ',"updated_at":',
    case when m.updated_at = m.created_at then m.created else ${time('m.updated_at')} end, ',"files":[', ${files} ']}')
    as json
  from (select *, to_json(content) as text, ${time('created_at')} as created from ${messages} offset 0) m`

const messageKeys = `',"neptun_user_id":', m.neptun_user_id, ',"chat_conversation_id":', m.chat_conversation_id,`

/** The JSON of the files of each message of a chat. */
const joinFiles = (keys: string, user: string, chat: string) => `
  left join (
    select f.chat_conversation_message_id as message_id,
      string_agg(${fileJson(keys, fileText)}, ',' order by f.id) as files
    from files f join file_contents c on c.neptun_user_id = f.neptun_user_id and c.file_id = f.id
    where f.neptun_user_id = ${user} and f.chat_conversation_id = ${chat} group by 1
  ) of_messages on message_id = m.id
  order by m.id`

export const getChat = statement(checked(ownChat, `select ${chatJson} ${ownChat}`))

export const listChats = statement(checked('', `${chatsOf(ownChats)} limit :limit`))

export const listProjectChats = statement(checked(
  ownProject, joined(chatsOf(`${ownChats} and project_id = :project`))))

export const startChat = statement(`
  with created as (
    insert into chats (neptun_user_id, project_id, model, name)
    select neptun_user_id, id, :model, :name ${ownProject} and ${hasSession} returning *
  )
  ${checked(ownProject, `select ${chatJson} from created`)}`)

export const listMessages = statement(checked(ownChat, messagesJson(
  messageKeys,
  'messages where neptun_user_id = :user and chat_conversation_id = :chat order by id',
  'files,',
) + joinFiles(fileKeys, ':user', ':chat')))

export const appendMessage = statement(`
  with touched as (
    update chats set updated_at = update_time(updated_at)
    where ${ownChats} and id = :chat and ${hasSession} returning updated_at
  ), appended as (
    insert into messages (neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
    select :user, :chat, :role::message_role, :content, updated_at, updated_at from touched returning *
  )
  ${checked(ownChat, messagesJson(messageKeys, 'appended', ''))}`)

export const listFiles = statement(checked(ownChat, joined(`
  select ${fileJson(fileKeys, '')} as json from files f
  where f.neptun_user_id = :user and f.chat_conversation_id = :chat order by f.id`)))

/** Each row has the version of the share and the JSON of the chat in front. */
export const openSharedChat = statement(`
  select version, chat, json
  from (
    select s.neptun_user_id, s.chat_conversation_id, s.version,
      concat('{"name":', to_json(c.name), ',"model":', to_json(c.model), '}') as chat
    from directory d
    join shares s on s.neptun_user_id = d.neptun_user_id and s.uuid = d.key::uuid
    join chats c on c.neptun_user_id = s.neptun_user_id and c.id = s.chat_conversation_id and not c.is_deleted
    where d.key = :uuid and s.is_shared and s.password_hash is null and not s.has_whitelist
      and (s.expires_at is null or s.expires_at > now())
  ) share left join lateral (${messagesJson(
    `',"timestamp":', m.created,`,
    `messages where neptun_user_id = share.neptun_user_id and chat_conversation_id = share.chat_conversation_id
      and role <> 'system' order by id`,
    'files,',
  ) + joinFiles('', 'share.neptun_user_id', 'share.chat_conversation_id')}) rows on true`)
