import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance, type Database } from '#db/client'
import { migrate } from '#db/migrate'
import { createChat } from '#db/repositories/chats'
import { listMessages } from '#db/repositories/messages'
import { findShareByUuid } from '#db/repositories/shared-chats'
import { listWhitelistEntries } from '#db/repositories/whitelists'
import { findAccount, updateUser } from '#db/repositories/users'
import { unlimited } from '#db/repositories/usage'
import { createDatabase, type TestDatabase } from '../support/databases.ts'
import { links } from '../support/links.ts'
import { copyMigrations, migrations } from '../support/migrations.ts'
import { rowsIn } from '../support/rows-in.ts'

/** The tables before the migration, with the column that identifies a row. */
const tables = {
  users: 'id', sessions: 'id', projects: 'id', chats: 'id', messages: 'id', files: 'id', file_contents: 'file_id',
  shares: 'id', whitelist_entries: 'id',
}

/** 20 users with 10 projects, 200 chats in and outside them, 600 messages, 300 files, and shares with whitelists. */
const fill = [
  sql`insert into users (primary_email, password_hash) select 'User' || i || '@Example.com', 'hash ' || i
    from generate_series(1, 20) i`,
  sql`insert into sessions (neptun_user_id, token_hash) select id, sha256(id::text::bytea) from users`,
  sql`insert into projects (neptun_user_id, name, description, project_type, programming_language)
    select 1 + i % 10, 'Project ' || i, nullif(repeat('d', i % 3), ''), 'backend', 'rust'
    from generate_series(1, 10) i`,
  sql`insert into chats (neptun_user_id, project_id, model, name, created_at, updated_at)
    select u.id, p.id, 'openai/gpt-4o', 'Chat ' || i || ' 😀', timestamptz '2026-01-01' + i * interval '1 day',
      timestamptz '2026-02-01 12:34:56.789' + i * interval '1 day'
    from generate_series(1, 10) i cross join users u
    left join projects p on p.neptun_user_id = u.id and i % 2 = 0`,
  sql`insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select c.neptun_user_id, c.id, (array['user', 'assistant', 'system']::message_role[])[i], 'Message ' || i
    from generate_series(1, 3) i cross join chats c order by i, c.id`,
  sql`insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text)
    select neptun_user_id, chat_conversation_id, id, 'a', 'a.txt', '', 'txt', 4, 'text/plain', true
    from messages where id % 2 = 0`,
  sql`insert into file_contents (file_id, content) select id, decode(lpad(to_hex(id), 8, '0'), 'hex') from files`,
  sql`insert into shares (neptun_user_id, chat_conversation_id, is_shared, password_hash, has_whitelist, version)
    select neptun_user_id, id, id % 2 = 0, 'hash', true, id % 5 + 1 from chats where id % 3 = 0`,
  sql`insert into whitelist_entries (chat_conversation_share_id, whitelisted_neptun_user_id)
    select s.id, u.id from shares s join users u on u.id % 7 = s.id % 7`,
]

type Contents = Record<string, Record<string, unknown>[]>

