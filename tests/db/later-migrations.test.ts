import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance, type Database } from '#db/client'
import { hasCitus } from '#db/distribute'
import { migrate } from '#db/migrate'
import { createChat } from '#db/repositories/chats'
import { appendMessages } from '#db/repositories/append-messages'
import { listMessages } from '#db/repositories/messages'
import { createUser } from '#db/repositories/users'
import { unlimited } from '#db/repositories/usage'
import { createDatabase, type TestDatabase } from '../support/databases.ts'
import { links } from '../support/links.ts'
import { copyMigrations, migrations } from '../support/migrations.ts'
import { rowsIn } from '../support/rows-in.ts'
import { tableNames } from '../support/rows.ts'

/** What later migrations are likely to do, on tables that may be distributed by then. */
const laterMigration = [
  `ALTER TABLE "messages" ADD COLUMN "tokens" integer;`,
  `CREATE INDEX "messages_by_tokens" ON "messages" USING btree ("neptun_user_id", "tokens");`,
  `ALTER TYPE "message_role" ADD VALUE 'tool';`,
  `ALTER TABLE "messages" ADD CONSTRAINT "messages_tokens" CHECK ("tokens" >= 0);`,
  `UPDATE "messages" SET "tokens" = 0;`,
  `CREATE TABLE "tags" ("neptun_user_id" bigint NOT NULL, "name" text NOT NULL);`,
].join('--> statement-breakpoint\n')

let folder: string
let database: TestDatabase
let db: Database

/** Runs a task between closing and opening the connection: the embedded database has a single session. */
async function disconnected(task: () => Promise<void>): Promise<void> {
  await db?.$client.end()
  await task()
  db = connectForMaintenance(database.url)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neptun-test-'))
  database = await createDatabase()
  await disconnected(() => migrate(database.url, migrations))
})
afterAll(async () => {
  await db.$client.end()
  await database.drop()
  await rm(folder, { recursive: true })
})

describe('a migrated database', () => {
  it('is distributed by owner if it has Citus', async ({ skip }) => {
    skip(!await hasCitus(db), 'This database does not have Citus.')
    const tables = await db.execute<{ name: string, owner: string }>(sql`
      select logicalrelid::regclass::text as name, column_to_column_name(logicalrelid, partkey) as owner
      from pg_dist_partition order by 1`)
    const names = (await tableNames(db)).sort()
    const ownerOf = (name: string) => ({ users: 'id', directory: 'key', rate_limits: 'key' }[name] ?? 'neptun_user_id')
    expect([...tables]).toEqual(names.map(name => ({ name, owner: ownerOf(name) })))
  })

  it('takes later migrations, and keeps its rows', async () => {
    const { id: user_id } = await db.transaction(tx =>
      createUser(tx, { email: 'ada@example.com', passwordHash: 'hash' }))
    const chat = await createChat(db, { user_id }, { model: 'openai/gpt-4o', name: 'Chat' }, unlimited)
    const key = { user_id, chat_id: chat.id }
    await appendMessages(db, key, [{ role: 'user', content: 'Hello', files: [] }], unlimited)

    await copyMigrations(folder, (entries) => {
      const last = entries.at(-1)!
      return [...entries, { ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_later' }]
    })
    await writeFile(join(folder, '9999_later.sql'), laterMigration)
    await disconnected(() => migrate(database.url, folder))

    await db.execute(sql`insert into messages (neptun_user_id, chat_conversation_id, role, content, tokens)
      values (${user_id}, ${chat.id}, 'tool', 'Result', 7)`)
    const view = { select: [{ name: 'role' }, { name: 'content' }] as const, links }
    const messages = await listMessages(db, key, { order: [{ column: 'id', direction: 'asc' }], limit: 10, view })
    expect(rowsIn(messages)).toEqual([
      { role: 'user', content: 'Hello' }, { role: 'tool', content: 'Result' },
    ])
    const tokens = await db.execute(sql`select tokens from messages where neptun_user_id = ${user_id} order by id`)
    expect(tokens.map(row => row.tokens)).toEqual([0, 7])
  })
})
