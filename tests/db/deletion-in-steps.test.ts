import { eq, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectForMaintenance, type Database } from '#db/client'
import { hasCitus } from '#db/distribute'
import type { ChatKey, UserKey } from '#db/keys'
import { migrate } from '#db/migrate'
import type { JsonPage } from '#db/read'
import { appendMessages } from '#db/repositories/append-messages'
import {
  createChat, createProjectChat, deleteChat, deleteChats, getChat, listChats, updateChat,
} from '#db/repositories/chats'
import { continueDeletion } from '#db/repositories/continue-deletion'
import { findOwner } from '#db/repositories/directory'
import { getFile, listChatFiles, listUserFiles } from '#db/repositories/files'
import { findGrantedFile, getLinkedFile } from '#db/repositories/linked-files'
import { getMessage, listMessages, updateMessage } from '#db/repositories/messages'
import { createProject, deleteProject } from '#db/repositories/projects'
import { createSession, findSession } from '#db/repositories/sessions'
import { findShareByUuid } from '#db/repositories/shared-chats'
import { createShare } from '#db/repositories/shares'
import { createUser, deleteUser, findAccount, findPasswordHash, lockAccount } from '#db/repositories/users'
import { countUsage, getUsage, unlimited } from '#db/repositories/usage'
import { maxDeletedBytes, maxDeletedRows } from '#db/rules'
import { files, messages } from '#db/schema/index'
import { createDatabase, type TestDatabase } from '../support/databases.ts'
import { uniqueEmail } from '../support/factories.ts'
import { links } from '../support/links.ts'
import { migrations } from '../support/migrations.ts'
import { rowsIn } from '../support/rows-in.ts'
import { rowCounts, rowsOf } from '../support/rows.ts'

const tokenHash = Buffer.alloc(32, 1)
const view = { select: [{ name: 'id' as const }], links }
const page = { order: [{ column: 'id' as const, direction: 'asc' as const }], limit: 50, view }
const newShare = { is_shared: true, password_hash: null, expires_at: null }
const file = {
  title: 'a.txt', name: 'a.txt', language: '', extension: 'txt', type: 'text/plain', is_text: true,
  content: Buffer.from('a'),
}

let database: TestDatabase
let db: Database
let email: string
let owner: UserKey

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url, migrations)
  db = connectForMaintenance(database.url)
  // The statistics of new tables are missing, and stay so.
  for (const table of ['chats', 'messages', 'files', 'file_contents'])
    await db.execute(sql`alter table ${sql.identifier(table)} set (autovacuum_enabled = off)`)
})

afterAll(async () => {
  await db.$client.end()
  await database.drop()
})

beforeEach(async () => {
  email = uniqueEmail()
  const { id: user_id } = await db.transaction(tx => createUser(tx, { email, passwordHash: 'hash' }))
  owner = { user_id }
  await createSession(db, { user_id, tokenHash })
})

/** A shared chat with a message that has a file. */
async function newChat(project?: { id: number }) {
  const chat = { model: 'openai/gpt-4o', name: 'Chat' }
  const { id: chat_id } = project
    ? await createProjectChat(db, { ...owner, project_id: project.id }, chat, unlimited)
    : await createChat(db, owner, chat, unlimited)
  const key = { ...owner, chat_id }
  const [added] = await appendMessages(db, key, [{ role: 'user', content: 'Hello', files: [file] }], unlimited)
  const messageKey = { ...key, message_id: added!.id }
  const share = await createShare(db, key, newShare)
  return { key, messageKey, fileKey: { ...messageKey, file_id: added!.files[0]!.id }, share }
}

/** Adds messages, each with as many small files. */
async function fill({ user_id, chat_id }: ChatKey, messages: number, filesOfEach: number, size = 1): Promise<void> {
  await db.execute(sql`
    insert into messages (neptun_user_id, chat_conversation_id, role, content)
    select ${user_id}, ${chat_id}, 'user', 'Message ' || i from generate_series(1, ${messages}) i`)
  await db.execute(sql`
    insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
      extension, size, type, is_text)
    select neptun_user_id, chat_conversation_id, id, 'b', 'b.txt', '', 'txt', ${size}, 'text/plain', true
    from messages cross join generate_series(1, ${filesOfEach})
    where neptun_user_id = ${user_id} and chat_conversation_id = ${chat_id}`)
  await db.execute(sql`
    insert into file_contents (neptun_user_id, file_id, content)
    select neptun_user_id, id, 'b' from files where neptun_user_id = ${user_id} and chat_conversation_id = ${chat_id}
    on conflict do nothing`)
}

async function newLargeChat(project?: { id: number }) {
  const chat = await newChat(project)
  await fill(chat.key, maxDeletedRows, 1)
  return chat
}

