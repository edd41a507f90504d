import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { NotFoundError } from '#db/errors'
import * as chats from '#db/repositories/chats'
import { addFiles } from '#db/repositories/files'
import * as projects from '#db/repositories/projects'
import { createSession } from '#db/repositories/sessions'
import { appendMessages, createChat, createProject, createShare, signedInUser } from '../support/factories.ts'
import { useDatabase } from '../support/use-database.ts'

const db = useDatabase()

/** Returns the name of the constraint that a statement violates. */
async function violatedBy(statement: SQL): Promise<string> {
  try {
    await db.execute(statement)
    return 'none'
  }
  catch (error) {
    return (error as { cause: { constraint_name: string } }).cause.constraint_name
  }
}

describe('database constraints', () => {
  it('reject a chat in a foreign project', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [project, chat] = [await createProject(ada), await createChat(eve)]
    expect(await violatedBy(sql`update chats set project_id = ${project.id} where id = ${chat.id}`))
      .toBe('chats_project_of_same_user')
  })

  it('reject messages, files and shares whose owner differs from the owner of the chat', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const chat = await createChat(ada)
    await appendMessages(ada, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'a' }] })
    await createShare(ada, chat)
    const changeOwner = (table: string) =>
      sql`update ${sql.identifier(table)} set neptun_user_id = ${eve.id} where chat_conversation_id = ${chat.id}`
    expect(await violatedBy(changeOwner('messages'))).toBe('messages_chat_of_same_user')
    expect(await violatedBy(changeOwner('files'))).toBe('files_chat_of_same_user')
    expect(await violatedBy(changeOwner('shares'))).toBe('shares_chat_of_same_user')
  })

  it('reject a file attached to a message of another chat', async () => {
    const ada = await signedInUser()
    const [chat, other] = [await createChat(ada), await createChat(ada)]
    await appendMessages(ada, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'a' }] })
    const [message] = await appendMessages(ada, other, 'Hello')
    expect(await violatedBy(sql`
      update files set chat_conversation_message_id = ${message.id} where chat_conversation_id = ${chat.id}`))
      .toBe('files_message_of_same_chat')
  })

  it('reject a second share of a chat', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    await createShare(ada, chat)
    expect(await violatedBy(sql`insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
      values (${ada.id}, ${chat.id}, true, false)`)).toBe('shares_one_per_chat')
  })

  it('reject a second account with the same email address, ignoring case', async () => {
    const ada = await signedInUser()
    expect(await violatedBy(sql`
      insert into users (primary_email, password_hash) values (${ada.email.toUpperCase()}, 'x')`))
      .toBe('users_email_key')
  })

  it('reject empty and oversized names and contents', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, 'Hello')
    expect(await violatedBy(sql`update chats set name = '' where id = ${chat.id}`)).toBe('chats_name_length')
    expect(await violatedBy(sql`update chats set name = repeat('ä', 256) where id = ${chat.id}`))
      .toBe('chats_name_length')
    expect(await violatedBy(sql`update messages set content = '' where id = ${message.id}`))
      .toBe('messages_content_length')
    expect(await violatedBy(sql`update messages set content = repeat('ä', 1000001) where id = ${message.id}`))
      .toBe('messages_content_length')
  })
})

describe('cascading deletes', () => {
  const countRows = async (userId: number) => {
    const tables = ['sessions', 'projects', 'chats', 'messages', 'files', 'shares']
    const counts = tables.map(table =>
      sql`(select count(*) from ${sql.identifier(table)} where neptun_user_id = ${userId})::int`)
    const [row] = await db.execute<{ all: number[] }>(sql`select json_build_array(${sql.join(counts, sql`, `)}) as all`)
    return row!.all
  }

  it('remove all rows of a deleted account', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, { message: 'Hello', files: [{ title: 'a.txt', text: 'a' }] })
    await createShare(ada, chat, { emails: [eve.email] })
    expect(await countRows(ada.id)).not.toContain(0)
    await db.execute(sql`delete from users where id = ${ada.id}`)
    expect(await countRows(ada.id)).toEqual([0, 0, 0, 0, 0, 0])
    const [remaining] = await db.execute<{ contents: number, entries: number }>(sql`select
      (select count(*) from file_contents where file_id = ${message.files[0].id})::int as contents,
      (select count(*) from whitelist_entries where whitelisted_neptun_user_id = ${eve.id})::int as entries`)
    expect(remaining).toEqual({ contents: 0, entries: 0 })
  })
})

describe('a violated foreign key', () => {
  const missingUser = { user_id: Number.MAX_SAFE_INTEGER }
  const chat = { model: 'google/gemma-2-27b-it', name: 'Chat' }
  const project = { name: 'Project', description: null, project_type: 'backend', programming_language: 'rust' }

  it('means that the account has been deleted', async () => {
    const userNotFound = new NotFoundError('User')
    await expect(chats.createChat(db, missingUser, chat)).rejects.toStrictEqual(userNotFound)
    await expect(projects.createProject(db, missingUser, project)).rejects.toStrictEqual(userNotFound)
    await expect(createSession(db, missingUser, { tokenHash: Buffer.alloc(32) })).rejects.toStrictEqual(userNotFound)
  })

  it('means that the owner has no such project or message', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [own, foreign] = [await createChat(ada), await createChat(eve)]
    const [message] = await appendMessages(eve, foreign, 'Hello')
    const { id: project_id } = await createProject(eve)
    await expect(chats.createProjectChat(db, { user_id: ada.id, project_id }, chat))
      .rejects.toStrictEqual(new NotFoundError('Project'))
    const file = {
      title: 'a.txt', name: 'a.txt', language: '', extension: 'txt', type: 'text/plain', is_text: true,
      content: Buffer.from('a'),
    }
    await expect(addFiles(db, { user_id: ada.id, chat_id: own.id, message_id: message.id }, [file]))
      .rejects.toStrictEqual(new NotFoundError('Message'))
  })
})
