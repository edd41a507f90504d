import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectForMaintenance, type Database } from '#db/client'
import { hasCitus } from '#db/distribute'
import { migrate } from '#db/migrate'
import { createDatabase, type TestDatabase } from '../support/databases.ts'
import { migrations } from '../support/migrations.ts'
import { allTables } from '../support/rows.ts'
import { prepareCalls } from './repository-calls.ts'

/**
 * Statements that concern several users. They may read an index that does not begin with the owner, and on a
 * distributed database they run on several machines.
 */
const acrossUsers: Record<string, RegExp> = {
  'whether there is any account, before adding demo data': /^select "id" from "users" limit/,
  'users by e-mail address, when a whitelist gets entries': /^select "neptun_user_id" from "directory" where .* = any/,
  'e-mail addresses, when a whitelist is read': /^select 'r', .* order by .* offset 0\) as "whitelist_entries" join "users" /,
  'entries of several shares in the directory, when their chats are deleted':
    /^delete from "directory" where \("directory"\."neptun_user_id" = \$1 and .* = any/,
  'all entries in the directory, when an account is deleted':
    /^delete from "directory" where "directory"."neptun_user_id" = \$1$/,
  'owners of the whitelists with an account, when it is deleted':
    /^select distinct "neptun_user_id" from "whitelist_entries" where "whitelist_entries"."whitelisted_neptun_user_id" = /,
  'users with rows left to delete': /^select "neptun_user_id" from "deletions" order by/,
  'whitelists of others, when an account is deleted':
    /^(update "shares" .* from|delete from) "whitelist_entries" where [^$]*"whitelisted_neptun_user_id" = \$1$/,
}

/** Statements that concern rows whether or not they are deleted. */
const ofDeletedRows: Record<string, RegExp> = {
  'whether there is any account': /^hasUsers: /,
  'the projects of chats': /^listProjectChats: /,
  'whether an account is large': /^(isLargeAccount|deleteUser): select exists/,
  'the chats of a deleted account': /^continueDeletion: select "id" from "chats"/,
}

/** Batches whose rows are a parameter. A distributed database reads it on the coordinator. */
const batches = /^insert into "(messages|files|file_contents|whitelist_entries)" \(.* select .* from json_/

/** Functions of the repositories that return a condition or rows to insert. */
const withoutStatement = ['isOwnChat', 'isInKeptChat', 'newFileRows', 'isEntryOf']

interface Statement {
  /** The repository function that ran it. */
  by: string
  text: string
  parameters: unknown[]
}

type PlanNode = Record<string, unknown>

/** 20,000 chats of 2,000 users, with messages, files and shares. */
const fill = [
  sql`insert into users (primary_email, password_hash) select 'user' || i || '@example.com', 'hash'
    from generate_series(1, 2000) i`,
  sql`insert into directory (key, neptun_user_id) select primary_email, id from users`,
  sql`insert into usage (neptun_user_id, slot) select id, i from users cross join generate_series(0, 9) i`,
  sql`insert into sessions (neptun_user_id, token_hash) select u.id, sha256((u.id * 10 + i)::text::bytea)
    from users u cross join generate_series(1, 5) i`,
  sql`insert into projects (neptun_user_id, name, project_type, programming_language)
    select id, 'Project', 'backend', 'rust' from users cross join generate_series(1, 5) i`,
  sql`insert into chats (neptun_user_id, project_id, model, name)
    select p.neptun_user_id, nullif(p.id, p.id / 5 * 5), 'openai/gpt-4o', 'Chat ' || i
    from projects p cross join generate_series(1, 2) i`,
  sql`insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select c.neptun_user_id, c.id, 'user', 'Message ' || i from chats c cross join generate_series(1, 2) i`,
  sql`insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text)
    select neptun_user_id, chat_conversation_id, id, 'a', 'a.txt', '', 'txt', 1, 'text/plain', true from messages`,
  sql`insert into file_contents (neptun_user_id, file_id, content) select neptun_user_id, id, 'a' from files`,
  sql`insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
    select neptun_user_id, id, true, true from chats`,
  sql`insert into directory (key, neptun_user_id) select uuid::text, neptun_user_id from shares`,
  sql`insert into whitelist_entries (neptun_user_id, chat_conversation_share_id, whitelisted_neptun_user_id)
    select neptun_user_id, id, 1 + id % 2000 from shares`,
  sql`insert into idempotency_keys (neptun_user_id, key, fingerprint, ids)
    select id, 'key ' || i, '', '{1}' from users cross join generate_series(1, 10) i`,
  sql`insert into deletions (neptun_user_id) select id from users`,
]

let database: TestDatabase
let db: Database
let isDistributed: boolean
let statements: Statement[]

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url, migrations)
  db = connectForMaintenance(database.url)
  isDistributed = await hasCitus(db)
  for (const statement of fill) await db.execute(statement)
  await db.execute(sql`analyze`)
  await db.execute(sql`delete from deletions`)
  statements = await recordStatements()
})

afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

/** Calls every function of the repositories, and returns the statements that each of them ran. */
async function recordStatements(): Promise<Statement[]> {
  const recorded = new Map<string, Statement>()
  let by = ''
  const logQuery = (query: string, parameters: unknown[]) => {
    const text = query.replace(/\s+/g, ' ').trim()
    recorded.set(`${by}: ${text}`, { by, text, parameters })
  }
  const recording = drizzle(db.$client, { logger: { logQuery } })
  for (const [name, call] of Object.entries(await prepareCalls(db, recording))) {
    by = name
    await call()
  }
  return [...recorded.values()]
}

/**
 * The plan of a statement.
 * @param options of EXPLAIN; ANALYZE runs the statement
 */