const countRows = async () => rowCounts(await rowsOf(db, { id: owner.user_id }))

/** Runs all steps, and returns the largest number of rows of one table that one of them deleted. */
async function runSteps(): Promise<number> {
  let largest = 0
  for (let before = await countRows(); await continueDeletion(db);) {
    const after = await countRows()
    largest = Math.max(largest, ...Object.keys(before).map(table => before[table]! - after[table]!))
    before = after
  }
  return largest
}

/** The rows of tables with any. */
const nonZero = (counts: Record<string, number>) => Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))

/** The ids in a list. */
const idsOf = async (list: Promise<JsonPage>) => rowsIn<{ id: number }>(await list).map(({ id }) => id)

const isMissing = (call: Promise<unknown>) => expect(call).rejects.toThrow(/not found/)

/** Expects that nobody can see or change a chat. */
async function expectGone({ key, messageKey, fileKey, share }: Awaited<ReturnType<typeof newChat>>): Promise<void> {
  for (const filter of [{}, { project_id: null }])
    expect(await idsOf(listChats(db, owner, page, filter))).not.toContain(key.chat_id)
  expect(await idsOf(listUserFiles(db, owner, page))).not.toContain(fileKey.file_id)
  for (const call of [
    () => getChat(db, key, view), () => listMessages(db, key, page), () => getMessage(db, messageKey, view),
    () => listChatFiles(db, key, page), () => getFile(db, fileKey, view), () => getLinkedFile(db, fileKey),
    () => appendMessages(db, key, [{ role: 'user', content: 'More', files: [] }], unlimited), () => deleteChat(db, key),
    () => updateMessage(db, messageKey, 'Changed', view, unlimited), () => updateChat(db, key, { name: 'Renamed' }),
    () => createShare(db, key, newShare),
  ]) await isMissing(call())
  expect(await findOwner(db, share.uuid)).toBeUndefined()
  expect(await findShareByUuid(db, owner, share.uuid)).toBeUndefined()
  expect(await findGrantedFile(db, fileKey.file_id, { uuid: share.uuid, version: share.version })).toBeUndefined()
}

describe('a chat with many messages and files', () => {
  it('is gone at once, and its rows are deleted in steps', async () => {
    const [chat, kept] = [await newLargeChat(), await newChat()]
    expect(await deleteChat(db, chat.key)).toBe(true)
    await expectGone(chat)
    expect(await countRows()).toMatchObject({ chats: 2, messages: maxDeletedRows + 2, files: maxDeletedRows + 3 })
    await continueDeletion(db)
    await expectGone(chat)
    expect(await runSteps()).toBeLessThanOrEqual(maxDeletedRows)
    expect(nonZero(await countRows())).toEqual({
      users: 1, sessions: 1, chats: 1, messages: 1, files: 1, file_contents: 1, shares: 1, directory: 2,
    })
    await getChat(db, kept.key, view)
    expect(await idsOf(listUserFiles(db, owner, page))).toEqual([kept.fileKey.file_id])
  })

  it('is deleted in steps if one message has all the files', async () => {
    const chat = await newChat()
    await fill(chat.key, 1, maxDeletedRows)
    await deleteChat(db, chat.key)
    await expectGone(chat)
    expect(await runSteps()).toBeLessThanOrEqual(maxDeletedRows)
    expect(nonZero(await countRows())).toEqual({ users: 1, sessions: 1, directory: 1 })
  })

  it('is deleted in steps if its files are large', async () => {
    const chat = await newChat()
    await fill(chat.key, 9, 1, Math.ceil(maxDeletedBytes / 4))
    await deleteChat(db, chat.key)
    await expectGone(chat)
    // The small file, and four others.
    expect(await runSteps()).toBe(10)
    expect(nonZero(await countRows())).toEqual({ users: 1, sessions: 1, directory: 1 })
  })

  it('goes together with others, and with its project', async () => {
    const project = await createProject(db, owner, {
      name: 'Project', description: null, project_type: 'backend', programming_language: 'rust',
    })
    const inProject = [await newLargeChat(project), await newChat(project)]
    const others = [await newLargeChat(), await newChat()]
    await deleteProject(db, { ...owner, project_id: project.id })
    await deleteChats(db, owner, others.map(({ key }) => key.chat_id))
    for (const chat of [...inProject, ...others]) await expectGone(chat)
    await runSteps()
    expect(nonZero(await countRows())).toEqual({ users: 1, sessions: 1, directory: 1 })
  })

  it('needs no steps if it is small', async () => {
    const { key } = await newChat()
    await fill(key, 100, 1)
    await deleteChat(db, key)
    expect(nonZero(await countRows())).toEqual({ users: 1, sessions: 1, directory: 1 })
    expect(await continueDeletion(db)).toBe(false)
  })
})

