import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { findUserIds, register, unregister } from '#db/repositories/directory'
import { directory } from '#db/schema/directory'
import {
  createChat, createProject, createShare, signedInUser, uniqueEmail, type TestUser,
} from '../support/factories.ts'
import { request } from '../support/http.ts'
import { useDatabase } from '../support/use-database.ts'

const db = useDatabase()

/** The names that the directory has for a user. */
async function namesOf(person: { id: number }): Promise<Set<string>> {
  const entries = await db.select().from(directory).where(eq(directory.neptun_user_id, person.id))
  return new Set(entries.map(({ key }) => key))
}

/** Shares a new chat in a new project. */
async function shareChat(owner: TestUser) {
  const project = await createProject(owner)
  const chat = await createChat(owner, {}, project)
  return { project, chat, share: await createShare(owner, chat) }
}

describe('the directory', () => {
  it('has the e-mail address of a user and the uuids of their shares', async () => {
    const ada = await signedInUser()
    const { share } = await shareChat(ada)
    expect(await namesOf(ada)).toEqual(new Set([ada.email, share.uuid]))
  })

  it.each<[string, (ada: TestUser, shared: Awaited<ReturnType<typeof shareChat>>) => [string, object?]]>([
    ['the share', (ada, { chat, share }) => [`/api/users/${ada.id}/chats/${chat.id}/shares/${share.id}`]],
    ['its chat', (ada, { chat }) => [`/api/users/${ada.id}/chats/${chat.id}`]],
    ['several chats', (ada, { chat }) => [`/api/users/${ada.id}/chats`, { chat_ids: [chat.id] }]],
    ['a chat of the project', (ada, { project, chat }) =>
      [`/api/users/${ada.id}/projects/${project.id}/chats/${chat.id}`]],
    ['several chats of the project', (ada, { project, chat }) =>
      [`/api/users/${ada.id}/projects/${project.id}/chats`, { chat_ids: [chat.id] }]],
    ['the project', (ada, { project }) => [`/api/users/${ada.id}/projects/${project.id}`]],
  ])('loses the uuid of a share with %s', async (_, target) => {
    const ada = await signedInUser()
    const { share } = await shareChat(ada)
    const shared = await shareChat(ada)
    const [path, body] = target(ada, shared)
    expect((await ada.send('DELETE', path, body)).status).toBe(200)
    expect(await namesOf(ada)).toEqual(new Set([ada.email, share.uuid]))
  })

  it('is empty for a deleted account', async () => {
    const ada = await signedInUser()
    await shareChat(ada)
    expect((await ada.send('DELETE', `/api/users/${ada.id}`)).status).toBe(200)
    expect(await namesOf(ada)).toEqual(new Set())
  })

  it('follows a change of the e-mail address, also to another spelling of it', async () => {
    const ada = await signedInUser()
    const path = `/api/users/${ada.id}`
    for (const email of [uniqueEmail(), ada.email.toUpperCase(), ada.email]) {
      expect((await ada.send('PATCH', path, { email, current_password: ada.password })).status).toBe(200)
      expect(await namesOf(ada)).toEqual(new Set([email.toLowerCase()]))
    }
  })

  it('keeps its entries when a change of the e-mail address is rejected', async () => {
    const [ada, eve] = [await signedInUser(), await signedInUser()]
    const changes = { email: eve.email, current_password: ada.password }
    expect((await ada.send('PATCH', `/api/users/${ada.id}`, changes)).status).toBe(409)
    expect([await namesOf(ada), await namesOf(eve)]).toEqual([new Set([ada.email]), new Set([eve.email])])
  })

  it('gives an e-mail address to one of twenty concurrent sign-ups', async () => {
    const credentials = { email: uniqueEmail(), password: 'correct horse battery' }
    const responses = await Promise.all(Array.from({ length: 20 }, () =>
      request('POST', '/api/auth/sign-up', credentials)))
    expect(responses.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)])
    const [{ count }] = await db.execute(sql`
      select count(*)::int as count from users where primary_email = ${credentials.email}`) as unknown as
      [{ count: number }]
    expect(count).toBe(1)
  })

  it.each<[string, (ada: TestUser, project: { id: number }, chat: { id: number }) => string]>([
    ['chat', (ada, _, chat) => `/api/users/${ada.id}/chats/${chat.id}`],
    ['project', (ada, project) => `/api/users/${ada.id}/projects/${project.id}`],
    ['account', ada => `/api/users/${ada.id}`],
  ])('keeps no uuid of a chat that is shared while the %s is deleted', async (deleted, pathOf) => {
    for (let i = 0; i < 5; i++) {
      const ada = await signedInUser()
      const project = await createProject(ada)
      const chat = await createChat(ada, {}, project)
      const [sharing, deletion] = await Promise.all([
        ada.post(`/api/users/${ada.id}/chats/${chat.id}/shares`, {}),
        ada.send('DELETE', pathOf(ada, project, chat)),
      ])
      expect([201, 401, 404]).toContain(sharing.status)
      expect(deletion.status).toBe(200)
      expect(await namesOf(ada)).toEqual(new Set(deleted === 'account' ? [] : [ada.email]))
    }
  })

  it('keeps no e-mail address that is changed while the account is deleted', async () => {
    for (let i = 0; i < 5; i++) {
      const ada = await signedInUser()
      const path = `/api/users/${ada.id}`
      const [change, deletion] = await Promise.all([
        ada.send('PATCH', path, { email: uniqueEmail(), current_password: ada.password }),
        ada.send('DELETE', path),
      ])
      expect([200, 401, 403, 404]).toContain(change.status)
      expect(deletion.status).toBe(200)
      expect(await namesOf(ada)).toEqual(new Set())
    }
  })

  it('finds exactly the given names, whatever characters they contain', async () => {
    const ada = await signedInUser()
    const names = ['a"b', 'a\\b', 'a,b', '{a}', 'a b', 'null', ''].map(name => `${name}@${ada.email}`)
    for (const name of names) await db.transaction(tx => register(tx, { user_id: ada.id }, name))
    for (const name of names) expect(await findUserIds(db, [name, 'unknown'])).toEqual([ada.id])
    expect(await findUserIds(db, names)).toEqual(names.map(() => ada.id))
    expect(await findUserIds(db, [])).toEqual([])
    await db.transaction(tx => unregister(tx, { user_id: ada.id }, names))
    expect(await namesOf(ada)).toEqual(new Set([ada.email]))
  })
})