async function readAll(db: Database): Promise<Contents> {
  const contents: Contents = {}
  for (const [table, key] of Object.entries(tables)) {
    const rows = await db.execute<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(t) as row from ${sql.identifier(table)} t order by ${sql.identifier(key)}`)
    contents[table] = rows.map(({ row }) => row)
  }
  return contents
}

/** The rows with the owner that the migration adds to each. */
const withOwners = (rows: Contents[string], parents: Contents[string], reference: string) => {
  const owners = new Map(parents.map(parent => [parent.id, parent.neptun_user_id]))
  return rows.map(row => ({ ...row, neptun_user_id: owners.get(row[reference]) }))
}

let folder: string
let database: TestDatabase
let db: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  database = await createDatabase()
  db = connectForMaintenance(database.url)
})
afterAll(async () => {
  await db.$client.end()
  await database.drop()
  await rm(folder, { recursive: true })
})

/** Applies only the first migrations. */
async function migrateUpTo(last: string): Promise<void> {
  await copyMigrations(folder, entries => entries.slice(0, entries.findIndex(({ tag }) => tag === last) + 1))
  await applyMigrations(db, { migrationsFolder: folder })
}

describe('migrating a database from before owners were part of all keys', () => {
  let before: Contents
  let after: Contents

  beforeAll(async () => {
    await migrateUpTo('0002_name_foreign_keys')
    for (const statement of fill) await db.execute(statement)
    before = await readAll(db)
    // The embedded database has a single session.
    await db.$client.end()
    await migrate(database.url, migrations)
    db = connectForMaintenance(database.url)
    after = await readAll(db)
  })

  it('keeps every row and value, and ends all sessions', () => {
    const counts = Object.entries(before).map(([table, rows]) => [table, rows.length])
    expect(Object.fromEntries(counts)).toEqual({
      users: 20, sessions: 20, projects: 10, chats: 200, messages: 600, files: 300, file_contents: 300, shares: 66,
      whitelist_entries: 189,
    })
    expect(after).toStrictEqual({
      ...before,
      users: before.users!.map(user => ({ ...user, is_deleted: false, version: 1 })),
      projects: before.projects!.map(project => ({ ...project, version: 1 })),
      chats: before.chats!.map(chat => ({ ...chat, is_deleted: false, message_count: 3, version: 1 })),
      messages: before.messages!.map(message => ({ ...message, version: 1 })),
      file_contents: withOwners(before.file_contents!, before.files!, 'file_id'),
      whitelist_entries: withOwners(before.whitelist_entries!, before.shares!, 'chat_conversation_share_id'),
      sessions: [],
    })
  })

  it('counts what each user has stored', async () => {
    const counted = await db.execute(sql`select neptun_user_id::int as owner, chats::int, bytes::int from usage`)
    const sizeOf = (row: Record<string, unknown>) => Number(row.size ?? Buffer.byteLength(row.content as string))
    const expected = before.users!.map(({ id }) => {
      const ofUser = (table: string) => before[table]!.filter(row => row.neptun_user_id === id)
      const bytes = [...ofUser('messages'), ...ofUser('files')].reduce((sum, row) => sum + sizeOf(row), 0)
      return { owner: id, chats: ofUser('chats').length, bytes }
    })
    expect(new Set(counted)).toEqual(new Set(expected))
  })

  it('leads from every e-mail address and share uuid to its owner', async () => {
    const entries = await db.execute(sql`select key, neptun_user_id::int as owner from directory`)
    const expected = [
      ...before.users!.map(user => ({ key: (user.primary_email as string).toLowerCase(), owner: user.id })),
      ...before.shares!.map(share => ({ key: share.uuid, owner: share.neptun_user_id })),
    ]
    expect(new Set(entries)).toEqual(new Set(expected))
    expect(entries).toHaveLength(expected.length)
  })

  it('leaves a database that the repositories can read and write', async () => {
    const user = await findAccount(db, 'USER7@example.com')
    expect(user).toMatchObject({ id: 7, primary_email: 'User7@Example.com', password_hash: 'hash 7' })
    const updated = await db.transaction(tx =>
      updateUser(tx, { user_id: 7 }, 'hash 7', { email: 'user7@example.com' }))
    expect(updated).toEqual({ id: 7, primary_email: 'user7@example.com', version: 2 })
    const [share] = before.shares!
    const found = await findShareByUuid(db, { user_id: share!.neptun_user_id as number }, share!.uuid as string)
    expect(found?.key).toEqual({ user_id: share!.neptun_user_id, chat_id: share!.chat_conversation_id })
    const page = { order: [{ column: 'id', direction: 'asc' }], limit: 10 } as const
    const messages = await listMessages(db, found!.key, { ...page, view: { select: [{ name: 'content' }], links } })
    expect(rowsIn(messages)).toEqual(
      ['Message 1', 'Message 2', 'Message 3'].map(content => ({ content })))
    const shareKey = { ...found!.key, share_id: share!.id as number }
    const entries = await listWhitelistEntries(db, shareKey, { ...page, view: { select: [{ name: 'email' }], links } })
    expect(rowsIn(entries)).not.toEqual([])
    const chat = await createChat(db, { user_id: 7 }, { model: 'openai/gpt-4o', name: 'New' }, unlimited)
    expect(chat.id).toBeGreaterThan(200)
  })

  it('changes nothing when run again', async () => {
    const unchanged = await readAll(db)
    await db.$client.end()
    await migrate(database.url, migrations)
    db = connectForMaintenance(database.url)
    expect(await readAll(db)).toStrictEqual(unchanged)
  })
})