async function explain({ text, parameters }: Statement, options = ''): Promise<PlanNode[]> {
  const [row] = await db.$client.unsafe(`explain (format json${options}) ${text}`, parameters as never[])
  const plan: unknown = row!['QUERY PLAN']
  return nodesOf(typeof plan === 'string' ? JSON.parse(plan) : plan)
}

/** All nodes of a plan, including those of the machines of a distributed database. */
function nodesOf(value: unknown): PlanNode[] {
  if (typeof value !== 'object' || value === null) return []
  const nested = Object.values(value).flatMap(nodesOf)
  return Array.isArray(value) ? nested : [value as PlanNode, ...nested]
}

const isAcrossUsers = ({ text }: Statement) => Object.values(acrossUsers).some(pattern => pattern.test(text))

it('covers every function of the repositories', async () => {
  const folder = join(import.meta.dirname, '../../db/repositories')
  const functions: string[] = []
  for (const file of await readdir(folder)) {
    const module = await import(join(folder, file)) as Record<string, unknown>
    functions.push(...Object.keys(module).filter(name => typeof module[name] === 'function'))
  }
  const covered = new Set(statements.map(({ by }) => by))
  // Without a statement.
  expect(functions.filter(name => !covered.has(name))).toEqual(withoutStatement)
})

describe('statements', () => {
  it('read tables only through an index that begins with the owner', async ({ skip }) => {
    skip(isDistributed, 'The machines of a distributed database plan for shards, which may be small.')
    const indexes = await db.execute<{ name: string, first: string }>(sql`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid, 1, true) as first
      from pg_index where indrelid::regclass::text = any(${`{${allTables.join()}}`}::text[])`)
    const keys = new Map(indexes.flatMap(({ name, first }) =>
      first === 'neptun_user_id' || ['users_pkey', 'directory_pkey'].includes(name) ? [[name, first]] : []))
    const problems: string[] = []
    for (const statement of statements.filter(statement => !isAcrossUsers(statement))) {
      for (const node of await explain(statement)) {
        const index = node['Index Name'] as string | undefined
        const isByKey = index === undefined || String(node['Index Cond']).includes(keys.get(index) ?? 'no key')
        const isWrong = node['Node Type'] === 'Seq Scan' || !isByKey
        if (isWrong) problems.push(`${statement.by}: ${[node['Node Type'], index].join(' ')}: ${statement.text}`)
      }
    }
    expect(problems).toEqual([])
  })

  it('leave out deleted chats and accounts', () => {
    const reading = statements.filter(({ text }) => /^(?!insert|delete).*(from|join|update) "(chats|users)"/.test(text))
    expect(reading.length).toBeGreaterThan(60)
    const problems = reading.filter(({ by, text }) => !text.includes('"is_deleted"')
      && !Object.values(ofDeletedRows).some(pattern => pattern.test(`${by}: ${text}`)))
    expect(problems).toEqual([])
  })

  it('read a page of a list in the order of an index', async ({ skip }) => {
    skip(isDistributed, 'The machines of a distributed database plan for shards, which may be small.')
    const pages = statements.filter(({ text }) => text.includes(' limit '))
    expect(pages.length).toBeGreaterThan(30)
    // Only a plan that cannot do without sorting then sorts.
    await db.execute(sql`set enable_sort = off`)
    const problems: string[] = []
    for (const statement of pages) {
      const nodes = await explain(statement)
      if (nodes.some(node => node['Node Type'] === 'Sort')) problems.push(`${statement.by}: ${statement.text}`)
    }
    await db.execute(sql`reset enable_sort`)
    expect(problems).toEqual([])
  })

  it('read nothing but sessions if the session of the reader has ended', async ({ skip }) => {
    skip(isDistributed, 'The machines of a distributed database report their plans without buffers.')
    const reads = statements.filter(({ text }) => text.includes('with session as'))
    expect(reads.length).toBeGreaterThan(40)
    const problems: string[] = []
    for (const { parameters, ...statement } of reads) {
      const withoutSession = parameters.map(value => value instanceof Uint8Array ? Buffer.alloc(32, 9) : value)
      for (const node of await explain({ ...statement, parameters: withoutSession }, ', analyze, buffers')) {
        const table = node['Relation Name'] as string | undefined
        const blocks = Number(node['Shared Hit Blocks']) + Number(node['Shared Read Blocks'])
        if (table && table !== 'sessions' && blocks > 0) problems.push(`${statement.by}: ${table}: ${statement.text}`)
      }
    }
    expect(problems).toEqual([])
  })

  it('run on one machine of a distributed database', async ({ skip }) => {
    skip(!isDistributed, 'This database is not distributed.')
    const problems: string[] = []
    for (const statement of statements.filter(statement => !isAcrossUsers(statement))) {
      const nodes = await explain(statement)
      const tasks = nodes.flatMap(node => 'Task Count' in node ? [node['Task Count']] : [])
      const isBatch = batches.test(statement.text) && nodes.some(node => 'INSERT/SELECT method' in node)
      // The coordinator assigns ids, and has the advisory locks and settings.
      const isOfCoordinator = /^select (nextval|pg_(try_)?advisory_xact_lock|set_config)\(/.test(statement.text)
      if (isBatch || isOfCoordinator || String(tasks) === '1') continue
      problems.push(`${statement.by}: ${String(tasks)} tasks: ${statement.text}`)
    }
    expect(problems).toEqual([])
  })

  it.each(Object.entries(acrossUsers))('include every listed exception: %s', (_, pattern) => {
    expect(statements.filter(({ text }) => pattern.test(text))).not.toEqual([])
  })
})