describe('the usage', () => {
  it('is what is left when a large chat has been deleted', async () => {
    await newChat()
    const left = await getUsage(db, owner)
    const { key } = await newLargeChat()
    // The messages and files that were inserted directly.
    const sum = async (size: SQL, table: typeof messages | typeof files) => {
      const [row] = await db.select({ bytes: sql`sum(${size})`.mapWith(Number) }).from(table)
        .where(eq(table.chat_conversation_id, key.chat_id))
      return row!.bytes
    }
    const inserted = await sum(sql`octet_length(content)`, messages) + await sum(sql`size`, files)
    const counted = (await getUsage(db, owner)).bytes - left.bytes
    await db.transaction(tx => countUsage(tx, owner, { bytes: inserted - counted }))
    await deleteChat(db, key)
    expect((await getUsage(db, owner)).chats).toBe(left.chats)
    await runSteps()
    expect(await getUsage(db, owner)).toEqual(left)
  })
})

describe('an account with many messages and files', () => {
  it('is gone at once, and its rows are deleted in steps', async () => {
    const chats = [await newLargeChat(), await newChat()]
    const { user_id } = owner
    await deleteUser(db, owner)
    expect(await findSession(db, { user_id, tokenHash })).toBeUndefined()
    expect(await findAccount(db, email)).toBeUndefined()
    expect(await findPasswordHash(db, owner)).toBeUndefined()
    expect(await db.transaction(tx => lockAccount(tx, owner, 'hash'))).toBe(false)
    for (const { key, fileKey, share } of chats) {
      await isMissing(getLinkedFile(db, fileKey))
      expect(await findShareByUuid(db, owner, share.uuid)).toBeUndefined()
      await isMissing(createShare(db, key, newShare))
      await isMissing(deleteChat(db, key))
    }
    expect(nonZero(await countRows())).toMatchObject({ users: 1, chats: 2, messages: maxDeletedRows + 2 })
    // The address is free.
    await db.transaction(tx => createUser(tx, { email, passwordHash: 'hash' }))

    // A request that the deletion overtook.
    await createChat(db, owner, { model: 'openai/gpt-4o', name: 'Late' }, unlimited)
    await deleteUser(db, owner)
    expect(await runSteps()).toBeLessThanOrEqual(maxDeletedRows)
    expect(nonZero(await countRows())).toEqual({})
    expect(await findAccount(db, email)).toBeDefined()
  })

  it('may have chats whose deletion is not complete', async () => {
    const chat = await newLargeChat()
    await newChat()
    await deleteChat(db, chat.key)
    await deleteUser(db, owner)
    await runSteps()
    expect(nonZero(await countRows())).toEqual({})
  })
})

describe('a step', () => {
  it('forgets a user whose row is gone', async () => {
    await db.execute(sql`insert into deletions (neptun_user_id) values (0)`)
    expect(await continueDeletion(db)).toBe(true)
    expect(await continueDeletion(db)).toBe(false)
  })

  it('that fails has no effect, and is repeated', async () => {
    const chat = await newLargeChat()
    await deleteChat(db, chat.key)
    const before = await countRows()
    const failing = drizzle(db.$client, { logger: { logQuery(query) {
      if (query.includes('delete from "files"')) throw new Error('The process ends.')
    } } })
    await expect(continueDeletion(failing)).rejects.toThrow()
    expect(await countRows()).toEqual(before)
    await expectGone(chat)
    await runSteps()
    expect(nonZero(await countRows())).toEqual({ users: 1, sessions: 1, directory: 1 })
  })

  it('reads only what it deletes, without statistics', async ({ skip }) => {
    skip(await hasCitus(db), 'The machines of a distributed database report their plans in another form.')
    const chat = await newLargeChat()
    await deleteChat(db, chat.key)
    const plans: string[] = []
    const statements: [string, unknown[]][] = []
    const recording = drizzle(db.$client, { logger: { logQuery: (...statement) => statements.push(statement) } })
    await db.execute(sql`set enable_bitmapscan = off`)
    while (await continueDeletion(recording));
    for (const [text, parameters] of statements) {
      if (!/"(files|messages)"/.test(text)) continue
      const rows = await db.$client.unsafe(`explain ${text}`, parameters as never[])
      plans.push(rows.map(row => String(row['QUERY PLAN'])).join('\n'))
    }
    await db.execute(sql`reset enable_bitmapscan`)
    expect(plans.length).toBeGreaterThan(3)
    expect(plans.filter(plan => /Seq Scan|Sort|Bitmap/.test(plan))).toEqual([])
  })
})
