/** An SQL expression for the text of message `n`: 340 characters. One in ten has characters beyond ASCII. */
export const messageText = `left(
    'Message ' || n || case when n % 10 = 0 then ' – café' else '' end
    || E': the request fails with "timeout" when the client reconnects.\\n'
    || repeat(E'Try \`await fetch(url, { signal })\` and log the "cause" of the error.\\n', 5), 340)`

/** A text file of 500 bytes. */
const fileText = `left(repeat(E'print("Hello, world")\\n', 25), 500)`

/** What the small database contains. Every user has one project with all of their chats. */
export const smallSize = { users: 20, chatsPerUser: 50, messagesPerChat: 40, filesPerChat: 4 }

/** The ids of the users. */
export const smallUsers = Array.from({ length: smallSize.users }, (_, i) => i + 1)

/** The statements that fill the small database. The ids of the chats of a user are consecutive. */
export const smallSeed: readonly string[] = [
  `-- ${smallSize.users} users
  insert into users (primary_email, password_hash)
  select 'user-' || n || '@bench.example', 'none' from generate_series(1, ${smallSize.users}) n order by n`,
  `-- their entries in the directory
  insert into directory (key, neptun_user_id) select primary_email, id from users`,
  `-- their projects
  insert into projects (neptun_user_id, name, project_type, programming_language)
  select id, 'Neptun', 'backend', 'typescript' from users order by id`,
  `-- ${smallSize.users * smallSize.chatsPerUser} chats
  insert into chats (neptun_user_id, project_id, model, name, created_at, updated_at)
  select neptun_user_id, id, 'google/gemma-2-27b-it', 'Project Discussion ' || n, at, at
  from projects, generate_series(1, ${smallSize.chatsPerUser}) n,
    lateral (select now() - n * interval '3.217 minutes' as at) times
  order by id, n`,
  `-- ${smallSize.users * smallSize.chatsPerUser * smallSize.messagesPerChat} messages
  insert into messages (neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
  select neptun_user_id, id, (array['assistant', 'user'])[1 + n % 2]::message_role, ${messageText}, at, at
  from chats, generate_series(1, ${smallSize.messagesPerChat}) n,
    lateral (select created_at + n * interval '1.021 seconds' as at) times
  order by id, n`,
  ...filesIn('select id from chats'),
  `-- a shared chat per user
  with shared as (
    insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
    select neptun_user_id, min(id), true, false from chats group by 1 order by 1
    returning uuid, neptun_user_id
  )
  insert into directory (key, neptun_user_id) select uuid, neptun_user_id from shared`,
  `-- vacuum and analyze
  vacuum analyze`,
]

/**
 * The statements that add files to chats, each to a message of its own.
 * @param chats a query for the ids of the chats
 */
export function filesIn(chats: string): string[] {
  return [
    `-- ${smallSize.filesPerChat} files per chat
    insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text, created_at, updated_at)
    select neptun_user_id, chat_conversation_id, id, 'example', 'example.py', 'python', 'py', 500, 'text/x-python',
      true, created_at, created_at
    from (
      select *, row_number() over (partition by chat_conversation_id order by id) as n
      from messages where chat_conversation_id in (${chats})
    ) numbered
    where n % 10 = 2 and n <= ${smallSize.filesPerChat * 10}
    order by id`,
    `-- their content
    insert into file_contents (neptun_user_id, file_id, content)
    select neptun_user_id, id, convert_to(${fileText}, 'UTF8') from files order by id`,
  ]
}
