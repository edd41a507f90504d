import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { Database, Transaction } from '#db/client'
import { PreconditionFailedError } from '#db/errors'
import type { View } from '#db/json-row'
import type { Page } from '#db/keyset'
import type { UserKey } from '#db/keys'
import * as appendMessages from '#db/repositories/append-messages'
import * as chats from '#db/repositories/chats'
import * as continueDeletion from '#db/repositories/continue-deletion'
import * as deleteChats from '#db/repositories/delete-chats'
import * as deletions from '#db/repositories/deletions'
import * as directory from '#db/repositories/directory'
import * as files from '#db/repositories/files'
import * as idempotencyKeys from '#db/repositories/idempotency-keys'
import * as insertFiles from '#db/repositories/insert-files'
import * as linkedFiles from '#db/repositories/linked-files'
import * as messages from '#db/repositories/messages'
import * as projects from '#db/repositories/projects'
import * as sessions from '#db/repositories/sessions'
import * as sharedChats from '#db/repositories/shared-chats'
import * as shares from '#db/repositories/shares'
import * as touchChat from '#db/repositories/touch-chat'
import * as users from '#db/repositories/users'
import * as whitelists from '#db/repositories/whitelists'
import * as usage from '#db/repositories/usage'
import { unlimited } from '#db/repositories/usage'
import { newIds } from '#db/new-ids'
import { maxDeletedRows } from '#db/rules'
import { chats as chatsTable } from '#db/schema/chats'
import { whitelistEntries } from '#db/schema/shares'
import { sessions as sessionsTable } from '#db/schema/users'
import { SessionReader, type Reader } from '#db/session-reader'
import { getChat } from '#server/contracts/chats'
import { listUserFiles } from '#server/contracts/files'
import { selectionOf } from '#server/contracts/kit/selection'
import { getMessage } from '#server/contracts/messages'
import { getProject } from '#server/contracts/projects'
import { openSharedChat } from '#server/contracts/shared-chats'
import { getShare, listWhitelistEntries } from '#server/contracts/shares'
import { listSessions } from '#server/contracts/users'
import { links } from '../support/links.ts'

/** The view that a contract has of its rows. */
function viewOf<Name extends string>(schema: z.ZodType<Record<Name, unknown>>): View<Name> {
  return { select: selectionOf(schema) as View<Name>['select'], links }
}

const { chat: Chat } = getChat.response.shape
const { chatMessage: Message } = getMessage.response.shape
const [chatView, messageView, projectView] = [viewOf(Chat), viewOf(Message), viewOf(getProject.response.shape.project)]
const fileView = viewOf(listUserFiles.list.row)
const fileWithTextView = viewOf(Message.shape.files.element)
const shareView = viewOf(getShare.response.shape.share)
const entryView = viewOf(listWhitelistEntries.response.shape.shareWhitelistEntries.element)
const sharedMessageView = viewOf(openSharedChat.response.shape.chatMessages.element)
const sessionView = viewOf(listSessions.response.shape.sessions.element)

const page: Page<'id'> = { order: [{ column: 'id', direction: 'asc' }], limit: 50 }
const latestFirst: Page<'id'> = { order: [{ column: 'id', direction: 'desc' }], limit: 50 }
const chatPages = (['updated_at', 'created_at', 'name', 'model'] as const).flatMap(column =>
  (['asc', 'desc'] as const).map(direction => ({
    order: [{ column, direction }, { column: 'id' as const, direction }],
    limit: 50,
    after: [column.endsWith('_at') ? '2026-01-01T00:00:00.000Z' : 'm', 7],
  })))
const file = {
  title: 'a.txt', name: 'a.txt', language: '', extension: 'txt', type: 'text/plain', is_text: true,
  content: Buffer.from('a'),
}
const message = { role: 'user' as const, content: 'Hello', files: [file] }
const newChat = { model: 'openai/gpt-4o', name: 'Chat' }
const newShare = { is_shared: true, password_hash: null, expires_at: null }

/**
 * Creates what the calls need, and returns a call of every function of the repositories, by name, to be made in this
 * order.
 * @param recording runs the statements of the calls themselves
 */
