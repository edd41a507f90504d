import { describe, expect, it } from 'vitest'
import {
  appendMessages, createChat, createChatWithoutProject, createProject, createShare, openShare, signedInUser,
} from '../support/factories.ts'
import { contentsOf } from '../support/rows.ts'
import { useDatabase } from '../support/use-database.ts'

const db = useDatabase()

/** A user, another one whose rows must not change, and fields that name the other one and their rows. */
async function userAndOther() {
  const [ada, eve] = [await signedInUser(), await signedInUser()]
  const [chat, project, target] = [await createChat(ada), await createProject(ada), await createChat(eve)]
  const [message] = await appendMessages(eve, target, 'Secret')
  const share = await createShare(eve, target, { emails: [eve.email] })
  const foreign = {
    id: target.id,
    uuid: share.uuid,
    share_uuid: share.uuid,
    user_id: eve.id,
    neptun_user_id: eve.id,
    owner: eve.id,
    owner_id: eve.id,
    user: { id: eve.id },
    chat_id: target.id,
    chat_conversation_id: target.id,
    chat_conversation_message_id: message.id,
    chat_conversation_share_id: share.id,
    whitelisted_neptun_user_id: eve.id,
    createdAt: '2001-01-01T00:00:00.000Z',
    created_at: '2001-01-01T00:00:00.000Z',
    updated_at: '2001-01-01T00:00:00.000Z',
    parts: [{ type: 'text', text: 'other' }],
    version: 99,
    is_deleted: true,
    password_hash: '$2b$04$invalid',
    isProtected: true,
    is_private: true,
    isShared: false,
  }
  const expectUnchanged = async (before: string) => expect(await contentsOf(db, eve)).toBe(before)
  return { ada, eve, chat, project, share, foreign, before: await contentsOf(db, eve), expectUnchanged }
}

describe('fields that an endpoint does not know', () => {
  it('change neither the owner nor the contents of a project', async () => {
    const { ada, foreign, before, expectUnchanged } = await userAndOther()
    const fields = { name: 'A', type: 'b', main_language: 'c' }
    const project = await createProject(ada, { ...foreign, ...fields, project_type: 'b', programming_language: 'c' })
    expect(project).toMatchObject({ ...fields, neptun_user_id: ada.id, description: null })
    expect([project.id === foreign.id, project.created_at > '2002']).toStrictEqual([false, true])
    const path = `/api/users/${ada.id}/projects/${project.id}` as const
    const { body } = await ada.send('PATCH', path, { ...foreign, name: 'B' })
    expect(body.project).toStrictEqual({ ...project, name: 'B', updated_at: body.project.updated_at })
    await expectUnchanged(before)
  })

  it('change neither the owner nor the project of a chat', async () => {
    const { ada, foreign, project, before, expectUnchanged } = await userAndOther()
    const body = { ...foreign, project_id: project.id, model: 'a/b', name: 'A' }
    const chat = await createChatWithoutProject(ada, body)
    expect(chat).toMatchObject({ neptun_user_id: ada.id, model: 'a/b', name: 'A' })
    expect([chat.id === foreign.id, chat.created_at > '2002']).toStrictEqual([false, true])
    expect((await ada.get(`/api/users/${ada.id}/projects/${project.id}/chats`)).body.chats).toStrictEqual([])
    const path = `/api/users/${ada.id}/chats/${chat.id}` as const
    const changed = (await ada.send('PATCH', path, { ...foreign, name: 'B', model: 'c/d' })).body.chat
    expect(changed).toStrictEqual({ ...chat, name: 'B', updated_at: changed.updated_at })
    await expectUnchanged(before)
  })

  it('change neither the owner nor the chat of messages and files', async () => {
    const { ada, chat, foreign, before, expectUnchanged } = await userAndOther()
    const given = { ...foreign, role: 'user', content: 'Hi', files: [{ ...foreign, text: 'Ho' }] }
    const [message] = await appendMessages(ada, chat, given)
    const owned = { neptun_user_id: ada.id, chat_conversation_id: chat.id }
    expect(message).toMatchObject({ ...owned, content: 'Hi' })
    expect(message.files).toMatchObject([{ ...owned, chat_conversation_message_id: message.id, text: 'Ho' }])
    const files = `/api/users/${ada.id}/chats/${chat.id}/files/${message.id}` as const
    const { chatFile } = (await ada.post(files, { ...foreign, text: 'Ho' })).body
    expect(chatFile).toMatchObject({ ...owned, chat_conversation_message_id: message.id, name: 'untitled' })
    const path = `/api/users/${ada.id}/chats/${chat.id}/messages/${message.id}` as const
    expect((await ada.send('PATCH', path, { ...foreign, content: 'Ha', role: 'system' })).body.chatMessage)
      .toMatchObject({ ...owned, id: message.id, content: 'Ha', role: 'user', created_at: message.created_at })
    await expectUnchanged(before)
  })

  it('change neither what is shared nor who may open it', async () => {
    const { ada, eve, chat, foreign, before, expectUnchanged } = await userAndOther()
    const share = await createShare(ada, chat, foreign)
    expect(share).toMatchObject({
      chat_conversation_id: chat.id, is_shared: true, is_protected: false, has_whitelist: false, expires_at: null,
    })
    expect([share.uuid === foreign.uuid, share.id === foreign.id]).toStrictEqual([false, false])
    expect((await openShare(share.uuid)).body.chat.name).toBe(chat.name)
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares/${share.id}` as const
    const { status, body } = await ada.send('PATCH', path, { ...foreign, password: 'open sesame' })
    const { updated_at } = body.share
    expect([status, body.share]).toStrictEqual([200, { ...share, is_protected: true, updated_at }])
    const entries = await ada.post(`${path}/whitelist-entries`, { ...foreign, emails: [ada.email] })
    expect(entries.body.shareWhitelistEntries.map(({ email }) => email)).toStrictEqual([ada.email])
    expect((await eve.get(`/api/shared/chats/${share.uuid}`)).status).toBe(403)
    await expectUnchanged(before)
  })

  it.each([
    { is_protected: false }, { is_protected: true }, { is_protected: null }, { protected: false },
    { isProtected: false }, { has_password: false }, { neptun_user_id: 1 },
    { uuid: '00000000-0000-4000-8000-000000000000' }, { neptun_user_id: 1 },
  ])('never open a share that is protected: %j', async (fields) => {
    const ada = await signedInUser()
    const chat = await createChat(ada)
    const share = await createShare(ada, chat, { password: 'open sesame', emails: [ada.email] })
    const path = `/api/users/${ada.id}/chats/${chat.id}/shares/${share.id}` as const
    expect((await ada.send('PATCH', path, fields)).status).toBe(400)
    const { body } = await ada.send('PATCH', path, { ...fields, is_shared: true })
    expect(body.share).toStrictEqual({ ...share, updated_at: body.share.updated_at })
    expect((await openShare(share.uuid)).status).toBe(401)
  })

  it('change no other account', async () => {
    const { ada, eve, foreign, before, expectUnchanged } = await userAndOther()
    const changes = { ...foreign, current_password: ada.password, password: 'another good password' }
    const { status, body } = await ada.send('PATCH', `/api/users/${ada.id}`, changes)
    expect([status, body]).toStrictEqual([200, { user: { id: ada.id, primary_email: ada.email } }])
    expect((await eve.get('/api/auth/check')).status).toBe(200)
    await expectUnchanged(before)
  })
})
