import { filesIn, messageText, smallSize } from '../seed.ts'

/** The number of users. */
const users = 10_000

/** A user with very many chats in some projects and outside any. The first of the chats has very many messages. */
export const giant = { id: 1, projects: 4, chats: 100_000, chat: 1, messages: 100_000 }

const distance = users / smallSize.users

/** The users whose requests are measured. They have as much as those of the small database. */
export const measuredUsers = Array.from({ length: smallSize.users }, (_, i) => (i + 1) * distance)

/** The numbers of chats of a user, and of messages in a chat. */
const chats = `case
      when neptun_user_id = ${giant.id} then ${giant.chats}
      when neptun_user_id % ${distance} = 0 then ${smallSize.chatsPerUser}
      else 10 + neptun_user_id % 11
    end`
const messages = `case
      when id = ${giant.chat} then ${giant.messages}
      when neptun_user_id = ${giant.id} then 9
      when neptun_user_id % ${distance} = 0 then ${smallSize.messagesPerChat}
      else 60
    end`

/**
 * The statements that fill a database with ten million messages. The users create their chats in turn, so that those of
 * one user are not next to each other on the disk.
 */
export const scaleSeed: readonly string[] = [
  `-- without checks of foreign keys, if the user is a superuser
  do $$ begin
    set session_replication_role = replica;
  exception when insufficient_privilege then null;
  end $$`,
  `-- ${users} users
  insert into users (primary_email, password_hash)
  select 'user-' || n || '@bench.example', 'none' from generate_series(1, ${users}) n order by n`,
  `-- their entries in the directory
  insert into directory (key, neptun_user_id) select primary_email, id from users`,
  `-- their projects
  insert into projects (neptun_user_id, name, project_type, programming_language)
  select id, 'Neptun', 'backend', 'typescript'
  from users, generate_series(1, case when id = ${giant.id} then ${giant.projects} else 1 end) n order by id, n`,
  `-- about 15 chats each, and ${giant.chats} of one user
  insert into chats (neptun_user_id, project_id, model, name, created_at, updated_at)
  select neptun_user_id, projects[1 + n % case cardinality(projects) when 1 then 1 else ${giant.projects + 1} end],
    'google/gemma-2-' || 2 + n % 3 || 'b-it', 'Discussion ' || hashint8(n), at, at
  from (select neptun_user_id, array_agg(id order by id) as projects from projects group by 1) owners,
    lateral generate_series(1, ${chats}) n,
    lateral (select now() - (n + hashint8(n) % 100) * interval '4.217 minutes' as at) times
  order by n, neptun_user_id`,
  `-- ten million messages
  insert into messages (neptun_user_id, chat_conversation_id, role, content, created_at, updated_at)
  select neptun_user_id, id, (array['assistant', 'user'])[1 + n % 2]::message_role, ${messageText}, at, at
  from (select * from chats order by id) in_order,
    lateral generate_series(1, ${messages}) n,
    lateral (select created_at + n * interval '1.021 seconds' as at) times`,
  ...filesIn(`select id from chats where neptun_user_id % ${distance} = 0 or id % 20 = 0`),
  `-- a shared chat of each measured user
  with shared as (
    insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
    select neptun_user_id, min(id), true, false from chats
    where neptun_user_id in (${[giant.id, ...measuredUsers].join()}) group by 1 order by 1
    returning uuid, neptun_user_id
  )
  insert into directory (key, neptun_user_id) select uuid, neptun_user_id from shared`,
  `-- vacuum and analyze
  vacuum analyze`,
]
