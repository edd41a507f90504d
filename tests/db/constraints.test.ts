import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { NotFoundError, violates } from '#db/errors'
import * as chats from '#db/repositories/chats'
import { addFiles } from '#db/repositories/insert-files'
import * as projects from '#db/repositories/projects'
import { createSession } from '#db/repositories/sessions'
import { unlimited } from '#db/repositories/usage'
import {
  addMessagesAndShare, appendMessages, createChat, createProject, signedInUser, type TestUser,
} from '../support/factories.ts'
import { rowsOf } from '../support/rows.ts'
import { useDatabase } from '../support/use-database.ts'

const db = useDatabase()

/** Expects a statement to violate a constraint. */
async function expectViolation(constraint: string, statement: SQL) {
  const error: unknown = await db.execute(statement).then(() => undefined, (error: Error) => error)
  expect(violates(error, constraint), String(error)).toBe(true)
}

/** A chat with one message, which has one file, and a share with a whitelist. */
async function sharedChatOf(person: TestUser) {
  const chat = await createChat(person)
  return { chat, ...await addMessagesAndShare(person, chat) }
}

describe('database constraints', () => {
  it('reject a chat in a foreign project', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [project, chat] = [await createProject(ada), await createChat(eve)]
    await expectViolation('chats_project_of_same_user', sql`
      update chats set project_id = ${project.id} where neptun_user_id = ${eve.id} and id = ${chat.id}`)
  })

  it('reject a row whose owner differs from the owner of the row above it', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const { chat, message, file, share } = await sharedChatOf(ada)
    await expectViolation('messages_chat_of_same_user', sql`
      insert into messages (neptun_user_id, chat_conversation_id, role, content)
      values (${eve.id}, ${chat.id}, 'user', 'Hello')`)
    await expectViolation('files_message_of_same_chat', sql`
      insert into files (neptun_user_id, chat_conversation_id, chat_conversation_message_id, title, name, language,
        extension, size, type, is_text)
      values (${eve.id}, ${chat.id}, ${message.id}, '', 'a', '', '', 0, 'text/plain', true)`)
    await expectViolation('file_contents_of_existing_file', sql`
      insert into file_contents (neptun_user_id, file_id, content) values (${eve.id}, ${file.id}, '')`)
    await expectViolation('shares_chat_of_same_user', sql`
      insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
      values (${eve.id}, ${chat.id}, true, false)`)
    await expectViolation('whitelist_entries_of_existing_share', sql`
      insert into whitelist_entries (neptun_user_id, chat_conversation_share_id, whitelisted_neptun_user_id)
      values (${eve.id}, ${share.id}, ${eve.id})`)
  })

  it('reject a file attached to a message of another chat', async () => {
    const ada = await signedInUser()
    const [{ file }, other] = [await sharedChatOf(ada), await createChat(ada)]
    const [message] = await appendMessages(ada, other, 'Hello')
    await expectViolation('files_message_of_same_chat', sql`
      update files set chat_conversation_message_id = ${message.id}
      where neptun_user_id = ${ada.id} and id = ${file.id}`)
  })

  it('reject a second share of a chat, and a second entry for a user on its whitelist', async () => {
    const ada = await signedInUser()
    const { chat, share } = await sharedChatOf(ada)
    await expectViolation('shares_one_per_chat', sql`
      insert into shares (neptun_user_id, chat_conversation_id, is_shared, has_whitelist)
      values (${ada.id}, ${chat.id}, true, false)`)
    await expectViolation('whitelist_entries_one_per_user', sql`
      insert into whitelist_entries (neptun_user_id, chat_conversation_share_id, whitelisted_neptun_user_id)
      values (${ada.id}, ${share.id}, ${ada.id})`)
  })

  it('reject a second account with the same email address, ignoring case', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const claim = (email: string) => sql`insert into directory (key, neptun_user_id) values (${email}, ${eve.id})`
    await expectViolation('directory_pkey', claim(ada.email))
    await expectViolation('directory_key_lower_case', claim(ada.email.toUpperCase()))
  })

  it('reject empty and oversized names and contents', async () => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const [message] = await appendMessages(ada, chat, 'Hello')
    const setChat = (assignment: SQL) =>
      sql`update chats set ${assignment} where neptun_user_id = ${ada.id} and id = ${chat.id}`
    const setMessage = (assignment: SQL) =>
      sql`update messages set ${assignment} where neptun_user_id = ${ada.id} and id = ${message.id}`
    await expectViolation('chats_name_length', setChat(sql`name = ''`))
    await expectViolation('chats_name_length', setChat(sql`name = repeat('ä', 256)`))
    await expectViolation('messages_content_length', setMessage(sql`content = ''`))
    await expectViolation('messages_content_length', setMessage(sql`content = repeat('ä', 1000001)`))
  })
})

describe('cascading deletes', () => {
  it('remove all rows of a deleted account but those of the directory', async () => {
    const ada = await signedInUser()
    await sharedChatOf(ada)
    const rows = await rowsOf(db, ada)
    expect(Object.values(rows).filter(keys => keys.length === 0)).toEqual([])
    await db.execute(sql`delete from users where id = ${ada.id}`)
    const { directory, ...others } = await rowsOf(db, ada)
    expect(directory).toEqual(rows.directory)
    expect(Object.values(others).flat()).toEqual([])
  })
})

describe('a violated foreign key', () => {
  const missingUser = { user_id: Number.MAX_SAFE_INTEGER }
  const chat = { model: 'google/gemma-2-27b-it', name: 'Chat' }
  const project = { name: 'Project', description: null, project_type: 'backend', programming_language: 'rust' }

  it('means that the account has been deleted', async () => {
    const userNotFound = new NotFoundError('User')
    await expect(chats.createChat(db, missingUser, chat, unlimited)).rejects.toStrictEqual(userNotFound)
    await expect(projects.createProject(db, missingUser, project)).rejects.toStrictEqual(userNotFound)
    await expect(createSession(db, { ...missingUser, tokenHash: Buffer.alloc(32) })).rejects.toStrictEqual(userNotFound)
  })

  it('means that the owner has no such project or message', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const [own, foreign] = [await createChat(ada), await createChat(eve)]
    const [message] = await appendMessages(eve, foreign, 'Hello')
    const { id: project_id } = await createProject(eve)
    await expect(chats.createProjectChat(db, { user_id: ada.id, project_id }, chat, unlimited))
      .rejects.toStrictEqual(new NotFoundError('Project'))
    const file = {
      title: 'a.txt', name: 'a.txt', language: '', extension: 'txt', type: 'text/plain', is_text: true,
      content: Buffer.from('a'),
    }
    await expect(addFiles(db, { user_id: ada.id, chat_id: own.id, message_id: message.id }, [file], unlimited))
      .rejects.toStrictEqual(new NotFoundError('Message'))
  })
})