export async function prepareCalls(
  db: Database,
  recording: Database,
): Promise<Record<string, () => Promise<unknown>>> {
  const tokenHash = Buffer.alloc(32, 1)
  const account = { email: 'ada@example.com', passwordHash: 'hash' }
  const { id: user_id } = await db.transaction(tx => users.createUser(tx, account))
  const owner = { user_id }
  const { id: session_id } = await sessions.createSession(db, { user_id, tokenHash })
  const { id: project_id } = await projects.createProject(db, owner, {
    name: 'Project', description: null, project_type: 'backend', programming_language: 'rust',
  })
  const project = { user_id, project_id }
  const newChatKey = async () => {
    const { id: chat_id } = await chats.createProjectChat(db, project, newChat, unlimited)
    return { ...project, chat_id }
  }
  const chat = await newChatKey()
  const [added] = await appendMessages.appendMessages(db, chat, [message], unlimited)
  const messageKey = { ...chat, message_id: added!.id }
  const fileKey = { ...messageKey, file_id: added!.files[0]!.id }
  const share = await shares.createShare(db, chat, { ...newShare, emails: ['user1@example.com', 'user2@example.com'] })
  const shareKey = { ...chat, share_id: share.id }
  const [entry] = await db.select().from(whitelistEntries)
    .where(eq(whitelistEntries.chat_conversation_share_id, share.id))
  const sharedChatKey = async () => {
    const key = await newChatKey()
    await shares.createShare(db, key, newShare)
    return key
  }
  const newLargeChat = async ({ user_id }: UserKey) => {
    const { id: chat_id } = await chats.createChat(db, { user_id }, newChat, unlimited)
    const key = { user_id, chat_id }
    await appendMessages.appendMessages(db, key, [message], unlimited)
    await db.execute(sql`insert into messages (neptun_user_id, chat_conversation_id, role, content)
      select ${user_id}, ${chat_id}, 'user', 'Hello' from generate_series(1, ${maxDeletedRows})`)
    return key
  }
  const newLargeAccount = async (email: string) => {
    const { id: user_id } = await db.transaction(tx => users.createUser(tx, { ...account, email }))
    await newLargeChat({ user_id })
    return { user_id }
  }
  const all = async (...calls: (() => Promise<unknown>)[]) => {
    for (const call of calls) await call()
  }
  const inTransaction = (call: (tx: Transaction) => Promise<unknown>) => () => recording.transaction(call)
  const idempotencyKey = { user_id, idempotency_key: 'key' }
  const session = new SessionReader(recording, { user_id, tokenHash })
  const byReaders = (...calls: ((reader: Reader) => Promise<unknown>)[]) => () =>
    all(...[recording, session].flatMap(reader => calls.map(call => () => call(reader))))
  const missing = (call: () => Promise<unknown>) => () => expect(call()).rejects.toThrow(/not found/)

  const changed = (call: () => Promise<unknown>) => () => expect(call()).rejects.toThrow(PreconditionFailedError)

  return {
    listChats: byReaders(...[page, latestFirst, ...chatPages].flatMap(chatPage =>
      [{}, { project_id }, { project_id: null }].map(filter => (reader: Reader) =>
        chats.listChats(reader, owner, { ...chatPage, view: chatView }, filter)))),
    listProjectChats: byReaders(reader => chats.listProjectChats(reader, project, { ...page, view: chatView })),
    getChat: byReaders(reader => chats.getChat(reader, chat, chatView)),
    assertOwnChat: () => chats.assertOwnChat(recording, chat),
    createChat: () => chats.createChat(recording, owner, newChat, unlimited),
    createProjectChat: () => chats.createProjectChat(recording, project, newChat, unlimited),
    updateChat: () => all(
      () => chats.updateChat(recording, chat, { name: 'Renamed' }),
      () => chats.updateChat(recording, chat, { name: 'Renamed' }, [1, 2]),
      changed(() => chats.updateChat(recording, chat, { name: 'Renamed' }, [])),
    ),
    touchChat: inTransaction(tx => touchChat.touchChat(tx, chat)),
    getUsage: () => usage.getUsage(recording, owner),
    assertRoom: inTransaction(tx => usage.assertRoom(tx, owner, { chats: 1, bytes: 1 }, unlimited)),
    bytesOfChats: inTransaction(tx => usage.bytesOfChats(tx, owner, [chat.chat_id])),
    countUsage: inTransaction(tx => usage.countUsage(tx, owner, { bytes: 0 })),
    deleteChat: () => all(
      async () => chats.deleteChat(recording, await sharedChatKey(), [1]),
      changed(async () => chats.deleteChat(recording, await newChatKey(), [])),
      async () => chats.deleteChat(recording, await newLargeChat(owner)),
    ),
    deleteChats: async () => chats.deleteChats(
      recording, owner, [(await sharedChatKey()).chat_id, (await sharedChatKey()).chat_id]),
    deleteProjectChat: () => all(
      async () => chats.deleteProjectChat(recording, await newChatKey(), [1]),
      changed(async () => chats.deleteProjectChat(recording, await newChatKey(), [])),
    ),
    deleteProjectChats: async () => chats.deleteProjectChats(recording, project, [(await newChatKey()).chat_id]),
    areLarge: inTransaction(tx => deletions.areLarge(tx, owner, [chat.chat_id])),
    isLargeAccount: inTransaction(tx => deletions.isLargeAccount(tx, owner)),
    postponeDeletion: inTransaction(tx => deletions.postponeDeletion(tx, owner)),
    continueDeletion: async () => {
      await chats.deleteChats(db, owner, [(await newLargeChat(owner)).chat_id, (await newChatKey()).chat_id])
      while (await continueDeletion.continueDeletion(recording));
      await users.deleteUser(db, await newLargeAccount('large@example.com'))
      while (await continueDeletion.continueDeletion(recording));
    },
    deleteChatsWhere: inTransaction(tx => deleteChats.deleteChatsWhere(tx, owner, sql`${chatsTable.id} = 0`)),

    findCompletedRequest: inTransaction(tx => idempotencyKeys.findCompletedRequest(tx, idempotencyKey)),
    commitRequest: inTransaction(tx =>
      idempotencyKeys.commitRequest(tx, idempotencyKey, { fingerprint: 'hash', ids: [chat.chat_id] })),

    findOwner: () => directory.findOwner(recording, account.email),
    findShareOwner: () => directory.findShareOwner(recording, share.uuid),
    findUserIds: () => directory.findUserIds(recording, ['user1@example.com', 'user2@example.com']),
    register: inTransaction(tx => directory.register(tx, owner, 'another')),
    unregister: inTransaction(tx => directory.unregister(tx, owner, ['another'])),
    unregisterAll: inTransaction(tx => directory.unregisterAll(tx, { user_id: 0 })),

    addFiles: () => insertFiles.addFiles(recording, messageKey, [file], unlimited),
    insertFiles: inTransaction(async (tx) => {
      const newFile = { ...file, chat_conversation_message_id: messageKey.message_id }
      const rows = insertFiles.newFileRows(chat, [newFile], await newIds(tx, 'files', 1), new Date())
      await Promise.all(insertFiles.insertFiles(tx, chat, rows, new Date()))
    }),
    listFilesById: byReaders(
      reader => files.listFilesById(reader, messageKey, [fileKey.file_id], { ...page, view: fileWithTextView }),
      reader => files.listFilesById(
        reader, messageKey, [fileKey.file_id], { ...page, after: [0], view: fileWithTextView }),
    ),
    listChatFiles: byReaders(reader => files.listChatFiles(reader, chat, { ...page, view: fileView })),
    listUserFiles: byReaders(reader => files.listUserFiles(reader, owner, { ...page, view: fileView })),
    getFile: byReaders(
      reader => files.getFile(reader, fileKey, fileWithTextView),
      reader => missing(() => files.getFile(reader, { ...fileKey, file_id: 0 }, fileWithTextView))(),
    ),
    deleteFile: async () => {
      const [added] = await insertFiles.addFiles(db, messageKey, [file], unlimited)
      const key = { ...messageKey, file_id: added!.id }
      await changed(() => files.deleteFile(recording, key, []))()
      await files.deleteFile(recording, key, [1])
    },
    getLinkedFile: () => linkedFiles.getLinkedFile(recording, fileKey),
    findGrantedFile: () => linkedFiles.findGrantedFile(recording, fileKey.file_id, { uuid: share.uuid, version: 1 }),
    readContent: () => linkedFiles.readContent(recording, fileKey, 0, 1),

    listMessages: byReaders(
      reader => messages.listMessages(reader, chat, { ...page, view: messageView }),
      reader => messages.listMessages(reader, chat, { ...latestFirst, after: [7], view: messageView }),
    ),
    listSharedMessages: async () => {
      const opened = await sharedChats.findShareByUuid(db, owner, share.uuid)
      await sharedChats.listSharedMessages(recording, opened!, { ...page, view: sharedMessageView })
    },
    listMessagesById: byReaders(
      reader => messages.listMessagesById(reader, chat, [messageKey.message_id], { ...page, view: messageView }),
      reader => messages.listMessagesById(
        reader, chat, [messageKey.message_id], { ...page, after: [0], view: messageView }),
    ),
    getMessage: byReaders(reader => messages.getMessage(reader, messageKey, messageView)),
    appendMessages: () => all(
      () => appendMessages.appendMessages(recording, chat, [message, message], unlimited),
      () => appendMessages.appendMessages(recording, chat, Array.from({ length: 10 }, () => message), unlimited),
    ),
    updateMessage: () => all(
      () => messages.updateMessage(recording, messageKey, 'Changed', messageView, unlimited, [1]),
      changed(() => messages.updateMessage(recording, messageKey, 'Changed', messageView, unlimited, [])),
    ),
    deleteMessage: async () => {
      const [added] = await appendMessages.appendMessages(db, chat, [message], unlimited)
      const key = { ...chat, message_id: added!.id }
      await changed(() => messages.deleteMessage(recording, key, []))()
      await messages.deleteMessage(recording, key, [1])
    },
    deleteLastMessages: async () => {
      const key = await newChatKey()
      await appendMessages.appendMessages(db, key, [message, { ...message, role: 'assistant' }, message], unlimited)
      await messages.deleteLastMessages(recording, key, messageView)
      await messages.deleteLastMessages(recording, key, messageView)
    },

    listProjects: byReaders(reader =>
      projects.listProjects(reader, owner, { ...latestFirst, view: projectView }, {
        project_type: 'a', programming_language: 'b',
      })),
    getProject: byReaders(reader => projects.getProject(reader, project, projectView)),
    assertOwnProject: () => projects.assertOwnProject(recording, project),
    createProject: () => projects.createProject(recording, owner, {
      name: 'Project', description: null, project_type: 'backend', programming_language: 'rust',
    }),
    updateProject: () => all(
      () => projects.updateProject(recording, project, { name: 'Renamed' }, [1]),
      changed(() => projects.updateProject(recording, project, { name: 'Renamed' }, [])),
    ),

    createSession: () => sessions.createSession(recording, { user_id, tokenHash: Buffer.alloc(32, 2) }),
    findSession: async () => {
      await db.update(sessionsTable).set({ last_used_at: sql`now() - interval '1 hour'` })
      await sessions.findSession(recording, { user_id, tokenHash })
    },
    listSessions: () => sessions.listSessions(recording, owner, { ...latestFirst, view: sessionView }, session_id),
    makeRoomForSession: () => sessions.makeRoomForSession(recording, owner),
    endSession: () => sessions.endSession(recording, { user_id, tokenHash: Buffer.alloc(32, 3) }),
    endOtherSessions: () => sessions.endOtherSessions(recording, owner, session_id),

    findShareByUuid: () => sharedChats.findShareByUuid(recording, owner, share.uuid, user_id),
    findChatShare: byReaders(reader => shares.findChatShare(reader, chat, shareView)),
    createShare: async () => shares.createShare(recording, await newChatKey(), newShare),
    listWhitelistEntries: () =>
      whitelists.listWhitelistEntries(recording, shareKey, { ...page, view: entryView }),
    assertWhitelistEntries: () => whitelists.assertWhitelistEntries(recording, shareKey, [entry!.id]),
    addWhitelistEntries: () => whitelists.addWhitelistEntries(
      recording, shareKey, ['user3@example.com'], { ...page, view: entryView }),
    getShare: byReaders(reader => shares.getShare(reader, shareKey, shareView)),
    assertOwnShare: () => all(
      () => shares.assertOwnShare(recording, shareKey),
      missing(() => shares.assertOwnShare(recording, { ...shareKey, share_id: 0 })),
    ),
    updateTerms: inTransaction(tx => shares.updateTerms(tx, shareKey, {})),
    insertEntries: inTransaction(tx => whitelists.insertEntries(tx, shareKey, ['user4@example.com'])),
    deleteWhitelistEntry: () => whitelists.deleteWhitelistEntry(recording, { ...shareKey, entry_id: entry!.id }),
    updateShare: () => all(
      () => shares.updateShare(recording, shareKey, { has_whitelist: false }, shareView),
      changed(() => shares.updateShare(recording, shareKey, { has_whitelist: false }, shareView, [])),
    ),
    deleteShare: () => all(
      changed(() => shares.deleteShare(recording, shareKey, [])),
      () => shares.deleteShare(recording, shareKey),
    ),
    deleteProject: () => all(
      changed(() => projects.deleteProject(recording, project, [])),
      () => projects.deleteProject(recording, project),
    ),
    endSessionById: () => sessions.endSessionById(recording, { user_id, session_id }),

    hasUsers: () => users.hasUsers(recording),
    createUser: inTransaction(tx => users.createUser(tx, { email: 'eve@example.com', passwordHash: 'hash' })),
    findAccount: () => users.findAccount(recording, account.email),
    findPasswordHash: () => users.findPasswordHash(recording, owner),
    preventAccountDeletion: inTransaction(tx => users.preventAccountDeletion(tx, owner)),
    lockAccount: inTransaction(tx => users.lockAccount(tx, owner, 'hash')),
    updateUser: inTransaction(tx => users.updateUser(tx, owner, 'hash', { email: 'ada.lovelace@example.com' })),
    removeUser: inTransaction(tx => users.removeUser(tx, { user_id: 0 })),
    deleteUser: () => all(
      changed(() => users.deleteUser(recording, owner, [])),
      async () => users.deleteUser(recording, await newLargeAccount('larger@example.com')),
      () => users.deleteUser(recording, owner),
    ),
  }
}
