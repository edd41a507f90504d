import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { lookInside } from '../support/sql.ts'
import { chatOf, messagesIn, projectOf, shareOf, signedInUser } from '../support/world.ts'

const db = lookInside()

/** The name of the constraint that a statement breaks. */
async function brokenBy(statement: SQL): Promise<string> {
  const error = await db.execute(statement).then(() => undefined, (error: { cause: { constraint_name: string } }) => error)
  return error?.cause.constraint_name ?? 'none'
}

describe('the database itself refuses', () => {
  it('a chat in the project of somebody else', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [project, chat] = [await projectOf(ada), await chatOf(eve)]
    expect(await brokenBy(sql`update chats set project_id = ${project.id} where id = ${chat.id}`)).toBe('chats_project_of_same_user')
  })

  it('a message, a file and a share with another owner than their chat', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const chat = await chatOf(ada)
    await messagesIn(ada, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'a' }] })
    await shareOf(ada, chat)
    const steal = (table: string) => sql`update ${sql.identifier(table)} set neptun_user_id = ${eve.id} where chat_conversation_id = ${chat.id}`
    expect(await brokenBy(steal('messages'))).toBe('messages_chat_of_same_user')
    expect(await brokenBy(steal('files'))).toBe('files_chat_of_same_user')
    expect(await brokenBy(steal('shares'))).toBe('shares_chat_of_same_user')
  })

  it('a file at a message of another chat', async () => {
    const ada = await signedInUser()
    const [here, there] = [await chatOf(ada), await chatOf(ada)]
    await messagesIn(ada, here, { message: 'Hello', files: [{ title: 'a.txt', text: 'a' }] })
    const [message] = await messagesIn(ada, there, 'Hello')
    expect(await brokenBy(sql`update files set chat_conversation_message_id = ${message.id} where chat_conversation_id = ${here.id}`))
      .toBe('files_message_of_same_chat')
  })

  it('a second share of a chat', async () => {
    const ada = await signedInUser()
    const chat = await chatOf(ada)
    await shareOf(ada, chat)
    expect(await brokenBy(sql`insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
      values (${ada.id}, ${chat.id}, true, false)`)).toBe('shares_one_per_chat')
  })

  it('a second account of an address, in whatever case', async () => {
    const ada = await signedInUser()
    expect(await brokenBy(sql`insert into users (primary_email, password_hash) values (${ada.email.toUpperCase()}, 'x')`)).toBe('users_email_key')
  })

  it('names and contents that are empty or too long', async () => {
    const ada = await signedInUser()
    const chat = await chatOf(ada)
    const [message] = await messagesIn(ada, chat, 'Hello')
    expect(await brokenBy(sql`update chats set name = '' where id = ${chat.id}`)).toBe('chats_name_length')
    expect(await brokenBy(sql`update chats set name = repeat('ä', 256) where id = ${chat.id}`)).toBe('chats_name_length')
    expect(await brokenBy(sql`update messages set content = '' where id = ${message.id}`)).toBe('messages_content_length')
    expect(await brokenBy(sql`update messages set content = repeat('ä', 1000001) where id = ${message.id}`)).toBe('messages_content_length')
  })
})

describe('what goes takes what belongs to it along', () => {
  const rowsOf = async (userId: number) => {
    const tables = ['sessions', 'projects', 'chats', 'messages', 'files', 'shares']
    const counts = tables.map(table => sql`(select count(*) from ${sql.identifier(table)} where neptun_user_id = ${userId})::int`)
    const [row] = await db.execute<{ all: number[] }>(sql`select json_build_array(${sql.join(counts, sql`, `)}) as all`)
    return row!.all
  }

  it('an account takes everything', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const chat = await chatOf(ada)
    const [message] = await messagesIn(ada, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'a' }] })
    await shareOf(ada, chat, { emails: [eve.email] })
    expect(await rowsOf(ada.id)).not.toContain(0)
    await db.execute(sql`delete from users where id = ${ada.id}`)
    expect(await rowsOf(ada.id)).toEqual([0, 0, 0, 0, 0, 0])
    const [left] = await db.execute<{ contents: number, entries: number }>(sql`select
      (select count(*) from file_contents where file_id = ${message.files[0].id})::int as contents,
      (select count(*) from whitelist_entries where whitelisted_neptun_user_id = ${eve.id})::int as entries`)
    expect(left).toEqual({ contents: 0, entries: 0 })
  })
})

describe('the lists of the contract', () => {
  it.each([
    ['chats_of_project_by_updated_at', sql`select * from chats where project_id = 1 order by updated_at desc, id desc limit 51`],
    ['chats_of_project_by_created_at', sql`select * from chats where project_id = 1 order by created_at, id limit 51`],
    ['chats_of_project_by_name', sql`select * from chats where project_id = 1 and (name, id) > ('m', 7) order by name, id limit 51`],
    ['chats_of_project_by_model', sql`select * from chats where project_id = 1 order by model desc, id desc limit 51`],
    ['chats_of_project', sql`select * from chats where project_id = 1 order by id desc limit 51`],
    ['projects_of_user', sql`select * from projects where neptun_user_id = 1 order by id desc limit 51`],
    ['messages_of_chat', sql`select * from messages where chat_conversation_id = 1 order by id limit 51`],
    ['files_of_chat', sql`select * from files where chat_conversation_id = 1 order by id limit 51`],
  ])('have an index that brings the rows in order: %s', async (index, query) => {
    const plan = await db.transaction(async (tx) => {
      // Small tables are scanned whole: what counts is that the index could serve without a sort. The owner, whom
      // every statement names as well, is left out: with so few rows any index would do for that.
      await tx.execute(sql`set local enable_seqscan = off`)
      await tx.execute(sql`set local enable_sort = off`)
      return tx.execute(sql`explain ${query}`)
    })
    const text = plan.map(row => Object.values(row)[0]).join('\n')
    expect(text).toContain(index)
    expect(text).not.toContain('Sort')
  })
})
